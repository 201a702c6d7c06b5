"""What can be done with a session, below each other: a button and what it does, or why it cannot be done now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.desktop.dialogs.form import quiet_label
from annotator.desktop.review.session_steps import Possible, Step
from annotator.desktop.widgets.letting_go import clear_out

_GATHERING = frozenset((Step.EDIT, Step.SEND, Step.COLLECT, Step.TAKE_IN, Step.MATCH))
"""What a session is made of; seldom wanted once it is reviewed."""
_GAP = 8
"""Logical pixels between one step and the next."""
_BEFORE_REVIEW = _GATHERING | {Step.OPEN, Step.SEND_WORK, Step.REVEAL}


class StepsColumn(QWidget):
    """The steps of a session; the one that comes next stands out, first. ``step_requested`` carries a Step.

    While the session is reviewed, what gathered it comes last: what belongs to the review is seen without scrolling.
    """

    step_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sessionSteps")
        self.setAccessibleName(self.tr("What can be done now"))
        self._shown: list[Possible] = []
        self._buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 8, 0)
        self._layout.setSpacing(4)
        self.first = QWidget(self)
        """The step that comes next: the page may put it elsewhere, and :meth:`take_first_back` brings it home."""
        self.first.setObjectName("sessionNext")
        self._first = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.first)
        self._first.setContentsMargins(0, 0, 0, _GAP)
        self._first.setSpacing(4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.first.setSizePolicy(policy)
        self._layout.addWidget(self.first)
        self._rest = QVBoxLayout()
        self._rest.setSpacing(4)
        self._layout.addLayout(self._rest, 1)

    def show_steps(self, steps: Sequence[Possible]) -> None:
        """Show these steps; the focus stays on its button, and goes to the first one when that is gone."""
        if self._shown == list(steps):
            return
        self._shown = list(steps)
        focus = self.window().focusWidget()  # which has it again when a dialog over the window closes
        kept = focus.objectName() if focus in self._buttons else ""
        clear_out(self._first)
        clear_out(self._rest)
        self._buttons = []
        reviewed = any(one.next and one.step not in _BEFORE_REVIEW for one in steps)
        for possible in sorted(steps, key=lambda one: (not one.next, reviewed and one.step in _GATHERING)):
            if possible.can:
                self._add(possible, self._first if possible.next else self._rest)
        self.first.setVisible(any(possible.can and possible.next for possible in steps))
        later = [possible for possible in steps if not possible.can]
        if later:
            self._add_heading(self.tr("Not now"))
            for words in dict.fromkeys(possible.words for possible in later):
                self._add_reason(words, [possible.step for possible in later if possible.words == words])
        self._rest.addStretch(1)
        if kept and self._buttons:  # the step may be done: then what comes next is the one to take the focus
            again = next((one for one in self._buttons if one.objectName() == kept), self._buttons[0])
            again.show()  # what is not to be seen yet takes no focus in a window that is not the active one
            again.setFocus()

    def buttons(self) -> list[QPushButton]:
        """Return the buttons from above."""
        return list(self._buttons)

    def height_for(self, width: int) -> int:
        """Return the height that everything needs at a width, in pixels."""
        return self._layout.totalHeightForWidth(width)

    def give_first_away(self) -> QWidget:
        """Return the step that comes next as one line, its words beside it, to stand where the eye falls first."""
        self._first.setDirection(QBoxLayout.Direction.LeftToRight)
        self._first.setSpacing(12)
        self._first.setContentsMargins(0, 0, 0, 0)
        return self.first

    def take_first_back(self) -> None:
        """Let the step that comes next stand above the others again."""
        self._first.setDirection(QBoxLayout.Direction.TopToBottom)
        self._first.setSpacing(4)
        self._first.setContentsMargins(0, 0, 0, _GAP)
        self._layout.insertWidget(0, self.first)

    def _add(self, possible: Possible, layout: QBoxLayout) -> None:
        button = QPushButton(self._texts()[possible.step], self)
        button.setObjectName(f"step.{possible.step}")
        button.setAccessibleDescription(possible.words)
        button.setDefault(possible.next)
        button.clicked.connect(lambda: self.step_requested.emit(possible.step))
        words = quiet_label(possible.words, self.first if possible.next else self)
        words.setContentsMargins(2, 0, 0, 0)
        words.setObjectName(f"words.{possible.step}")
        self._buttons.append(button)
        layout.addWidget(button)
        layout.addWidget(words, 1 if layout is self._first else 0)
        if layout is self._rest:
            layout.addSpacing(_GAP)

    def _add_heading(self, text: str) -> None:
        heading = QLabel(text, self)
        heading.setProperty("role", "heading")
        heading.setContentsMargins(2, 8, 0, 2)
        self._rest.addWidget(heading)

    def _add_reason(self, words: str, steps: Sequence[Step]) -> None:
        """Say why steps cannot be taken: buttons that do nothing would only be in the way."""
        names = ", ".join(self._texts()[step].rstrip("…") for step in steps)
        label = quiet_label(self.tr("{0}. {1}").format(names, words), self)
        label.setObjectName(f"later.{steps[0]}")
        label.setContentsMargins(2, 0, 0, 4)
        self._rest.addWidget(label)

    def _texts(self) -> dict[Step, str]:
        return {
            Step.EDIT: self.tr("Edit the session…"),
            Step.OPEN: self.tr("Open the session"),
            Step.SEND: self.tr("Send packets…"),
            Step.SEND_WORK: self.tr("Send my work…"),
            Step.COLLECT: self.tr("Collect packets…"),
            Step.TAKE_IN: self.tr("Take a packet in…"),
            Step.MATCH: self.tr("Match people…"),
            Step.REVEAL: self.tr("Reveal…"),
            Step.REVIEW: self.tr("Review"),
            Step.MEETING: self.tr("Meeting"),
            Step.CONCORDANCE: self.tr("Concordance"),
            Step.AGREEMENT: self.tr("Agreement"),
            Step.CLOSE: self.tr("Close the session…"),
            Step.MINUTES: self.tr("Minutes…"),
            Step.FINAL: self.tr("Export the final version…"),
            Step.REOPEN: self.tr("Open again…"),
            Step.CHANGES: self.tr("Back to the analysts"),
            Step.DELETE: self.tr("Delete the session"),
        }
