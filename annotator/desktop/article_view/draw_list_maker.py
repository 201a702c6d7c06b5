"""Makes the draw list of a paragraph: lanes, innermost tints, ticks, brackets and labels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from itertools import accumulate

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush

from annotator.desktop.article_view.draw_list import DrawList, MarginLabel
from annotator.desktop.article_view.laid_paragraph import LaidParagraph, Stretch
from annotator.desktop.article_view.metrics import LANES, Typography
from annotator.desktop.article_view.paints import Paints, TagPaint
from annotator.domain.marks import Mark
from annotator.domain.segments import assign_lanes, innermost_segments

CROWD = 200
"""With more passages on one paragraph, tints and brackets are drawn for those that found a lane; all are counted."""
_TICK_WIDTH = 1.5
_BRACKET_FOOT = 4.0


class _ByBrush:
    """Gathers rectangles under the brush of their tag."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[QBrush, list[QRectF]]] = {}

    def under(self, brush: QBrush) -> list[QRectF]:
        entry = self._found.get(id(brush))
        if entry is None:
            entry = self._found[id(brush)] = (brush, [])
        return entry[1]

    def listed(self) -> list[tuple[QBrush, list[QRectF]]]:
        return list(self._found.values())


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
    return -12.0 - column * (type_.lanes.pitch + 3)


class DrawListMaker:
    """Makes the draw list of one paragraph from the marks that touch it."""

    def __init__(self, type_: Typography, paints: Paints, labels: Mapping[str, str], pending: Container[str]) -> None:
        """``labels`` and ``pending`` are looked at when a list is made: by mark id."""
        self._type = type_
        self._paints = paints
        self._labels = labels
        self._pending = pending

    def make(self, laid: LaidParagraph, start: int, marks: Sequence[Mark]) -> DrawList:
        """Return what is drawn of ``marks`` on the paragraph that starts at code point ``start`` of the text."""
        drawn = DrawList()
        if not marks:
            return drawn
        length = len(laid.text)
        end = start + length
        spans = [
            (mark.start - start if mark.start > start else 0, (mark.end if mark.end < end else end) - start)
            for mark in marks
        ]
        lanes = assign_lanes(spans, LANES)
        drawn.lanes = {mark.id: lane for mark, lane in zip(marks, lanes, strict=True) if lane < LANES}
        drawn.more = _beyond(laid, [span for span, lane in zip(spans, lanes, strict=True) if lane == LANES])
        crowd = len(marks) > CROWD
        placed = [
            (mark, span, lane, self._paint_of(mark))
            for mark, span, lane in zip(marks, spans, lanes, strict=True)
            if not (crowd and lane == LANES)
        ]
        drawn.tints = _tints(laid, [span for _, span, _, _ in placed], [paint for _, _, _, paint in placed])
        lines, solids = _ByBrush(), _ByBrush()
        for mark, (a, b), lane, paint in placed:
            if lane == LANES:
                continue
            stretches = laid.stretches(a, b)
            line = paint.solid if paint.double else paint.line
            lines.under(line).extend(underline(laid, stretches, lane, self._type, double=paint.double))
            ends = (mark.start >= start, mark.end <= start + length)
            self._ticks(laid, (a, b), lane, ends, solids.under(paint.solid))
            if ends[0] and paint.style.key and stretches:
                drawn.keys.append((paint.style.key, self._key_box(laid, a, lane), paint.solid))
        self._brackets(laid, start, placed, solids)
        drawn.lines = lines.listed()
        drawn.solids = solids.listed()
        drawn.labels = self._place_labels(laid, start, marks)
        return drawn

    def _paint_of(self, mark: Mark) -> TagPaint:
        return self._paints.of(mark.tag_id, pending=mark.id in self._pending)

    def _ticks(
        self, laid: LaidParagraph, span: tuple[int, int], lane: int, ends: tuple[bool, bool], into: list[QRectF]
    ) -> None:
        tick = self._type.lanes.tick
        for shown, offset, ending in ((ends[0], span[0], False), (ends[1], span[1] - 1, True)):
            if shown and span[0] < span[1]:
                line, x = laid.edge(offset, ending=ending)
                top = lane_top(laid, line, lane, self._type) + self._type.lanes.thickness - tick
                into.append(QRectF(x - (_TICK_WIDTH if ending else 0), top, _TICK_WIDTH, tick))

    def _key_box(self, laid: LaidParagraph, offset: int, lane: int) -> QRectF:
        line, x = laid.edge(offset, ending=False)
        size = self._type.label_font.pixelSize()
        top = lane_top(laid, line, lane, self._type)
        return QRectF(x + _TICK_WIDTH, top - size * 0.35, size * 0.85, size)

    def _brackets(
        self,
        laid: LaidParagraph,
        start: int,
        placed: Sequence[tuple[Mark, tuple[int, int], int, TagPaint]],
        solids: _ByBrush,
    ) -> None:
        """Draw a bracket over the lines of each passage, in the order of the lanes; open where it runs on."""
        order = sorted(placed, key=lambda each: (each[2], each[1]))
        rows = [(laid.line_of(a), laid.line_of(max(a, b - 1)) + 1) for _, (a, b), _, _ in order]
        for (mark, _, _, paint), (first, beyond), column in zip(
            order, rows, assign_lanes(rows, LANES + 1), strict=True
        ):
            if column > LANES:
                continue
            into = solids.under(paint.solid)
            x = bracket_left(column, self._type)
            top, bottom = laid.lines[first].top + 2, laid.lines[beyond - 1].bottom
            into.append(QRectF(x, top, 2, bottom - top))
            if mark.start >= start:
                into.append(QRectF(x, top, _BRACKET_FOOT, 2))
            if mark.end <= start + len(laid.text):
                into.append(QRectF(x, bottom - 2, _BRACKET_FOOT, 2))

    def _place_labels(self, laid: LaidParagraph, start: int, marks: Sequence[Mark]) -> list[MarginLabel]:
        """Stack a label for each passage that starts here by its line, in the height there is; "+n" for the rest."""
        beginning = [mark for mark in marks if mark.start >= start]
        height = self._type.label_height
        room = laid.lines[-1].top + laid.style.pitch - laid.lines[0].top
        slots = max(1, room // height)
        shown = beginning if len(beginning) <= slots else beginning[: slots - 1]
        labels: list[MarginLabel] = []
        top = laid.lines[0].top
        limit = laid.lines[0].top + room - height * len(beginning[:slots])
        for mark in shown:
            paint = self._paint_of(mark)
            line = laid.lines[laid.line_of(mark.start - start)]
            wanted = line.top + (line.bottom - line.top - height) // 2
            if len(beginning) > 1:
                wanted = min(wanted, max(top, limit + height * len(labels)))
            top = max(top, wanted)
            labels.append(MarginLabel((mark.id,), self._labels.get(mark.id) or paint.style.name, top, paint.solid))
            top += height
        rest = beginning[len(shown) :]
        if rest:
            labels.append(MarginLabel(tuple(mark.id for mark in rest), f"+{len(rest)}", top, None))
        return labels


def _beyond(laid: LaidParagraph, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ``(line, n)`` for each line on which ``n`` > 0 of ``spans`` stand."""
    if not spans:
        return []
    firsts = [laid.line_range(number)[0] for number in range(len(laid.lines))]
    changes = [0] * (len(firsts) + 1)
    for start, end in spans:
        changes[bisect_right(firsts, start) - 1] += 1
        changes[bisect_right(firsts, end - 1 if end > start else start)] -= 1
    return [(number, count) for number, count in enumerate(accumulate(changes)) if count]


def _tints(
    laid: LaidParagraph, spans: Sequence[tuple[int, int]], paints: Sequence[TagPaint]
) -> list[tuple[QBrush, list[QRectF]]]:
    found = _ByBrush()
    for segment in innermost_segments(spans):
        found.under(paints[segment.span].tint).extend(boxes(laid, laid.stretches(segment.start, segment.end)))
    return found.listed()


def boxes(laid: LaidParagraph, stretches: Sequence[Stretch]) -> list[QRectF]:
    """Return the boxes that a tint fills on ``stretches``, in the paragraph's own coordinates."""
    return [
        QRectF(s.left, laid.lines[s.line].top, s.right - s.left, laid.lines[s.line].bottom - laid.lines[s.line].top)
        for s in stretches
    ]
