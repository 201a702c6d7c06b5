"""The bars of a meeting: what it is about at the head; who votes, and what can be done, at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from annotator.desktop.review.meeting_voters import VoterStrip
from annotator.desktop.widgets.sized_font import resized

_SMALLER = 0.9
"""How large buttons are set beside the words of a meeting."""


class MeetingHead(QFrame):
    """Says which point of the agenda it is, and in what the analysts differ there; and leads out of the meeting."""

    end_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._place = QLabel(self)
        self._place.setObjectName("meetingPlace")
        self._about = QLabel(self)
        self._about.setObjectName("meetingAbout")
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._end = QToolButton(self)
        self._end.setObjectName("meetingEnd")
        self._end.setText(self.tr("End the meeting"))
        self._end.setToolTip(self.tr("Back to the review (Esc)"))
        self._end.setProperty("role", "choice")
        self._end.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._end.clicked.connect(self.end_requested)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(16)
        line.addWidget(self._place)
        line.addWidget(self._about, 1)
        line.addWidget(self._end)

    def show_point(self, place: str, about: str) -> None:
        """Show a point of the agenda."""
        self._place.setText(place)
        self._about.setText(about)

    def set_scale(self, scale: float) -> None:
        """Set the words so many times larger than the window's."""
        for label in (self._place, self._about):
            label.setFont(resized(self.font(), scale))
        self._end.setFont(resized(self.font(), max(1.0, scale * _SMALLER)))


class MeetingFoot(QFrame):
    """The voters, and a button for each key."""

    names_requested = Signal()
    decision_requested = Signal()
    votes_requested = Signal()
    """Everybody is to vote anew."""
    parking_requested = Signal()
    next_requested = Signal()
    previous_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.voters = VoterStrip(self)
        self._buttons: list[QToolButton] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(6)
        layout.addWidget(self.voters, 1)
        for name, words, signal in (
            ("meetingReveal", self.tr("Names and votes  Space"), self.names_requested),
            ("meetingDecide", self.tr("Decide  Enter"), self.decision_requested),
            ("meetingAgain", self.tr("Vote anew  V"), self.votes_requested),
            ("meetingPark", self.tr("Park  U"), self.parking_requested),
            ("meetingPrevious", self.tr("Previous  P"), self.previous_requested),
            ("meetingNext", self.tr("Next  N"), self.next_requested),
        ):
            button = QToolButton(self)
            button.setObjectName(name)
            button.setText(words)
            button.setProperty("role", "choice")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            self._buttons.append(button)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)

    def set_scale(self, scale: float) -> None:
        """Set the words so many times larger than the window's."""
        for button in self._buttons:
            button.setFont(resized(self.font(), max(1.0, scale * _SMALLER)))
