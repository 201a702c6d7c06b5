"""Sends an article to a printer or makes a PDF of it, page by page, so that the window lives on meanwhile."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QSizeF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPainter, QPdfWriter

from annotator.desktop.printing.paper import UNIT, PaperSize, corner, page_layout, paper_of
from annotator.desktop.printing.printed_article import PrintedArticle
from annotator.desktop.printing.sheets import Sheets
from annotator.domain.errors import StorageError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Steps = Generator[tuple[int, int], None, None]
"""Work in slices; each yields how much is done, and of how much."""
_RESOLUTION = 1200
_POINTS = 72.0
_UNIT_POINT = QPageLayout.Unit.Point


def pdf_steps(article: PrintedArticle, size: PaperSize, ui_font: QFont) -> Generator[tuple[int, int], None, bytes]:
    """Make a PDF in slices and return it: real text, fonts embedded, title and author as metadata."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(article.title)
    writer.setAuthor(article.header.byline or article.header.outlet)
    writer.setCreator(f"Annotator · {article.project}")
    writer.setPageLayout(page_layout(size))
    yield from _steps(article, writer, writer.pageLayout().fullRect(_UNIT_POINT).size(), _RESOLUTION, ui_font)
    buffer.close()
    return bytes(content.data())


def print_steps(article: PrintedArticle, printer: QPrinter, ui_font: QFont) -> Steps:
    """Print in slices, the pages that the user chose. Raises StorageError when the printer refuses."""
    printer.setFullPage(True)
    printer.setDocName(article.title)
    size = printer.pageLayout().fullRect(_UNIT_POINT).size()
    chosen = range(printer.fromPage() - 1, printer.toPage()) if printer.fromPage() > 0 else None
    yield from _steps(article, printer, size, printer.resolution(), ui_font, chosen)


def _steps(
    article: PrintedArticle,
    device: QPagedPaintDevice,
    size: QSizeF,
    resolution: int,
    ui_font: QFont,
    chosen: range | None = None,
) -> Steps:
    sheets = Sheets(article, paper_of(size.width(), size.height()), ui_font)
    for done in sheets.divide():
        yield done, 2 * sheets.paragraphs
    pages = [n for n in range(len(sheets.pages)) if chosen is None or n in chosen]
    painter = QPainter()
    if not painter.begin(device):
        raise StorageError(
            QCoreApplication.translate("Printing", "The printer does not take the article."),
            QCoreApplication.translate("Printing", "Look whether it is switched on, or save a PDF instead."),
        )
    try:
        for place, number in enumerate(pages):
            if place:
                device.newPage()
            painter.save()
            painter.scale(resolution / _POINTS, resolution / _POINTS)
            painter.translate(*corner())
            painter.scale(UNIT, UNIT)
            sheets.draw(painter, number)
            painter.restore()
            yield len(pages) + place + 1, 2 * len(pages)
    finally:
        painter.end()


def finish(steps: Generator[tuple[int, int], None, bytes]) -> bytes:
    """Do all slices at once and return what they make."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return bytes(end.value)
