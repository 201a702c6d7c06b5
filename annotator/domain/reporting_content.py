"""Where what is said begins behind a reporting verb: past ``that``, the hearer, the time and the occasion."""

from __future__ import annotations

from annotator.domain.reporting_words import (
    DETERMINERS,
    FINITE,
    INTRODUCERS,
    IRREGULAR,
    OBJECT_PRONOUNS,
    PERSONAL,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
)
from annotator.domain.sentence_words import STOPS, SentenceWords

_SHORT_PAST = 3
"""Letters of ``red`` and ``bed``, which are no verbs for their ending."""


def content_start(reading: SentenceWords, verb: int, kind: str, end: int) -> int | None:
    """Return where what is said begins behind a reporting verb; None when nothing does."""
    if kind == "kept":
        return verb
    index = verb + 1
    quote = next((k for k in range(index, end) if reading.word(k) == "“"), end)
    colon = next((k for k in range(index, min(quote, index + 25)) if reading.word(k) == ":"), None)
    if colon is not None:
        return colon + 1 if colon + 1 < end else None
    if kind == "tell":
        index = index if reading.passive(verb) else _behind_hearer(reading, index, end)
        that = next((k for k in range(index, min(index + 14, quote)) if reading.word(k) == "that"), None)
    else:
        that = reading.that(index, min(index + 16, end))
    if that is not None:
        return that + 1 if that + 1 < end else None
    index = _behind_time(reading, index, end)
    if reading.word(index) == "that":
        index += 1
    if kind == "clause" and reading.word(index) in INTRODUCERS:
        index = _behind_occasion(reading, index, end)
    if reading.word(index) == "," and reading.word(index + 1) == "“":
        index += 1
    if index >= end or reading.word(index) in {",", ")", "”"} or reading.word(index) in STOPS:
        return None
    return _clause_or_verb(reading, verb, kind, index, end)


def _clause_or_verb(reading: SentenceWords, verb: int, kind: str, index: int, end: int) -> int | None:
    """Return ``index`` when a clause or a quotation begins there; else the verb, which then says something.

    ``said`` says nothing by itself: without a clause behind it (``said on Monday``) it is None.
    """
    first = reading.word(index)
    clause = any(_shows_clause(word) for word in reading.words[index:end])
    if kind == "tell":
        return index
    if reading.word(verb) in {"said", "says", "say"}:
        return None if first in FINITE or (first in INTRODUCERS and not clause) else index
    return index if clause and first not in PREPOSITIONS else verb


def _shows_clause(word: str) -> bool:
    """Whether a word shows that there is a clause: a finite verb, or a quotation that may hold one."""
    past = word.endswith("ed") and len(word) > _SHORT_PAST
    return past or word in FINITE or word in IRREGULAR or "“" in word or word.endswith(("’d", "’s", "’re"))


def _behind_occasion(reading: SentenceWords, index: int, end: int) -> int:
    """Return where a clause begins behind ``in a statement on Friday``; ``index`` when none is seen to."""
    for start in range(index + 2, min(index + 12, end - 1)):
        if reading.word(start) in {",", "“"}:
            break
        begins = reading.word(start) in DETERMINERS | PERSONAL or reading.tokens[start].capital
        if begins and reading.word(start - 1) not in DETERMINERS | PREPOSITIONS | INTRODUCERS:
            clause = reading.words[start + 1 : start + 6]
            return start if any(word in FINITE for word in clause) else index
    return index


def _behind_time(reading: SentenceWords, index: int, end: int) -> int:
    while index < end:
        word = reading.word(index)
        if word in TIMES or word in {"yesterday", "today", "tonight", "earlier", "later", "again", "afterwards"}:
            index += 1
        elif reading.is_time(index):
            index += 2
        else:
            break
    return index


def _behind_hearer(reading: SentenceWords, index: int, end: int) -> int:
    """Return the index behind the words that name who was told."""
    start = index
    if reading.word(index) in OBJECT_PRONOUNS:
        return index + 1
    if reading.word(index) in DETERMINERS:
        index += 1
    begun = index
    while index < end and (reading.tokens[index].capital or reading.word(index)[:1].isdigit()):
        index += 1
    if index == begun:
        while index < min(end, begun + 3) and reading.word(index).isalpha() and not _begins_clause(reading, index):
            index += 1
    if reading.word(index) in FINITE and index - 1 > start:
        index -= 1
    return index


def _begins_clause(reading: SentenceWords, index: int) -> bool:
    word = reading.word(index)
    return (
        word in DETERMINERS | PRONOUNS | FINITE | PREPOSITIONS
        or word in {"there", "that"}
        or reading.tokens[index].capital
    )
