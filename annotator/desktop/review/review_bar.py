"""The bar over a review: which session, how far one is, and whose sign is whose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from annotator.desktop.review.authors import Author, shape_icon
from annotator.desktop.review.shown_cluster import QueueRow, Standing
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.domain.reviews import ReviewSession

_SIDE = 14
_AROUND, _REST = 6, 96
"""Average characters that a name's sign, number and gap take, and what else stands in the bar."""


class ReviewBar(QFrame):
    """Shows name and progress at the left, the authors in the middle, the ways on at the right."""

    meeting_requested = Signal()
    session_requested = Signal()
    left = Signal()

    def __init__(self, tint: Callable[[str], QColor], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewBar")
        self.setProperty("role", "bar")
        self._tint = tint
        self._authors: tuple[Author, ...] = ()
        self._short = False
        """Whether initials stand for the names: there is no room for them."""
        self._name = ElidedLabel(parent=self, least=6)
        self._name.setObjectName("reviewName")
        self._name.setProperty("role", "heading")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._progress = QLabel(self)
        self._progress.setObjectName("reviewProgress")
        self._meter = QProgressBar(self)
        self._meter.setTextVisible(False)
        self._meter.setFixedWidth(96)
        self._meter.setAccessibleName(self.tr("Decided"))
        self._legend = QWidget(self)
        self._legend.setObjectName("reviewLegend")
        self._signs = FlowLayout(self._legend, gap=12)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._legend.setSizePolicy(policy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(12)
        for widget in (self._name, self._progress, self._meter):
            layout.addWidget(widget)
        layout.addWidget(self._legend, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._button("reviewMeeting", self.tr("Meeting"), self.meeting_requested))
        layout.addWidget(self._button("reviewSession", self.tr("Session"), self.session_requested))
        self._leave = self._button("reviewLeave", self.tr("Back to the article"), self.left)
        self._leave.setAccessibleName(self._leave.text())
        layout.addWidget(self._leave)

    def show_session(self, session: ReviewSession | None, authors: Sequence[Author]) -> None:
        """Show whose review it is; the signs are those of the article that is looked at."""
        self._name.setText(session.name if session is not None else "")
        if tuple(authors) != self._authors:
            self._authors = tuple(authors)
            self._fit(self.width())
            self.redraw()

    def show_progress(self, rows: Sequence[QueueRow]) -> None:
        """Show how far one is."""
        asked = [row for row in rows if not row.added or row.standing is Standing.STALE]
        decided = sum(row.standing is Standing.DECIDED for row in asked)
        parked = sum(row.standing is Standing.PARKED for row in asked)
        words = self.tr("decided {0} of {1}").format(decided, len(asked))
        self._progress.setText(words + (self.tr(" · {0} parked").format(parked) if parked else ""))
        self._meter.setMaximum(max(1, len(asked)))
        self._meter.setValue(decided)

    def redraw(self) -> None:
        """Draw the signs anew: other authors, or another theme."""
        self._signs.clear()
        for author in self._authors:
            self._signs.addWidget(self._sign(author))
        self._legend.updateGeometry()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        names = sum(len(author.name) + _AROUND for author in self._authors)
        short = (names + _REST) * self.fontMetrics().averageCharWidth() > width
        if short != self._short:
            self._short = short
            self._leave.setText(self.tr("Article") if short else self._leave.accessibleName())
            self._meter.setHidden(short)  # the words beside it say the same, and the signs need its room
            self.redraw()

    def _sign(self, author: Author) -> QWidget:
        holder = QWidget(self._legend)
        name = author.initials if self._short else author.name
        picture, words = QLabel(holder), QLabel(f"{author.number} {name}", holder)
        picture.setPixmap(shape_icon(author.shape, self._tint(author.colour), _SIDE).pixmap(_SIDE, _SIDE))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setToolTip(self.tr("{0} takes the version of {1}").format(author.number, author.name))
        words.setAccessibleName(author.spoken)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(picture)
        line.addWidget(words)
        return holder

    def _button(self, name: str, words: str, signal: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(words)
        button.setProperty("role", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: signal.emit())
        return button
