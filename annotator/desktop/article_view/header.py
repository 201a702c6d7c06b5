"""The head of the page: outlet, headline (unless the text begins with it), byline and date."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from annotator.desktop.article_view.look import ArticleHeader, ViewTheme
from annotator.desktop.article_view.metrics import Typography
from annotator.domain.articles import BlockKind

_TOP = 28
_GAP = 6


@dataclass(slots=True)
class _Row:
    layout: QTextLayout
    muted: bool


class PageHeader:
    """The laid out head of the page; its ``height`` is the space above the first paragraph."""

    def __init__(
        self, header: ArticleHeader, first_paragraph: str, width: int, type_: Typography, *, rtl: bool = False
    ) -> None:
        """Lay the head out in ``width`` pixels. A title that ``first_paragraph`` repeats is left out.

        ``rtl``: the article is written from right to left.
        """
        self._option = QTextOption()
        if rtl:
            self._option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            self._option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self._rows: list[_Row] = []
        y = float(_TOP)
        small = QFont(type_.label_font)
        small.setPixelSize(round(type_.label_font.pixelSize() * 1.18))
        if header.title and _folded(header.title) != _folded(first_paragraph):
            y = self._add(header.title, type_.style(BlockKind.HEADLINE).font, width, y, muted=False) + _GAP
        line = " · ".join(part for part in (header.outlet, header.byline, header.date) if part)
        if line:
            y = self._add(line, small, width, y, muted=True) + _GAP
        self.height = round(y)

    def _add(self, text: str, font: QFont, width: int, y: float, *, muted: bool) -> float:
        layout = QTextLayout(text, font)
        layout.setCacheEnabled(True)
        layout.setTextOption(self._option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += line.height()
        layout.endLayout()
        self._rows.append(_Row(layout, muted))
        return y

    def paint(self, painter: QPainter, x: float, y: float, theme: ViewTheme) -> None:
        """Draw the head with its top left corner at ``(x, y)``."""
        for row in self._rows:
            painter.setPen(QColor(theme.muted if row.muted else theme.text))
            row.layout.draw(painter, QPointF(x, y))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
