"""The dialog in which an entry of the register of people is made or edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.widgets.note_edit import NoteEdit
from annotator.desktop.widgets.quiet_combo import RoomyComboBox
from annotator.desktop.words import person_kind_text
from annotator.domain.people import Alias, Person, PersonKind


@dataclass(frozen=True, slots=True)
class PersonFields:
    """What the dialog gives back: the fields of a person that a user edits."""

    kind: PersonKind
    name: str
    position: str
    affiliation_id: str | None
    external_id: str
    note: str
    aliases: tuple[Alias, ...]


class AliasTable(QTableWidget):
    """Aliases as rows of name, valid from, valid to; an empty last row is always there to type into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setObjectName("aliasTable")
        self.setAccessibleName(self.tr("Aliases"))
        self.setHorizontalHeaderLabels([self.tr("Also called"), self.tr("From"), self.tr("To")])
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().hide()
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setToolTip(
            self.tr("From and To are dates such as 2024 or 2024-10; leave them empty when it always holds.")
        )
        self.itemChanged.connect(self._keep_an_empty_row)

    def set_aliases(self, aliases: Sequence[Alias]) -> None:
        """Show ``aliases``."""
        self.setRowCount(0)
        for alias in (*aliases, Alias(text="")):
            self._add_row((alias.text, alias.valid_from, alias.valid_to))

    def aliases(self) -> tuple[Alias, ...]:
        """Return the rows that have a name."""
        rows = [[self._cell(row, column) for column in range(3)] for row in range(self.rowCount())]
        return tuple(Alias(text=text, valid_from=start, valid_to=end) for text, start, end in rows if text)

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Let Tab lead out of the table behind its last cell, and Shift+Tab before its first: Qt goes round in it."""
        on, back = QAbstractItemDelegate.EndEditHint.EditNextItem, QAbstractItemDelegate.EndEditHint.EditPreviousItem
        last = (self.rowCount() - 1, self.columnCount() - 1)
        edge = {on: last, back: (0, 0)}.get(hint)
        leaves = edge == (self.currentRow(), self.currentColumn())
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint if leaves else hint)
        if leaves:
            self.focusNextPrevChild(hint is on)

    def _cell(self, row: int, column: int) -> str:
        cell = self.item(row, column)
        return cell.text().strip() if cell is not None else ""

    def _add_row(self, texts: tuple[str, str, str]) -> None:
        self.blockSignals(True)
        row = self.rowCount()
        self.insertRow(row)
        for column, text in enumerate(texts):
            self.setItem(row, column, QTableWidgetItem(text))
        self.blockSignals(False)

    def _keep_an_empty_row(self) -> None:
        if self._cell(self.rowCount() - 1, 0):
            self._add_row(("", "", ""))


class PersonDialog(FormDialog):
    """Edits one person. Show it with ``open()``; after ``accepted`` read :meth:`fields`."""

    def __init__(self, person: Person | None, register: Sequence[Person], parent: QWidget | None = None) -> None:
        super().__init__("personDialog", "", "", parent)
        self.setWindowTitle(self.tr("Edit person") if person else self.tr("New person"))
        self.accept_button.setText(self.tr("Save"))
        shown = person or Person(id="")
        self._name = self.line("personName", self.tr("Name"), shown.name)
        self._kind = RoomyComboBox(self)
        for kind in PersonKind:
            self._kind.addItem(person_kind_text(kind), kind)
        self._kind.setCurrentIndex(self._kind.findData(shown.kind))
        self.row("personKind", self.tr("Kind"), self._kind)
        office = self.tr("Office or job, as of the articles")
        self._position = self.line("personPosition", self.tr("Position"), shown.position, hint=office)
        self._affiliation = self._affiliation_box(shown, register)
        self.row("personAffiliation", self.tr("Affiliation"), self._affiliation)
        self._aliases = AliasTable(self)
        self._aliases.setFixedHeight(132)
        self._aliases.set_aliases(shown.aliases)
        self.row("aliasTable", self.tr("Aliases"), self._aliases)
        number = self.tr("For example a Wikidata number: Q42")
        self._external = self.line("personExternalId", self.tr("External id"), shown.external_id, hint=number)
        self._note = NoteEdit(self)
        self._note.set_text(shown.note)
        self.row("personNote", self.tr("Note"), self._note)
        self.check()
        self._name.setFocus()

    def fields(self) -> PersonFields:
        """Return what the user entered."""
        return PersonFields(
            kind=PersonKind(self._kind.currentData()),
            name=self._name.text().strip(),
            position=self._position.text().strip(),
            affiliation_id=self._affiliation.currentData(),
            external_id=self._external.text().strip(),
            note=self._note.text().strip(),
            aliases=self._aliases.aliases(),
        )

    @override
    def problem(self) -> str:
        """Return that a name is missing."""
        if self._name.text().strip():
            return ""
        return self.tr("A name is needed, for an unnamed source a description.")

    def _affiliation_box(self, person: Person, register: Sequence[Person]) -> QComboBox:
        box = RoomyComboBox(self)
        box.addItem(self.tr("None"), None)
        bodies = (PersonKind.ORGANISATION, PersonKind.GROUP)
        for entry in sorted(register, key=lambda p: p.name.casefold()):
            offered = entry.kind in bodies or entry.id == person.affiliation_id
            if entry.id != person.id and entry.merged_into is None and offered:
                box.addItem(entry.name, entry.id)
        box.setCurrentIndex(max(0, box.findData(person.affiliation_id)))
        return box
