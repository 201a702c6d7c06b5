"""One review session: how far each author is with each article, and what can be done now."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.icons import icon
from annotator.desktop.review.overview_model import OverviewModel
from annotator.desktop.review.overview_table import OverviewTable
from annotator.desktop.review.screen import ReviewScreen
from annotator.desktop.review.session_steps import steps_of
from annotator.desktop.review.session_words import mode_text, roles_text, session_state_text
from annotator.desktop.review.sessions_page import progress_text
from annotator.desktop.review.steps_column import StepsColumn
from annotator.desktop.theme import LIGHT, Theme
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.domain.reviews import MemberRole, SessionState
from annotator.domain.session_states import WorkState

if TYPE_CHECKING:
    from annotator.services.session_overview import SessionOverview

_SIDE_BY_SIDE = 860
"""Logical pixels of width from which the steps stand beside the table, else below it, but for the next one."""
_COLUMN, _MARGIN, _WIDEST_BAR = 304, 24, 480


class OverviewPage(ReviewScreen):
    """Shows a session's articles against its authors. Enter on a row opens the article.

    ``step_requested`` carries a Step; ``article_requested`` and ``review_requested`` an article's id, to read or to
    decide it; ``return_requested`` an article's and an author's id: their work is to go back; ``list_requested``: all
    sessions.
    """

    step_requested = Signal(object)
    article_requested = Signal(str)
    review_requested = Signal(str)
    return_requested = Signal(str, str)
    list_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, writable: bool) -> None:
        super().__init__(parent)
        self.setObjectName("sessionOverview")
        self.overview: SessionOverview | None = None
        self._me = ""
        self._writable = writable
        self._theme = LIGHT
        self._name = ElidedLabel("", self, least=12)
        self._name.setObjectName("sessionTitle")
        self._name.setProperty("role", "title")
        self._about = QLabel(self)
        self._about.setObjectName("sessionAbout")
        self._about.setProperty("role", "muted")
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(_WIDEST_BAR)
        self._bar.setAccessibleName(self.tr("How much is decided"))
        self._far = QLabel(self)
        self._far.setObjectName("sessionProgress")
        self._model = OverviewModel(lambda name, colour: icon(name, self._theme, colour), self)
        self._table = OverviewTable(self._model, self)
        self._return = self._button("overviewReturn", self.tr("Send back to the author…"))
        self._review = self._button("overviewReview", self.tr("Review the article"))
        self._open = self._button("overviewOpen", self.tr("Open the article"))
        self._hint = QLabel(self)
        self._hint.setObjectName("overviewHint")
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self.steps = StepsColumn(self)
        self._all = self._button("overviewAll", self.tr("All sessions"))
        self._back = self._button("overviewBack", self.tr("Back to the article"))
        self._lay_out()
        self._connect()

    def show_session(self, overview: SessionOverview, me: str) -> None:
        """Show a session as it stands to an analyst (id, empty for nobody)."""
        self.overview, self._me = overview, me
        session = overview.session
        self._name.setText(session.name)
        self._about.setText(self._about_text(overview))
        clusters = overview.clusters
        self._far.setText(progress_text(overview))
        self._bar.setVisible(clusters is not None and session.state is not SessionState.DRAFT)
        self._bar.setRange(0, max(1, clusters or 0))
        self._bar.setValue(overview.decided if clusters else 0)
        here = self._table.currentIndex()
        self._model.show(overview)
        if not self._table.currentIndex().isValid() and self._model.rowCount():
            row = min(max(0, here.row()), self._model.rowCount() - 1)
            self._table.setCurrentIndex(self._model.index(row, 0))
        self._table.share_width()
        self.steps.show_steps(steps_of(overview, me=me, writable=self._writable))
        self._place_steps()
        self._show_choice()

    # inside ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._all)
        head.addWidget(self._back)
        progress = QHBoxLayout()
        progress.setSpacing(12)
        progress.addWidget(self._far)
        progress.addWidget(self._bar, 1)
        progress.addStretch()
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._hint, 1)
        below.addWidget(self._return)
        below.addWidget(self._review)
        below.addWidget(self._open)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._table, 1)
        column.addLayout(below)
        self._side = _scrolling(self.steps, self)
        self._above = QVBoxLayout()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(24)
        self._body.addWidget(left, 1)
        self._body.addWidget(self._side)
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(24, 16, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._about)
        layout.addLayout(progress)
        layout.addSpacing(8)
        layout.addLayout(self._above)
        layout.addLayout(self._body, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(_scrolling(inside, self))

    def _connect(self) -> None:
        self._table.activated.connect(self._activate)
        self._table.doubleClicked.connect(self._activate)
        self._table.customContextMenuRequested.connect(self._show_menu)
        self._table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_choice())
        self._open.clicked.connect(lambda: self._activate(self._table.currentIndex()))
        self._return.clicked.connect(self._ask_return)
        self._review.clicked.connect(self._ask_review)
        self._all.clicked.connect(self.list_requested)
        self._back.clicked.connect(self.left)
        self.steps.step_requested.connect(self.step_requested)

    def _about_text(self, overview: SessionOverview) -> str:
        session = overview.session
        leads = [member.name for member in overview.members if MemberRole.LEAD in member.roles]
        parts = [mode_text(session.mode), session_state_text(session)]
        parts += [self.tr("lead: {0}").format(", ".join(leads))] if leads else []
        parts += [self.tr("you: {0}").format(roles_text(overview.mine))] if overview.mine else []
        parts += [self.tr("open again: {0}").format(session.reason)] if session.reason else []
        return " · ".join(parts)

    def _activate(self, index: QModelIndex) -> None:
        row = self._model.article(index)
        if row is not None:
            self.article_requested.emit(row.article.id)

    def _ask_review(self) -> None:
        row = self._model.article(self._table.currentIndex())
        if row is not None:
            self.review_requested.emit(row.article.id)

    def _can_review(self) -> bool:
        """Whether the chosen article has something that can be looked at on the review screen."""
        row, overview = self._model.article(self._table.currentIndex()), self.overview
        seen = overview is not None and not overview.sealed and overview.session.state is not SessionState.DRAFT
        return seen and row is not None and bool(row.clusters)

    def _ask_return(self) -> None:
        index = self._table.currentIndex()
        row, work = self._model.article(index), self._model.work(index)
        if row is not None and work is not None:
            self.return_requested.emit(row.article.id, work.analyst_id)

    def _can_return(self) -> bool:
        work, overview = self._model.work(self._table.currentIndex()), self.overview
        decides = overview is not None and bool(overview.mine & {MemberRole.LEAD, MemberRole.REVIEWER})
        is_open = overview is not None and overview.session.state is SessionState.OPEN
        return self._writable and decides and is_open and work is not None and work.state is WorkState.SUBMITTED

    def _show_choice(self) -> None:
        """Say what is known of the chosen cell and enable what can be done with it."""
        index = self._table.currentIndex()
        work, overview = self._model.work(index), self.overview
        self._open.setEnabled(self._model.article(index) is not None)
        decides = overview is not None and bool(overview.mine & {MemberRole.LEAD, MemberRole.REVIEWER})
        for button in (self._return, self._review):
            button.setVisible(decides)
        self._review.setEnabled(self._can_review())
        self._return.setEnabled(self._can_return())
        reason = work.reason if work is not None else ""
        self._hint.setText(self.tr("Returned: {0}").format(reason) if reason else "")

    def _show_menu(self, where: QPoint) -> None:
        index = self._table.indexAt(where)
        if not index.isValid():
            return
        self._table.setCurrentIndex(index)
        menu = QMenu(self)
        menu.addAction(self._open.text(), lambda: self._activate(index))
        menu.addAction(self._review.text(), self._ask_review).setEnabled(self._can_review())
        menu.addAction(self._return.text(), self._ask_return).setEnabled(self._can_return())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._table.viewport().mapToGlobal(where))

    def _place_steps(self) -> None:
        """Put the steps beside the table where there is room, else below it in full height, the next one above it."""
        beside = self.width() >= _SIDE_BY_SIDE
        if beside and self._above.count():
            self.steps.take_first_back()
        elif not beside and not self._above.count():
            self._above.addWidget(self.steps.give_first_away())
        ways = QBoxLayout.Direction
        self._body.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        width = _COLUMN if beside else self.width() - 2 * _MARGIN
        self._side.setFixedWidth(width)
        self._side.setMinimumHeight(0 if beside else self.steps.height_for(width))
        self._order_tab(self.steps.buttons(), beside=beside)

    def _order_tab(self, steps: list[QPushButton], *, beside: bool) -> None:
        """Let Tab go as the eye does: what stands over the table comes before it."""
        over = 0 if beside or not steps or not self.steps.first.isAncestorOf(steps[0]) else 1
        table = (self._table, self._return, self._review, self._open)
        for widget, after in pairwise((*steps[:over], *table, *steps[over:], self._all, self._back)):
            self.setTabOrder(widget, after)

    @override
    def begin(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def panels(self) -> list[QWidget]:
        return [self._table, self.steps]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_steps()

    @override
    def take_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self.overview is not None:
            self.show_session(self.overview, self._me)


def _scrolling(inside: QWidget, parent: QWidget) -> QScrollArea:
    """Return a frameless area that scrolls a widget up and down where there is no room for it."""
    area = QScrollArea(parent)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
