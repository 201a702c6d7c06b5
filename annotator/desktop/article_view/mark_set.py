"""The marks of the open article: kept by id, found by place, and what of them is hidden or still being saved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from annotator.domain.marks import Mark
from annotator.domain.span_index import Entry, SpanIndex

_id = itemgetter(Mark._fields.index("id"))
_entry = itemgetter(*map(Mark._fields.index, ("start", "end", "id")))


class MarkSet:
    """All marks of an article. Reading methods leave hidden marks out."""

    def __init__(self) -> None:
        self.by_id: dict[str, Mark] = {}
        self.pending: set[str] = set()
        """Marks shown before the database has answered."""
        self.hidden_tags: frozenset[str] = frozenset()
        self.hidden_marks: frozenset[str] = frozenset()
        self.hidden_analysts: frozenset[str] = frozenset()
        self._index = SpanIndex()
        self._order: list[tuple[int, int, str]] | None = None

    def replace_all(self, marks: Sequence[Mark]) -> None:
        """Take ``marks`` (fastest when sorted by start) in place of all there were."""
        self.by_id = dict(zip(map(_id, marks), marks, strict=True))
        self.pending.clear()
        self._index = SpanIndex(map(_entry, self.by_id.values()))
        self._order = None

    def add(self, mark: Mark, *, pending: bool = False) -> Mark | None:
        """Put a mark in, or in the place of the one with its id, which is returned."""
        before = self.remove(mark.id)
        self.by_id[mark.id] = mark
        self._index.add(mark.start, mark.end, mark.id)
        if pending:
            self.pending.add(mark.id)
        self._order = None
        return before

    def remove(self, mark_id: str) -> Mark | None:
        """Take a mark out and return it; None when there is none of that id."""
        mark = self.by_id.pop(mark_id, None)
        if mark is not None:
            self._index.remove(mark.start, mark.end, mark_id)
            self.pending.discard(mark_id)
            self._order = None
        return mark

    def shows(self, mark: Mark) -> bool:
        """Whether a mark is not hidden by its tag, its analyst or itself."""
        return (
            mark.tag_id not in self.hidden_tags
            and mark.analyst_id not in self.hidden_analysts
            and mark.id not in self.hidden_marks
        )

    def shown(self, mark_id: str | None) -> Mark | None:
        """Return the mark of an id; None when there is none, or it is hidden."""
        mark = self.by_id.get(mark_id or "")
        return mark if mark is not None and self.shows(mark) else None

    def by_length(self) -> list[tuple[int, list[Entry]]]:
        """Return all marks, hidden ones too, as the index has them: for each class of length, sorted by start."""
        return self._index.by_length()

    def within(self, start: int, end: int) -> list[Mark]:
        """Return the marks that touch ``[start, end)``, sorted by start, end and id."""
        found = self.meeting(start, end)
        tags, marks, analysts = self.hidden_tags, self.hidden_marks, self.hidden_analysts
        if tags or marks or analysts:  # as in ``shows``: asked of thousands of marks in a crowd
            return [m for m in found if m.tag_id not in tags and m.analyst_id not in analysts and m.id not in marks]
        return found

    def meeting(self, start: int, end: int) -> list[Mark]:
        """Return the same, the hidden ones too."""
        by_id = self.by_id
        return [by_id[entry[2]] for entry in self._index.overlapping(start, end)]

    def short_first(self, start: int, end: int) -> Iterator[Mark]:
        """Yield the marks that touch ``[start, end)`` as :meth:`by_length` has them, for who may stop early."""
        for entry in self._index.short_first(start, end):
            mark = self.by_id[entry[2]]
            if self.shows(mark):
                yield mark

    def at(self, offset: int) -> list[Mark]:
        """Return the marks that hold the code point at ``offset``, the innermost first."""
        return self.inside_out(offset, offset + 1)

    def inside_out(self, start: int, end: int) -> list[Mark]:
        """Return the marks that share a code point with ``[start, end)``, the innermost first."""
        return sorted(self.within(start, end), key=lambda mark: (mark.end - mark.start, -mark.start, mark.id))

    def step(self, direction: int, *, current: str | None, offset: int) -> Mark | None:
        """Return the next (``direction`` 1) or previous (-1) mark in reading order, None past the ends.

        Counted from the mark ``current``, else from ``offset``.
        """
        order = self._in_order()
        mark = self.by_id.get(current) if current else None
        if mark is not None:
            key = (mark.start, mark.end, mark.id)
            place = bisect_right(order, key) if direction > 0 else bisect_left(order, key) - 1
        else:
            place = bisect_left(order, (offset,))
            place = place if direction > 0 else place - 1
        while 0 <= place < len(order):
            candidate = self.by_id[order[place][2]]
            if self.shows(candidate):
                return candidate
            place += direction
        return None

    def place(self, mark: Mark) -> tuple[int, int]:
        """Return the number of a mark in reading order, from 1, and how many there are, hidden ones included."""
        order = self._in_order()
        return bisect_left(order, (mark.start, mark.end, mark.id)) + 1, len(order)

    def known(self, mark_ids: Iterable[str]) -> list[Mark]:
        """Return those of ``mark_ids`` that exist."""
        return [mark for id_ in mark_ids if (mark := self.by_id.get(id_)) is not None]

    def _in_order(self) -> list[tuple[int, int, str]]:
        if self._order is None:
            self._order = sorted((mark.start, mark.end, mark.id) for mark in self.by_id.values())
        return self._order
