"""How overlapping spans share the space under a line of text: lanes, and the innermost span of every stretch.

Both work on the half-open spans of one paragraph (or on any other numbers) and know nothing of drawing.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from heapq import heappop, heappush
from typing import NamedTuple


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
    free: list[int] = []
    busy: list[tuple[int, int]] = []
    used = 0
    full_until = None
    for start, minus_end, index in sorted([(start, -end, index) for index, (start, end) in enumerate(spans)]):
        if full_until is not None and start < full_until:
            continue
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        if free:
            lane = heappop(free)
        elif limit is None or used < limit:
            lane, used = used, used + 1
        else:
            full_until = busy[0][0] if busy else None
            continue
        lanes[index] = lane
        heappush(busy, (-minus_end, lane))
    return lanes


def innermost_segments(spans: Sequence[tuple[int, int]]) -> list[Segment]:
    """Return the stretches that any span covers, each with its shortest span, in order and without overlap.

    Of equally long spans the one that starts later wins, then the earlier one in the sequence, so that a nested or a
    later passage is never hidden. Neighbouring stretches of one span are joined; empty spans count for nothing.
    """
    starts = sorted((start, index) for index, (start, end) in enumerate(spans) if start < end)
    edges = sorted({edge for span in spans if span[0] < span[1] for edge in span})
    open_spans: list[tuple[int, int, int]] = []
    segments: list[Segment] = []
    opened = 0
    for edge, following in itertools.pairwise(edges):
        while opened < len(starts) and starts[opened][0] == edge:
            index = starts[opened][1]
            heappush(open_spans, (spans[index][1] - edge, -edge, index))
            opened += 1
        while open_spans and spans[open_spans[0][2]][1] <= edge:
            heappop(open_spans)
        if not open_spans:
            continue
        index = open_spans[0][2]
        if segments and segments[-1].span == index and segments[-1].end == edge:
            segments[-1] = Segment(segments[-1].start, following, index)
        else:
            segments.append(Segment(edge, following, index))
    return segments
