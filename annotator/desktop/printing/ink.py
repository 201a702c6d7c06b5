"""The brushes of passages as ink: opaque tints, and lines drawn as shapes, which paper shows as sharp as text."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from annotator.desktop.article_view.paints import DASH, DASH_GAP, Paints
from annotator.desktop.theme import mix
from annotator.domain.codebook import TagKind


class Ink:
    """Fills rectangles of a draw list; the light theme's colours are ink on white paper."""

    def __init__(self, paints: Paints, tag_ids: Iterable[str], thickness: int) -> None:
        """``thickness``: of underlines, in units."""
        self._thickness = thickness
        self._dashes: dict[int, tuple[float, float]] = {}
        base = QColor(paints.theme.base)
        self._tints: dict[int, QBrush] = {}
        self._solids: dict[int, QBrush] = {}
        for tag_id in tag_ids:
            paint = paints.of(tag_id)
            tint = paint.tint.color()
            self._tints[id(paint.tint)] = QBrush(mix(base, QColor(tint.rgb()), tint.alphaF()))
            if paint.style.kind is TagKind.DENIAL:
                self._dashes[id(paint.line)] = (thickness * DASH, thickness * (DASH + DASH_GAP))
            elif paint.style.kind is TagKind.EVIDENCE:
                self._dashes[id(paint.line)] = (thickness, thickness * 2.0)
            self._solids[id(paint.line)] = paint.solid

    def fill(self, painter: QPainter, groups: Iterable[tuple[QBrush, list[QRectF]]], strip: QRectF) -> None:
        """Fill what of the rectangles lies in ``strip``."""
        painter.setPen(Qt.PenStyle.NoPen)
        for brush, rects in groups:
            inside = [part for rect in rects if not (part := rect.intersected(strip)).isEmpty()]
            if not inside:
                continue
            dash = self._dashes.get(id(brush))
            painter.setBrush(self._solids.get(id(brush)) or self._tints.get(id(brush)) or brush)
            painter.drawRects(inside if dash is None else [piece for rect in inside for piece in _dashed(rect, *dash)])


def _dashed(rect: QRectF, dash: float, period: float) -> list[QRectF]:
    pieces = []
    x = rect.left()
    while x < rect.right():
        pieces.append(QRectF(x, rect.top(), min(dash, rect.right() - x), rect.height()))
        x += period
    return pieces
