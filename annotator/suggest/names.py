"""Names near a passage that may belong in the register: capitalised words that are not ordinary ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from annotator.domain.annotations import Span
from annotator.domain.folding import fold
from annotator.domain.reporting_words import (
    ADVERBS,
    DETERMINERS,
    FINITE,
    LINKS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIMES,
)
from annotator.domain.sentences import sentences
from annotator.suggest.speakers import speaking

_BEFORE, _AFTER = 2_000, 600
_MOST = 12
_LONE_WORD = 300
"""Code points by which a name of one word, often a place, stands back behind one of several."""
_NAME_WORD = r"[^\W\d_a-zß-öø-ÿ][\w\u0300-\u036f]*(?:[’'‘.-][^\W\d_][\w\u0300-\u036f]*)*"
_NAME = re.compile(
    rf"(?<![\w’'‘-]){_NAME_WORD}(?:(?:[ \u00a0]|\.[ \u00a0](?<=[A-Z]\.[ \u00a0]))"
    rf"(?:(?:of|de|del|della|da|di|du|van|von|der|den|ter|al|bin|la|le)[ \u00a0])*{_NAME_WORD})*"
)
_POSSESSIVE = re.compile(r"[’'‘]s$|[’'‘]$")
_ABBREVIATED_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady)\.?[ \u00a0]")
_JOBS = (
    "Councillor|Cllr|Mayor|Captain|President|Senator|Governor|Professor|Judge|Detective|Inspector|Sergeant|Chancellor"
)
_JOB = re.compile(rf"(?:{_JOBS})\.?[ \u00a0]")
"""A word before a name that says what somebody is; it is left out of a full name, as it changes."""
_CREDIT = re.compile(
    r"\b(?:photographs?|photos?|pictures?|images?|illustration|credit)\s?[:/–-]\s?(?:[\w .]+/)?$", re.IGNORECASE
)
_BYLINE = re.compile(r"(?:^|\n)[ \t]*By[ \u00a0]$")
"""What stands before the name of who took a picture or wrote the article, who speaks in neither."""
_BEGINS_SPEECH = frozenset("“‘\"':„«")
_BODIES = frozenset(
    {"Bank", "Board", "Chamber", "Church", "College", "Committee", "Council", "Court", "Department", "House"}
    | {"Institute", "Ministry", "Office", "Register", "School", "Society", "State", "Union", "University", "Minister"}
    | {"Secretary"}
)
_NAMED_NEXT = re.compile(r", [^\W\d_a-zß-öø-ÿ]")
_BELONGING = re.compile(r" (?:for|of|to|from|at|in|with|on|close|who)\b")
_BEFORE_UNNAMED = frozenset({"a", "an", "another", "one", "some", "two", "three", "several", "senior", "officials"}) | {
    "sources",
    "insiders",
    "aides",
    "allies",
    "friends",
    "lawyers",
    "diplomats",
    "residents",
    "campaigners",
    "critics",
}
"""First words of a subject that is somebody without a name; what begins with ``the`` often is in the register."""
_ORDINARY = (
    (ADVERBS | DETERMINERS | FINITE | LINKS | OPENERS | PREPOSITIONS | PRONOUNS | SUBORDINATORS | TIMES)
    | {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december", "mr", "mrs", "ms", "dr", "not", "there", "here", "more", "most", "many", "much", "few", "several"}
    | {"others", "other", "people", "nobody", "no", "yes", "well", "now", "how", "why", "what", "only", "according"}
    | {"photograph", "photographs", "photo", "picture", "image", "by", "credit"}
    | {"top", "senior", "former", "outgoing", "acting", "ex"}
)


def names_near(text: str, span: Span) -> list[str]:
    """Return names near ``span`` (code points), the likeliest speaker first, then by distance, those before it first.

    A word that is capital only because it begins a sentence is no name; ``Ms Quist`` is completed to ``Oda Quist`` when
    that stands in the text before. A speaker without a name comes first, as ``a spokesman for Ms Quist``. The last
    answer is remembered, for a line that asks with every key.
    """
    return list(_names_near(text, span))


@lru_cache(maxsize=1)
def _names_near(text: str, span: Span) -> tuple[str, ...]:
    start, end = max(0, span.start - _BEFORE), min(len(text), span.end + _AFTER)
    how = speaking(text, span)
    subject = how.subject if how else None
    ranked = sorted(_names(text, start, end), key=lambda found: _rank(found[1], span, subject, several=" " in found[0]))
    fuller = _full_names(text, end)
    names: dict[str, str] = {}
    if subject is not None and how is not None and how.pronoun is None and not _NAMED_NEXT.match(text, subject.end):
        unnamed = _unnamed(text[subject.start : subject.end].replace("\u00a0", " "))
        names = {fold(unnamed): unnamed} if unnamed else {}
    for name, _ in ranked:
        full = fuller.get(fold(_without_title(name)), name)
        names.setdefault(fold(full), full)
    return tuple(names.values())[:_MOST]


def _unnamed(subject: str) -> str:
    """Return a subject that names nobody, with a small first letter; empty when it does, or is no noun phrase."""
    head = _BELONGING.split(subject, maxsplit=1)[0].split()
    if not head or head[0].casefold() not in _BEFORE_UNNAMED or any(word[0].isupper() for word in head[1:]):
        return ""
    return subject[0].lower() + subject[1:]


def _rank(place: Span, span: Span, subject: Span | None, *, several: bool) -> tuple[int, int]:
    if subject is not None and subject.contains(place):
        return 0, place.start
    if place.end <= span.start:
        return 1, span.start - place.end + (0 if several else _LONE_WORD)
    return (2, place.start - span.end) if place.start >= span.end else (3, place.start)


def _full_names(text: str, end: int) -> dict[str, str]:
    """Return for each surname the full name that stands in the text up to ``end``; none for one that several have."""
    found: dict[str, set[str]] = {}
    for name, _ in _names(text, max(0, end - 10 * _BEFORE), end):
        words = _without_title(name).replace("\u00a0", " ").split(" ")
        if len(words) == 2:  # noqa: PLR2004  (a first name and a surname)
            found.setdefault(fold(words[-1]), set()).add(" ".join(words))
    return {surname: next(iter(names)) for surname, names in found.items() if len(names) == 1}


def _names(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    beginnings = {_first_letter(text, sentence) for sentence in sentences(text, start, end)} | {start}
    small = {match.group() for match in re.finditer(r"(?<!\w)[a-zß-öø-ÿ]\w*", text[start:end])}
    for match in _NAME.finditer(text, start, end):
        place = Span(match.start(), match.end())
        words = _without_place(match.group())
        before = text[max(0, place.start - 3) : place.start].rstrip()[-1:]
        first = place.start in beginnings or before in _BEGINS_SPEECH
        while words and _is_ordinary(words, first=first, small=small):
            rest = re.match(r"\S+[ \u00a0]+", words)
            if rest is None:
                words = ""
                break
            words = words[rest.end() :]
            place = Span(place.start + rest.end(), place.end)
        if _is_credit(text, place.start):
            continue
        words = _POSSESSIVE.sub("", _until_sentence_end(words)).rstrip(".")
        if len(words) > 1 and not all(word in _ORDINARY for word in words.casefold().split()):
            yield words.replace("\u00a0", " "), Span(place.start, place.start + len(words))


def _is_credit(text: str, start: int) -> bool:
    """Whether the name at ``start`` is that of who took a picture or wrote the article."""
    before = max(0, start - 48)
    return bool(_CREDIT.search(text, before, start) or _BYLINE.search(text, before, start))


def _without_title(name: str) -> str:
    """Return a name without ``Ms`` or ``Councillor`` before it."""
    return _JOB.sub("", _ABBREVIATED_TITLE.sub("", name, count=1), count=1)


def _is_ordinary(words: str, *, first: bool, small: set[str]) -> bool:
    """Whether the first of ``words`` is capital for another reason than being part of a name."""
    word = re.split(r"[ \u00a0]", words, maxsplit=1)[0]
    lone = word == words
    if _ABBREVIATED_TITLE.match(words) and not lone:
        return False
    if job := _JOB.match(words):
        return " " in words[job.end() :].replace("\u00a0", " ")  # Councillor Ida Holm, but not Councillor Holm
    plain = re.split("['’‘]", word.casefold())[0]
    if plain in _ORDINARY:
        return first or lone
    return plain.startswith("ex-") or (first and word.casefold() in small)


def _without_place(words: str) -> str:
    """Cut ``Jo Berg of Nessel`` before its place, but leave ``Bank of Nessel`` and ``Nessel Chamber of Trade``."""
    head, link, _ = words.partition(" of ")
    lone = " " not in head.replace("\u00a0", " ")
    return words if not link or lone or head.rpartition(" ")[2] in _BODIES else head


def _until_sentence_end(words: str) -> str:
    """Cut ``X. It`` after its initial when an ordinary word follows, for then a sentence ends there."""
    for match in re.finditer(r"\.[ \u00a0](\w+)", words):
        if match.group(1).casefold() in _ORDINARY:
            return words[: match.start()]
    return words


def _first_letter(text: str, sentence: Span) -> int:
    return next((k for k in range(sentence.start, sentence.end) if text[k].isalnum()), sentence.start)
