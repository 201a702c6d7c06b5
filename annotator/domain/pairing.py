"""Which passages of two analysts are the same passage: one to one, most pairs first, then largest total overlap.

Ends are compared after trimming (:func:`annotator.domain.same_words.core`). The pairs are a true optimum, not what a
greedy walk happens to find, so that the figures made of them depend neither on the order of the passages nor on who of
the two comes first.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.domain.annotations import Annotation
from annotator.domain.merging import resolve
from annotator.domain.same_words import core

EXACT = 1.0
HALF = 0.5
ANY = 0.0
"""How much two passages must overlap at least (intersection over union); with ANY, by one code point."""

_SCALE = 1 << 40
"""Overlaps are compared as whole numbers of this fraction, so that a sum does not depend on its order."""


class Trimmed(NamedTuple):
    """Where an annotation lies, in code points, without what may be taken or left at its ends; sorts as one reads."""

    start: int
    end: int
    id: str
    tag_id: str


Pair = tuple[Trimmed, Trimmed]
_Edges = dict[int, dict[int, int]]
"""For each passage of the first analyst those of the second it may go with, by position, and what each is worth."""


def trimmed(text: str, annotations: Iterable[Annotation], merged: Mapping[str, str]) -> list[Trimmed]:
    """Return annotations of one text as they are compared, in reading order; ``merged``: tags that became one."""
    return sorted(_trimmed(text, annotation, merged) for annotation in annotations)


def _trimmed(text: str, annotation: Annotation, merged: Mapping[str, str]) -> Trimmed:
    span = core(text, annotation.span)
    return Trimmed(span.start, span.end, annotation.id, resolve(annotation.tag_id, merged))


def overlap(one: Trimmed, other: Trimmed) -> float:
    """Return the intersection of two passages over their union: 0 when apart, 1 when they have the same ends."""
    return _shared(one, other) / _union(one, other)


def enough(one: Trimmed, other: Trimmed, least: float) -> bool:
    """Whether two passages overlap, and by ``least`` of their union."""
    shared = _shared(one, other)
    return shared > 0 and shared >= least * _union(one, other)


def pair(
    one: Sequence[Trimmed], other: Sequence[Trimmed], least: float = HALF, *, same_tag: bool = False
) -> list[Pair]:
    """Return the passages of two analysts that are the same, in reading order of the first's.

    The most pairs there can be, of these the largest total overlap, of these the most with an equal tag: two passages
    on the same words are told apart by their tags. What is still equal goes by start, end and id. ``same_tag``: only
    passages with an equal tag are paired.
    """
    swapped = _first_id(other) < _first_id(one)  # so that it does not matter who of the two comes first
    first, second = (sorted(other), sorted(one)) if swapped else (sorted(one), sorted(other))
    edges = _edges(first, second, least, same_tag=same_tag)
    found = [(first[i], second[j]) for part in _components(edges) for i, j in _best(part)]
    return sorted((b, a) for a, b in found) if swapped else sorted(found)


def _first_id(passages: Sequence[Trimmed]) -> str:
    return min((passage.id for passage in passages), default="")


def _shared(one: Trimmed, other: Trimmed) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _union(one: Trimmed, other: Trimmed) -> int:
    return one.end - one.start + other.end - other.start - max(0, _shared(one, other))


def touching(first: Sequence[Trimmed], second: Sequence[Trimmed]) -> Iterator[tuple[int, int]]:
    """Yield the positions of those that share a code point; both in reading order."""
    waiting: list[int] = []  # positions in the second list that may still reach the next passages
    upcoming = 0
    for i, a in enumerate(first):
        while upcoming < len(second) and second[upcoming].start < a.end:
            waiting.append(upcoming)
            upcoming += 1
        waiting = [j for j in waiting if second[j].end > a.start]
        for j in waiting:
            if second[j].start < a.end:
                yield i, j


def _edges(first: Sequence[Trimmed], second: Sequence[Trimmed], least: float, *, same_tag: bool) -> _Edges:
    edges: _Edges = defaultdict(dict)
    finer = min(len(first), len(second)) + 1  # so many equal tags are worth less than the least overlap
    for i, j in touching(first, second):
        a, b = first[i], second[j]
        alike = a.tag_id == b.tag_id
        if enough(a, b, least) and (alike or not same_tag):
            edges[i][j] = _shared(a, b) * _SCALE // _union(a, b) * finer + alike
    return edges


def _components(edges: _Edges) -> Iterator[_Edges]:
    """Split passages into groups that have nothing to do with each other."""
    back: dict[int, list[int]] = defaultdict(list)
    for i, targets in edges.items():
        for j in targets:
            back[j].append(i)
    seen: set[int] = set()
    for start in edges:
        if start in seen:
            continue
        seen.add(start)
        part, todo = [start], [start]
        while todo:
            for j in edges[todo.pop()]:
                for i in back.pop(j, ()):
                    if i not in seen:
                        seen.add(i)
                        part.append(i)
                        todo.append(i)
        yield {i: edges[i] for i in sorted(part)}


def _best(edges: _Edges) -> list[tuple[int, int]]:
    """Return the best pairs of one group.

    The Hungarian method (Kuhn 1955) on a sparse graph: each passage of the first in turn is placed along the cheapest
    chain of moves, found with prices as Edmonds and Karp (1972) do. To be left alone costs more than all pairs
    together, hence the most pairs come first.
    """
    if len(edges) == 1:
        ((i, targets),) = edges.items()
        return [(i, min(targets, key=lambda j: (-targets[j], j)))]
    dearest = max(max(targets.values()) for targets in edges.values())
    costs = {i: {j: dearest - worth for j, worth in targets.items()} for i, targets in edges.items()}
    placing = _Placing(costs, alone=(dearest + 1) * (len(edges) + 1))
    for i in costs:
        placing.place(i)
    return sorted((i, j) for j, i in placing.taken.items())


class _Placing:
    """An assignment that grows by one passage at a time and is the cheapest at every step."""

    def __init__(self, costs: _Edges, alone: int) -> None:
        self.taken: dict[int, int] = {}
        """Who of the first analyst's has each passage of the second."""
        self._held: dict[int, int] = {}
        self._costs = costs
        self._alone = alone
        self._prices: dict[int, int] = defaultdict(int)
        self._dues: dict[int, int] = dict.fromkeys(costs, 0)

    def place(self, new: int) -> None:
        """Place one more passage, moving others when that is cheaper (Dijkstra's walk over what a move costs)."""
        freed = {new: 0}  # what it costs to free each passage of the first that was come to
        done: dict[int, int] = {}
        came: dict[int, int] = {}
        queue: list[tuple[int, bool, int, int]] = []  # of equal ones first what is free, then what comes first
        leave = (self._alone - self._dues[new], -new)  # the cheapest way to leave one alone, the last of equal ones
        at = new
        while True:
            for j, cost in self._costs[at].items():
                if j not in done:
                    price = freed[at] + cost - self._dues[at] - self._prices[j]
                    heapq.heappush(queue, (price, j in self.taken, j, at))
            while queue and queue[0][2] in done:
                heapq.heappop(queue)
            if not queue or queue[0][0] >= leave[0]:
                spent, leaver = leave
                self._leave_alone(-leaver, came)
                break
            spent, taken, j, i = heapq.heappop(queue)
            came[j] = i
            if not taken:
                self._shift(j, came)
                break
            done[j] = spent
            at = self.taken[j]
            freed[at] = spent
            leave = min(leave, (spent + self._alone - self._dues[at], -at))
        for i, reached in freed.items():
            self._dues[i] += spent - reached
        for j, reached in done.items():
            self._prices[j] -= spent - reached

    def _shift(self, j: int, came: dict[int, int]) -> None:
        """Give ``j`` to whom it was come from, what that one had to whom it was come from, and so on to the new one."""
        while True:
            i = came[j]
            former = self._held.get(i)
            self.taken[j], self._held[i] = i, j
            if former is None:
                return
            j = former

    def _leave_alone(self, leaver: int, came: dict[int, int]) -> None:
        former = self._held.pop(leaver, None)
        if former is not None:
            del self.taken[former]
            self._shift(former, came)
