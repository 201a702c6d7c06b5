"""The dialog in which an entry of the register of people is made or edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.widgets.note_edit import NoteEdit
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


class PersonDialog(QDialog):
    """Edits one person. Show it with ``open()``; after ``accepted`` read :meth:`fields`."""

    def __init__(self, person: Person | None, register: Sequence[Person], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("personDialog")
        self.setWindowTitle(self.tr("Edit person") if person else self.tr("New person"))
        self.setMinimumWidth(480)
        self._name = QLineEdit(self)
        self._name.setObjectName("personName")
        self._kind = QComboBox(self)
        self._kind.setObjectName("personKind")
        for kind in PersonKind:
            self._kind.addItem(person_kind_text(kind), kind)
        self._position = QLineEdit(self)
        self._position.setObjectName("personPosition")
        self._position.setPlaceholderText(self.tr("Office or job, as of the articles"))
        self._affiliation = self._affiliation_box(person, register)
        self._external = QLineEdit(self)
        self._external.setObjectName("personExternalId")
        self._external.setPlaceholderText(self.tr("For example a Wikidata number: Q42"))
        self._aliases = AliasTable(self)
        self._note = NoteEdit(self)
        self._note.setObjectName("personNote")
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._build()
        self._show(person or Person(id=""))

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

    def _affiliation_box(self, person: Person | None, register: Sequence[Person]) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("personAffiliation")
        box.addItem(self.tr("None"), None)
        bodies = (PersonKind.ORGANISATION, PersonKind.GROUP)
        chosen = person.affiliation_id if person else None
        for entry in sorted(register, key=lambda p: p.name.casefold()):
            itself = person is not None and entry.id == person.id
            if not itself and entry.merged_into is None and (entry.kind in bodies or entry.id == chosen):
                box.addItem(entry.name, entry.id)
        return box

    def _build(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setSpacing(8)
        for label, field in (
            (self.tr("&Name"), self._name),
            (self.tr("&Kind"), self._kind),
            (self.tr("&Position"), self._position),
            (self.tr("A&ffiliation"), self._affiliation),
            (self.tr("&Aliases"), self._aliases),
            (self.tr("E&xternal id"), self._external),
            (self.tr("N&ote"), self._note),
        ):
            form.addRow(label, field)
        self._aliases.setFixedHeight(132)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel,
            Qt.Orientation.Horizontal,
            self,
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._save = buttons.button(QDialogButtonBox.StandardButton.Save)
        self._name.textChanged.connect(self._check)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._hint)
        layout.addWidget(buttons)

    def _show(self, person: Person) -> None:
        self._name.setText(person.name)
        self._kind.setCurrentIndex(self._kind.findData(person.kind))
        self._position.setText(person.position)
        self._affiliation.setCurrentIndex(max(0, self._affiliation.findData(person.affiliation_id)))
        self._external.setText(person.external_id)
        self._note.set_text(person.note)
        self._aliases.set_aliases(person.aliases)
        self._check()

    def _check(self) -> None:
        named = bool(self._name.text().strip())
        self._save.setEnabled(named)
        self._hint.setText("" if named else self.tr("A name is needed, for an unnamed source a description."))
