"""Names that are like what somebody types: the beginning of words first, then slips of the finger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from annotator.domain.articles import Article
from annotator.domain.dates import may_lie_within
from annotator.domain.folding import fold, folded_words
from annotator.domain.merging import merged_into, resolve
from annotator.domain.people import Person, PersonKind

_EQUAL, _BEGINS, _WORD_BEGINS, _WORDS_BEGIN = 100.0, 96.0, 92.0, 88.0
_FUZZY_SHARE = 0.85
_LEAST = 62.0
"""Below this share of likeness (0 to 100) a name is another name."""
_LEAST_FUZZY_LETTERS = 3
"""Two letters are like too many names."""


_LITTLE = frozenset({"the", "a", "an", "of", "for", "and", "in", "at", "to", "der", "die", "das", "la", "le", "de"})
"""Words that make no two names alike: "the letter" is nothing like "the harbour office"."""

_folded = lru_cache(maxsize=1 << 16)(fold)
_words = lru_cache(maxsize=1 << 16)(folded_words)
"""Names are asked for at each key that somebody types; folding them anew took most of the time."""


class PersonMatch(NamedTuple):
    """A person, the name or alias that is like what was typed, and how much (0 to 100)."""

    person: Person
    text: str
    score: float


def match_people(
    text: str, people: Iterable[Person], *, article: Article | None, counts: Mapping[str, int], limit: int
) -> list[PersonMatch]:
    """Return the likeliest people for ``text``; for an empty one those with the highest ``counts``.

    Those who were merged into others lend them their names. Aliases are offered when they held at the article's date.
    """
    known = {person.id: person for person in people}
    merges = merged_into(known.values())
    offered = [p for p in known.values() if p.kind != PersonKind.UNNAMED or (article and p.article_id == article.id)]
    if not text.strip():
        standing = [p for p in offered if p.merged_into is None]
        standing.sort(key=lambda p: (-counts.get(p.id, 0), fold(p.name), p.id))
        return [PersonMatch(p, p.name, 0.0) for p in standing[:limit]]
    folded = fold(text)
    best: dict[str, PersonMatch] = {}
    for person in offered:
        winner = known.get(resolve(person.id, merges))
        if winner is None:
            continue
        for name in _names(person, article):
            score = likeness(folded, _folded(name))
            if score >= _LEAST and (winner.id not in best or score > best[winner.id].score):
                best[winner.id] = PersonMatch(winner, name, score)
    return sorted(best.values(), key=lambda m: (-m.score, fold(m.person.name), m.person.id))[:limit]


def likeness(typed: str, name: str) -> float:
    """Return how much a folded name is like what was typed (folded), 0 to 100."""
    if typed == name:
        return _EQUAL
    if name.startswith(typed):
        return _BEGINS
    words = _words(name)
    if any(word.startswith(typed) for word in words):
        return _WORD_BEGINS
    wanted = _words(typed)
    if wanted and all(any(word.startswith(part) for word in words) for part in wanted):
        return _WORDS_BEGIN
    if len(typed) < _LEAST_FUZZY_LETTERS:
        return 0.0
    return _ratio()(_telling(typed), _telling(name)) * _FUZZY_SHARE


@lru_cache(maxsize=1 << 16)
def _telling(name: str) -> str:
    """Return what of a folded name tells it from others; all of it where it has nothing but little words."""
    return " ".join(word for word in _words(name) if word not in _LITTLE) or name


@lru_cache(maxsize=1)
def _ratio() -> Callable[[str, str], float]:
    """Return what compares two names, 0 to 100; imported at the first slip of a finger, not at each of 5,000 names."""
    from rapidfuzz import fuzz

    return fuzz.WRatio


def _names(person: Person, article: Article | None) -> Iterator[str]:
    yield person.name
    date = article.published_at if article else ""
    for alias in person.aliases:
        if not date or may_lie_within(date, alias.valid_from, alias.valid_to):
            yield alias.text
