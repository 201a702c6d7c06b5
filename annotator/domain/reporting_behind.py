"""Reporting clauses that stand behind what is said, or before it with ``according to``."""

from __future__ import annotations

from annotator.domain.reporting_clause import ReportingClause, clause_of, subject_before
from annotator.domain.reporting_content import content_start
from annotator.domain.reporting_words import ADVERBS, FINITE, HAVE, INTRODUCERS, KEPT_PARTICIPLES, PARTICIPLES, TIMES
from annotator.domain.sentence_words import LONGEST_SUBJECT, STOPS, SentenceWords

NOUNS_THAT_SAY = frozenset({"statement", "letter", "post", "email", "note"})
BEFORE_PARTICIPLE = frozenset({",", "and", "before", "while", "by"}) | NOUNS_THAT_SAY
_ENDS_NAME = frozenset(",:;.?!…–—“") | frozenset(
    {"that", "who", "on", "in", "at", "after", "during", "as", "when", "last", "yesterday", "today"}
)


def behind_quotation(reading: SentenceWords, body: int, end: int) -> ReportingClause | None:
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
        if reading.word(index - 1) in BEFORE_PARTICIPLE:
            if reading.word(index) in KEPT_PARTICIPLES:
                return clause_of(reading, close + 1, index, subject, verb)
            if reading.word(index) in PARTICIPLES:
                content = content_start(reading, index, participle_kind(reading.word(index)), end)
                return clause_of(reading, close + 1, content or limit, subject, verb)
    return clause_of(reading, close + 1, limit, subject, verb)


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
            found = subject_before(reading, first, first, verb)
            if found is None or found[1] is None or found[0] != first:
                return None
            return found[1], verb, verb + 1
    return None


def trailing(reading: SentenceWords, body: int, end: int) -> ReportingClause | None:
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
            return clause_of(reading, comma, end, subject, verb)
    return None


def _is_tail(reading: SentenceWords, verb: int, behind: int, last: int) -> bool:
    """Whether nothing is said behind a reporting verb: only when, where and to whom."""
    if behind >= last:
        return True
    rest = reading.words[behind:last]
    if "that" in rest or "“" in rest or any(word in FINITE for word in rest):
        return False
    named = behind > verb + 1
    return reading.kind(verb) == "tell" or rest[0] in INTRODUCERS | TIMES or (named and rest[0] == ",")


def according_first(reading: SentenceWords, start: int, body: int, end: int) -> ReportingClause | None:
    """``According to X, the mayor, …``."""
    if reading.word(body) != "according" or reading.word(body + 1) != "to":
        return None
    commas = [k for k in range(body + 2, end) if reading.word(k) == ","]
    if not commas:
        return None
    stop = commas[0]
    if len(commas) > 1 and (
        _is_participle(reading.word(stop + 1))
        or not any(word in FINITE or word.endswith("ed") for word in reading.words[stop : commas[1]])
    ):
        stop = commas[1]
    if stop + 1 >= end:
        return None
    return clause_of(reading, start, stop + 1, (body + 2, commas[0]), body)


def according_last(reading: SentenceWords, body: int, end: int) -> ReportingClause | None:
    """``…, according to X, the mayor.``."""
    for index in range(body + 1, end - 2):
        if reading.word(index) == "according" and reading.word(index + 1) == "to":
            aside = (k for k in range(index, end) if reading.word(k) == "," and reading.word(k + 1) in {"who", "which"})
            if any(word in FINITE for word in reading.words[index : next(aside, end)]):
                return None
            begin = index - (reading.word(index - 1) == ",")
            stop = next((k for k in range(index + 2, end) if reading.word(k) in {",", "."}), end)
            return clause_of(reading, begin, end, (index + 2, stop), index)
    return None


def _is_participle(word: str) -> bool:
    """Whether a word begins what is added to a name: ``the report, published on Friday,``."""
    return word.endswith("ed") or word in {"seen", "written", "made", "sent", "drawn", "leaked"}


def participle_kind(word: str) -> str:
    """Return what sort of reporting verb a participle is of, as :meth:`SentenceWords.kind`."""
    return "tell" if word in {"telling", "informing", "reminding", "assuring"} else "clause"
