"""Find words in a text the way a reader types them: case, white space, accents and kinds of quote marks do not count.

The text is folded (:mod:`annotator.domain.folding`) piece by piece, each when it is first searched, and what is found
is told in offsets of the stored text. Nothing that is folded is ever stored.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from annotator.domain.annotations import Span
from annotator.domain.folding import fold, fold_characters

MAX_HITS = 10_000
"""More than this are not looked for."""
PIECE = 60_000
"""Code points that are folded and searched at a time: a few milliseconds of work."""
_OVER = 4_000
"""Folded characters of the next piece that are looked at too, so that words across the border are found."""


class FoldedText:
    """A text that is searched often. Offsets are code points of the text as it is stored."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = max(1, -(-len(text) // PIECE))
        """How many pieces there are."""
        self._folded: dict[int, _FoldedPiece] = {}

    def search(self, query: str, piece: int) -> list[Span]:
        """Return what reads like ``query`` and begins in a piece, in order and without overlap.

        White space in the query stands for any run of it, a no-break space included. What is found takes in the marks
        that follow its last letter. A query of which nothing is left when it is folded, a lone accent say, is looked
        for as it is; one of white space finds nothing.
        """
        words = fold(query).split()
        if not words:
            return self._search_plain(query.strip(), piece)
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        here = self._piece(piece)
        length = len(here.text)
        after = self._piece(piece + 1) if piece + 1 < self.pieces else None
        searched = here.text + after.text[:_OVER] if after else here.text
        found: list[Span] = []
        for match in pattern.finditer(searched):
            if match.start() >= length:
                break
            end = match.end() - length
            beyond = after.end_of(end) if after is not None and end > 0 else here.end_of(match.end())
            found.append(Span(here.start_of(match.start()), beyond))
        return found

    def _search_plain(self, query: str, piece: int) -> list[Span]:
        start = piece * PIECE
        begins = re.finditer(re.escape(query), self.text[start : start + PIECE + len(query) - 1]) if query else ()
        return [Span(start + match.start(), start + match.end()) for match in begins]

    def _piece(self, number: int) -> _FoldedPiece:
        piece = self._folded.get(number)
        if piece is None:
            start = number * PIECE
            piece = self._folded[number] = _FoldedPiece(self.text[start : start + PIECE], start)
        return piece


class _FoldedPiece:
    """A piece of a text, folded, and the way back to the offsets of the text."""

    def __init__(self, text: str, start: int) -> None:
        self.text = fold_characters(text)
        self._start = start
        self._at: list[int] = []
        """Where in the folded piece something stands whose length is another than in the text, in order."""
        self._lengths: list[int] = []
        self._stored: list[int] = []
        unlike = "".join(c for c in set(text) if len(fold_characters(c)) != 1)
        if unlike:
            self._note_lengths(text, unlike)

    def _note_lengths(self, text: str, unlike: str) -> None:
        shift = 0
        for match in re.finditer(f"[{re.escape(unlike)}]", text):
            length = len(fold_characters(match.group()))
            self._at.append(match.start() + shift)
            self._lengths.append(length)
            self._stored.append(match.start())
            shift += length - 1

    def start_of(self, place: int) -> int:
        """Return the offset of the character of the text that a place of the folded piece comes from."""
        last = bisect_right(self._at, place) - 1
        if last < 0:
            return self._start + place
        inside = place - self._at[last]
        if inside < self._lengths[last]:
            return self._start + self._stored[last]
        return self._start + self._stored[last] + 1 + inside - self._lengths[last]

    def end_of(self, place: int) -> int:
        """Return the offset behind the last character of ``[…, place)`` and the marks on it."""
        last = bisect_right(self._at, place) - 1
        cut = last >= 0 and self._at[last] < place < self._at[last] + self._lengths[last]
        return self.start_of(place) + (1 if cut else 0)


def find_all(text: str, query: str, limit: int = MAX_HITS) -> list[Span]:
    """Return up to ``limit`` spans of ``text`` (code points) that read like ``query``, in order and without overlap."""
    found: list[Span] = []
    for hit in _everywhere(FoldedText(text), query):
        if len(found) == limit:
            break
        if not found or hit.start >= found[-1].end:
            found.append(hit)
    return found


def _everywhere(folded: FoldedText, query: str) -> Iterator[Span]:
    for piece in range(folded.pieces):
        yield from folded.search(query, piece)
