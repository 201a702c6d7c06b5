"""Where pages end: pure arithmetic over rows that may not be cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Room(NamedTuple):
    """What a row needs: space ``before`` it unless it begins a page, its ``height``, and whether it ``keeps`` the next.

    All in one unit of length.
    """

    before: int
    height: int
    keeps: bool = False


def break_pages(rooms: Sequence[Room], height: int) -> list[tuple[int, int]]:
    """Return the rows ``[first, beyond)`` of each page of ``height``; at least one page.

    A page ends where it is full, or before that where a row would be parted from one that it keeps. Rows that keep
    each other for longer than a page are parted where it is full.
    """
    pages: list[tuple[int, int]] = []
    first = row = filled = 0
    while row < len(rooms):
        needed = rooms[row].height + (rooms[row].before if row > first else 0)
        if filled + needed <= height or row == first:
            filled += needed
            row += 1
            continue
        end = row
        while end > first and rooms[end - 1].keeps:
            end -= 1
        row = end if end > first else row
        pages.append((first, row))
        first, filled = row, 0
    if first < len(rooms) or not pages:
        pages.append((first, len(rooms)))
    return pages


def keeps_next(line: int, lines: int, *, heading: bool) -> bool:
    """Whether a line of a paragraph stays with the next: no page begins with a last line or ends with a first one.

    A heading stays whole, and with what follows it.
    """
    if heading:
        return True
    return line < lines - 1 and (line == 0 or line == lines - 2)
