"""Finding words in the article that is shown: all hits are marked, one is looked at.

The search begins at the caret, so that the hit to look at is there at once however long the article is. What a short
article has is found before :meth:`Finder.find` returns; the rest of a long one is searched in small slices while
nothing else is to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from annotator.domain.finding import MAX_HITS, PIECE, FoldedText

if TYPE_CHECKING:
    from annotator.desktop.article_view.view import ArticleView
    from annotator.domain.annotations import Span

_AT_ONCE = 4
"""Pieces that are searched before anything else is done."""


class Finder:
    """Looks words up in a view and walks through what it found."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._folded = FoldedText("")
        self._query = ""
        self._left: list[tuple[int, bool]] = []
        """The pieces still to be searched, the next one last; with whether it is for hits before the start."""
        self._start = 0
        self._after: list[Span] = []
        """Hits from the start on; those before it are in ``_before``."""
        self._before: list[Span] = []
        self._shown_before = 0
        """How many of the hits that are shown are before the start."""
        self.wrapped = 0
        """1 when the last step went on from the top, -1 when from the end, else 0."""
        self._idle = QTimer(view)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._search_on)

    @property
    def found(self) -> tuple[int, int]:
        """The number of the hit that is looked at, from 1 (0: none), and how many there are."""
        return self._view.state.hit + 1, len(self._view.state.hits)

    @property
    def searching(self) -> bool:
        """Whether there may be more hits than are known yet."""
        return bool(self._left)

    def find(self, query: str) -> int:
        """Mark all hits, look at the first from the caret or selection on, and return how many are known by now."""
        state = self._view.state
        text = self._view.page.text
        if self._folded.text is not text:
            self._folded = FoldedText(text)
        self._query = query
        self.wrapped = 0
        self._start = state.selection.start if state.selection else state.caret
        self._after, self._before, self._shown_before = [], [], 0
        first = min(self._start // PIECE, self._folded.pieces - 1)
        onwards = [(piece, False) for piece in range(first, self._folded.pieces)]
        self._left = [*onwards, *((piece, True) for piece in range(first + 1))][::-1] if query.strip() else []
        state.hits, state.hit = [], -1
        for _ in range(_AT_ONCE):
            if self._left:
                self._search_piece()
        self._take_hits()
        if state.hit < 0:
            self._look_at(-1)
        if self._left:
            self._idle.start()
        else:
            self._idle.stop()  # an earlier search may not have come to its end
        return len(state.hits)

    def step(self, direction: int) -> None:
        """Select the hit that is looked at; when it is selected already, the next (1) or the previous (-1) one."""
        state = self._view.state
        if not state.hits:
            return
        hit, selected = state.hits[state.hit], state.selection
        at_it = selected is not None and selected.contains(hit)
        place = state.hit + direction if at_it or direction < 0 else state.hit
        self.wrapped = 1 if place == len(state.hits) else -1 if place < 0 else 0
        self._look_at(place % len(state.hits))
        self.take()

    def take(self) -> None:
        """Select the hit that is looked at."""
        state = self._view.state
        if state.hit >= 0:
            hit = state.hits[state.hit]
            self._view.select_span(hit.start, hit.end)

    def forget(self) -> None:
        """Search no further, and keep nothing of the text: another article is shown."""
        self._folded = FoldedText("")
        self._left, self._after, self._before = [], [], []
        self._idle.stop()

    def _search_piece(self) -> None:
        """Search the next piece; the one in which the search started comes twice, for what is on either side."""
        piece, before = self._left.pop()
        hits = self._before if before else self._after
        for hit in self._folded.search(self._query, piece):
            if (hit.start < self._start) == before and (not hits or hit.start >= hits[-1].end):
                hits.append(hit)
        if len(self._after) + len(self._before) >= MAX_HITS:
            self._left = []

    def _search_on(self) -> None:
        if self._view.page.text is not self._folded.text:
            self.forget()
            return
        before = len(self._view.state.hits)
        self._search_piece()
        if not self._left:
            self._idle.stop()
        if len(self._after) + len(self._before) != before or not self._left:
            self._take_hits()
            self._tell()

    def _take_hits(self) -> None:
        """Show the hits known by now; the one that is looked at stays the same, however many come before it."""
        state = self._view.state
        if state.hit >= 0 and state.hits[state.hit].start >= self._start:
            state.hit += len(self._before) - self._shown_before
        state.hits, self._shown_before = [*self._before, *self._after], len(self._before)
        self._view.map.mark_hits()
        if state.hit < 0 and (self._after or (self._before and not self._left)):
            self._look_at(self._shown_before if self._after else 0)

    def _look_at(self, place: int) -> None:
        state = self._view.state
        state.hit = place
        if place >= 0:
            self._view.reveal(state.hits[place].start, state.hits[place].end)
        self._tell()

    def _tell(self) -> None:
        self._view.viewport().update()
        self._view.map.update()
        self._view.found_changed.emit(*self.found)
