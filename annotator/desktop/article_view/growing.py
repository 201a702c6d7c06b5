"""Selecting more and less from the keyboard: each step takes the next larger thing, and back."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.annotations import Span


class Growth:
    """The steps taken so far, so that shrinking undoes growing exactly."""

    def __init__(self) -> None:
        self._taken: list[tuple[Span, Span]] = []

    def grow(self, text: str, selected: Span | None, caret: int, offered: Sequence[Span] | None = None) -> Span | None:
        """Return the next larger span, None when there is none; ``offered``: steps to take in place of the usual."""
        from annotator.domain.statements import grow  # many rules to compile: not before the article is painted

        here = selected or Span(caret, caret)
        if offered is None:
            larger = grow(text, here)
        else:
            larger = next((step for step in offered if step != here and step.contains(here)), None)
        if larger is None:
            return None
        if self._taken and self._taken[-1][0] != selected:
            self._taken.clear()
        self._taken.append((larger, here))
        return larger

    def shrink(self, text: str, selected: Span | None, offered: Sequence[Span] | None = None) -> Span | None:
        """Return what there was before the last growth (a caret is an empty span), else the largest step within.

        None when nothing is selected or nothing smaller is known.
        """
        if selected is None:
            return None
        while self._taken:
            larger, before = self._taken.pop()
            if larger == selected:
                return before
        from annotator.domain.statements import steps

        within = steps(text, selected.start) if offered is None else offered
        return next((step for step in reversed(within) if step != selected and selected.contains(step)), None)
