"""Whether two spans mark the same words: their ends are compared without what an analyst may take or leave."""

from __future__ import annotations

from annotator.domain.annotations import Span
from annotator.domain.quote_marks import MARKS

_FINAL = frozenset(".,;:!?…")
_NEARLY = 0.8
"""The share of all words of two spans that both hold, from which on they are nearly the same."""


def core(text: str, span: Span) -> Span:
    """Return a span without the white space and quotation marks around it and its final punctuation.

    In code points. A span of nothing else is returned as it is.
    """
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in MARKS):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in MARKS or text[end - 1] in _FINAL):
        end -= 1
    return Span(start, end) if start < end else span


def same_words(text: str, one: Span, other: Span) -> bool:
    """Whether two spans are equal but for the white space, marks and final punctuation at their ends."""
    return core(text, one) == core(text, other)


def nearly_same_words(text: str, one: Span, other: Span) -> bool:
    """Whether two spans hold the same words, or so many of them that one was hardly meant beside the other."""
    a, b = core(text, one), core(text, other)
    shared = min(a.end, b.end) - max(a.start, b.start)
    return a == b or shared >= _NEARLY * (max(a.end, b.end) - min(a.start, b.start))
