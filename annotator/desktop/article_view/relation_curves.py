"""The relations of the current passage, drawn in the right margin: curves to what is in view, arrows to what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from annotator.desktop.article_view.look import ViewTheme
from annotator.domain.marks import Mark

_HEAD = 5.0
_LEAST_ROOM_FOR_WORDS = 60
_STUB = 26.0


@dataclass(frozen=True, slots=True)
class Curve:
    """One relation as it is drawn; heights in pixels from the viewport's top.

    ``other`` is None when the other passage is out of view, ``above`` then says on which side. ``outgoing``: the
    current passage is the source, so that the arrow's head is at the other one.
    """

    kind: str
    here: float
    other: float | None
    above: bool
    outgoing: bool
    hovered: bool


def curves(
    current: Mark | None,
    relations: Iterable[tuple[str, str, str]],
    marks: Mapping[str, Mark],
    height_of: Callable[[Mark], float | None],
    hovered: str | None,
) -> list[Curve]:
    """Return what to draw for ``current``; ``height_of`` gives a mark's place in the viewport, None out of view."""
    here = height_of(current) if current is not None else None
    if current is None or here is None:
        return []
    found = []
    for source, target, kind in relations:
        if current.id not in (source, target):
            continue
        outgoing = source == current.id
        other = marks.get(target if outgoing else source)
        if other is None:
            continue
        above = (other.start, other.end) < (current.start, current.end)
        found.append(Curve(kind, here, height_of(other), above, outgoing, other.id == hovered))
    return sorted(found, key=lambda curve: abs((curve.other if curve.other is not None else 1e6) - curve.here))


class CurvePainter:
    """Draws curves side by side between ``left`` and ``right``, the shortest innermost, with their kinds in words."""

    def __init__(self, theme: ViewTheme, font: QFont, words: Mapping[str, str]) -> None:
        self._theme = theme
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._words = words

    def paint(self, painter: QPainter, drawn: list[Curve], left: float, right: float) -> None:
        """Draw the curves; words only where the margin has room for them."""
        words = right - left >= _LEAST_ROOM_FOR_WORDS
        taken: list[float] = []
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        reach = right - left - (0 if not words else self._widest(drawn) + 6)
        step = max(4.0, min(9.0, (reach - 14) / max(1, len(drawn))))
        for number, curve in enumerate(drawn):
            bulge = max(10.0, min(14 + step * number, right - left - 3))
            pen = QPen(QColor(self._theme.text if curve.hovered else self._theme.muted), 2.0 if curve.hovered else 1.4)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if curve.other is not None:
                beside = self._to_visible(painter, curve, left, bulge)
            else:
                beside = self._to_hidden(painter, curve, left, bulge)
            if words:
                self._word(painter, curve, QPointF(left + bulge * 0.82 + 5, beside), right, taken)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _widest(self, drawn: list[Curve]) -> float:
        return max((self._metrics.horizontalAdvance(self._words.get(c.kind, c.kind)) for c in drawn), default=0.0)

    def _to_visible(self, painter: QPainter, curve: Curve, left: float, bulge: float) -> float:
        assert curve.other is not None
        source, target = (curve.here, curve.other) if curve.outgoing else (curve.other, curve.here)
        if abs(target - source) < 3 * _HEAD:
            source -= 1.5 * _HEAD
            target += 1.5 * _HEAD
        path = QPainterPath(QPointF(left, source))
        reach = left + bulge * 1.1
        path.cubicTo(QPointF(reach, source), QPointF(reach, target), QPointF(left + _HEAD, target))
        painter.drawPath(path)
        self._head(painter, QPointF(left, target), QPointF(-1, 0))
        painter.setBrush(painter.pen().color())
        painter.drawEllipse(QPointF(left, source), 1.6, 1.6)
        return (source + target) / 2

    def _to_hidden(self, painter: QPainter, curve: Curve, left: float, bulge: float) -> float:
        way = -1.0 if curve.above else 1.0
        tip = QPointF(left + bulge * 0.8, curve.here + way * _STUB)
        begin = QPointF(left, curve.here)
        path = QPainterPath(begin)
        path.quadTo(QPointF(tip.x(), curve.here), tip if curve.outgoing else QPointF(tip.x(), tip.y()))
        painter.drawPath(path)
        if curve.outgoing:
            self._head(painter, tip + QPointF(0, way * _HEAD), QPointF(0, way))
        else:
            self._head(painter, begin, QPointF(-1, 0))
            painter.drawLine(QPointF(tip.x() - 3, tip.y()), QPointF(tip.x() + 3, tip.y()))
        return tip.y()

    def _head(self, painter: QPainter, tip: QPointF, way: QPointF) -> None:
        across = QPointF(-way.y(), way.x())
        foot = tip - way * (_HEAD * 1.5)
        painter.setBrush(painter.pen().color())
        painter.drawPolygon(QPolygonF([tip, foot + across * (_HEAD * 0.8), foot - across * (_HEAD * 0.8)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _word(self, painter: QPainter, curve: Curve, place: QPointF, right: float, taken: list[float]) -> None:
        height = self._metrics.height()
        y = place.y()
        while any(abs(y - other) < height for other in taken):
            y += height / 2
        taken.append(y)
        word = self._words.get(curve.kind, curve.kind)
        width = self._metrics.horizontalAdvance(word) + 4
        box = QRectF(min(place.x(), right - width), y - height / 2, width, height)
        painter.fillRect(box, QColor(self._theme.base))
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
