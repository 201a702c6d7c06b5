"""Where the passages of an old text stand in a corrected one: a pure function of the two texts, by diff and by quote.

A placement is *certain* when the very same words stand at the new place and the diff, the words around them or their
being unique says that it is the right one. Everything else is a proposal with a score, for a person to decide: nothing
is shifted silently and nothing is dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from annotator.domain.annotations import CONTEXT, Span
from annotator.domain.progress import Progress, each_told, silent

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_TOKENS = 6_000
"""A changed stretch with more tokens is not compared word by word: its passages are looked up by their quotes."""
_ENOUGH_CONTEXT = 8
"""Equal code points on one side that make an equal quote's place certain."""
_LEAST_SCORE = 0.5
"""Below this a place is not worth proposing."""
_MOST_PLACES = 200
"""How many places of one quote are compared."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage stands in the new text: ``span`` in code points of it, or None when no place is likely.

    ``score``: 0 to 1, how much of the quote stands there. ``certain``: the quote is unchanged and the place is right.
    """

    span: Span | None
    score: float
    certain: bool


NOWHERE = Placement(None, 0.0, certain=False)


@dataclass(frozen=True, slots=True)
class _Same:
    """``length`` code points that are the same from ``old`` in the old text and from ``new`` in the new one."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class _Side:
    """Of the code points on one side of a quote, how many are equal, counted from the quote, and how many there are."""

    equal: int
    there: int

    @property
    def agrees(self) -> bool:
        return self.equal >= min(_ENOUGH_CONTEXT, self.there)


def place(old: str, new: str, spans: Sequence[Span], *, progress: Progress = silent) -> list[Placement]:
    """Return for each span of ``old`` (code points) its placement in ``new``, in the order given.

    ``progress`` may raise to stop.
    """
    if old == new:
        return [Placement(span, 1.0, certain=True) for span in spans]
    if not spans:
        return []
    placer = _Placer(old, new)
    return [placer.place(span) for span in each_told(spans, len(spans), progress)]


class _Placer:
    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._new = new
        self._same = _join(_compare(old, new))
        self._starts = [same.old for same in self._same]

    def place(self, span: Span) -> Placement:
        quote = self._old[span.start : span.end]
        by_diff = self._by_diff(span)
        unchanged = by_diff is not None and self._new[by_diff.start : by_diff.end] == quote
        if by_diff is not None and unchanged and self._context(span, by_diff) == 1.0:
            return Placement(by_diff, 1.0, certain=True)
        places = {Span(at, at + len(quote)) for at in _occurrences(self._new, quote)}
        if by_diff is not None and unchanged:
            places.add(by_diff)
        scored = [(0.9 + 0.1 * self._context(span, found), found == by_diff, -found.start, found) for found in places]
        if scored:
            _, _, _, likely = max(scored, key=lambda candidate: candidate[:3])
            if self._is_certain(span, likely, by_diff, only=len(places) == 1):
                return Placement(likely, 1.0, certain=True)
        if by_diff is not None and not unchanged:
            scored.append((self._likeness(quote, by_diff), True, -by_diff.start, by_diff))
        score, _, _, best = max(scored, key=lambda candidate: candidate[:3], default=(0.0, False, 0, span))
        return Placement(best, min(score, 0.99), certain=False) if score >= _LEAST_SCORE else NOWHERE

    def _by_diff(self, span: Span) -> Span | None:
        start, end = self._map(span.start, at_end=False), self._map(span.end, at_end=True)
        return Span(start, end) if start < end else None

    def _map(self, offset: int, *, at_end: bool) -> int:
        """Return where an end of a span comes to lie; an end in a changed stretch goes to that stretch's own end."""
        probe = offset - 1 if at_end else offset
        at = bisect_right(self._starts, probe) - 1
        if at >= 0 and probe < self._same[at].old + self._same[at].length:
            return self._same[at].new + offset - self._same[at].old
        if at_end:
            return self._same[at + 1].new if at + 1 < len(self._same) else len(self._new)
        return self._same[at].new + self._same[at].length if at >= 0 else 0

    def _is_certain(self, old: Span, likely: Span, by_diff: Span | None, *, only: bool) -> bool:
        """Whether the likeliest of the places that have the quote is right.

        It is when a side agrees and either the diff says so too or the quote stands nowhere else; without such a
        neighbour when a long quote is the only one of its kind in both texts (a paragraph that moved).
        """
        if any(side.agrees for side in self._sides(old, likely)):
            return only or likely == by_diff
        quote = self._old[old.start : old.end]
        return only and len(quote) > CONTEXT and len(_occurrences(self._old, quote)) == 1

    def _sides(self, old: Span, new: Span) -> tuple[_Side, _Side]:
        """Return how much of the context is equal before and after an equal quote."""
        before = self._old[max(0, old.start - CONTEXT) : old.start], self._new[max(0, new.start - CONTEXT) : new.start]
        after = self._old[old.end : old.end + CONTEXT], self._new[new.end : new.end + CONTEXT]
        return (
            _Side(_common(before[0][::-1], before[1][::-1]), max(map(len, before))),
            _Side(_common(*after), max(map(len, after))),
        )

    def _context(self, old: Span, new: Span) -> float:
        """Return the share of the context around an equal quote that is equal too, 0 to 1."""
        sides = self._sides(old, new)
        there = sum(side.there for side in sides)
        return sum(side.equal for side in sides) / there if there else 1.0

    def _likeness(self, quote: str, place_: Span) -> float:
        found = self._new[place_.start : place_.end]
        mine, theirs = _TOKEN.findall(quote), _TOKEN.findall(found)
        if len(mine) + len(theirs) > _MOST_TOKENS:
            return min(len(quote), len(found)) / max(len(quote), len(found))
        by_words = SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
        if len(quote) + len(found) > _MOST_TOKENS:
            return by_words
        return max(by_words, SequenceMatcher(None, quote, found, autojunk=False).ratio())


def _compare(old: str, new: str) -> Iterator[_Same]:
    """Yield what is the same: equal paragraphs first, then equal words within changed runs of paragraphs."""
    head = _common(old, new)
    tail = min(_common(old[head:][::-1], new[head:][::-1]), len(old) - head, len(new) - head)
    yield _Same(0, 0, head)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    for same in _by_lines(middle_old, middle_new):
        yield _Same(head + same.old, head + same.new, same.length)
    yield _Same(len(old) - tail, len(new) - tail, tail)


def _by_lines(old: str, new: str) -> Iterator[_Same]:
    mine, theirs = old.splitlines(keepends=True), new.splitlines(keepends=True)
    at_old, at_new = _offsets(mine), _offsets(theirs)
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield _Same(at_old[a], at_new[c], at_old[b] - at_old[a])
        elif tag == "replace":
            for same in _by_words("".join(mine[a:b]), "".join(theirs[c:d])):
                yield _Same(at_old[a] + same.old, at_new[c] + same.new, same.length)


def _by_words(old: str, new: str) -> Iterator[_Same]:
    mine, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(mine) + len(theirs) > _MOST_TOKENS:
        return
    at_old, at_new = _offsets(mine), _offsets(theirs)
    for match in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        yield _Same(at_old[match.a], at_new[match.b], at_old[match.a + match.size] - at_old[match.a])


def _offsets(pieces: Sequence[str]) -> list[int]:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets


def _join(found: Iterator[_Same]) -> list[_Same]:
    """Return what is the same with neighbours made one, so that a passage over two of them is in one."""
    joined: list[_Same] = []
    for same in found:
        if not same.length:
            continue
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (same.old, same.new):
            joined[-1] = _Same(last.old, last.new, last.length + same.length)
        else:
            joined.append(same)
    return joined


def _common(one: str, other: str) -> int:
    """Return the length of the longest common beginning, by halving: comparisons of whole slices are fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _occurrences(text: str, quote: str) -> list[int]:
    places: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(quote, at + 1)
    return places
