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
        """Sort files by their suffix; of a folder all in it that may be articles."""
        articles = []
        files = [inside for file in files for inside in _inside(file)]
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


def _inside(path: str) -> list[str]:
    """Return the articles in a folder; the path itself for a file, or for a folder that has none: that will be told."""
    if not Path(path).is_dir():
        return [path]
    from annotator.formats.registry import IMPORTERS  # only for folders, which are seldom dropped

    known = {suffix for importer in IMPORTERS for suffix in importer.suffixes}
    files = sorted(Path(path).iterdir())
    return [str(file) for file in files if file.suffix.lower() in known and file.is_file()] or [path]
