"""A field for one line that says itself what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

_PAUSE = 700
"""Milliseconds after the last key: what is half typed is not wrong yet."""


class CheckedLine(QLineEdit):
    """Is marked, and shows ``message``, once it was left, or paused in, with something wrong; no longer when mended."""

    told = Signal(bool)
    """Something is wrong with it, or nothing is any more; ``message`` says what."""

    def __init__(self, text: str, wrong: Callable[[str], str], parent: QWidget) -> None:
        """``wrong`` returns what is wrong with a text, in words for a person; empty when nothing is."""
        super().__init__(text, parent)
        self._wrong = wrong
        self.message = QLabel(parent)
        self.message.setProperty("role", "danger")
        self.message.setWordWrap(True)
        self.message.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.tell)
        self.textChanged.connect(self._typed)
        self.editingFinished.connect(self.tell)

    def tell(self) -> bool:
        """Show what is wrong; return whether something is."""
        words = self._wrong(self.text().strip())
        self._pause.stop()
        if words != self.message.text():
            self.message.setText(words)
            self.setAccessibleDescription(words)
            self.setProperty("wrong", bool(words))
            self.style().unpolish(self)
            self.style().polish(self)
            self.told.emit(bool(words))
        return bool(words)

    def _typed(self) -> None:
        if not self._wrong(self.text().strip()):
            self.tell()
        else:
            self._pause.start()
