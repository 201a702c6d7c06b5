"""The quiet line over an article that is in a review session: whether its author has submitted it, and how to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.desktop.review.session_words import passages_text
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.widgets.letting_go import clear_out
from annotator.domain.reviews import ReviewSession, Submission
from annotator.domain.session_states import WorkState, work_state

Way = tuple[str, str, SignalInstance]
"""A button: its text, its name, and the signal that it emits."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an author stands with an article in a session. ``count``: the passages that are marked there now."""

    session: ReviewSession
    article_id: str
    submission: Submission | None
    count: int

    @property
    def state(self) -> WorkState:
        """How far the author is."""
        return work_state(self.submission)


class SubmissionLine(QFrame):
    """A row for each session: what was said last, and the button for what comes next. Hidden while there is none.

    Signals carry a session's id.
    """

    submit_requested = Signal(str)
    withdraw_requested = Signal(str)
    session_requested = Signal(str)
    to_finish_requested = Signal(str)
    submit_unfinished_requested = Signal(str)
    later_requested = Signal(str)
    left = Signal()
    """What had the focus is not here any more: it belongs to the text again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("submissionLine")
        self.setProperty("role", "bar")
        self._shown: list[Standing] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(16, 4, 8, 4)
        self._rows.setSpacing(4)
        self.hide()

    def show_standings(self, standings: Sequence[Standing], *, writable: bool) -> None:
        """Show how an author stands; no row, no line."""
        if list(standings) == self._shown and not self.isHidden():
            return
        self._shown = list(standings)
        focused = self._clear()
        for standing in standings:
            ways = self._ways(standing) if writable else ()
            session = (self.tr("Session"), "submissionSession", self.session_requested)
            self._add_row(standing.session.id, self._words(standing), (*ways, session))
        self.setVisible(bool(standings))
        if focused:
            self.left.emit()

    def ask_unfinished(self, session_id: str, reasons: Sequence[str], number: int) -> None:
        """Say what is not finished before the article is submitted: it may be submitted all the same.

        To show it comes where "Submit" was: who clicks there twice has submitted nothing unseen.
        """
        words = self.tr("To finish first? {0}: {1}").format(passages_text(number), ", ".join(reasons))
        self._shown = []
        focused = self._clear()
        ways = (
            (self.tr("Submit all the same"), "submitAnyway", self.submit_unfinished_requested),
            (self.tr("Show them"), "submitShow", self.to_finish_requested),
            (self.tr("Later"), "submitLater", self.later_requested),
        )
        self._add_row(session_id, words, ways)
        self.show()
        show = self.findChild(QToolButton, "submitShow")
        if focused and show is not None:
            show.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self, standing: Standing) -> str:
        name, submission = standing.session.name, standing.submission
        if standing.state is WorkState.RETURNED and submission is not None:
            return self.tr("In review session “{0}”: returned: {1}").format(name, submission.reason)
        if standing.state is WorkState.SUBMITTED and submission is not None:
            words = self.tr("In review session “{0}”: submitted with {1}").format(name, passages_text(submission.count))
            changed = submission.count != standing.count
            return words + self.tr(", now {0}").format(standing.count) if changed else words
        return self.tr("In review session “{0}”: not submitted").format(name)

    def _ways(self, standing: Standing) -> Sequence[Way]:
        submitted = standing.state is WorkState.SUBMITTED and standing.submission is not None
        submit = self.tr("Submit ({0})").format(passages_text(standing.count))
        if not submitted:
            return ((submit, "submit", self.submit_requested),)
        if standing.session.revealed:
            return ()
        again = self.tr("Submit again ({0})").format(passages_text(standing.count))
        changed = standing.submission is not None and standing.submission.count != standing.count
        ways = ((again, "submit", self.submit_requested),) if changed else ()
        return (*ways, (self.tr("Withdraw"), "withdraw", self.withdraw_requested))

    def _add_row(self, session_id: str, words: str, ways: Sequence[Way]) -> None:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        label = ElidedLabel(words, row, least=12)
        label.setObjectName("submissionWords")
        label.setProperty("role", "muted")
        line.addWidget(label, 1)
        for text, name, signal in ways:
            button = QToolButton(row)
            button.setText(text)
            button.setObjectName(name)
            button.setProperty("role", "choice")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(session_id))
            line.addWidget(button)
        self._rows.addWidget(row)

    def _clear(self) -> bool:
        """Take all rows away; tell whether the focus was in one of them: it would go anywhere in the window."""
        focused = self.window().focusWidget() in self.findChildren(QWidget)
        clear_out(self._rows)
        return focused
