"""Words of a news text, as a reader would select them."""

from __future__ import annotations

import unicodedata

from annotator.domain.annotations import Span
from annotator.domain.graphemes import is_boundary, widen

APOSTROPHES = frozenset("'’‘ʼ‛＇")
"""Characters that are typed for an apostrophe; a left mark is a common mistake (``Tories‘``)."""
_HYPHENS = frozenset("-‐‑\u00ad")
_BETWEEN_DIGITS = frozenset(".,:/")
_BEFORE = frozenset("@#")


def word_at(text: str, offset: int) -> Span | None:
    """Return the word that holds or touches ``offset`` (code points); None between spaces and at mere punctuation.

    Apostrophes and hyphens within a word belong to it, so do the points and commas of a number, its currency sign and
    per cent sign, and the points of ``U.S.``; a no-break space ends a word like any other. An emoji is a word.
    """
    if offset < len(text) and _is_inner(text, offset):
        return _around(text, offset)
    if offset > 0 and _is_inner(text, offset - 1):
        return _around(text, offset - 1)
    if offset < len(text) and _is_symbol(text[offset]):
        return widen(text, Span(offset, offset + 1))
    if offset > 0 and _is_symbol(text[offset - 1]):
        return widen(text, Span(offset - 1, offset))
    return None


def _around(text: str, offset: int) -> Span:
    start, end = offset, offset + 1
    while start > 0 and _is_inner(text, start - 1):
        start -= 1
    while end < len(text) and _is_inner(text, end):
        end += 1
    return widen(text, Span(start, end))


def _is_inner(text: str, offset: int) -> bool:
    """Whether the character at ``offset`` is part of a word."""
    character = text[offset]
    if _is_letter(character):
        return True
    before = text[offset - 1] if offset else " "
    after = text[offset + 1] if offset + 1 < len(text) else " "
    if character == "." and _is_initial(text, offset):
        return True
    return _binds(character, before, after)


def _binds(character: str, before: str, after: str) -> bool:
    """Whether a character that is no letter belongs to the word of its neighbours."""
    if character in APOSTROPHES or character in _HYPHENS or character in "&·":
        return _is_letter(before) and _is_letter(after)
    if character in _BETWEEN_DIGITS:
        return before.isdecimal() and after.isdecimal()
    if character in "%‰":
        return before.isdecimal()
    if character in _BEFORE:
        return not _is_letter(before) and _is_letter(after)
    return unicodedata.category(character) == "Sc" and after.isdecimal()


def _is_letter(character: str) -> bool:
    return (
        character.isalnum()
        or character == "_"
        or (character > "\u02ff" and unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"})
    )


def _is_initial(text: str, offset: int) -> bool:
    """Whether the point at ``offset`` is one of an abbreviation like ``U.S.`` (its last one too)."""
    if offset == 0 or not text[offset - 1].isalpha():
        return False
    single = offset == 1 or not _is_letter(text[offset - 2])
    dotted_before = offset > 2 and text[offset - 2] == "." and text[offset - 3].isalpha()  # noqa: PLR2004
    dotted_after = offset + 2 < len(text) and text[offset + 1].isalpha() and text[offset + 2] == "."
    return single and (dotted_before or dotted_after)


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sk", "Cn", "Co"} or not is_boundary("a" + character, 1)
