"""A menu whose letters are its own: the window's single-letter keys do nothing while it is open."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override


class LetterMenu(QMenu):
    """Opened from the keyboard; deletes itself when it closes."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def with_mnemonics(texts: Iterable[str]) -> list[str]:
    """Return menu texts in which each is chosen by the first of its letters that none before it has."""
    taken: set[str] = set()
    marked = []
    for text in texts:
        place = next((n for n, letter in enumerate(text) if letter.isalpha() and letter.lower() not in taken), 0)
        taken.add(text[place : place + 1].lower())
        marked.append(f"{text[:place]}&{text[place:]}")
    return marked
