"""How far long work is: told by whoever does it, shown by whoever waits, who may stop it by raising."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with what is done and with all there is; 0 of 0 is "not known". May raise to stop the work."""

_WHOLE = 1000
_TELLINGS = 200
"""How often a loop tells how far it is, about: a window needs no more, and a short step should cost nothing."""


def silent(_done: int, _all: int) -> None:
    """Tell nobody."""


def part(progress: Progress, begin: float, end: float) -> Progress:
    """Return what a step of the work is to tell: its own progress, as that of the whole from ``begin`` to ``end``.

    ``begin``, ``end``: between 0 and 1. A step that does not know how far it is stands at its beginning.
    """

    def tell(done: int, total: int) -> None:
        within = min(done / total, 1.0) if total else 0.0
        progress(round(_WHOLE * (begin + (end - begin) * within)), _WHOLE)

    return tell


def each_told(entries: Iterable[T], total: int, progress: Progress) -> Iterator[T]:
    """Yield ``entries``, telling now and then how many of ``total`` are done, and at the end that all are."""
    step = max(1, total // _TELLINGS)
    for number, entry in enumerate(entries):
        if number % step == 0:
            progress(min(number, total), total)
        yield entry
    progress(total, total)
