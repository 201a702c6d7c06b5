"""The application object: it keeps the files that macOS asks for until there is somebody to open them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override


class Application(QApplication):
    """Hears of files that are opened from outside by an event, as macOS does it, from before the first window on."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._asked: list[str] = []
        self._open: Callable[[str], object] | None = None

    def opens_by(self, open_: Callable[[str], object]) -> None:
        """Call ``open_`` with each file that is asked for, those first that were asked for already."""
        self._open = open_
        asked, self._asked = self._asked, []
        for path in asked:
            open_(path)

    @override
    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        if path := event.file():
            if self._open is not None:
                self._open(path)
            else:
                self._asked.append(path)
        return True
