"""The folded form of a text: what stays when case, accents, kinds of quotation mark and of space do not count.

Only for comparing and searching; what is stored is never folded.
"""

from __future__ import annotations

import re
import unicodedata

_SINGLE_QUOTES = "'‘’‚‛‹›`´ʼʹ′＇"
_DOUBLE_QUOTES = '"“”„‟«»″＂'
_DASHES = "-‐‑‒–—―−﹣－"
_WORD = re.compile(r"[^\W_]+(?:['&.][^\W_]+)*")


class _FoldTable(dict[int, str]):
    """The folded form of each code point, found when first asked for, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code)).casefold()
        folded = "".join(
            c for c in unicodedata.normalize("NFKD", decomposed) if unicodedata.category(c) not in {"Mn", "Me", "Cf"}
        )
        self[code] = folded
        return folded


_TABLE = _FoldTable(
    {ord(c): "'" for c in _SINGLE_QUOTES} | {ord(c): '"' for c in _DOUBLE_QUOTES} | {ord(c): "-" for c in _DASHES}
)


def fold(text: str) -> str:
    """Return ``text`` casefolded, in NFKD without marks, with ``'``, ``"``, ``-`` for their kin and single spaces."""
    return " ".join(fold_characters(text).split())


def fold_characters(text: str) -> str:
    """Return ``text`` folded character by character, its white space as it is: each becomes none, one or several."""
    return text.translate(_TABLE)


def folded_words(text: str) -> list[str]:
    """Return the words of the folded text in order, without punctuation; ``Trump’s`` is one word."""
    return _WORD.findall(fold(text))
