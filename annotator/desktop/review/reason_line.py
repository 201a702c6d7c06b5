"""The line that asks for a reason: a kind of reason to choose, a few words to write."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QWidget

from annotator.desktop.panels.line_strip import LineStrip
from annotator.desktop.review.review_words import reason_code_text
from annotator.desktop.widgets.choice_list import Choice
from annotator.domain.reviews import ReasonCode

Answer = Callable[[ReasonCode | None, str], object]


class ReasonLine(LineStrip):
    """Down and Up choose a kind, what is typed is the reason in words, Enter gives both, Esc gives up.

    For the mouse: a click on a kind, or on the button beside the line, gives what is typed as well.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("reasonLine", self.tr("Reason"), parent)
        self._answer: Answer | None = None
        self._needed = False
        self._title = QLabel(self)
        self._title.setProperty("role", "heading")
        self.head.addWidget(self._title)
        self.offer.show()
        self.offer.clicked.connect(self._take)
        self._done.setText(self.tr("Cancel"))
        self._done.setToolTip(self.tr("Give up (Esc)"))
        self.field.taken.connect(self._take)
        self.choices.chosen.connect(self._take_key)

    def ask(
        self, title: str, answer: Answer, *, needed: bool, coded: bool = True, words: str = "", act: str = ""
    ) -> None:
        """Ask for a reason. ``needed``: one must be given; ``coded``: kinds are offered; ``words``: typed already.

        ``act``: what the button of the line does then, "Go on" when empty.
        """
        self._answer, self._needed = answer, needed
        self._title.setText(title)
        self.offer.setText(act or self.tr("Go on"))
        self.begin("")
        codes = [Choice(code.value, reason_code_text(code)) for code in ReasonCode] if coded else []
        self.choices.set_choices(codes)
        self.choices.setCurrentRow(-1)
        self.field.setText(words)
        self.field.setPlaceholderText(self.tr("In words"))
        self.hint.setText(self._hint(coded=coded))
        self.resized.emit()

    def _hint(self, *, coded: bool) -> str:
        if not coded:
            return self.tr("Enter takes · Esc gives up")
        return self.tr("↓ kind · Enter takes · Esc gives up")

    def _take_key(self, key: str) -> None:
        self._give(ReasonCode(key))

    def _take(self) -> None:
        choice = self.choices.selected()
        self._give(ReasonCode(choice.key) if choice is not None else None)

    def _give(self, code: ReasonCode | None) -> None:
        words = self.field.text().strip()
        if self._needed and code is None and not words:
            self.hint.setText(self.tr("A reason is needed here: choose one (↓) or write it"))
            return
        answer, self._answer = self._answer, None
        self.end()
        if answer is not None:
            answer(code, words)
