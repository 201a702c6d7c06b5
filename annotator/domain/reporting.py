"""Reporting clauses of an English news sentence: ``X said:``, ``X told Y that``, ``…,’ he said``, ``according to Z``.

A sentence is read as a row of words in which each quotation counts as one, so that what is quoted is never taken for
the reporter's words. Rules only, made for news prose; a sentence they do not know has no reporting clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.domain.annotations import Span
from annotator.domain.quotations import Quotation
from annotator.domain.reporting_behind import (
    BEFORE_PARTICIPLE,
    NOUNS_THAT_SAY,
    according_first,
    according_last,
    behind_quotation,
    participle_kind,
    trailing,
)
from annotator.domain.reporting_clause import ReportingClause, clause_of, subject_before
from annotator.domain.reporting_content import content_start
from annotator.domain.reporting_words import ADVERBS, BE, FINITE, HAVE, LINKS, PARTICIPLES
from annotator.domain.sentence_words import DASHES, SentenceWords

_LONGEST_SENTENCE = 4_000
"""Code points; a longer one was not written by a person."""
_LONGEST_LEAD = 40
"""Words of a sentence among which its reporting verb is looked for."""
_NAME_BEFORE_COLON = 4
"""Words before a colon that can be a name and nothing more."""


def reporting_clauses(text: str, sentence: Span, quotes: Sequence[Quotation]) -> list[ReportingClause]:
    """Return the reporting clauses of a sentence in order; ``quotes`` are the quotations around it.

    A very long sentence is none that a person wrote, and has none.
    """
    if sentence.end - sentence.start > _LONGEST_SENTENCE:
        return []
    reading = SentenceWords(text, sentence, quotes)
    found: list[ReportingClause] = []
    for start, end in reading.segments():
        found.extend(_clauses_of_segment(reading, start, end))
    found.extend(_participles(reading))
    return _without_overlaps([*_without_overlaps(found), *_before_colon(reading)])


def _without_overlaps(clauses: Sequence[ReportingClause]) -> list[ReportingClause]:
    kept: list[ReportingClause] = []
    for clause in sorted(clauses, key=lambda clause: (clause.span.start, clause.span.end)):
        if not kept or clause.span.start >= kept[-1].span.end:
            kept.append(clause)
    return kept


def _clauses_of_segment(reading: SentenceWords, start: int, end: int) -> Iterator[ReportingClause]:
    body = start
    while body < end and (reading.word(body) in {",", ";", ":"} | DASHES or reading.word(body) in LINKS):
        body += 1
    if body >= end:
        return
    behind_quote = behind_quotation(reading, body, end)
    if behind_quote is not None:
        yield behind_quote
        return
    leading = according_first(reading, start, body, end) or _leading(reading, start, body, end)
    floor = body
    if leading is not None:
        yield leading
        floor = next((k for k in range(body, end) if reading.tokens[k].start >= leading.span.end), end)
        yield from _coordinates(reading, floor, end)
    last = trailing(reading, floor, end) or according_last(reading, floor, end)
    if last is not None:
        yield last


def _leading(reading: SentenceWords, start: int, body: int, end: int) -> ReportingClause | None:
    """``X said (that) …``, ``But X, the mayor, has denied …``, ``On Monday, X told Y: …``, ``… and said …``."""
    for verb in range(body, min(end, body + _LONGEST_LEAD)):
        if reading.word(verb) == ":":
            return None
        kind = reading.kind(verb)
        if kind is None:
            continue
        content = content_start(reading, verb, kind, end)
        if content is None or not _voice_fits(reading, verb, kind, content):
            continue
        found = subject_before(reading, start, body, verb)
        if found is not None:
            begin, subject = found
            if content > begin:
                return clause_of(reading, begin, content, subject, verb)
    return None


def _coordinates(reading: SentenceWords, floor: int, end: int) -> Iterator[ReportingClause]:
    """``X said it was odd and that it was wrong``, ``X called it odd and said it was wrong``: the second reporting."""
    for index in range(floor + 1, end - 2):
        if reading.word(index) not in {"and", "but"}:
            continue
        verb = index + 1
        if reading.word(verb) == "that":
            if reading.word(index + 2) not in FINITE:
                yield clause_of(reading, index, index + 2, None, index + 1)
            continue
        while verb < end - 1 and reading.word(verb) in HAVE | ADVERBS:
            verb += 1
        kind = reading.kind(verb)
        content = content_start(reading, verb, kind, end) if kind else None
        if content is not None:
            yield clause_of(reading, index, content, None, verb)


def _before_colon(reading: SentenceWords) -> Iterator[ReportingClause]:
    """``Mayor: “…”``: a colon before a quotation parts them though no reporting verb stands there."""
    for index in range(1, len(reading.words) - 1):
        if reading.word(index) == ":" and reading.word(index + 1) == "“":
            if reading.word(index - 1) == "it" and reading.word(index - 2) in {"put", "puts"}:
                yield clause_of(reading, 0, index + 1, None, index - 2)
            elif index <= _NAME_BEFORE_COLON and reading.is_subject(0, index):
                yield clause_of(reading, 0, index + 1, (0, index), index)
            else:
                yield clause_of(reading, index, index + 1, None, index)
            return


def _voice_fits(reading: SentenceWords, verb: int, kind: str, content: int) -> bool:
    """Whether a passive one reports: ``it was claimed that …``, ``they were told …``, but not ``it was said to …``."""
    group = reading.group_start(verb, 0)
    if not any(word in BE for word in reading.words[group:verb]):
        return True
    if kind == "tell" or reading.word(content - 1) == "that":
        return kind != "kept"
    return kind == "clause" and reading.word(group - 1) == "it"


def _participles(reading: SentenceWords) -> Iterator[ReportingClause]:
    """``…, telling MPs: …``, ``… while insisting that …``."""
    for index, word in enumerate(reading.words):
        before = reading.word(index - 1)
        if index == 0 or word not in PARTICIPLES or before not in BEFORE_PARTICIPLE:
            continue
        end = next((b for a, b in reading.segments() if a <= index < b), len(reading.words))
        content = content_start(reading, index, participle_kind(word), end)
        if content is not None and content > index:
            begin = index if before in NOUNS_THAT_SAY else index - 1
            if reading.word(begin - 1) == ",":
                begin -= 1
            yield clause_of(reading, begin, content, None, index)
