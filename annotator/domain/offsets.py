"""Code points and UTF-16 units: the only module that knows the latter.

Offsets everywhere in the program are Unicode code points; a text toolkit may count UTF-16 units, where a character
outside the Basic Multilingual Plane takes two. A :class:`Utf16Map` translates within one string, usually a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """Translates offsets within one string; costs a bisection in the positions of its astral characters."""

    __slots__ = ("_astral", "_astral_units", "identity")

    def __init__(self, text: str) -> None:
        """Find the astral characters of ``text``."""
        self._astral = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_units = [offset + before for before, offset in enumerate(self._astral)]
        self.identity = not self._astral
        """Whether both counts are the same throughout."""

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 units before the code point at ``offset``."""
        return offset + bisect_left(self._astral, offset)

    def to_code_point(self, units: int) -> int:
        """Return the code points before ``units``; a place inside a surrogate pair counts as the one before it."""
        return units - bisect_left(self._astral_units, units)


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units ``text`` takes."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))
