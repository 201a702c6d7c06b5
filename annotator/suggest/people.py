"""Where the people of the register are named in a text, and who is likely to speak in a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from annotator.domain.annotations import Span
from annotator.domain.dates import may_lie_within
from annotator.domain.folding import fold
from annotator.domain.merging import merged_into, resolve
from annotator.domain.people import Alias, Person, PersonKind
from annotator.suggest.speakers import Speaking, speaking

_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Marks that may follow a letter within a word, of the scripts that news names come in."""
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*")
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "cllr", "councillor"}
    | {"captain", "capt", "rev", "president", "senator", "sen", "governor", "gov", "judge", "justice", "minister"}
    | {"mayor", "herr", "frau"}
)
_SHORT = 2
"""Letters of an abbreviation (``J.``, ``St.``) behind which, as behind a title, a full stop may stand in a name."""
_HERS = frozenset({"ms", "mrs", "miss", "dame", "lady"})
_HIS = frozenset({"mr", "sir", "lord"})
_BEHIND_PREPOSITION = re.compile(r"\b(?:for|of|to|by|from|with|in|at|on|against|over|about|than|as)\s$")
_POSSESSIVES = frozenset({"’s", "'s", "‘s"})


class Mention(NamedTuple):
    """The words ``[start, end)`` of a text, in code points, that name a person of the register of this ``kind``."""

    start: int
    end: int
    person_id: str
    kind: PersonKind = PersonKind.PERSON


class _Word(NamedTuple):
    folded: str
    start: int
    end: int


@dataclass(slots=True)
class _Name:
    """One way to name people: its folded words, which of them need a capital, what stands between them."""

    words: tuple[str, ...]
    capitals: tuple[bool, ...]
    gaps: tuple[str, ...]
    people: set[str] = field(default_factory=set)
    surname: bool = False


def mentions(text: str, people: Iterable[Person], *, article_date: str = "") -> list[Mention]:
    """Return where ``people`` are named in ``text``, in order, none overlapping; the longest name wins.

    Names and aliases are compared folded (case, accents, quotation marks, spaces), but a capital letter in a name asks
    for one in the text. A person is also found by the surname, with or without ``Mr`` and the like, as long as nobody
    else has it, or only one who has it is named in full here. An alias with dates counts when ``article_date`` (a
    partial date) may lie within them. Who was merged into another is found as that one; the time is linear in the text.
    """
    register = list(people)
    names = _names(register, article_date)
    if not names:
        return []
    kinds = {person.id: person.kind for person in register}
    found = list(_scan(text, list(_words(text)), names))
    full = {next(iter(name.people)) for _, name in found if not name.surname and len(name.people) == 1}
    result = []
    for place, name in found:
        who = name.people if len(name.people) == 1 else name.people & full if name.surname else set()
        if len(who) == 1:
            person_id = next(iter(who))
            result.append(Mention(place.start, place.end, person_id, kinds.get(person_id, PersonKind.PERSON)))
    return result


def propose_speaker(text: str, span: Span, named: Sequence[Mention], last_speaker: str | None = None) -> str | None:
    """Return the id of the person who is likely to speak in the passage ``span``, None when nobody is likely.

    The subject of the reporting verb around the passage, or around the quotation that holds it, comes first; for a
    pronoun it is who is named first in the nearest sentence before it, outside quotations, else ``last_speaker``.
    Without a reporting verb it is who is named nearest before the passage, else ``last_speaker``. A spokesman for
    somebody, or somebody's lawyers, are not that person.
    """
    how = speaking(text, span)
    if how is None:
        before = [mention for mention in named if mention.end <= span.start]
        return max(before, key=lambda mention: mention.end).person_id if before else last_speaker
    if how.pronoun is not None:
        return _meant_by_pronoun(text, how, named) or (last_speaker if how.pronoun else None)
    subject = how.subject
    if subject is None:
        return last_speaker
    within = (m for m in named if subject.start <= m.start and m.end <= subject.end)
    return next((m.person_id for m in within if _is_head(text, subject, m)), None)


def _is_head(text: str, subject: Span, mention: Mention) -> bool:
    """Whether the subject is the person named, not somebody who speaks for, or belongs to, that person."""
    before, after = fold(text[subject.start : mention.start]), fold(text[mention.end : subject.end])
    if after.startswith("'"):
        return False
    return not re.search(r"\b(?:for|of|to|by|from|with|in|at)\b", before)


def _meant_by_pronoun(text: str, how: Speaking, named: Sequence[Mention]) -> str | None:
    """Return who is named as a subject in the nearest sentence before the pronoun, else who is named at all there."""
    pronoun = how.pronoun or ""
    titles = _titles(text, named)
    outside = [m for m in named if not how.is_quoted(m.start) and _can_be(text, m, pronoun, titles[m.person_id])]
    for wanted in (
        [m for m in outside if not _BEHIND_PREPOSITION.search(text, max(0, m.start - 12), m.start)],
        outside,
    ):
        for sentence in reversed(how.before if pronoun else how.before[-1:]):
            inside = [m for m in wanted if sentence.start <= m.start and m.end <= min(sentence.end, how.clause.start)]
            if inside:
                return (inside[0] if pronoun else inside[-1]).person_id
    return None


def _titles(text: str, named: Sequence[Mention]) -> dict[str, set[str]]:
    """Return for each person who is named the words with which it is named, ``mr`` and ``ms`` among them."""
    titles: dict[str, set[str]] = {}
    for mention in named:
        first = fold(text[mention.start : mention.end]).split(" ")[0]
        titles.setdefault(mention.person_id, set()).add(first.rstrip("."))
    return titles


def _can_be(text: str, mention: Mention, pronoun: str, titles: set[str]) -> bool:
    """Whether a pronoun can stand for a person named so: ``he`` not for ``Ms Quist``, none for ``Quist’s``."""
    if text[mention.end : mention.end + 2] in _POSSESSIVES:
        return False
    human = mention.kind in {PersonKind.PERSON, PersonKind.UNNAMED}
    return {"he": human and not titles & _HERS, "she": human and not titles & _HIS, "it": not human}.get(pronoun, True)


def _names(people: Sequence[Person], article_date: str) -> dict[str, list[_Name]]:
    """Return all ways to name ``people`` by their first word, the longest first."""
    merges = merged_into(people)
    names: dict[tuple[tuple[str, ...], tuple[str, ...]], _Name] = {}
    for person in people:
        if person.deleted:
            continue
        standing = resolve(person.id, merges)
        aliases = [alias.text for alias in person.aliases if _counts(alias, article_date)]
        for text in (person.name, *aliases):
            _add(names, text, standing, surname=False)
        if person.kind is PersonKind.PERSON:
            _add(names, _surname(person.name), standing, surname=True)
    by_first: dict[str, list[_Name]] = {}
    for name in sorted(names.values(), key=lambda name: (-len(name.words), -sum(map(len, name.words)))):
        by_first.setdefault(name.words[0], []).append(name)
    return by_first


def _add(
    names: dict[tuple[tuple[str, ...], tuple[str, ...]], _Name], text: str, person_id: str, *, surname: bool
) -> None:
    words = list(_words(text))
    if not words:
        return
    folded = tuple(word.folded for word in words)
    gaps = tuple(_gap(text, one, other) for one, other in pairwise(words))
    capitals = tuple(text[word.start].isupper() for word in words)
    name = names.setdefault((folded, gaps), _Name(folded, capitals, gaps, surname=surname))
    if name.surname and not surname:
        name.people, name.surname, name.capitals = set(), False, capitals
    if name.surname == surname:
        name.people.add(person_id)


def _counts(alias: Alias, article_date: str) -> bool:
    """Whether an alias counts at a date; one with dates never does when the article's date is not known."""
    return may_lie_within(article_date, alias.valid_from, alias.valid_to)


def _surname(name: str) -> str:
    """Return the last word of a name of several, with the small words before it (``van der Meer``)."""
    words = list(_words(name))
    if len(words) < 2:  # noqa: PLR2004
        return ""
    first = len(words) - 1
    while first > 1 and (name[words[first - 1].start].islower() or _gap(name, words[first - 1], words[first]) in "-'"):
        first -= 1
    return name[words[first].start : words[-1].end]


def _scan(text: str, words: Sequence[_Word], names: dict[str, list[_Name]]) -> Iterator[tuple[Span, _Name]]:
    index = 0
    while index < len(words):
        name = _name_at(text, words, index, names)
        first = index
        if words[index].folded in _TITLES and text[words[index].start].isupper() and index + 1 < len(words):
            titled = _name_at(text, words, index + 1, names) if _gap(text, *words[index : index + 2]) == " " else None
            if titled is not None and (name is None or len(titled.words) >= len(name.words)):
                name, first = titled, index + 1
        if name is None:
            index += 1
            continue
        last = first + len(name.words) - 1
        yield Span(words[index].start, words[last].end), name
        index = last + 1


def _name_at(text: str, words: Sequence[_Word], index: int, names: dict[str, list[_Name]]) -> _Name | None:
    """Return the longest name that begins with the word ``index``."""
    return next((name for name in names.get(words[index].folded, ()) if _stands(text, words, index, name)), None)


def _stands(text: str, words: Sequence[_Word], index: int, name: _Name) -> bool:
    """Whether the words from ``index`` on are ``name``."""
    if index + len(name.words) > len(words):
        return False
    return all(
        words[index + k].folded == folded
        and (not name.capitals[k] or not text[words[index + k].start].islower())
        and (k == 0 or _gap(text, words[index + k - 1], words[index + k]) == name.gaps[k - 1])
        for k, folded in enumerate(name.words)
    )


def _words(text: str) -> Iterator[_Word]:
    folded: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        form = folded.get(word)
        if form is None:
            form = folded[word] = fold(word)
        yield _Word(form, match.start(), match.end())


def _gap(text: str, one: _Word, other: _Word) -> str:
    """Return what stands between two words, folded; the full stop of an abbreviation and its space are one space."""
    between = text[one.end : other.start]
    if between == " ":
        return " "
    if between.startswith(".") and (one.end - one.start <= _SHORT or one.folded in _TITLES):
        between = between[1:] or " "
    return "\n" if "\n" in between else (fold(f"x{between}x")[1:-1])
