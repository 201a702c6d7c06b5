"""A reporting clause and its subject, the parts that the other modules find in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.annotations import Span
from annotator.domain.reporting_words import DETERMINERS, LINKS, OPENERS, PERSONAL, PREPOSITIONS
from annotator.domain.sentence_words import DASHES, SentenceWords


@dataclass(frozen=True, slots=True)
class ReportingClause:
    """The words that say who said it, not what: ``span``; ``subject`` names who, where the clause does.

    All in code points of the text. What is said lies before or behind the clause in the same sentence.
    """

    span: Span
    subject: Span | None
    verb: Span


def clause_of(
    reading: SentenceWords, start: int, end: int, subject: tuple[int, int] | None, verb: int
) -> ReportingClause:
    """Make a clause of the words ``[start, end)``."""
    named = reading.span(*subject) if subject else None
    return ReportingClause(reading.span(start, end), named, reading.span(verb, verb + 1))


def subject_before(
    reading: SentenceWords, start: int, body: int, verb: int
) -> tuple[int, tuple[int, int] | None] | None:
    """Return where the reporting clause of ``verb`` begins, and its subject; None when nobody can be the subject.

    ``start``: where the main clause begins, ``body``: where it does behind its comma and linking words.
    """
    group = reading.group_start(verb, body)
    if group == body:
        return (start, None) if body > start and reading.word(body - 1) in LINKS else None
    if reading.word(body) in {"who", "which"} and group == body + 1:
        return start, None
    if group - 1 > body and reading.word(group - 1) in {"and", "but", "then"}:
        return group - 1, None
    first = body
    while first < group and (reading.word(first) in OPENERS | {","} or reading.is_time(first)):
        first += 2 if reading.is_time(first) else 1
    commas = [k for k in range(first, group) if reading.word(k) == "," or reading.word(k) in DASHES]
    if commas and commas[-1] < group - 1:
        return _subject_behind_comma(reading, start, body, commas[-1], group)
    stop = commas[0] if len(commas) > 1 else group
    if reading.is_subject(first, stop):
        return start, (first, stop)
    return None if commas else _subject_without_commas(reading, start, first, group)


def _subject_without_commas(
    reading: SentenceWords, start: int, first: int, group: int
) -> tuple[int, tuple[int, int]] | None:
    named = _name_behind_occasion(reading, first, group)
    if named is not None:
        return start, (named, group)
    link = next((k for k in range(group - 1, first, -1) if reading.word(k) in {"and", "but"}), group)
    return (link, (link + 1, group)) if reading.is_subject(link + 1, group) else None


def _name_behind_occasion(reading: SentenceWords, first: int, group: int) -> int | None:
    """Return where the subject begins in ``In her letter Brandt says``, ``After the vote she said``; None for none."""
    if reading.word(first) not in PREPOSITIONS:
        return None
    name = group
    if reading.word(group - 1) in PERSONAL:
        name = group - 1
    while name > first + 2 and reading.word(group - 1) not in PERSONAL and reading.tokens[name - 1].capital:
        name -= 1
    before = reading.word(name - 1)
    return name if first + 1 < name < group and before not in PREPOSITIONS | DETERMINERS else None


def _subject_behind_comma(
    reading: SentenceWords, start: int, body: int, comma: int, group: int
) -> tuple[int, tuple[int, int]] | None:
    """``On Monday, X said``: the words before the comma go with the clause only when they say when, where or how."""
    name = comma + 1
    while name < group and reading.word(name) in LINKS:
        name += 1
    if not reading.is_subject(name, group):
        return None
    return (start if reading.is_adverbial(body, comma) else comma), (name, group)
