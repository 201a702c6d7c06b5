"""Whether an offset cuts a grapheme cluster: what a reader sees as one character (Unicode Standard Annex 29)."""

from __future__ import annotations

import functools

import regex

_FAR = 4_000
"""No grapheme cluster is nearly as long (code points); what goes on for longer is cut at will."""


@functools.cache
def _cluster() -> regex.Pattern[str]:
    return regex.compile(r"\X")


def cuts_cluster(text: str, offset: int) -> bool:
    """Whether ``offset`` (code points) lies inside a grapheme cluster of ``text``."""
    if not 0 < offset < len(text) or _is_break(text, offset):
        return False
    start = offset
    while start > 0 and offset - start < _FAR and not _is_break(text, start):
        start -= 1
    at = start
    while at < offset:
        match = _cluster().match(text, at)
        if match is None:
            return False
        at = match.end()
    return at > offset


def _is_break(text: str, offset: int) -> bool:
    """Whether there is a break for certain: beside a line break, or between two characters of ASCII."""
    before, after = text[offset - 1], text[offset]
    return before == "\n" or after == "\n" or (before.isascii() and after.isascii() and (before, after) != ("\r", "\n"))
