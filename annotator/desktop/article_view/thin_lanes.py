"""Thin lanes below the passages' own lines: how others have the same words, one lane each (the review's analysts)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from annotator.desktop.article_view.laid_paragraph import LaidParagraph, Stretch
from annotator.desktop.article_view.look import adapted
from annotator.desktop.article_view.metrics import LANES, Typography
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.theme import mix
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark
from annotator.domain.span_index import SpanIndex

_FAINT = {False: 0.5, True: 0.8}
"""How much of its colour a line keeps while it is not one of the strong ones; by whether contrast is to be high."""

DrawSign = Callable[[QPainter, QRectF, QColor], None]
"""Draws the sign of a lane into a square, in a colour."""


@dataclass(frozen=True, slots=True)
class ThinLane:
    """One lane: a colour (``#rrggbb``, adapted to the theme), a sign at the start of each line, and its marks."""

    colour: str
    sign: DrawSign
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class ThinLanes:
    """The lanes of a view, from the top. ``strong``: the ids of the marks that stand out."""

    lanes: tuple[ThinLane, ...] = ()
    strong: frozenset[str] = frozenset()
    _indexes: list[SpanIndex] = field(default_factory=list)
    _by_id: dict[str, Mark] = field(default_factory=dict)

    def replace(self, lanes: Sequence[ThinLane]) -> None:
        """Take other lanes."""
        self.lanes = tuple(lanes)
        self._indexes = [SpanIndex((m.start, m.end, m.id) for m in lane.marks) for lane in lanes]
        self._by_id = {mark.id: mark for lane in lanes for mark in lane.marks}

    def within(self, lane: int, start: int, end: int) -> list[Mark]:
        """Return the marks of a lane that touch ``[start, end)`` (code points)."""
        return [self._by_id[entry[2]] for entry in self._indexes[lane].overlapping(start, end)]

    def at(self, offset: int) -> list[str]:
        """Return the ids of the marks of all lanes that hold the code point at ``offset``, the shortest first."""
        there = [mark for lane in range(len(self.lanes)) for mark in self.within(lane, offset, offset + 1)]
        return [mark.id for mark in sorted(there, key=lambda mark: (mark.end - mark.start, mark.start, mark.id))]


class ThinPainter:
    """Paints the lanes of one paragraph after another; made anew with fonts, theme and tags."""

    def __init__(self, lanes: ThinLanes, type_: Typography, paints: Paints) -> None:
        self._lanes = lanes
        self._type = type_
        self._paints = paints
        self._brushes: dict[tuple[str, TagKind, bool], QBrush] = {}

    def paint(self, painter: QPainter, laid: LaidParagraph, start: int) -> None:
        """Paint what lies on the paragraph that starts at code point ``start``, in the paragraph's own coordinates."""
        end = start + len(laid.text)
        for number, lane in enumerate(self._lanes.lanes):
            for mark in self._lanes.within(number, start, end) if end > start else ():
                self._line(
                    painter, laid, number, lane, mark, (max(mark.start, start) - start, min(mark.end, end) - start)
                )

    def _line(
        self, painter: QPainter, laid: LaidParagraph, number: int, lane: ThinLane, mark: Mark, part: tuple[int, int]
    ) -> None:
        strong = mark.id in self._lanes.strong
        style = self._paints.of(mark.tag_id).style
        brush = self._brush(lane.colour, style.kind, strong)
        thickness = self._type.lanes.thickness
        pitch = self._type.lanes.thin
        painter.setPen(Qt.PenStyle.NoPen)
        stretches = laid.stretches(*part)
        for stretch in stretches:
            top = laid.lines[stretch.line].bottom + LANES * self._type.lanes.pitch + number * pitch
            line = QRectF(stretch.left, top, stretch.right - stretch.left, thickness)
            if style.kind is TagKind.OTHER:
                thin = max(1, thickness // 2)
                for drop in (0, thickness + thin - 1):
                    painter.fillRect(QRectF(line.left(), top + drop, line.width(), thin), brush)
            else:
                painter.setBrush(brush)
                painter.drawRect(line)
        if strong and stretches:
            self._sign(painter, laid, stretches[-1] if laid.rtl else stretches[0], number, lane)

    def _sign(self, painter: QPainter, laid: LaidParagraph, first: Stretch, number: int, lane: ThinLane) -> None:
        """Draw a lane's sign before the first of its strong lines; those of neighbouring lanes stand apart."""
        lanes = self._type.lanes
        size = float(lanes.thin + 3)
        top = laid.lines[first.line].bottom + LANES * lanes.pitch + number * lanes.thin
        left = first.left - (size + 1) * (1 + number % 2) - 1
        lane.sign(painter, QRectF(left, top - (size - lanes.thickness) / 2, size, size), self._colour(lane))

    def _colour(self, lane: ThinLane) -> QColor:
        return adapted(lane.colour, self._paints.theme)

    def _brush(self, colour: str, kind: TagKind, strong: bool) -> QBrush:
        key = (colour, kind, strong)
        brush = self._brushes.get(key)
        if brush is None:
            shown = adapted(colour, self._paints.theme)
            if not strong:
                shown = mix(QColor(self._paints.theme.base), shown, _FAINT[self._paints.theme.strong])
            brush = self._brushes[key] = self._paints.line_brush(kind, shown)
        return brush
