"""The paragraphs of a text and their heights: from an offset to a paragraph, from a height to a paragraph, and back."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate

_BLOCK = 256
"""Heights are summed in blocks, so that a place is found by a few hundred additions however long the text is."""
PIECE = 20_000
"""A longer paragraph is laid out in pieces of at most this many code points, cut at a blank where there is one."""


class ParagraphTable:
    """Where each paragraph starts and ends, in code points without its line break, and how high it is, in pixels.

    A height is an estimate until the paragraph has been laid out.
    """

    def __init__(self, text: str) -> None:
        """Cut ``text`` (canonical: lines end with LF) into paragraphs; an empty text is one empty paragraph."""
        lengths = list(map(len, text.split("\n")))
        starts = [0, *accumulate(map((1).__add__, lengths))]
        starts.pop()
        ends = list(map(int.__add__, starts, lengths))
        if max(lengths) > PIECE:
            starts, ends = _cut(text, starts, ends)
        self.starts = array("q", starts)
        self.ends = array("q", ends)
        self._heights: list[int] = [0] * len(starts)
        self._sums: list[int] = []

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """Return the paragraph that holds ``offset``; a line break belongs to the paragraph before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def blank(self, index: int) -> bool:
        """Whether a paragraph has no character at all."""
        return self.starts[index] == self.ends[index]

    def between(self, start: int, end: int) -> range:
        """Return the paragraphs that ``[start, end)`` touches."""
        return range(self.at(start), self.at(max(start, end - 1)) + 1)

    def estimate(self, characters: float, pitch: int, before: int, blank: int) -> None:
        """Forget all heights and estimate them: ``characters`` a line, the line's pitch, the space before.

        ``blank``: the height of an empty paragraph. All in pixels.
        """
        self._heights = [
            int((end - start) / characters + 1) * pitch + before if end > start else blank
            for start, end in zip(self.starts, self.ends, strict=True)
        ]
        self._sums = [sum(self._heights[i : i + _BLOCK]) for i in range(0, len(self._heights), _BLOCK)]

    def height(self, index: int) -> int:
        """Return the height of a paragraph, space before included."""
        return self._heights[index]

    def set_height(self, index: int, height: int) -> None:
        """Put the true height of a paragraph in the place of its estimate."""
        self._sums[index // _BLOCK] += height - self._heights[index]
        self._heights[index] = height

    def top(self, index: int) -> int:
        """Return how many pixels stand above a paragraph."""
        block = index // _BLOCK
        return sum(self._sums[:block]) + sum(self._heights[block * _BLOCK : index])

    @property
    def total(self) -> int:
        """The height of all paragraphs together."""
        return sum(self._sums)

    def find(self, y: int) -> int:
        """Return the paragraph at ``y`` pixels from the top; the first or the last for a place outside."""
        block = 0
        last = len(self._sums) - 1
        while block < last and y >= self._sums[block]:
            y -= self._sums[block]
            block += 1
        index = block * _BLOCK
        stop = min(index + _BLOCK, len(self._heights)) - 1
        while index < stop and y >= self._heights[index]:
            y -= self._heights[index]
            index += 1
        return index

    def offsets_down(self, count: int, height: int, *, above_first: int, before: int) -> list[int]:
        """Return the offset at the top of each of ``count`` rows that share ``height`` pixels, and the last offset.

        Within a paragraph the text is taken to be spread evenly below the space ``before`` it; ``above_first``: how
        many pixels more there are above the first. All that is not laid out is where its estimate puts it.
        """
        bottoms = list(accumulate(self._heights))
        found = []
        for row in range(count):
            y = row * height / count
            index = min(bisect_right(bottoms, y), len(bottoms) - 1)
            start, end = self.starts[index], self.ends[index]
            blank = before + (above_first if index == 0 else 0)
            below = y - (bottoms[index] - self._heights[index]) - blank
            share = max(0.0, min(1.0, below / max(1, self._heights[index] - blank)))
            found.append(start + int((end - start) * share))
        return [*found, self.ends[-1]]


def _cut(text: str, starts: list[int], ends: list[int]) -> tuple[list[int], list[int]]:
    """Cut what is longer than a piece; the pieces of a paragraph follow one another without a gap."""
    new_starts: list[int] = []
    new_ends: list[int] = []
    for paragraph_start, end in zip(starts, ends, strict=True):
        start = paragraph_start
        while end - start > PIECE:
            blank = text.rfind(" ", start + PIECE // 2, start + PIECE)
            cut = blank + 1 if blank >= 0 else start + PIECE
            new_starts.append(start)
            new_ends.append(cut)
            start = cut
        new_starts.append(start)
        new_ends.append(end)
    return new_starts, new_ends
