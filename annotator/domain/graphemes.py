"""Where one character, as a reader sees it, ends and the next begins, with the standard library alone.

Follows Unicode Standard Annex 29, and joins a little more than it where the standard library lacks a property: what is
a boundary here is one there, so that a span between boundaries never cuts a grapheme cluster.
"""

from __future__ import annotations

import unicodedata

from annotator.domain.annotations import Span

_ZWJ = "\u200d"
_EXTENDING = frozenset({"Mn", "Me", "Mc"})
_EXTENDING_TOO = frozenset("\u200c\u200d\uff9e\uff9f\u0e33\u0eb3")
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd")
_PREPENDED_RANGES = ((0x111C2, 0x111C3), (0x11A3A, 0x11A3A), (0x11A84, 0x11A89), (0x1193F, 0x11941), (0x11F02, 0x11F02))
_VIRAMA = 9
"""The canonical combining class of the signs that join two consonants of an Indic script."""


def is_boundary(text: str, offset: int) -> bool:
    """Whether a span may begin or end at ``offset`` (code points) without cutting what a reader sees as one."""
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if before < "\u0300" and after < "\u0300":
        return not (before == "\r" and after == "\n")
    if before in "\r\n" or after in "\r\n":
        return True
    return not (
        _extends(after)
        or before == _ZWJ
        or _prepends(before)
        or _joins_hangul(before, after)
        or (_is_regional(before) and _is_regional(after) and _odd_regionals_before(text, offset))
        or (after.isalpha() and unicodedata.combining(before) == _VIRAMA)
        or (after.isalpha() and unicodedata.category(before) == "Mn" and _after_virama(text, offset))
    )


def widen(text: str, span: Span) -> Span:
    """Return the smallest span that holds ``span`` and cuts no grapheme cluster."""
    start, end = span.start, span.end
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return Span(start, end)


def _extends(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in _EXTENDING
        or character in _EXTENDING_TOO
        or 0x1F3FB <= code <= 0x1F3FF  # noqa: PLR2004  (skin tones)
        or 0xE0020 <= code <= 0xE007F  # noqa: PLR2004  (tags of regional flags)
    )


def _prepends(character: str) -> bool:
    return character in _PREPENDED or any(first <= ord(character) <= last for first, last in _PREPENDED_RANGES)


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _odd_regionals_before(text: str, offset: int) -> bool:
    start = offset
    while start > 0 and _is_regional(text[start - 1]):
        start -= 1
    return (offset - start) % 2 == 1


def _after_virama(text: str, offset: int) -> bool:
    """Whether the marks just before ``offset`` hold a virama, with others behind it."""
    while offset > 0 and unicodedata.category(text[offset - 1]) in _EXTENDING | {"Cf"}:
        offset -= 1
        if unicodedata.combining(text[offset]) == _VIRAMA:
            return True
    return False


def _joins_hangul(before: str, after: str) -> bool:
    """Whether two Hangul letters belong to one syllable."""
    lead = "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c"
    vowel_after = "\u1160" <= after <= "\u11a7" or "\ud7b0" <= after <= "\ud7c6"
    tail_after = "\u11a8" <= after <= "\u11ff" or "\ud7cb" <= after <= "\ud7fb"
    if lead:
        return vowel_after or "\u1100" <= after <= "\u115f" or "\ua960" <= after <= "\ua97c" or "가" <= after <= "힣"
    syllable_or_letter = "가" <= before <= "힣" or "\u1160" <= before <= "\u11ff" or "\ud7b0" <= before <= "\ud7fb"
    return syllable_or_letter and (vowel_after or tail_after)
