"""A field for plain text of several lines that gives back exactly the characters it holds."""

from __future__ import annotations

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class ExactTextEdit(QPlainTextEdit):
    """Edits text without changing it: ``toPlainText`` would turn every no-break space into a plain one."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlainText(text)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)

    def exact_text(self) -> str:
        """Return what the field holds; paragraphs are divided by LF."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
