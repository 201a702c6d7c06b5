"""A small text field of several lines that gives back exactly what was typed."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget


class NoteEdit(QPlainTextEdit):
    """A plain-text field; Tab leaves it, and no-break spaces survive (Qt's own reading turns them into spaces)."""

    def __init__(self, parent: QWidget | None = None, *, lines: int = 3) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._lines = lines
        height = (
            self.fontMetrics().lineSpacing() * lines + 2 * self.frameWidth() + 2 * int(self.document().documentMargin())
        )
        self.setFixedHeight(height)

    def text(self) -> str:
        """Return what the field holds, line ends as LF."""
        raw: str = self.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, text: str) -> None:
        """Show ``text`` when it differs, so that the caret does not jump for nothing."""
        if text != self.text():
            self.setPlainText(text)
