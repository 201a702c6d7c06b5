"""Words of a text as the search sees them: folded, without marks, each with its place in the text as it is stored."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from annotator.domain.folding import fold

LONGEST = 200
"""Code points of a word that count; PostgreSQL takes no word of more than 2 kB."""

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FOLDED_WORD = re.compile(f"[{_IDEOGRAPH}]|[^\\W_{_IDEOGRAPH}]+")

_ASCII_WORD = re.compile("[a-z0-9]+")


class Word(NamedTuple):
    """One folded word and the half-open range of code points that it was made from."""

    folded: str
    start: int
    end: int


@cache
def _word_pattern() -> re.Pattern[str]:
    """Return what finds a word in a text that is not folded: letters and digits with the marks that fold away.

    An ideograph is a word of its own, as there are no spaces between them.
    """
    marks = _ranges([code for code in range(0xAD, sys.maxunicode + 1) if _folds_away(chr(code))])
    letters = f"[^\\W_{_IDEOGRAPH}]"
    return re.compile(f"[{_IDEOGRAPH}]|{letters}+(?:[{marks}]+{letters}*)*")


def _folds_away(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


def _ranges(codes: list[int]) -> str:
    """Return the inside of a character class that holds these ascending code points."""
    found: list[tuple[int, int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)


@lru_cache(maxsize=50_000)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(part[:LONGEST] for part in _FOLDED_WORD.findall(fold(word)))


def words_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of ``text[start:end]`` in order, with offsets into ``text``.

    One stretch of letters can be several words once it is folded (``½`` is 1 and 2): they share its range.
    """
    for match in _word_pattern().finditer(text, start, len(text) if end is None else end):
        for folded in _folded(match.group()):
            yield Word(folded, match.start(), match.end())


def folded_words(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """Return the folded words of ``text[start:end]`` in order, without their places."""
    stop = len(text) if end is None else end
    if text.isascii():
        return [word[:LONGEST] for word in _ASCII_WORD.findall(text.lower(), start, stop)]
    return [folded for word in _word_pattern().findall(text, start, stop) for folded in _folded(word)]
