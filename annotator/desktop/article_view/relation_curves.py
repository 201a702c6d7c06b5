"""The relations of the current passage, drawn in the right margin.

Curves go to what is in view, arrows up and down to what is not, and chips stand for passages of other articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from annotator.desktop.article_view.look import ViewTheme
from annotator.domain.marks import Mark

_HEAD = 5.0
_LEAST_ROOM_FOR_WORDS = 60
_STUB = 26.0
_APART = 4.0
"""Pixels by which a head that arrives stands off the middle of the line, as does a stem that leaves there."""
_GRASP = 7.0
"""Half the side of the square that is clicked where there is no room for words."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One relation as it is drawn; heights in pixels from the viewport's top.

    ``other`` is None when the other passage is out of view, ``above`` then says on which side, and ``count`` how many
    passages there the arrow stands for, the nearest being ``other_id``. ``outgoing``: the current passage is the
    source, so that the arrow's head is at the other one. ``elsewhere``: the title of the other passage's article when
    it is not the open one.
    """

    kind: str
    here: float
    other: float | None
    above: bool
    outgoing: bool
    hovered: bool
    other_id: str
    elsewhere: str | None = None
    count: int = 1


def curves(
    current: Mark | None,
    relations: Iterable[tuple[str, str, str]],
    marks: Mapping[str, Mark],
    height_of: Callable[[Mark], float | None],
    hovered: str | None,
    elsewhere: Mapping[str, str] | None = None,
) -> list[Curve]:
    """Return what to draw for ``current``; ``height_of`` gives a mark's place in the viewport, None out of view.

    ``elsewhere``: the titles of the articles of passages that are not in ``marks``, as far as they are known.
    """
    here = height_of(current) if current is not None else None
    if current is None or here is None:
        return []
    visible: list[Curve] = []
    hidden: list[tuple[int, Curve]] = []
    far: list[Curve] = []
    for source, target, kind in relations:
        if current.id not in (source, target):
            continue
        outgoing = source == current.id
        other_id = target if outgoing else source
        other = marks.get(other_id)
        curve = Curve(kind, here, None, False, outgoing, other_id == hovered, other_id)
        if other is None:
            title = (elsewhere or {}).get(other_id)
            far += [replace(curve, elsewhere=title)] if title is not None else []
            continue
        above = (other.start, other.end) < (current.start, current.end)
        curve = replace(curve, other=height_of(other), above=above)
        if curve.other is not None:
            visible.append(curve)
        else:
            hidden.append((abs(other.start - current.start), curve))
    visible.sort(key=lambda curve: abs((curve.other or 0.0) - here))
    return _apart([*visible, *_grouped(hidden), *far])


def _apart(drawn: list[Curve]) -> list[Curve]:
    """Move what leaves the current passage and what arrives there off one another, each to where it comes from."""
    leaving = [curve.above for curve in drawn if curve.outgoing]
    arriving = [curve.above for curve in drawn if not curve.outgoing]
    if not leaving or not arriving:
        return drawn
    way = 1 if not any(leaving) and any(arriving) else -1
    return [replace(curve, here=curve.here + _APART * (way if curve.outgoing else -way)) for curve in drawn]


def _grouped(hidden: Iterable[tuple[int, Curve]]) -> list[Curve]:
    """Return one curve for all of a kind on one side, the nearest of them with their number."""
    groups: dict[tuple[bool, bool, str], Curve] = {}
    for _, curve in sorted(hidden, key=lambda entry: (entry[0], entry[1].other_id)):
        key = (curve.above, curve.outgoing, curve.kind)
        known = groups.get(key)
        groups[key] = replace(known, count=known.count + 1) if known is not None else curve
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Placed:
    """A curve in the margin: how far it ``bulge``s, the ``lines`` of words beside it, and the ``box`` to click."""

    curve: Curve
    bulge: float
    lines: tuple[str, ...]
    box: QRectF


class CurvePainter:
    """Draws curves side by side, the shortest innermost, and right of them all their kinds in words."""

    def __init__(self, theme: ViewTheme, font: QFont, words: Mapping[str, str]) -> None:
        self._theme = theme
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._bold = QFont(font)
        self._bold.setBold(True)
        self._words = words

    def place(self, drawn: list[Curve], left: float, right: float, height: float) -> list[Placed]:
        """Return where the curves stand between ``left`` and ``right`` in a viewport of ``height`` pixels."""
        words = right - left >= _LEAST_ROOM_FOR_WORDS
        widest = max((self._metrics.horizontalAdvance(self._name(curve)) for curve in drawn), default=0.0)
        reach = right - left - (widest + 6 if words else 0)
        step = max(4.0, min(9.0, (reach - 14) / max(1, len(drawn))))
        bulges = [max(10.0, min(14 + step * n, reach, right - left - 3)) for n in range(len(drawn))]
        edge = left + max(bulges, default=0.0) * 0.9 + 4
        taken: list[tuple[float, float]] = []
        placed = []
        for curve, bulge in zip(drawn, bulges, strict=True):
            lines = self._lines(curve, right - edge) if words else ()
            tall = max(1, len(lines)) * self._metrics.height()
            top = _free_top(self._beside(curve, height) - tall / 2, tall, taken, height)
            taken.append((top, top + tall))
            if words:
                box = QRectF(edge, top, right - edge, tall)
            else:
                box = QRectF(left + bulge * 0.8 - _GRASP, top + tall / 2 - _GRASP, 2 * _GRASP, 2 * _GRASP)
            placed.append(Placed(curve, bulge, lines, box))
        return placed

    def paint(self, painter: QPainter, placed: list[Placed], left: float, right: float, height: float) -> None:
        """Draw the curves first, so that none crosses a word, then the words."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        for each in placed:
            curve = each.curve
            pen = QPen(QColor(self._theme.text if curve.hovered else self._theme.muted), 2.0 if curve.hovered else 1.4)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if curve.elsewhere is not None:
                self._to_another_article(painter, each, left)
            elif curve.other is not None:
                self._to_visible(painter, curve, left, each.bulge)
            else:
                self._to_hidden(painter, curve, left, each.bulge, height)
        for each in placed:
            self._write(painter, each)
        for each in placed:
            if (frame := self.whole_frame(each, right)) is not None:
                self._whole(painter, each, frame)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _name(self, curve: Curve) -> str:
        word = self._words.get(curve.kind, curve.kind)
        return f"{word} ×{curve.count}" if curve.count > 1 else word

    def _lines(self, curve: Curve, width: float) -> tuple[str, ...]:
        if curve.elsewhere is None:
            return (self._name(curve),)
        title = self._metrics.elidedText(curve.elsewhere, Qt.TextElideMode.ElideRight, width - _HEAD)
        return (self._name(curve), title)

    def _beside(self, curve: Curve, height: float) -> float:
        """Return the height at which a curve's words belong."""
        if curve.elsewhere is not None:
            return curve.here
        if curve.other is not None:
            return (curve.here + curve.other) / 2
        return _tip(curve, height)

    def _to_another_article(self, painter: QPainter, each: Placed, left: float) -> None:
        """Draw an arrow out of the page, or into it, from beside the chip's words."""
        begin, end = QPointF(left, each.curve.here), QPointF(each.box.left() - 2, each.box.top() + self._middle(each))
        half = (begin.x() + end.x()) / 2
        path = QPainterPath(begin)
        path.cubicTo(QPointF(half, begin.y()), QPointF(half, end.y()), end)
        painter.drawPath(path)
        if each.curve.outgoing:
            self._head(painter, end + QPointF(1, 0), QPointF(1, 0))
        else:
            self._head(painter, begin, QPointF(-1, 0))

    def _middle(self, each: Placed) -> float:
        return self._metrics.height() / 2 if each.lines else each.box.height() / 2

    def _to_visible(self, painter: QPainter, curve: Curve, left: float, bulge: float) -> None:
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

    def _to_hidden(self, painter: QPainter, curve: Curve, left: float, bulge: float, height: float) -> None:
        way = -1.0 if curve.above else 1.0
        tip = QPointF(left + bulge * 0.8, _tip(curve, height))
        begin = QPointF(left, curve.here)
        path = QPainterPath(begin)
        path.quadTo(QPointF(tip.x(), curve.here), tip)
        painter.drawPath(path)
        if curve.outgoing:
            self._head(painter, tip + QPointF(0, way * _HEAD), QPointF(0, way))
        else:
            self._head(painter, begin, QPointF(-1, 0))
            painter.drawLine(QPointF(tip.x() - 3, tip.y()), QPointF(tip.x() + 3, tip.y()))

    def _head(self, painter: QPainter, tip: QPointF, way: QPointF) -> None:
        across = QPointF(-way.y(), way.x())
        foot = tip - way * (_HEAD * 1.5)
        painter.setBrush(painter.pen().color())
        painter.drawPolygon(QPolygonF([tip, foot + across * (_HEAD * 0.8), foot - across * (_HEAD * 0.8)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _write(self, painter: QPainter, each: Placed) -> None:
        painter.setFont(self._bold if each.curve.hovered else self._font)
        row = self._metrics.height()
        for number, line in enumerate(each.lines):
            painter.setPen(QColor(self._theme.muted if number else self._theme.text))
            inset = 2 if each.curve.elsewhere is None else _HEAD
            box = QRectF(each.box.left() + inset, each.box.top() + number * row, each.box.width() - inset, row)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)

    def whole_frame(self, each: Placed, right: float) -> QRectF | None:
        """Return where a hovered relation's words are written in full, which may be over the text; None if nowhere."""
        if not each.curve.hovered or (each.curve.elsewhere is None and each.lines):
            return None
        width = QFontMetricsF(self._bold).horizontalAdvance(self._in_full(each.curve)) + 12
        top = each.box.top() if each.lines else each.box.center().y() - self._metrics.height() / 2
        return QRectF(right - width, top - 2, width, self._metrics.height() + 4)

    def _in_full(self, curve: Curve) -> str:
        return " · ".join(part for part in (self._name(curve), curve.elsewhere) if part)

    def _whole(self, painter: QPainter, each: Placed, frame: QRectF) -> None:
        """Write the kind, and the title of another article, in full over their surroundings."""
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(frame, 3, 3)
        painter.setFont(self._bold)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._in_full(each.curve))


def _tip(curve: Curve, height: float) -> float:
    """Return the height of an arrow's tip, within the viewport."""
    if curve.above:
        return max(min(curve.here, _HEAD + 2), curve.here - _STUB)
    return min(max(curve.here, height - _HEAD - 2), curve.here + _STUB)


def _free_top(wanted: float, tall: float, taken: list[tuple[float, float]], height: float) -> float:
    """Return the top nearest to ``wanted`` at which words overlap no others and stay in the viewport."""
    lowest = max(0.0, height - tall)
    tops = [wanted, *(end for _, end in taken), *(begin - tall for begin, _ in taken)]
    free = [
        top
        for top in (max(0.0, min(top, lowest)) for top in tops)
        if all(top + tall <= begin or top >= end for begin, end in taken)
    ]
    return min(free, key=lambda top: abs(top - wanted), default=max(0.0, min(wanted, lowest)))
