"""An index of half-open spans that answers "which of them meet this range" for any number and any length of spans.

Spans are kept in buckets by the bit length of their length, each bucket a sorted list. A span of bucket ``b`` is
shorter than ``2**b``, so those that meet ``[start, end)`` begin after ``start - 2**b``: two bisections a bucket and a
filter on the end. One very long span costs its own bucket only; inserting is one ``insort``.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter, sub
from typing import TypeAlias

Entry: TypeAlias = tuple[int, int, str]
"""A span ``[start, end)`` in code points and the id of what lies there; a bare tuple, because there are very many."""


class SpanIndex:
    """A collection of spans, searched by range; equal entries are kept once for each time they were added."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Build the index; fastest when the entries come sorted by start."""
        buckets: defaultdict[int, list[Entry]] = defaultdict(list)
        known = list(entries)
        lengths = map(sub, map(itemgetter(1), known), map(itemgetter(0), known))
        for entry, length in zip(known, map(int.bit_length, lengths), strict=True):
            buckets[length].append(entry)
        for bucket in buckets.values():
            bucket.sort()
        self._buckets = buckets

    def __len__(self) -> int:
        return sum(map(len, self._buckets.values()))

    def __iter__(self) -> Iterator[Entry]:
        """All entries, sorted by start, end and id."""
        return iter(sorted(entry for bucket in self._buckets.values() for entry in bucket))

    def add(self, start: int, end: int, id_: str) -> None:
        """Put a span in."""
        insort(self._buckets[(end - start).bit_length()], (start, end, id_))

    def remove(self, start: int, end: int, id_: str) -> None:
        """Take a span out. Raises KeyError when it is not there."""
        entry = (start, end, id_)
        bucket = self._buckets.get((end - start).bit_length(), [])
        place = bisect_left(bucket, entry)
        if place == len(bucket) or bucket[place] != entry:
            raise KeyError(entry)
        del bucket[place]

    def overlapping(self, start: int, end: int) -> list[Entry]:
        """Return the spans that share a code point with ``[start, end)``, sorted by start, end and id.

        An empty range ``[n, n)`` asks for the spans that have code points on both sides of ``n``.
        """
        found: list[Entry] = []
        for length, bucket in self._buckets.items():
            first = bisect_left(bucket, (start - (1 << length) + 1,))
            last = bisect_left(bucket, (end,), first)
            found += [entry for entry in bucket[first:last] if entry[1] > start]
        found.sort()
        return found

    def covering(self, offset: int) -> list[Entry]:
        """Return the spans that hold the code point at ``offset``, sorted by start, end and id."""
        return self.overlapping(offset, offset + 1)
