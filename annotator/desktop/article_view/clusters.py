"""Grapheme clusters and words of a paragraph: where a caret may stand, and what a double click takes."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

import regex

_MARKING = regex.compile("[\u0300-\U0010ffff]")
_CLUSTER = regex.compile(r"\X")
_WORD = regex.compile(r"[\w\p{M}]+(?:['’\-‑.,:][\w\p{M}]+)*")


@lru_cache(maxsize=64)
def boundaries(text: str) -> tuple[int, ...] | None:
    """Return the code points at which ``text`` may be cut, both ends included; None when it may be cut anywhere."""
    if text.isascii() or _MARKING.search(text) is None:
        return None
    found = (0, *(match.end() for match in _CLUSTER.finditer(text)))
    return None if len(found) == len(text) + 1 else found


def floor(text: str, offset: int) -> int:
    """Return the last place at or before ``offset`` that cuts no cluster of ``text``."""
    places = boundaries(text)
    return offset if places is None else places[_last_at_most(places, offset)]


def ceiling(text: str, offset: int) -> int:
    """Return the first place at or after ``offset`` that cuts no cluster of ``text``."""
    places = boundaries(text)
    if places is None:
        return offset
    index = _last_at_most(places, offset)
    return places[index] if places[index] == offset or index + 1 == len(places) else places[index + 1]


def _last_at_most(places: tuple[int, ...], offset: int) -> int:
    return max(0, bisect_right(places, offset) - 1)


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the word that holds or touches ``offset``, else the cluster or run of blanks there."""
    for match in _WORD.finditer(text):
        if match.start() <= offset < match.end():
            return match.start(), match.end()
        if match.start() > offset:
            break
    start = end = offset
    if offset < len(text) and text[offset].isspace():
        while start > 0 and text[start - 1].isspace():
            start -= 1
        while end < len(text) and text[end].isspace():
            end += 1
        return start, end
    return floor(text, offset), ceiling(text, min(len(text), offset + 1))


def next_word(text: str, offset: int) -> int | None:
    """Return where the next word after ``offset`` starts, None when there is none."""
    return next((match.start() for match in _WORD.finditer(text) if match.start() > offset), None)


def previous_word(text: str, offset: int) -> int | None:
    """Return where the word before ``offset`` starts, None when there is none."""
    found = None
    for match in _WORD.finditer(text):
        if match.start() >= offset:
            break
        found = match.start()
    return found


def word_end(text: str, offset: int) -> int | None:
    """Return where the first word that ends after ``offset`` ends, None when there is none."""
    return next((match.end() for match in _WORD.finditer(text) if match.end() > offset), None)


def previous_word_end(text: str, offset: int) -> int | None:
    """Return where the last word that ends before ``offset`` ends, None when there is none."""
    found = None
    for match in _WORD.finditer(text):
        if match.end() >= offset:
            break
        found = match.end()
    return found
