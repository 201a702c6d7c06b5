"""Finding words in the article that is shown: all hits are marked, one is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.finding import find_all

if TYPE_CHECKING:
    from annotator.desktop.article_view.view import ArticleView


class Finder:
    """Looks words up in a view and walks through what it found."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view

    @property
    def found(self) -> tuple[int, int]:
        """The number of the hit that is looked at, from 1 (0: none), and how many there are."""
        return self._view.state.hit + 1, len(self._view.state.hits)

    def find(self, query: str) -> int:
        """Mark all hits, look at the first from the caret or selection on, and return how many there are."""
        state = self._view.state
        state.hits = find_all(self._view.page.text, query)
        self._view.map.mark_hits()
        start = state.selection.start if state.selection else state.caret
        from_here = (place for place, hit in enumerate(state.hits) if hit.start >= start)
        self._look_at(next(from_here, 0) if state.hits else -1)
        return len(state.hits)

    def step(self, direction: int) -> None:
        """Select the hit that is looked at; when it is selected already, the next (1) or the previous (-1) one."""
        state = self._view.state
        if not state.hits:
            return
        hit, selected = state.hits[state.hit], state.selection
        at_it = selected is not None and selected.contains(hit)
        place = (state.hit + direction) % len(state.hits) if at_it or direction < 0 else state.hit
        self._look_at(place)
        self._view.select_span(state.hits[place].start, state.hits[place].end)

    def _look_at(self, place: int) -> None:
        state = self._view.state
        state.hit = place
        if place >= 0:
            self._view.reveal(state.hits[place].start, state.hits[place].end)
        self._view.viewport().update()
        self._view.map.update()
        self._view.found_changed.emit(*self.found)
