"""What the user has done in the view and is shown over the passages: caret, selection, current, hovered, found."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from annotator.domain.annotations import Span
from annotator.domain.marks import Mark


@dataclass(slots=True)
class ShownState:
    """Offsets in code points. The selection runs from ``anchor`` to ``caret``; equal means none."""

    caret: int = 0
    anchor: int = 0
    caret_on: bool = False
    """Whether the blinking caret is to be seen just now."""
    current: str | None = None
    hovered: str | None = None
    label_hovered: bool = False
    """Whether it is the hovered mark's label that the mouse is over, not its words."""
    moving: str | None = None
    """The mark whose ends the keys move just now."""
    own_analyst: str | None = None
    """Whose marks may be moved by their ends: None for all, "" for none."""
    hits: list[Span] = field(default_factory=list)
    """What was searched for, in order."""
    hit: int = -1
    """The place in ``hits`` of the one that is looked at, -1 for none."""
    pointed: Span | None = None
    """The paragraph that is pointed out."""
    hints: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    elsewhere: dict[str, str] = field(default_factory=dict)
    """The titles of the articles of related passages that are not on this one."""

    @property
    def selection(self) -> Span | None:
        """The selected span, None when nothing is selected."""
        if self.anchor == self.caret:
            return None
        return Span(min(self.anchor, self.caret), max(self.anchor, self.caret))

    @property
    def stronger(self) -> list[str]:
        """The marks that are shown stronger: the hovered one, and over it the current one."""
        return [id_ for id_ in dict.fromkeys((self.hovered, self.current)) if id_ is not None]

    def hits_within(self, start: int, end: int) -> list[tuple[int, Span]]:
        """Return the hits that touch ``[start, end)`` with their places; hits never overlap."""
        if not self.hits:
            return []
        first = max(0, bisect_left(self.hits, start, key=lambda hit: hit.start) - 1)
        found = []
        for place in range(first, len(self.hits)):
            hit = self.hits[place]
            if hit.start >= end:
                break
            if hit.end > start:
                found.append((place, hit))
        return found

    def may_move(self, mark: Mark) -> bool:
        """Whether the ends of a mark may be moved."""
        return self.own_analyst in (None, mark.analyst_id)

    def forget_article(self) -> None:
        """Begin anew with another article."""
        self.labels.clear()
        self.relations.clear()
        self.elsewhere.clear()
        self.hints.clear()
        self.hits.clear()
        self.hit = -1
        self.pointed = None
        self.current = self.hovered = self.moving = None
        self.label_hovered = False
