"""The review sessions of a project: which there are, how far each is, and how to make another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.models.rows import RowsModel
from annotator.desktop.models.two_line import RowRole, TwoLineDelegate
from annotator.desktop.plurals import plural_text
from annotator.desktop.review.screen import ReviewScreen
from annotator.desktop.review.session_words import mode_text, roles_text, session_state_text
from annotator.desktop.widgets.quiet_list import QuietListView
from annotator.domain.reviews import SessionState
from annotator.domain.session_states import WorkState

if TYPE_CHECKING:
    from annotator.services.session_overview import SessionOverview

_tr = QCoreApplication.translate
_WIDEST = 880
"""Logical pixels beyond which a list of two lines a row is not easier to read."""


class SessionsPage(ReviewScreen):
    """Lists the sessions; Enter or a click shows one. ``session_requested`` carries its id."""

    session_requested = Signal(str)
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, writable: bool) -> None:
        super().__init__(parent)
        self.setObjectName("sessionsPage")
        self._model: RowsModel[SessionOverview] = RowsModel(
            lambda row: row.session.id,
            {
                Qt.ItemDataRole.DisplayRole: lambda row: row.session.name,
                Qt.ItemDataRole.ToolTipRole: lambda row: row.session.name,
                Qt.ItemDataRole.AccessibleTextRole: self._spoken,
                RowRole.DETAIL: self._detail,
                RowRole.FIGURE: progress_text,
                RowRole.FADED: lambda row: row.session.state is SessionState.CLOSED,
            },
            self,
        )
        self._view = QuietListView(self)
        self._view.setObjectName("sessionsList")
        self._view.setAccessibleName(self.tr("Review sessions"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(TwoLineDelegate(self._view))
        self._new = QPushButton(self.tr("New session…"), self)
        self._new.setObjectName("sessionNew")
        self._new.setEnabled(writable)
        self._first = QPushButton(self.tr("New session…"), self)
        """The same, in the middle, while there is nothing else to be done here."""
        self._first.setObjectName("sessionFirst")
        self._first.setDefault(True)
        self._first.setVisible(writable)
        self._back = QPushButton(self.tr("Back to the article"), self)
        self._back.setObjectName("sessionsBack")
        self._pages = QStackedLayout()
        self._lay_out(writable=writable)
        self._view.activated.connect(self._open)
        self._view.clicked.connect(self._open)
        self._new.clicked.connect(self.new_requested)
        self._first.clicked.connect(self.new_requested)
        self._back.clicked.connect(self.left)

    def show_sessions(self, overviews: Sequence[SessionOverview]) -> None:
        """Show these sessions, the latest first."""
        self._model.set_rows(overviews[::-1])
        self._pages.setCurrentIndex(0 if overviews else 1)
        self._new.setVisible(bool(overviews))
        if overviews and not self._view.currentIndex().isValid():
            self._view.setCurrentIndex(self._model.index(0))

    def _lay_out(self, *, writable: bool) -> None:
        title = QLabel(self.tr("Review sessions"), self)
        title.setProperty("role", "title")
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(title, 1)
        above.addWidget(self._new)
        above.addWidget(self._back)
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._empty(writable=writable))
        column = QWidget(self)
        column.setMaximumWidth(_WIDEST)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        inside.addLayout(above)
        inside.addLayout(self._pages, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addStretch(1)
        layout.addWidget(column, 100)
        layout.addStretch(1)

    def _empty(self, *, writable: bool) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setSpacing(8)
        head = QLabel(self.tr("No review session yet"), page)
        head.setProperty("role", "heading")
        words = self.tr(
            "In a session several people mark the same articles; then the team compares, decides where they differ,"
            " and keeps one final version with every reason."
        )
        way = (
            self.tr("“New session…” prepares one. Got a packet from your lead? Drop the file on this window.")
            if writable
            else self.tr("The project is open for reading only.")
        )
        layout.addStretch(1)
        for label in (head, QLabel(words, page), QLabel(way, page)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            if label is not head:
                label.setProperty("role", "muted")
            layout.addWidget(label)
        layout.addSpacing(8)
        layout.addWidget(self._first, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        return page

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None:
            self.session_requested.emit(row.session.id)

    def _detail(self, row: SessionOverview) -> str:
        mine = self.tr("you: {0}").format(roles_text(row.mine)) if row.mine else self.tr("you are no member")
        return " · ".join((mode_text(row.session.mode), session_state_text(row.session), mine))

    def _spoken(self, row: SessionOverview) -> str:
        return ", ".join((row.session.name, self._detail(row), progress_text(row)))

    @override
    def begin(self) -> None:
        ways = (self._view, self._first, self._back)
        first = next(way for way in ways if way.isEnabled() and way.isVisible())
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def progress_text(overview: SessionOverview) -> str:
    """Return how far a session is: what is decided once it is revealed, what is submitted before."""
    if overview.session.state is SessionState.DRAFT:
        return plural_text("Sessions", "1 article", "{0} articles", len(overview.articles))
    if overview.clusters is not None and any(row.submitted for row in overview.articles):
        return _tr("Sessions", "{0} of {1} decided").format(overview.decided, overview.clusters)
    works = [work.state for row in overview.articles for work in row.authors if work.state is not None]
    return _tr("Sessions", "{0} of {1} submitted").format(works.count(WorkState.SUBMITTED), len(works))
