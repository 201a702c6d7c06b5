"""Printed articles, and what a PDF holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ARTICLE_FAMILY, ArticleHeader, load_fonts
from annotator.desktop.printing.printed_article import PrintedArticle
from tests.desktop.article_view.conftest import STYLES, TEXT, mark

HEADER = ArticleHeader(title="Tolls doubled", outlet="Vellmouth Echo", byline="Ann Bell", date="2025-03-13")


def printed(text: str = TEXT, **fields: Any) -> PrintedArticle:
    """An article with three passages, or with what ``fields`` say."""
    marks = (mark("a", 5, 30), mark("b", 20, 60, "denial"), mark("c", 70, 100, "evidence"))
    given: dict[str, Any] = {
        "project": "Toll story",
        "text": text,
        "blocks": (),
        "language": "en",
        "header": HEADER,
        "marks": [each for each in marks if each.end <= len(text)],
        "hidden": 0,
        "labels": {"a": "Mara Lind · claim"},
        "styles": STYLES,
        "family": ARTICLE_FAMILY,
    }
    return PrintedArticle(**(given | fields))


@dataclass
class Pdf:
    """An open PDF, read by another program's library."""

    document: Any

    def __len__(self) -> int:
        return len(self.document)

    def text(self, page: int) -> str:
        text_page = self.document[page].get_textpage()
        try:
            return " ".join(text_page.get_text_range().split())
        finally:
            text_page.close()

    @property
    def whole(self) -> str:
        return " ".join(self.text(page) for page in range(len(self)))

    def picture(self, page: int, scale: float = 2.0) -> QImage:
        bitmap = self.document[page].render(scale=scale)
        picture = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888
        ).copy()
        bitmap.close()
        return picture


@contextmanager
def opened(content: bytes) -> Iterator[Pdf]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield Pdf(document)
    finally:
        document.close()


@pytest.fixture(autouse=True)
def fonts(qtbot: QtBot) -> None:
    load_fonts()
