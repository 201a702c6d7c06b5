"""Reporting clauses of an English news sentence: ``X said:``, ``X told Y that``, ``…,’ he said``, ``according to Z``.

A sentence is read as a row of words in which each quotation counts as one, so that what is quoted is never taken for
the reporter's words. Rules only, made for news prose; a sentence they do not know has no reporting clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.annotations import Span
from annotator.domain.quotations import Quotation
from annotator.domain.reporting_words import (
    ADVERBS,
    BE,
    FINITE,
    HAVE,
    INTRODUCERS,
    KEPT_PARTICIPLES,
    LINKS,
    OPENERS,
    PARTICIPLES,
)
from annotator.domain.sentence_words import DASHES, LONGEST_SUBJECT, STOPS, SentenceWords

_LONGEST_SENTENCE = 4_000
"""Code points; a longer one was not written by a person."""
_LONGEST_LEAD = 40
"""Words of a sentence among which its reporting verb is looked for."""
_ENDS_NAME = frozenset(",:;.?!…–—“") | {"on", "in", "at", "after", "during", "as", "when", "last", "yesterday", "today"}
_BEFORE_PARTICIPLE = frozenset({",", "and", "before", "while", "by"})


@dataclass(frozen=True, slots=True)
class ReportingClause:
    """The words that say who said it, not what: ``span``; ``subject`` names who, where the clause does.

    All in code points of the text. What is said lies before or behind the clause in the same sentence.
    """

    span: Span
    subject: Span | None
    verb: Span


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
    return _without_overlaps(found)


def _without_overlaps(clauses: Sequence[ReportingClause]) -> list[ReportingClause]:
    kept: list[ReportingClause] = []
    for clause in sorted(clauses, key=lambda clause: (clause.span.start, clause.span.end)):
        if not kept or clause.span.start >= kept[-1].span.end:
            kept.append(clause)
    return kept


def _clause(
    reading: SentenceWords, start: int, end: int, subject: tuple[int, int] | None, verb: int
) -> ReportingClause:
    """Make a clause of the words ``[start, end)``."""
    named = reading.span(*subject) if subject else None
    return ReportingClause(reading.span(start, end), named, reading.span(verb, verb + 1))


def _clauses_of_segment(reading: SentenceWords, start: int, end: int) -> Iterator[ReportingClause]:
    body = start
    while body < end and (reading.word(body) in {",", ";"} | DASHES or reading.word(body) in LINKS):
        body += 1
    if body >= end:
        return
    behind_quote = _behind_quotation(reading, body, end)
    if behind_quote is not None:
        yield behind_quote
        return
    leading = _according_first(reading, start, body, end) or _leading(reading, start, body, end)
    if leading is not None:
        yield leading
    floor = next((k for k in range(body, end) if leading and reading.tokens[k].start >= leading.span.end), body)
    trailing = _trailing(reading, floor, end) or _according_last(reading, floor, end)
    if trailing is not None:
        yield trailing


def _leading(reading: SentenceWords, start: int, body: int, end: int) -> ReportingClause | None:
    """``X said (that) …``, ``But X, the mayor, has denied …``, ``On Monday, X told Y: …``, ``… and said …``."""
    for verb in range(body, min(end, body + _LONGEST_LEAD)):
        if reading.word(verb) == ":":
            return None
        kind = reading.kind(verb)
        if kind is None:
            continue
        content = reading.content_start(verb, kind, end)
        if content is None or not _voice_fits(reading, verb, kind, content):
            continue
        found = _subject_before(reading, start, body, verb)
        if found is not None:
            begin, subject = found
            if content > begin:
                return _clause(reading, begin, content, subject, verb)
    return None


def _voice_fits(reading: SentenceWords, verb: int, kind: str, content: int) -> bool:
    """Whether a passive one reports: ``it was claimed that …``, ``they were told …``, but not ``it was said to …``."""
    group = reading.group_start(verb, 0)
    if not any(word in BE for word in reading.words[group:verb]):
        return True
    return kind == "tell" or (kind in {"clause", "that"} and reading.word(content - 1) == "that")


def _subject_before(
    reading: SentenceWords, start: int, body: int, verb: int
) -> tuple[int, tuple[int, int] | None] | None:
    """Return where the reporting clause of ``verb`` begins, and its subject; None when nobody can be the subject."""
    group = reading.group_start(verb, body)
    if reading.word(body) in {"who", "which"} and group == body + 1:
        return start, None
    if group - 1 > body and reading.word(group - 1) in {"and", "but", "then"}:
        return group - 1, None
    first = body
    while first < group and (reading.word(first) in OPENERS or reading.is_time(first)):
        first += 1 if reading.word(first) in OPENERS else 2
    commas = [k for k in range(first, group) if reading.word(k) == "," or reading.word(k) in DASHES]
    if not commas:
        return (start, (first, group)) if reading.is_subject(first, group) else None
    if commas[-1] == group - 1:
        return (start, (first, commas[0])) if reading.is_subject(first, commas[0]) else None
    name = commas[-1] + 1
    while name < group and reading.word(name) in LINKS:
        name += 1
    if not reading.is_subject(name, group):
        return None
    lead_in = reading.is_adverbial(body, commas[-1]) or (first > body and commas[-1] == first)
    return (start if lead_in else commas[-1]), (name, group)


def _behind_quotation(reading: SentenceWords, body: int, end: int) -> ReportingClause | None:
    """``“…,” X said …``, ``“…,” said X, the mayor``: all of it up to the next quotation, or to what is said besides."""
    close = next((k for k in range(body, end) if reading.word(k) == "”"), None)
    if close is None or close + 1 >= end:
        return None
    before = reading.text[reading.tokens[close].start - 1]
    first = close + 1 + (reading.word(close + 1) == ",")
    if first == close + 1 and before not in ",.?!…–—":
        return None
    found = _speaker_and_verb(reading, first, end)
    if found is None:
        return None
    subject, verb, behind = found
    limit = next((k for k in range(behind, end) if reading.word(k) == "“"), end)
    for index in range(behind, limit):
        if reading.word(index - 1) in _BEFORE_PARTICIPLE:
            if reading.word(index) in KEPT_PARTICIPLES:
                return _clause(reading, close + 1, index, subject, verb)
            if reading.word(index) in PARTICIPLES:
                content = reading.content_start(index, _participle_kind(reading.word(index)), end)
                return _clause(reading, close + 1, content or limit, subject, verb)
    return _clause(reading, close + 1, limit, subject, verb)


def _speaker_and_verb(reading: SentenceWords, first: int, end: int) -> tuple[tuple[int, int] | None, int, int] | None:
    """Return subject, verb and the index behind both, for ``X said`` or ``said X`` at ``first``."""
    opening = first
    while opening < end and reading.word(opening) in HAVE | ADVERBS:
        opening += 1
    if reading.kind(opening) in {"clause", "tell"}:
        name = opening + 1
        stop = name
        while stop < end and stop - name < LONGEST_SUBJECT and reading.word(stop) not in _ENDS_NAME:
            stop += 1
        subject = (name, stop) if stop > name and reading.is_subject(name, stop) else None
        return subject, opening, max(stop, opening + 1)
    for verb in range(first + 1, min(end, first + LONGEST_SUBJECT)):
        if reading.kind(verb) in {"clause", "tell"}:
            found = _subject_before(reading, first, first, verb)
            if found is None or found[1] is None or found[0] != first:
                return None
            return found[1], verb, verb + 1
    return None


def _trailing(reading: SentenceWords, body: int, end: int) -> ReportingClause | None:
    """``…, X said (on Monday).``, ``…, say skippers``."""
    last = end
    while last > body and reading.word(last - 1) in STOPS:
        last -= 1
    for comma in range(body + 1, last - 1):
        if reading.word(comma) != ",":
            continue
        found = _speaker_and_verb(reading, comma + 1, last)
        if found is None:
            continue
        subject, verb, behind = found
        if verb == comma + 1 and subject is None:
            continue
        if _is_tail(reading, verb, behind, last):
            return _clause(reading, comma, end, subject, verb)
    return None


def _is_tail(reading: SentenceWords, verb: int, behind: int, last: int) -> bool:
    """Whether nothing is said behind a reporting verb: only when, where and to whom."""
    if behind >= last:
        return True
    rest = reading.words[behind:last]
    if "that" in rest or "“" in rest or any(word in FINITE for word in rest):
        return False
    return reading.kind(verb) == "tell" or rest[0] in INTRODUCERS or rest[0] == ","


def _according_first(reading: SentenceWords, start: int, body: int, end: int) -> ReportingClause | None:
    if reading.word(body) != "according" or reading.word(body + 1) != "to":
        return None
    commas = [k for k in range(body + 2, end) if reading.word(k) == ","]
    if not commas:
        return None
    stop = commas[0]
    if len(commas) > 1 and not any(word in FINITE or word.endswith("ed") for word in reading.words[stop : commas[1]]):
        stop = commas[1]
    if stop + 1 >= end:
        return None
    return _clause(reading, start, stop + 1, (body + 2, commas[0]), body)


def _according_last(reading: SentenceWords, body: int, end: int) -> ReportingClause | None:
    for index in range(body + 1, end - 2):
        if reading.word(index) == "according" and reading.word(index + 1) == "to":
            if any(word in FINITE for word in reading.words[index:end]):
                return None
            begin = index - (reading.word(index - 1) == ",")
            stop = next((k for k in range(index + 2, end) if reading.word(k) in {",", "."}), end)
            return _clause(reading, begin, end, (index + 2, stop), index)
    return None


def _participles(reading: SentenceWords) -> Iterator[ReportingClause]:
    """``…, telling MPs: …``, ``… while insisting that …``."""
    for index, word in enumerate(reading.words):
        before = reading.word(index - 1)
        if index == 0 or word not in PARTICIPLES or before not in _BEFORE_PARTICIPLE:
            continue
        end = next((b for a, b in reading.segments() if a <= index < b), len(reading.words))
        content = reading.content_start(index, _participle_kind(word), end)
        if content is not None and content > index:
            begin = index - 1
            if reading.word(begin - 1) == ",":
                begin -= 1
            yield _clause(reading, begin, content, None, index)


def _participle_kind(word: str) -> str:
    return "tell" if word in {"telling", "informing", "reminding", "assuring"} else "clause"
