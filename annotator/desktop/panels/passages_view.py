"""The passages view: everything that is marked in the project, filtered, grouped by repeats, copied, saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.models.passages_model import Column, Heading, PassagesModel, passages_tree
from annotator.desktop.models.state import ProjectState
from annotator.desktop.models.tree import Node, free_tree
from annotator.desktop.panels.passage_filters import PassageFilters
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.widgets.quiet_list import QuietTable
from annotator.desktop.words import passages_text
from annotator.domain.annotations import Role
from annotator.domain.passages import Named, PassageFilter, PassageRow
from annotator.services.loose_ends import LooseEnd

REFRESH_PAUSE = 300
"""Milliseconds after a change set before the list is read again."""
_SHARES = (
    (Column.SPEAKER, 0.16, 176, 320),
    (Column.TAG, 0.11, 112, 160),
    (Column.ANSWERS, 0.18, 240, 640),
    (Column.ARTICLE, 0.14, 240, 320),
    (Column.DATE, 0.11, 96, 96),
)
"""The columns beside the passage: share of the width, the most pixels, and the most where the passage has enough."""
_ENOUGH = 1280
"""Pixels of the list's width from which the others get a part of what is more."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a list shows, read and put together off the UI thread. ``again``: rows that say what another says."""

    rows: list[PassageRow]
    tree: Node
    again: int


class PassagesView(QWidget):
    """Lists passages of the whole project. Enter or a double click goes to one; Esc goes back to the text.

    Signals: ``passage_requested`` (article id, annotation id), ``place_requested`` (article id, start, end in code
    points), ``loose_end_requested`` (a LooseEnd to settle), ``sheet_requested`` (a PassageFilter: save what is listed
    as a quote sheet), ``closed``.
    """

    passage_requested = Signal(str, str)
    place_requested = Signal(str, int, int)
    loose_end_requested = Signal(object)
    sheet_requested = Signal(object)
    closed = Signal()

    def __init__(
        self, state: ProjectState, tint: Callable[[str], QColor] = QColor, parent: QWidget | None = None
    ) -> None:
        """``tint`` adapts a tag's colour (``#rrggbb``) to the theme."""
        super().__init__(parent)
        self.setObjectName("passagesView")
        self._state = state
        self._stale = True
        self._filters = PassageFilters(state, self)
        self._model = PassagesModel(tint, self)
        self._view = QuietTable(self)
        self._summary = ElidedLabel("", self)
        self._summary.setObjectName("passagesSummary")
        self._empty = QLabel(self)
        self._empty.setObjectName("passagesEmpty")
        self._copy = self._button("passagesCopy", self.tr("Copy"), self.copy)
        self._save = self._button("passagesSave", self.tr("Save as quote sheet…"), self._request_sheet)
        self._close = self._button("passagesClose", self.tr("Back to the article"), self._leave)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(REFRESH_PAUSE)
        self._rows: list[PassageRow] = []
        self._by_hand: set[int] = set()
        """Columns whose width a person has set: they keep it."""
        self._build()
        self._connect()

    # what a person can do ------------------------------------------------------

    def show_person(self, person_id: str) -> None:
        """List everything that a person said, in all articles."""
        self._filters.show_filter(PassageFilter(person_id=person_id, roles=frozenset({Role.SPEAKER})))

    def show_filter(self, wanted: PassageFilter) -> None:
        """List what ``wanted`` asks for."""
        self._filters.show_filter(wanted)

    def show_to_finish(self) -> None:
        """List what is still to finish."""
        self._filters.show_filter(PassageFilter(to_finish=True))

    def focus_search(self) -> None:
        """Put the caret into the field for words."""
        self._filters.focus_words()

    def focus_list(self) -> None:
        """Put the focus on the list, on its first row when none is chosen."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._view.currentIndex().isValid() and self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0, 0))

    def copy(self) -> None:
        """Copy the chosen passages, all listed ones when none is chosen: quote, speaker, outlet and date a line."""
        chosen = [self._model.content(index) for index in self._view.selectionModel().selectedRows()]
        rows = [row for row in chosen if isinstance(row, PassageRow)] or self._rows
        QGuiApplication.clipboard().setText("\n".join(_line(row) for row in rows))

    # inside ----------------------------------------------------------------------

    def _build(self) -> None:
        view = self._view
        view.setObjectName("passagesList")
        view.setAccessibleName(self.tr("Passages"))
        view.setModel(self._model)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = view.header()
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(Column.PASSAGE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(56)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(32)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._summary, 1)
        for button in (self._copy, self._save, self._close):
            below.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self._filters)
        layout.addWidget(view, 1)
        layout.addWidget(self._empty, 1)
        layout.addLayout(below)

    def _connect(self) -> None:
        self._filters.changed.connect(self._ask)
        self._view.header().sectionResized.connect(self._keep_width)
        self._view.activated.connect(self._go)
        self._model.rowsInserted.connect(lambda _parent, first, _last: self._expand(first))
        self._pause.timeout.connect(self._ask)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.closed)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self._view)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)
        for signal in (
            self._state.articles_changed,
            self._state.people_changed,
            self._state.codebook_changed,
            self._state.relations_changed,
        ):
            signal.connect(self._pause.start)

    def _button(self, name: str, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.clicked.connect(slot)
        return button

    def _share_width(self) -> None:
        """Give the columns their shares of the width; what is marked gets the most, a date without content none."""
        header, width = self._view.header(), max(480, self._view.viewport().width())
        further = max(0, width - _ENOUGH)
        for column, share, usual, most in _SHARES:
            if column not in self._by_hand:
                header.resizeSection(column, min(min(int(width * share), usual) + int(further * share), most))
        header.setSectionHidden(Column.DATE, not any(row.article.published_at for row in self._rows))

    def _keep_width(self, column: int, _old: int, _new: int) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._by_hand.add(column)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_width()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    def _ask(self) -> None:
        """Read the list anew when it is seen; a list that is not seen is read when it is shown."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        wanted, grouped = self._filters.wanted(), self._filters.grouped
        passages = self._state.project.passages
        loose_ends = self._state.project.loose_ends

        def find() -> _Found:
            named = (
                passages.named_but_unmarked(wanted.person_id, article_id=wanted.article_id, layer=wanted.layer)
                if wanted.person_id and not wanted.to_finish
                else []
            )
            rows = passages.query(wanted)
            loose = loose_ends.list() if wanted.to_finish else []
            return _Found(rows, passages_tree(rows, named, loose, grouped=grouped), _said_again(rows))

        self._state.jobs.read(find, done=self._take, key="passages")

    def _take(self, found: _Found) -> None:
        kept, shown = self._model.content(self._view.currentIndex()), self._model.root
        self._rows = found.rows
        self._model.show(found.tree)
        self._state.jobs.read(partial(free_tree, shown), done=lambda _none: None)
        self._expand()
        if isinstance(kept, PassageRow):
            self._view.setCurrentIndex(self._model.find(kept.annotation.id))
        self._share_width()
        self._summary.setText(
            self.tr("{0}, of which {1} in captions, repeats or continuations").format(
                passages_text(len(found.rows)), found.again
            )
        )
        anything = bool(found.tree.children)
        self._view.setVisible(anything)
        self._empty.setVisible(not anything)
        self._empty.setText(self._empty_text())
        self._copy.setEnabled(bool(found.rows))
        self._save.setEnabled(bool(found.rows))

    def _empty_text(self) -> str:
        if self._filters.wanted().to_finish:
            return self.tr("Nothing left to finish.")
        return self.tr("No passage fits. Loosen a filter above, or mark something in an article first.")

    def _expand(self, first: int = 0) -> None:
        """Open the rows from ``first`` on that have others under them."""
        for index in self._model.parents(first):
            self._view.expand(index)
            if isinstance(self._model.content(index), Heading):
                self._view.setFirstColumnSpanned(index.row(), QModelIndex(), True)

    def _go(self, index: QModelIndex) -> None:
        content = self._model.content(index)
        if isinstance(content, PassageRow):
            self.passage_requested.emit(content.article.id, content.annotation.id)
        elif isinstance(content, Named):
            self.place_requested.emit(content.article.id, content.start, content.end)
        elif isinstance(content, LooseEnd):
            self.loose_end_requested.emit(content)

    def _leave(self) -> None:
        self.closed.emit()

    def _request_sheet(self) -> None:
        self.sheet_requested.emit(self._filters.wanted())


def _said_again(rows: Sequence[PassageRow]) -> int:
    """Count the rows in captions and repeated blocks, and those that stand under another one when grouped."""
    seen: set[str] = set()
    again = 0
    for row in rows:
        again += row.repeats or row.group in seen
        seen.add(row.group)
    return again


def _line(row: PassageRow) -> str:
    source = ", ".join(part for part in (row.article.outlet, row.article.published_at) if part)
    said = ", ".join(row.speakers)
    return "\t".join((row.annotation.quote.replace("\n", " "), said, row.tag.name, source))
