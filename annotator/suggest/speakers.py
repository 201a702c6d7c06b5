"""The reporting clause that says who speaks in a passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.annotations import Span
from annotator.domain.blocks import paragraph_at
from annotator.domain.quotations import Quotation, quotations_near
from annotator.domain.reporting import reporting_clauses
from annotator.domain.reporting_clause import ReportingClause
from annotator.domain.reporting_words import PARTICIPLES
from annotator.domain.sentences import sentence_at, sentences

_CONTEXT = 1_500
"""Code points before a clause in which the person that a pronoun stands for is looked for."""
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_PRONOUN = re.compile(r"\b(?:he|she|they|it)\b")


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks, as far as the words tell; all spans in code points of the text.

    ``subject``: the words that name who speaks. ``pronoun``: the pronoun that does so instead; empty: nothing does.
    ``before``: the sentences in which the person is looked for that is meant then, in order, the clause's own last.
    """

    clause: Span
    subject: Span | None
    pronoun: str | None
    before: tuple[Span, ...]
    quoted: tuple[Span, ...]

    def is_quoted(self, offset: int) -> bool:
        """Whether the text at ``offset`` is quoted, so that it is not the reporter who names somebody there."""
        return any(part.start <= offset < part.end for part in self.quoted)


def speaking(text: str, span: Span) -> Speaking | None:
    """Return the reporting clause around ``span``, or around the quotation that holds it; None when there is none."""
    quotes = quotations_near(text, span)
    held = [quotation for quotation in quotes if quotation.holds(span)]
    outer = held[0].span if held else span
    found = _nearest(_clauses_around(text, outer, quotes), outer)
    if found is None and len(held) > 1:
        found = _nearest(_clauses_around(text, span, quotes), span)
    if found is None:
        return None
    clause, sentence_clauses = found
    subject = clause.subject or next(
        (c.subject for c in reversed(sentence_clauses) if c.subject and c.span.end <= clause.span.start), None
    )
    named = text[subject.start : subject.end].casefold() if subject else _pronoun_before(text, clause)
    line = paragraph_at(text, clause.span.start)
    context = Span(paragraph_at(text, max(0, line.start - _CONTEXT)).start, line.end)
    return Speaking(
        clause=clause.span,
        subject=subject,
        pronoun=named if named in _PRONOUNS or not named else None,
        before=tuple(s for s in sentences(text, context.start, context.end) if s.start < clause.span.start),
        quoted=tuple(part for quotation in quotations_near(text, context) for part in quotation.parts),
    )


def _pronoun_before(text: str, clause: ReportingClause) -> str:
    """Return the pronoun that is the subject of ``he went further, claiming that …``; empty when there is none."""
    if text[clause.verb.start : clause.verb.end] not in PARTICIPLES:
        return ""
    start = sentence_at(text, clause.span.start).start
    found = _PRONOUN.findall(text[start : clause.span.start].casefold())
    return found[-1] if found else ""


_Clauses = list[tuple[ReportingClause, list[ReportingClause]]]


def _clauses_around(text: str, span: Span, quotes: Sequence[Quotation]) -> _Clauses:
    """Return the clauses of the first and of the last sentence of ``span``, each with all clauses of its sentence."""
    first, last = sentence_at(text, span.start), sentence_at(text, max(span.start, span.end - 1))
    found: _Clauses = []
    for sentence in dict.fromkeys((first, last)):
        clauses = reporting_clauses(text, sentence, quotes)
        found.extend((clause, clauses) for clause in clauses)
    return found


def _nearest(clauses: _Clauses, span: Span) -> tuple[ReportingClause, list[ReportingClause]] | None:
    """Return the clause nearest to ``span``, one before it if two are equally near."""
    return min(clauses, key=lambda found: (_distance(found[0].span, span), found[0].span.start), default=None)


def _distance(clause: Span, span: Span) -> int:
    if clause.overlaps(span):
        return 0
    return span.start - clause.end if clause.end <= span.start else clause.start - span.end
