"""Passages that say the same: equal or nearly equal quotes, case, accents, quotation marks and punctuation apart."""

from __future__ import annotations

from difflib import SequenceMatcher

from annotator.domain.folding import folded_words

_NEARLY = 0.85
"""The share of words in order that two quotes must have in common to be nearly equal."""

_COMPARED = 300
"""Words that are compared in order: the time grows with their square, and a whole article can be one quote."""


def nearly_equal(one: str, other: str) -> bool:
    """Whether two quotes are equal but for a few words; of long ones the order is compared at their beginning only."""
    mine, theirs = folded_words(one), folded_words(other)
    if mine == theirs:
        return bool(mine)
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    if matcher.real_quick_ratio() < _NEARLY or matcher.quick_ratio() < _NEARLY:
        return False
    return SequenceMatcher(None, mine[:_COMPARED], theirs[:_COMPARED], autojunk=False).ratio() >= _NEARLY
