"""Where the passages of an article are, in rows from its top to its end: which tag of each kind has something in a row.

Made for very many marks: a row that has every kind already looks at no further mark, but for those that reach into the
next row, so that the work follows the rows, not the marks. A change of one mark asks for its own rows only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from annotator.desktop.article_view.mark_set import MarkSet
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark
from annotator.domain.span_index import Entry

COLUMNS = (TagKind.CLAIM, TagKind.DENIAL, TagKind.EVIDENCE, TagKind.OTHER)
"""Each kind has a column of its own, so that colour is never the only cue."""
_ROWS_A_STEP = 32


class ScrollRows:
    """Rows of one height each; ``offsets[n]`` is the first code point of row ``n``, the last one the text's end."""

    def __init__(self, offsets: Sequence[int], marks: MarkSet, kinds: Mapping[str, TagKind]) -> None:
        """``kinds``: of each tag id; a tag that is not there counts as *other*."""
        self.offsets = offsets
        self.count = len(offsets) - 1
        self.cells: list[list[str | None]] = [[None] * self.count for _ in COLUMNS]
        """For each column and row the id of a tag that has a passage there, None for none."""
        self._marks = marks
        self._column = {tag_id: COLUMNS.index(kind) for tag_id, kind in kinds.items()}

    def row(self, offset: int) -> int:
        """Return the row of a code point; where several rows begin with it, the last of them."""
        return max(0, min(bisect_right(self.offsets, offset) - 1, self.count - 1))

    def rows(self, start: int, end: int) -> range:
        """Return the rows that ``[start, end)`` touches, one at least."""
        first = self.row(start)
        return range(first, max(first, self.row(end - 1)) + 1)

    def fill(self) -> Iterator[None]:
        """Fill all cells, a few rows at each step."""
        for length, entries in self._marks.by_length():
            place = 0
            for row in range(self.count):
                place = self._fill_row(row, entries, place, 1 << length)
                if row % _ROWS_A_STEP == 0:
                    yield

    def _fill_row(self, row: int, entries: Sequence[Entry], place: int, longest: int) -> int:
        """Take what starts in a row, from ``place`` on, and return the place of what starts in the next one."""
        beyond = self.offsets[row + 1] if row + 1 < self.count else self.offsets[-1] + 1
        stop = bisect_left(entries, (beyond,), place)
        if place == stop:
            return stop
        tail = max(place, bisect_left(entries, (beyond - longest,), place, stop))
        missing = [column for column in range(len(COLUMNS)) if self.cells[column][row] is None]
        while place < tail and missing:
            column = self._put(entries[place])
            if column in missing:
                missing.remove(column)
            place += 1
        for entry in entries[max(place, tail) : stop]:
            self._put(entry)
        return stop

    def _put(self, entry: Entry) -> int:
        """Enter a mark where its column is free and return the column, -1 for a hidden mark."""
        start, end, mark_id = entry
        mark = self._marks.by_id[mark_id]
        if not self._marks.shows(mark):
            return -1
        column = self.column(mark)
        cells = self.cells[column]
        for row in self.rows(start, end):
            if cells[row] is None:
                cells[row] = mark.tag_id
        return column

    def column(self, mark: Mark) -> int:
        """Return the column of a mark."""
        return self._column.get(mark.tag_id, len(COLUMNS) - 1)

    def refill(self, start: int, end: int) -> range:
        """Fill the rows that ``[start, end)`` touches anew, after a change there, and return them."""
        rows = self.rows(start, end)
        top, bottom = rows.start, rows.stop
        for cells in self.cells:
            cells[top:bottom] = [None] * len(rows)
        free = len(self.cells) * len(rows)
        for mark in self._marks.short_first(*self._text_of(top, bottom)):
            cells = self.cells[self.column(mark)]
            touched = self.rows(mark.start, mark.end)
            for row in range(max(top, touched.start), min(bottom, touched.stop)):
                if cells[row] is None:
                    cells[row] = mark.tag_id
                    free -= 1
            if free == 0:
                break
        return rows

    def _around(self, top: int, bottom: int) -> list[Mark]:
        """Return the marks shown that touch the text of the rows ``[top, bottom)``, sorted by start."""
        return self._marks.within(*self._text_of(top, bottom))

    def _text_of(self, top: int, bottom: int) -> tuple[int, int]:
        beyond = self.offsets[bottom] if bottom < self.count else self.offsets[-1] + 1
        return self.offsets[top], max(beyond, self.offsets[top] + 1)

    def marks_in(self, top: int, bottom: int) -> list[Mark]:
        """Return the marks shown in the rows ``[top, bottom)``, sorted by start."""
        around = self._around(top, bottom)
        return [mark for mark in around if self.row(mark.start) < bottom and self.row(mark.end - 1) >= top]
