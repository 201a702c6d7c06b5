"""What happens to files and text that are dropped on the window or pasted into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from annotator.paths import is_packet

PROJECT_SUFFIXES = frozenset({".annotator"})
EXCHANGE_SUFFIXES = frozenset({".json"})


class Drops(QObject):
    """Sorts what is dropped: projects to open, exchange files to merge, packets, articles to import, text to add."""

    project_dropped = Signal(str)
    exchange_dropped = Signal(str)
    packets_dropped = Signal(object)  # list[str]
    articles_dropped = Signal(object)  # list[str]
    text_dropped = Signal(str)

    def enter(self, event: QDragEnterEvent) -> None:
        """Accept what can be dropped here."""
        content = event.mimeData()
        if any(url.isLocalFile() for url in content.urls()) or (content.hasText() and not content.hasUrls()):
            event.acceptProposedAction()

    def drop(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    def take(self, content: QMimeData) -> bool:
        """Sort dropped or pasted content; tell whether there was anything to take."""
        files = [url.toLocalFile() for url in content.urls() if url.isLocalFile()]
        if files:
            self.take_files(files)
            return True
        if content.hasText() and content.text().strip():
            self.text_dropped.emit(content.text())
            return True
        return False

    def take_files(self, files: list[str]) -> None:
        """Sort files by their suffix."""
        articles = []
        packets = [file for file in files if is_packet(file)]
        for file in files:
            suffix = Path(file).suffix.lower()
            if suffix in PROJECT_SUFFIXES:
                self.project_dropped.emit(file)
            elif suffix in EXCHANGE_SUFFIXES:
                self.exchange_dropped.emit(file)
            elif file not in packets:
                articles.append(file)
        if packets:
            self.packets_dropped.emit(packets)
        if articles:
            self.articles_dropped.emit(articles)
