"""An index of half-open spans that answers "which of them meet this range" for any number and any length of spans.

Spans are kept in buckets by the bit length of their length, each bucket a sorted list. A span of bucket ``b`` is
shorter than ``2**b``, so those that meet ``[start, end)`` begin after ``start - 2**b``: two bisections a bucket and a
filter on the end. One very long span costs its own bucket only; inserting is one ``insort``. All that are shorter than
a long sentence share one bucket, so that building the index of an article is little more than one sort.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

Entry: TypeAlias = tuple[int, int, str]
"""A span ``[start, end)`` in code points and the id of what lies there; a bare tuple, because there are very many."""

_SHORT = 9
"""The bit length up to which all spans share a bucket: those of fewer than 512 code points."""


def length_class(start: int, end: int) -> int:
    """Return the class ``c`` of a span's length: the span is shorter than ``2**c`` code points."""
    return max(_SHORT, (end - start).bit_length())


class SpanIndex:
    """A collection of spans, searched by range; equal entries are kept once for each time they were added."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Build the index; fastest when the entries come sorted by start."""
        known = list(entries)
        long = [entry for entry in known if entry[1] - entry[0] >> _SHORT]
        self._buckets: defaultdict[int, list[Entry]] = defaultdict(list)
        self._buckets[_SHORT] = [entry for entry in known if not entry[1] - entry[0] >> _SHORT] if long else known
        for entry in long:
            self._buckets[(entry[1] - entry[0]).bit_length()].append(entry)
        for bucket in self._buckets.values():
            bucket.sort()

    def __len__(self) -> int:
        return sum(map(len, self._buckets.values()))

    def __iter__(self) -> Iterator[Entry]:
        """All entries, sorted by start, end and id."""
        return iter(sorted(entry for bucket in self._buckets.values() for entry in bucket))

    def add(self, start: int, end: int, id_: str) -> None:
        """Put a span in."""
        insort(self._buckets[length_class(start, end)], (start, end, id_))

    def remove(self, start: int, end: int, id_: str) -> None:
        """Take a span out. Raises KeyError when it is not there."""
        entry = (start, end, id_)
        bucket = self._buckets.get(length_class(start, end), [])
        place = bisect_left(bucket, entry)
        if place == len(bucket) or bucket[place] != entry:
            raise KeyError(entry)
        del bucket[place]

    def by_length(self) -> list[tuple[int, list[Entry]]]:
        """Return the spans of each class of length, sorted by start, the shorter classes first; not to be changed."""
        return sorted((length, bucket) for length, bucket in self._buckets.items() if bucket)

    def overlapping(self, start: int, end: int) -> list[Entry]:
        """Return the spans that share a code point with ``[start, end)``, sorted by start, end and id.

        An empty range ``[n, n)`` asks for the spans that have code points on both sides of ``n``.
        """
        found: list[Entry] = []
        for length, bucket in self._buckets.items():
            found += [entry for entry in _near(length, bucket, start, end) if entry[1] > start]
        found.sort()
        return found

    def short_first(self, start: int, end: int) -> Iterator[Entry]:
        """Yield the same in the order of :meth:`by_length`."""
        for length, bucket in self.by_length():
            for entry in _near(length, bucket, start, end):
                if entry[1] > start:
                    yield entry

    def covering(self, offset: int) -> list[Entry]:
        """Return the spans that hold the code point at ``offset``, sorted by start, end and id."""
        return self.overlapping(offset, offset + 1)


def _near(length: int, bucket: list[Entry], start: int, end: int) -> list[Entry]:
    """Return the spans of a class of length that begin so near to ``[start, end)`` that they may meet it."""
    first = bisect_left(bucket, (start - (1 << length) + 1,))
    return bucket[first : bisect_left(bucket, (end,), first)]
