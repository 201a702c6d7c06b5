"""Quotations of a news text: curly, straight, German and French marks, nested, unclosed, and over paragraphs.

In a quotation that runs over several paragraphs each paragraph opens anew and only the last one closes; a picture
caption may stand between two of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.domain.annotations import Span
from annotator.domain.blocks import paragraph_at, paragraphs
from annotator.domain.quote_marks import Mark, is_possessive, leading_marks, marks_in

_INTERRUPTIONS = 3
"""Paragraphs like captions that may stand within a quotation, one after another."""
_DEEPEST = 8
"""Quotations inside quotations that are told apart; bounds the cost of a text full of opening marks."""
_NEIGHBOURHOOD = 30_000
"""Code points that are looked at on either side of a place for the beginning and the end of its quotations."""
_ENDS_LIKE_BODY = re.compile(r"[.!?…:;,。！？؟।][\s\"'”’»«)\]]*$|[”’\"'»“]\s*$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks, ``[start, end)`` in code points.

    ``parts``: its stretch in each of its paragraphs, without what interrupts it. ``depth``: 0 for an outer one, 1 for
    a quotation inside a quotation, and so on. An unclosed one ends with its paragraph.
    """

    start: int
    end: int
    closed: bool
    depth: int
    parts: tuple[Span, ...]

    def holds(self, span: Span) -> bool:
        """Whether ``span`` lies within what is quoted: within one part, marks included, or from one to another."""
        return (
            self.start <= span.start
            and span.end <= self.end
            and any(part.start <= span.start < part.end for part in self.parts)
            and any(part.start < span.end <= part.end for part in self.parts)
        )

    @property
    def span(self) -> Span:
        """The whole quotation."""
        return Span(self.start, self.end)


@dataclass(slots=True)
class _Open:
    """A quotation whose end is not found yet; ``begun``: where its part in the present paragraph begins."""

    character: str
    start: int
    full: bool
    depth: int
    begun: int
    parts: list[Span] = field(default_factory=list)

    def goes_on_with(self, mark: str) -> bool:
        """Whether a paragraph that begins with ``mark`` goes on with this quotation."""
        return mark == self.character or any(mark in alike and self.character in alike for alike in _ALIKE)


_ALIKE = ("‘'‛`‚", '“"‟„', "«»", "‹›")
"""Marks that stand for each other at the beginning of a paragraph that goes on with a quotation."""


def quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Return the quotations of ``text[start:end]``, a range that begins and ends with a paragraph, by start.

    Two of them are nested or apart, never crossing. A mark without a partner counts as the beginning of an unclosed
    quotation only where a statement begins.
    """
    end = len(text) if end is None else end
    lines = [Span(start + line.start, start + line.end) for line in paragraphs(text[start:end])]
    reader = _Reader(text, lines)
    for index in range(len(lines)):
        reader.read(index)
    return sorted(reader.found, key=lambda quotation: (quotation.start, -quotation.end))


def quotations_near(text: str, span: Span) -> list[Quotation]:
    """Return the quotations that touch the paragraphs of ``span``, looking no further than their neighbourhood."""
    first, last = paragraph_at(text, span.start), paragraph_at(text, span.end)
    start = max(_safe_start(text, first), span.start - 2 * _NEIGHBOURHOOD)
    end = min(_safe_end(text, last), span.end + 2 * _NEIGHBOURHOOD)
    found = quotations(text, start, end)
    return [quotation for quotation in found if quotation.start < last.end and quotation.end > first.start]


class _Reader:
    """Reads paragraph after paragraph with a stack of open quotations."""

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self.found: list[Quotation] = []
        self._text = text
        self._lines = lines
        self._stack: list[_Open] = []
        self._resumes_at = 0

    def read(self, index: int) -> None:
        """Read the paragraph ``index``; paragraphs are read in order."""
        if index < self._resumes_at:
            self._read_interruption(index)
            return
        line = self._lines[index]
        paragraph = self._text[line.start : line.end]
        leads, resumes_at = self._next_leads(index)
        self._read_marks(paragraph, self._resume(marks_in(paragraph), line), line, continues=bool(leads))
        self._end_paragraph(line, leads)
        self._resumes_at = resumes_at if self._stack else 0

    def _next_leads(self, index: int) -> tuple[str, int]:
        """Return the marks that the next paragraph but captions begins with, and its index."""
        for following in range(index + 1, min(index + 2 + _INTERRUPTIONS, len(self._lines))):
            line = self._lines[following]
            leads = leading_marks(self._text[line.start : line.end])
            if leads:
                return leads, following
            if _ends_like_body(self._text, line):
                break
        return "", 0

    def _read_interruption(self, index: int) -> None:
        outer, self._stack = self._stack, []
        line = self._lines[index]
        paragraph = self._text[line.start : line.end]
        self._read_marks(paragraph, marks_in(paragraph), line, continues=False)
        self._end_paragraph(line, "")
        self._stack = outer

    def _resume(self, marks: list[Mark], line: Span) -> list[Mark]:
        """Take the marks with which this paragraph goes on with open quotations; return the others."""
        taken = 0
        for quotation in self._stack:
            quotation.begun = line.start + marks[taken].offset if taken < len(marks) else line.start
            taken += 1
        return marks[taken:]

    def _read_marks(self, paragraph: str, marks: list[Mark], line: Span, *, continues: bool) -> None:
        for index, mark in enumerate(marks):
            closing = next(
                (k for k in range(len(self._stack) - 1, -1, -1) if mark.may_close(self._stack[k].character)), -1
            )
            if closing >= 0 and not (
                mark.unsure
                and is_possessive(paragraph, marks, index, self._stack[closing].character, continues=continues)
            ):
                self._close(closing, line, mark)
            elif (
                len(self._stack) < _DEEPEST
                and mark.may_open()
                and (mark.character not in "’”" or self._has_partner(marks, index))
            ):
                start = line.start + mark.offset
                self._stack.append(_Open(mark.character, start, mark.full, len(self._stack), start))

    def _has_partner(self, marks: list[Mark], index: int) -> bool:
        """Whether a mark typed the wrong way round, or of a style with equal marks, is closed in its paragraph."""
        following = marks[index + 1 : index + 2]
        return bool(following) and following[0].may_close(marks[index].character) and not following[0].unsure

    def _close(self, closing: int, line: Span, mark: Mark) -> None:
        at = line.start + mark.offset
        for inner in reversed(self._stack[closing + 1 :]):
            self._give_up(inner, at)
        quotation = self._stack[closing]
        del self._stack[closing:]
        self._add(quotation, at + 1, closed=True)

    def _end_paragraph(self, line: Span, leads: str) -> None:
        """End what does not go on in a paragraph that begins with ``leads``; note the part here of what does."""
        end = line.start + len(self._text[line.start : line.end].rstrip())
        kept = 0
        while kept < min(len(leads), len(self._stack)) and self._stack[kept].goes_on_with(leads[kept]):
            kept += 1
        for quotation in reversed(self._stack[kept:]):
            self._give_up(quotation, end)
        del self._stack[kept:]
        for quotation in self._stack:
            quotation.parts.append(Span(quotation.begun, end))

    def _give_up(self, quotation: _Open, end: int) -> None:
        """Keep an unclosed quotation if it begins a statement; a lone mark within a sentence is none."""
        if (quotation.full or quotation.parts) and end > quotation.begun + 1:
            self._add(quotation, end, closed=False)

    def _add(self, quotation: _Open, end: int, *, closed: bool) -> None:
        parts = (*quotation.parts, Span(quotation.begun, end))
        self.found.append(Quotation(quotation.start, end, closed, quotation.depth, parts))


def _ends_like_body(text: str, line: Span) -> bool:
    """Whether a paragraph ends as those of a body do, so that it is no caption."""
    return bool(_ENDS_LIKE_BODY.search(text[max(line.start, line.end - 20) : line.end]))


def _may_be_within(text: str, line: Span) -> bool:
    """Whether a quotation of the paragraph before may go on in this one or behind it."""
    return bool(leading_marks(text[line.start : line.end])) or not _ends_like_body(text, line)


def _safe_start(text: str, line: Span) -> int:
    """Return where a paragraph begins, at or before ``line``, into which no quotation runs."""
    start = line.start
    while start > 0 and line.start - start < _NEIGHBOURHOOD and _may_be_within(text, paragraph_at(text, start)):
        start = paragraph_at(text, start - 1).start
    return start


def _safe_end(text: str, line: Span) -> int:
    """Return where a paragraph ends, at or behind ``line``, out of which no quotation runs."""
    end = line.end
    while end < len(text) and end - line.end < _NEIGHBOURHOOD:
        following = paragraph_at(text, end + 1)
        if not _may_be_within(text, following):
            break
        end = following.end
    return end
