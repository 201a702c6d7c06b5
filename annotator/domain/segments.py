"""How overlapping spans share the space under a line of text: lanes, and the innermost span of every stretch.

Both work on the half-open spans of one paragraph (or on any other numbers) and know nothing of drawing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from heapq import heappop, heappush
from operator import itemgetter
from typing import NamedTuple

_start = itemgetter(0)


class Segment(NamedTuple):
    """A stretch ``[start, end)`` in which the span at place ``span`` in the sequence given is the innermost."""

    start: int
    end: int
    span: int


def assign_lanes(spans: Sequence[tuple[int, int]], limit: int | None = None) -> list[int]:
    """Return the lane of each span, in the order given, so that spans in one lane never overlap.

    Greedy over the spans by start, the longest first, each into the lowest lane that is free: the fewest lanes there
    can be, and the same for the same spans in any order but for equal ones. With a ``limit``, only lanes below it are
    given out and a span that finds none free gets ``limit`` itself.
    """
    lanes = [0 if limit is None else limit] * len(spans)
    order = sorted(range(len(spans)), key=lambda index: spans[index][0])
    for place, lane in lanes_found([spans[index] for index in order], limit).items():
        lanes[order[place]] = lane
    return lanes


def lanes_found(spans: Sequence[tuple[int, int]], limit: int | None = None) -> dict[int, int]:
    """Return the lanes of those of ``spans``, sorted by start, that find one, by their places in the sequence.

    While all lanes are taken nothing is looked at, so that in a crowd the work follows what finds a lane.
    """
    found: dict[int, int] = {}
    free: list[int] = []
    busy: list[tuple[int, int]] = []
    used = place = 0
    while place < len(spans):
        start = spans[place][0]
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        beyond = place + 1
        while beyond < len(spans) and spans[beyond][0] == start:
            beyond += 1
        together = range(place, beyond)
        for index in together if len(together) == 1 else sorted(together, key=lambda index: -spans[index][1]):
            if free:
                lane = heappop(free)
            elif limit is None or used < limit:
                lane, used = used, used + 1
            else:
                break
            found[index] = lane
            heappush(busy, (spans[index][1], lane))
        place = beyond
        if busy and not free and used == limit:
            place = bisect_left(spans, busy[0][0], place, key=_start)
    return found


def innermost_segments(spans: Sequence[tuple[int, int]]) -> list[Segment]:
    """Return the stretches that any span covers, each with its shortest span, in order and without overlap.

    Of equally long spans the one that starts later wins, then the earlier one in the sequence, so that a nested or a
    later passage is never hidden. Neighbouring stretches of one span are joined; empty spans count for nothing.
    """
    starts = sorted([(start, end, index) for index, (start, end) in enumerate(spans) if start < end])
    edges = sorted({edge for start, end, _ in starts for edge in (start, end)})
    open_spans: list[tuple[int, int, int, int]] = []
    segments: list[Segment] = []
    opened, begun, innermost = 0, 0, -1
    for edge in edges:
        while opened < len(starts) and starts[opened][0] == edge:
            _, end, index = starts[opened]
            heappush(open_spans, (end - edge, -edge, index, end))
            opened += 1
        while open_spans and open_spans[0][3] <= edge:
            heappop(open_spans)
        now = open_spans[0][2] if open_spans else -1
        if now != innermost:
            if innermost >= 0:
                segments.append(Segment(begun, edge, innermost))
            begun, innermost = edge, now
    return segments
