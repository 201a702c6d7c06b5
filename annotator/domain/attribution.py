"""How a passage was said, told from its quotation marks; a person's own choice goes before this."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.annotations import Attribution, Span
from annotator.domain.quotations import quotations_near


def derive(text: str, start: int, end: int, *, speaker: bool = False) -> Attribution:
    """Return the attribution of the passage ``[start, end)`` of ``text``, offsets in code points.

    All words between quotation marks: a direct quote; some: mixed; none: a paraphrase when it has a speaker, else the
    reporter's own narration.
    """
    quoted = [part for quotation in quotations_near(text, Span(start, end)) for part in quotation.parts]
    return derive_from(text, start, end, quoted, speaker=speaker)


def derive_from(text: str, start: int, end: int, quoted: Sequence[Span], *, speaker: bool) -> Attribution:
    """Return the attribution of ``[start, end)`` when ``quoted`` are the quotations of ``text``, marks included."""
    near = [span for span in quoted if span.overlaps(Span(start, end))]
    inside = outside = False
    for offset in range(start, end):
        if text[offset].isalnum():
            if any(span.start <= offset < span.end for span in near):
                inside = True
            else:
                outside = True
            if inside and outside:
                return Attribution.MIXED
    if inside:
        return Attribution.DIRECT_QUOTE
    return Attribution.PARAPHRASE if speaker else Attribution.NARRATION
