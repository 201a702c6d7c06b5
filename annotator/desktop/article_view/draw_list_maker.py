"""Makes the draw list of a paragraph: lanes, innermost tints, ticks, brackets and labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from PySide6.QtCore import QRectF

from annotator.desktop.article_view.draw_list import DrawList, Layer, MarginLabel
from annotator.desktop.article_view.laid_paragraph import LaidParagraph, Stretch
from annotator.desktop.article_view.metrics import LANES, Typography
from annotator.desktop.article_view.paints import Paints, TagPaint
from annotator.domain.marks import Mark
from annotator.domain.segments import assign_lanes, innermost_segments, lanes_found

CROWD = 200
"""With more passages on one paragraph, tints and brackets are drawn for those that found a lane; all are counted."""
_TICK_WIDTH = 1.5
BRACKETS_END = -8
"""Where brackets end on the right, in pixels from the column's left edge; left of it are only they and labels."""
_BRACKET_FOOT = 4.0
_TINT, _LINE, _TICKS, _BRACKET = range(4)
"""What keys of rectangles begin with: they follow from what comes after it and from how the paragraph is laid out."""
_id, _start = map(itemgetter, map(Mark._fields.index, ("id", "start")))
_by_lane = attrgetter("lane", "start", "end")


class _Placed(NamedTuple):
    """A mark on a paragraph: its code points ``[start, end)`` there, its lane, and whether it begins and ends there."""

    start: int
    end: int
    lane: int
    begins: bool
    ends: bool
    paint: TagPaint


def lane_top(laid: LaidParagraph, line: int, lane: int, type_: Typography) -> int:
    """Return the top of an underline in pixels from the paragraph's top."""
    return laid.lines[line].bottom + lane * type_.lanes.pitch


def underline(
    laid: LaidParagraph, stretches: Sequence[Stretch], lane: int, type_: Typography, *, double: bool
) -> list[QRectF]:
    """Return the rectangles of an underline on ``stretches``: one a stretch, two thin ones when it is ``double``."""
    thickness = type_.lanes.thickness
    if not double:
        return [QRectF(s.left, lane_top(laid, s.line, lane, type_), s.right - s.left, thickness) for s in stretches]
    thin = max(1, thickness // 2)
    return [
        QRectF(s.left, lane_top(laid, s.line, lane, type_) + drop, s.right - s.left, thin)
        for s in stretches
        for drop in (0, thickness + thin - 1)
    ]


def bracket_left(column: int, type_: Typography) -> float:
    """Return the x of a bracket's stem, from the column of text's left edge (negative: in the margin)."""
    return BRACKETS_END - _BRACKET_FOOT - column * (type_.lanes.pitch + 3)


class DrawListMaker:
    """Makes the draw list of one paragraph from the marks that touch it."""

    def __init__(self, type_: Typography, paints: Paints, labels: Mapping[str, str], pending: Container[str]) -> None:
        """``labels`` and ``pending`` are looked at when a list is made: by mark id."""
        self._type = type_
        self._paints = paints
        self._labels = labels
        self._pending = pending

    def make(self, laid: LaidParagraph, start: int, marks: Sequence[Mark]) -> DrawList:
        """Return what is drawn of ``marks`` on the paragraph that starts at code point ``start`` of the text.

        ``marks`` are sorted by start. Rectangles that an earlier list of the paragraph had are taken from there.
        """
        drawn = DrawList()
        if not marks:
            return drawn
        end = start + len(laid.text)
        spans = [(a - start if a > start else 0, (b if b < end else end) - start) for _, a, b, _, _ in marks]
        lanes = lanes_found(spans, LANES)
        drawn.more = _beyond(laid, spans, [spans[index] for index in lanes])
        placed = []
        for index in sorted(lanes) if len(marks) > CROWD else range(len(marks)):
            mark, (a, b), lane = marks[index], spans[index], lanes.get(index, LANES)
            placed.append(_Placed(a, b, lane, mark.start >= start, mark.end <= end, self._paint_of(mark)))
            if lane < LANES:
                drawn.lanes[mark.id] = lane
        self._tints(laid, placed, drawn.tints)
        for each in placed:
            if each.lane < LANES:
                self._line_and_ticks(laid, each, drawn)
        self._brackets(laid, placed, drawn.brackets)
        for layer in (drawn.tints, drawn.lines, drawn.ticks, drawn.brackets):
            layer.arrange()
        drawn.labels = self._place_labels(laid, start, marks)
        return drawn

    def _paint_of(self, mark: Mark) -> TagPaint:
        return self._paints.of(mark.tag_id, pending=mark.id in self._pending)

    def _tints(self, laid: LaidParagraph, placed: Sequence[_Placed], tints: Layer) -> None:
        for a, b, index in innermost_segments([(each.start, each.end) for each in placed]):
            paint = placed[index].paint
            key = (_TINT, a, b)
            tints.put(paint.rank, paint.tint, laid.piece(key) or laid.keep(key, boxes(laid, laid.stretches(a, b))))

    def _line_and_ticks(self, laid: LaidParagraph, each: _Placed, drawn: DrawList) -> None:
        a, b, lane, begins, ends, paint = each
        line_key = (_LINE, a, b, lane, paint.double)
        line = laid.piece(line_key)
        if line is None:
            line = laid.keep(line_key, underline(laid, laid.stretches(a, b), lane, self._type, double=paint.double))
        drawn.lines.put(paint.rank, paint.solid if paint.double else paint.line, line)
        key = (_TICKS, a, b, lane, begins, ends)
        ticks = laid.piece(key) or laid.keep(key, self._ticks(laid, each))
        drawn.ticks.put(paint.rank, paint.solid, ticks)
        if begins and paint.style.key and line.rects:
            drawn.keys.append((paint.style.key, self._key_box(laid, a, lane), paint.solid))

    def _ticks(self, laid: LaidParagraph, each: _Placed) -> list[QRectF]:
        found = []
        tick = self._type.lanes.tick
        for shown, offset, ending in ((each.begins, each.start, False), (each.ends, each.end - 1, True)):
            if shown and each.start < each.end:
                line, x = laid.edge(offset, ending=ending)
                top = lane_top(laid, line, each.lane, self._type) + self._type.lanes.thickness - tick
                found.append(QRectF(x - (_TICK_WIDTH if ending else 0), top, _TICK_WIDTH, tick))
        return found

    def _key_box(self, laid: LaidParagraph, offset: int, lane: int) -> QRectF:
        line, x = laid.edge(offset, ending=False)
        size = self._type.label_font.pixelSize()
        top = lane_top(laid, line, lane, self._type)
        return QRectF(x + _TICK_WIDTH, top - size * 0.35, size * 0.85, size)

    def _brackets(self, laid: LaidParagraph, placed: Sequence[_Placed], brackets: Layer) -> None:
        """Draw a bracket over the lines of each passage, in the order of the lanes; open where it runs on."""
        order = sorted(placed, key=_by_lane)
        firsts = laid.firsts
        rows = [
            (bisect_right(firsts, a) - 1, bisect_right(firsts, b - 1 if b > a else a)) for a, b, _, _, _, _ in order
        ]
        for each, (first, beyond), column in zip(order, rows, assign_lanes(rows, LANES + 1), strict=True):
            if column > LANES:
                continue
            key = (_BRACKET, first, beyond, column, each.begins, each.ends)
            bracket = laid.piece(key) or laid.keep(key, self._bracket(laid, each, first, beyond, column))
            brackets.put(each.paint.rank, each.paint.solid, bracket)

    def _bracket(self, laid: LaidParagraph, each: _Placed, first: int, beyond: int, column: int) -> list[QRectF]:
        x = bracket_left(column, self._type)
        top, bottom = laid.lines[first].top + 2, laid.lines[beyond - 1].bottom
        found = [QRectF(x, top, 2, bottom - top)]
        if each.begins:
            found.append(QRectF(x, top, _BRACKET_FOOT, 2))
        if each.ends:
            found.append(QRectF(x, bottom - 2, _BRACKET_FOOT, 2))
        return found

    def _place_labels(self, laid: LaidParagraph, start: int, marks: Sequence[Mark]) -> list[MarginLabel]:
        """Stack a label for each passage that starts here by its line, in the height there is; "+n" for the rest."""
        first = bisect_left(marks, start, key=_start)
        count = len(marks) - first
        height = self._type.label_height
        lines = laid.lines
        room = lines[-1].top + laid.style.pitch - lines[0].top
        slots = max(1, room // height)
        shown = marks[first:] if count <= slots else marks[first : first + slots - 1]
        labels: list[MarginLabel] = []
        top = lines[0].top
        lowest = top + room - height * min(count, slots) if count > 1 else lines[-1].bottom
        for mark in shown:
            paint = self._paint_of(mark)
            line = lines[bisect_right(laid.firsts, mark.start - start) - 1]
            wanted = line.top + (line.bottom - line.top - height) // 2
            wanted = min(wanted, lowest)
            top = max(top, wanted)
            labels.append(MarginLabel((mark.id,), self._labels.get(mark.id) or paint.style.name, top, paint.solid))
            top += height
            lowest += height
        rest = marks[first + len(shown) :]
        if rest:
            labels.append(MarginLabel(tuple(map(_id, rest)), f"+{len(rest)}", top, None))
        return labels


def _beyond(
    laid: LaidParagraph, spans: Sequence[tuple[int, int]], placed: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return ``(line, n)`` for each line on which ``n`` > 0 of ``spans`` stand that are not ``placed``."""
    if len(spans) == len(placed):
        return []
    on_lines = zip(_on_lines(laid, spans), _on_lines(laid, placed), strict=True)
    return [(line, every - shown) for line, (every, shown) in enumerate(on_lines) if every > shown]


def _on_lines(laid: LaidParagraph, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return how many spans stand on each line."""
    starts, ends = map(sorted, zip(*spans, strict=True))
    begun = [*(bisect_left(starts, following) for following in laid.firsts[1:]), len(spans)]
    return [count - bisect_right(ends, first) for count, first in zip(begun, laid.firsts, strict=True)]


def boxes(laid: LaidParagraph, stretches: Sequence[Stretch]) -> list[QRectF]:
    """Return the boxes that a tint fills on ``stretches``, in the paragraph's own coordinates."""
    return [
        QRectF(s.left, laid.lines[s.line].top, s.right - s.left, laid.lines[s.line].bottom - laid.lines[s.line].top)
        for s in stretches
    ]
