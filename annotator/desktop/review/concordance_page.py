"""Concordance: every passage of a tag, a person or a word, with how each analyst had it, to decide several alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.actions import ActionId, Need
from annotator.desktop.icons import icon
from annotator.desktop.review.concordance_filters import ConcordanceFilters
from annotator.desktop.review.concordance_model import ConcordanceModel, ConcordanceRow
from annotator.desktop.review.concordance_rows import ConcordanceRows
from annotator.desktop.review.reason_line import ReasonLine
from annotator.desktop.review.review_state import ReviewState
from annotator.desktop.review.screen import ReviewScreen, Slot
from annotator.desktop.review.session_words import passages_text
from annotator.desktop.review.showing import Showing
from annotator.desktop.review.shown_cluster import Standing
from annotator.desktop.theme import LIGHT, Theme
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.widgets.quiet_list import QuietTable

_MOST_BY_KEY = 9
_ONE_LINE = 860
"""Logical pixels of width from which the figures and the buttons stand in one line."""


class _Rows(QuietTable):
    """A table in which figures take an analyst's version."""

    figure_pressed = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= _MOST_BY_KEY and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.figure_pressed.emit(number)
            return
        super().keyPressEvent(event)


class ConcordancePage(ReviewScreen):
    """Lists the passages of a session; what is chosen is decided together.

    Signals: ``accept_requested`` (keys of clusters), ``take_requested`` (key → the analyst's id), ``nothing_requested``
    (keys, kind of reason or None, words), ``review_requested`` (a cluster's id), ``back_requested``.
    """

    accept_requested = Signal(object)
    take_requested = Signal(object)
    nothing_requested = Signal(object, object, str)
    review_requested = Signal(str)
    back_requested = Signal()

    def __init__(self, review: ReviewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("concordancePage")
        self._review = review
        self._showing = Showing(review)
        self._rows = ConcordanceRows(review, self._showing)
        self._theme = LIGHT
        self._title = ElidedLabel("", self, least=12)
        self._title.setProperty("role", "title")
        self.filters = ConcordanceFilters(review.state, self)
        self._model = ConcordanceModel(lambda name, colour: icon(name, self._theme, colour), self)
        self._view = _Rows(self)
        self._empty = QLabel(self.tr("No passage fits. Loosen a filter above."), self)
        self._counted = QLabel(self)
        self._counted.setObjectName("concordanceCounted")
        self._accept = self._button("concordanceAccept", self.tr("Accept as proposed"))
        self._take = self._button("concordanceTake", self.tr("Take the version of…"))
        self._nothing = self._button("concordanceNothing", self.tr("Nothing here…"))
        self._open = self._button("concordanceOpen", self.tr("Open in the review"))
        self._back = self._button("concordanceBack", self.tr("Back to the session"))
        for button, key in ((self._accept, "A"), (self._take, "1–9"), (self._nothing, "X")):
            button.setToolTip(f"{button.text().rstrip('…')}  ({key})")
        self._reason = ReasonLine(self)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()

    # what a person can do ------------------------------------------------------

    def accept(self) -> None:
        """Accept the chosen passages as they are proposed."""
        if self._can_decide():
            self.accept_requested.emit(self._keys())

    def take_number(self, number: int) -> None:
        """Take the version of the analyst in a column, from 1."""
        if not self._can_decide():
            return
        chosen = self._chosen()
        if 0 < number <= len(chosen[0].analysts):
            self.take_requested.emit({_key(row): row.analysts[number - 1] for row in chosen})

    def nothing(self) -> None:
        """Ask for the reason why there is no passage at the chosen places."""
        session = self._review.session
        if session is not None and self._can_decide():
            keys = self._keys()
            title = self.tr("Nothing here ({0}): why?").format(len(keys))
            self._reason.ask(title, partial(self.nothing_requested.emit, keys), needed=session.reason_on_reject)

    def choose_version(self) -> None:
        """Offer the analysts whose version can be taken, as a menu."""
        menu = QMenu(self)
        for number, heading in enumerate(self._rows.headings(), 1):
            keys = f"\t{number}" if number <= _MOST_BY_KEY else ""
            menu.addAction(heading.replace("&", "&&") + keys, partial(self.take_number, number))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._take.mapToGlobal(self._take.rect().topLeft()))

    def open_in_review(self) -> None:
        """Look at the current passage on the review screen."""
        row = self._model.row_at(self._view.currentIndex())
        if row is not None:
            self.review_requested.emit(row.id)

    def show_rows(self) -> None:
        """Show what is asked for of the session as it stands; what is chosen stays so while it is listed."""
        review, chosen, at = self._review, {row.id for row in self._chosen()}, self._view.currentIndex().row()
        session = review.session
        self._title.setText(self.tr("Concordance of “{0}”").format(session.name if session is not None else ""))
        wanted = self.filters.wanted()
        found = {id_: one for id_, one in review.clusters.items() if wanted.fits(one)}
        self._model.set_rows([self._rows.row(id_, one) for id_, one in found.items()], tuple(self._rows.headings()))
        self._view.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._choose_again(chosen, at)
        self._share_width()
        self._show_state()

    # inside ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        view = self._view
        view.setObjectName("concordanceList")
        view.setAccessibleName(self.tr("Passages of the session"))
        view.setModel(self._model)
        view.setRootIsDecorated(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = view.header()
        header.setMinimumSectionSize(64)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        buttons = FlowLayout(gap=8)
        for button in (self._open, self._nothing, self._take, self._accept):
            buttons.addWidget(button)
        self._below.setSpacing(8)
        self._below.addWidget(self._counted)
        self._below.addLayout(buttons, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 16, 24, 8)
        inside.setSpacing(8)
        inside.addLayout(head)
        inside.addWidget(self.filters)
        inside.addWidget(view, 1)
        inside.addWidget(self._empty, 1)
        inside.addLayout(self._below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(self._reason)

    def _connect(self) -> None:
        self._review.loaded.connect(self._take_session)
        self._review.touched.connect(lambda _ids: self._show_if_seen())
        self.filters.changed.connect(self.show_rows)
        self._view.selectionModel().selectionChanged.connect(lambda _on, _off: self._show_state())
        self._view.figure_pressed.connect(self.take_number)
        self._view.activated.connect(self.open_in_review)
        self._view.resized.connect(self._share_width)
        self._reason.ended.connect(self._view.setFocus)
        for button, slot in (
            (self._accept, self.accept),
            (self._take, self.choose_version),
            (self._nothing, self.nothing),
            (self._open, self.open_in_review),
            (self._back, self.back_requested.emit),
        ):
            button.clicked.connect(lambda _checked=False, slot=slot: slot())

    def _take_session(self) -> None:
        self.filters.offer(self._review.clusters.values())
        self._show_if_seen()

    def _show_if_seen(self) -> None:
        if self.isVisible():
            self.show_rows()

    def _chosen(self) -> list[ConcordanceRow]:
        rows = [self._model.row_at(index) for index in self._view.selectionModel().selectedRows()]
        return [row for row in rows if row is not None]

    def _keys(self) -> list[tuple[str, ...]]:
        return [_key(row) for row in self._chosen()]

    def _can_decide(self) -> bool:
        return self._showing.usable and bool(self._chosen())

    def _choose_again(self, chosen: set[str], at: int) -> None:
        """Choose what was chosen, or, when that is gone from the list, the row that took its place."""
        selection = self._view.selectionModel()
        here = [place for id_ in chosen if (place := self._model.place_of(id_)) >= 0]
        if not here and self._model.rowCount():
            here = [min(max(0, at), self._model.rowCount() - 1)]
        if {index.row() for index in selection.selectedRows()} == set(here):
            return
        flags = selection.SelectionFlag
        for number, place in enumerate(sorted(here)):
            index = self._model.index(place, 0)
            selection.setCurrentIndex(index, flags.Rows | (flags.Select if number else flags.ClearAndSelect))

    def _share_width(self) -> None:
        header, width = self._view.header(), self._view.viewport().width()
        last = self._model.columnCount() - 1
        if last <= 0:
            return
        authors = max(1, last - 2)
        header.resizeSection(1, min(200, int(width * 0.14)))
        header.resizeSection(last, min(260, int(width * 0.18)))
        each = max(96, min(240, int(width * 0.4 / authors)))
        for column in range(2, last):
            header.resizeSection(column, each)
        taken = sum(header.sectionSize(column) for column in range(1, last + 1))
        header.resizeSection(0, max(180, width - taken))

    def _show_state(self) -> None:
        rows = [self._model.row_at(self._model.index(place, 0)) for place in range(self._model.rowCount())]
        decided = sum(row is not None and row.standing is Standing.DECIDED for row in rows)
        words = self.tr("{0}, {1} decided; {2} chosen")
        self._counted.setText(words.format(passages_text(len(rows)), decided, len(self._chosen())))
        for button in (self._accept, self._take, self._nothing):
            button.setEnabled(self._can_decide())
        self._open.setEnabled(self._view.currentIndex().isValid() and bool(rows))
        self.needs_changed.emit()

    # as a screen -----------------------------------------------------------------

    @override
    def needs(self) -> frozenset[Need]:
        return frozenset({Need.REVIEW, Need.CLUSTER}) if self._can_decide() else frozenset({Need.REVIEW})

    @override
    def slots(self) -> Mapping[ActionId, Slot]:
        return {
            ActionId.REVIEW_ACCEPT: self.accept,
            ActionId.REVIEW_NOTHING: self.nothing,
            ActionId.REVIEW_REJECT: self.nothing,
            ActionId.REVIEW_TAKE: self.choose_version,
            ActionId.REVIEW_EDIT: self.open_in_review,
            ActionId.REVIEW_NEXT: partial(self._step, 1),
            ActionId.REVIEW_PREVIOUS: partial(self._step, -1),
        }

    def _step(self, by: int) -> None:
        row = self._view.currentIndex().row() + by
        if 0 <= row < self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(row, 0, QModelIndex()))

    @override
    def panels(self) -> list[QWidget]:
        return [self.filters.words, self._view]

    @override
    def begin(self) -> None:
        self.show_rows()
        first = self._view if self._model.rowCount() else self.filters.words
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def escape(self) -> bool:
        if self._reason.is_open:
            self._reason.end()
            return True
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self._below.setDirection(ways.LeftToRight if event.size().width() >= _ONE_LINE else ways.TopToBottom)

    @override
    def take_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._view.viewport().update()


def _key(row: ConcordanceRow) -> tuple[str, ...]:
    """Return what names a row's cluster when something is decided of it."""
    return tuple(row.id.split())
