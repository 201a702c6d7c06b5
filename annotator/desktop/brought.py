"""Files and text that are brought to a window; they wait for its project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow


class Brought(QObject):
    """Keeps what is brought to a window without a project, until it has one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._files: list[str] = []
        self._text = ""

    def bring_in(self, files: list[str]) -> None:
        """Import article or exchange files into the project, now or as soon as one is open here; open packets."""
        files = self._window.commands.take_first_packets(files)
        if self._window.workspace is not None:
            self._window.drops.take_files(files)
        elif files:
            self._files += files
            self._window.telling.say(self.tr("Open or make a project: the files are brought in then."))

    def keep_files(self, files: list[str]) -> None:
        """Keep files that were dropped on a window without a project; with one, its commands take them."""
        if self._window.workspace is None:
            self.bring_in(files)

    def keep_text(self, text: str) -> None:
        """Keep text that was dropped on a window without a project; with one, its commands take it."""
        if self._window.workspace is None:
            self._text = text
            self._window.telling.say(self.tr("Open or make a project: the text is brought in then."))

    def hand_over(self) -> None:
        """Give the project, which is open now, what was kept for it."""
        files, self._files = self._files, []
        self._window.drops.take_files(files)
        text, self._text = self._text, ""
        if text:
            self._window.drops.text_dropped.emit(text)
