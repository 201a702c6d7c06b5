"""The register of people: find, add, edit, merge, and go to everything that somebody said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.dialogs.merge_dialog import MergeDialog
from annotator.desktop.dialogs.person_dialog import PersonDialog, PersonFields
from annotator.desktop.models.rows import RowsModel
from annotator.desktop.models.state import ProjectState
from annotator.desktop.models.two_line import RowRole, TwoLineDelegate
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.widgets.line_edit import LineEdit
from annotator.desktop.widgets.quiet_list import QuietListView
from annotator.desktop.words import passages_text, person_kind_text
from annotator.domain.folding import fold
from annotator.domain.people import Person, PersonKind

USAGE_DELAY = 400
"""Milliseconds without a further change after which the figures beside the names are counted again."""


class PeoplePanel(QWidget):
    """Shows the register by name with the number of passages; Enter shows a person's passages.

    ``passages_requested`` carries a person's id.
    """

    passages_requested = Signal(str)

    def __init__(self, state: ProjectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("peoplePanel")
        self._state = state
        self._usage: dict[str, int] = {}
        self._places: dict[str, str] = {}
        """By what names are put in order, found once for each: there may be thousands."""
        self._stale = False
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.setInterval(USAGE_DELAY)
        self._filter = LineEdit(self)
        self._filter.setObjectName("peopleFilter")
        self._filter.setPlaceholderText(self.tr("Filter people"))
        self._filter.setAccessibleName(self.tr("Filter people by name or alias"))
        self._filter.setClearButtonEnabled(True)
        self._model: RowsModel[tuple[Person, int, str]] = RowsModel(
            lambda row: row[0].id,
            {
                Qt.ItemDataRole.DisplayRole: lambda row: row[0].name,
                Qt.ItemDataRole.ToolTipRole: lambda row: "\n".join(a.text for a in row[0].aliases),
                Qt.ItemDataRole.AccessibleTextRole: self._spoken,
                RowRole.DETAIL: lambda row: row[2],
                RowRole.FIGURE: lambda row: str(row[1]) if row[1] else "",
            },
            self,
        )
        self._view = QuietListView(self)
        self._view.setObjectName("peopleList")
        self._view.setAccessibleName(self.tr("People"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(TwoLineDelegate(self._view))
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = QLabel(self.tr("Nobody here yet.\n\nPeople come in as you name them while marking."), self)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(16)
        self._buttons = {
            "personAdd": self._button("personAdd", self.tr("New…"), self.add_person),
            "personEdit": self._button("personEdit", self.tr("Edit…"), self.edit_person),
            "personMerge": self._button("personMerge", self.tr("Merge…"), self.merge_person),
        }
        self._build()
        self._connect()
        self._refresh()

    # what a person can do ------------------------------------------------------

    def add_person(self) -> None:
        """Ask for a new entry and add it."""
        dialog = PersonDialog(None, self._register(), self)
        dialog.accepted.connect(lambda: self._add(dialog.fields()))
        _show(dialog)

    def edit_person(self) -> None:
        """Edit the chosen entry."""
        person = self.current_person()
        if person is None:
            return
        dialog = PersonDialog(person, self._register(), self)
        dialog.accepted.connect(lambda: self._edit(person, dialog.fields()))
        _show(dialog)

    def merge_person(self) -> None:
        """Ask into which entry the chosen one is merged; organisations, groups and members are not offered."""
        loser = self.current_person()
        if loser is None:
            return
        others = [p for p in self._register() if p.id != loser.id and p.kind is loser.kind]
        dialog = MergeDialog(loser.name, [(p.id, p.name, self._detail(p)) for p in others], self)
        dialog.accepted.connect(lambda: self._merge_into(loser.id, dialog.winner_id()))
        _show(dialog)

    def delete_person(self) -> None:
        """Delete the chosen entry; the service refuses while passages name it."""
        person = self.current_person()
        if person is not None:
            self._write(lambda: self._state.project.people.delete(person.id))

    def current_person(self) -> Person | None:
        """Return the chosen entry."""
        row = self._model.row_at(self._view.currentIndex())
        return row[0] if row else None

    def show_person(self, person_id: str) -> None:
        """Choose an entry and bring it into sight."""
        if self._stale:
            self._refresh()
        if not self._model.index_of(person_id).isValid():
            self._filter.clear()
        self._view.setCurrentIndex(self._model.index_of(person_id))

    # inside ----------------------------------------------------------------------

    def _add(self, fields: PersonFields) -> None:
        values = asdict(fields) | {"aliases": fields.aliases}
        name, affiliation = values.pop("name"), values.pop("affiliation_id")
        people = self._state.project.people
        self._state.jobs.write(lambda: people.add(name, affiliation=affiliation, **values), done=self._choose)

    def _edit(self, person: Person, fields: PersonFields) -> None:
        new = {name: getattr(fields, name) for name in PersonFields.__dataclass_fields__}
        changed = {name: value for name, value in new.items() if value != getattr(person, name)}
        if changed:
            self._write(lambda: self._state.project.people.edit(person.id, **changed))

    def _merge_into(self, loser_id: str, winner_id: str | None) -> None:
        if winner_id is not None:
            self._write(lambda: self._state.project.people.merge(loser_id, winner_id))

    def _write(self, work: Callable[[], object]) -> None:
        self._state.jobs.write(work)

    def _choose(self, person: Person) -> None:
        self.show_person(person.id)

    def _button(self, name: str, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.clicked.connect(slot)
        return button

    def _build(self) -> None:
        self._pages = QStackedLayout()
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._empty)
        row = FlowLayout(gap=8)
        for button in self._buttons.values():
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._filter)
        layout.addLayout(self._pages, 1)
        layout.addLayout(row)
        self.setFocusProxy(self._view)

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._refresh)
        self._filter.returnPressed.connect(self._passages_of_first)
        self._view.activated.connect(self._show_passages)
        self._view.customContextMenuRequested.connect(self._show_menu)
        self._view.selectionModel().currentChanged.connect(self._enable)
        self._model.modelReset.connect(self._enable)
        self._recount.timeout.connect(self._count)
        self._state.people_changed.connect(self._keep_up)
        self._state.people_changed.connect(self._recount.start)
        self._state.articles_changed.connect(self._recount.start)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()
        self._count()

    def _count(self) -> None:
        if self.isVisible():
            self._state.jobs.read(self._state.project.people.usage, done=self._take_usage, key="people usage")

    def _take_usage(self, usage: dict[str, int]) -> None:
        self._usage = dict(usage)
        self._refresh()

    def _register(self) -> list[Person]:
        return [person for person in self._state.people.values() if person.merged_into is None]

    def _keep_up(self) -> None:
        """List the register as it is now while somebody sees it; else when it is shown."""
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        chosen = self.current_person()
        words = fold(self._filter.text()).split()
        register = self._register()
        rows = [(p, self._usage.get(p.id, 0), self._detail(p)) for p in register if _fits(p, words)]
        rows.sort(key=lambda row: (self._place(row[0].name), row[0].id))
        self._model.set_rows(rows)
        if chosen is not None:
            self._view.setCurrentIndex(self._model.index_of(chosen.id))
        self._pages.setCurrentWidget(self._view if register else self._empty)
        self._enable()

    def _place(self, name: str) -> str:
        place = self._places.get(name)
        if place is None:
            place = self._places[name] = fold(name)
        return place

    def _enable(self) -> None:
        chosen = self.current_person() is not None
        writable = not self._state.project.read_only
        self._buttons["personAdd"].setEnabled(writable)
        self._buttons["personEdit"].setEnabled(writable and chosen)
        self._buttons["personMerge"].setEnabled(writable and chosen)

    def _detail(self, person: Person) -> str:
        body = self._state.person(person.affiliation_id) if person.affiliation_id else None
        kind = "" if person.kind is PersonKind.PERSON else person_kind_text(person.kind).split(" (")[0]
        return " · ".join(part for part in (kind, person.position, body.name if body else "") if part)

    def _spoken(self, row: tuple[Person, int, str]) -> str:
        return ", ".join(part for part in (row[0].name, row[2], passages_text(row[1])) if part)

    def _show_passages(self) -> None:
        person = self.current_person()
        if person is not None:
            self.passages_requested.emit(person.id)

    def _passages_of_first(self) -> None:
        if self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0))
            self._show_passages()

    def _show_menu(self, where: QPoint) -> None:
        index = self._view.indexAt(where)
        if not index.isValid():
            return
        self._view.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Show passages"), self._show_passages)
        menu.addSeparator()
        for text, slot in (
            (self.tr("Edit…"), self.edit_person),
            (self.tr("Merge into…"), self.merge_person),
            (self.tr("Delete"), self.delete_person),
        ):
            menu.addAction(text, slot).setEnabled(not self._state.project.read_only)
        menu.popup(self._view.viewport().mapToGlobal(where))


def _fits(person: Person, words: list[str]) -> bool:
    if not words:
        return True
    names = fold(" ".join((person.name, *(alias.text for alias in person.aliases))))
    return all(word in names for word in words)


def _show(dialog: PersonDialog | MergeDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
