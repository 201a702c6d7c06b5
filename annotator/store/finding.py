"""Finding: a query is nothing but words, and what is found comes with a snippet of the text as it is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import TextClause, text

from annotator.domain.articles import Article
from annotator.domain.entity import Entity
from annotator.store.search import STRETCH, fields_of
from annotator.store.words import Word, words_of

BEFORE, AFTER = 60, 120
"""Code points of a snippet on either side of the first word that was found."""

MOST_WORDS = 32
LONGEST_QUERY = 10_000
"""What counts of a query: so many words in so many code points."""

MOST_GUESSES = 20

_SHOWN = (
    "(e.entity_type <> 'text_version' OR EXISTS "
    "(SELECT 1 FROM article a WHERE a.current_text_id = e.entity_id AND a.deleted_at IS NULL))"
)
FIND: dict[str, TextClause] = {
    "sqlite": text(
        "SELECT e.entity_type, e.entity_id, e.start FROM ("  # noqa: S608  (constants only)
        "SELECT rowid AS id, rank AS place FROM search_index WHERE search_index MATCH :query ORDER BY rank LIMIT :depth"
        f") AS i JOIN search_entry e ON e.id = i.id WHERE {_SHOWN} ORDER BY i.place, e.id LIMIT :most"
    ),
    "postgresql": text(
        "SELECT e.entity_type, e.entity_id, e.start FROM ("  # noqa: S608  (constants only)
        "SELECT rowid AS id, ts_rank(words, CAST(:query AS tsquery), 1) AS place FROM search_index "
        "WHERE words @@ CAST(:query AS tsquery) ORDER BY place DESC LIMIT :depth"
        f") AS i JOIN search_entry e ON e.id = i.id WHERE {_SHOWN} ORDER BY i.place DESC, e.id LIMIT :most"
    ),
}
"""Finds the best ``depth`` rows and, of those, at most ``most`` that are shown: texts that were replaced are not."""

Phrase = tuple[str, ...]
"""Folded words that follow each other."""


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One place that was found.

    ``field``: the field of the entity that was searched. ``snippet`` is ``stored[start:start + len(snippet)]`` of that
    field; ``matches`` are half-open ranges in the stored text. All offsets are code points.
    """

    entity_type: str
    entity_id: str
    article_id: str | None
    field: str
    snippet: str
    start: int
    matches: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: words that hang together (``e-mail``) are one phrase, and all phrases must be there.

    ``unfinished``: no space follows the last word yet, so it stands for every word that begins with it.
    """

    phrases: tuple[Phrase, ...]
    unfinished: bool

    @classmethod
    def of(cls, words: str) -> Query:
        """Return the query that a person typed; its ``phrases`` are empty when there is no word in it."""
        found = (tuple(word.folded for word in words_of(chunk)) for chunk in words[:LONGEST_QUERY].split())
        return cls(tuple(phrase for phrase in found if phrase)[:MOST_WORDS], not words[-1:].isspace())

    def expression(self, dialect: str) -> str:
        """Return the query in the language of the database; every word in it is quoted."""
        last = len(self.phrases) - 1
        if dialect == "sqlite":
            return " ".join(f'"{" ".join(phrase)}"' for phrase in self.phrases) + ("*" if self.unfinished else "")
        terms = []
        for number, phrase in enumerate(self.phrases):
            words = [f"'{word}'" for word in phrase]
            if self.unfinished and number == last:
                words[-1] += ":*"
            terms.append(f"({' <-> '.join(words)})")
        return " & ".join(terms)

    def row(self, entity: Entity, start: int) -> SearchRow:
        """Return what was found in an entity, in the row of words that begins at ``start`` of its text."""
        article_id = entity.id if isinstance(entity, Article) else getattr(entity, "article_id", None)
        fields = fields_of(entity)
        for name, stored in fields:
            matches = self.matches(stored, start)
            if matches:
                first, last = _window(stored, matches[0])
                inside = tuple(match for match in matches if match[1] <= last)
                return SearchRow(entity.TYPE, entity.id, article_id, name, stored[first:last], first, inside)
        name, stored = fields[0]
        return SearchRow(entity.TYPE, entity.id, article_id, name, stored[start : start + AFTER], start, ())

    def matches(self, stored: str, start: int = 0) -> list[tuple[int, int]]:
        """Return the ranges of ``stored`` that the query means, from the first one to the end of its snippet."""
        end = min(len(stored), start + STRETCH)
        for first, last in self._likely(stored, start, end):
            found = self._matches_between(stored, first, last)
            if found:
                return found
        return self._matches_between(stored, start, end)

    def _likely(self, stored: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield stretches around places where a phrase may begin, so that few words need to be looked at.

        Words that are written with accents are not found like this, nor is every first place.
        """
        lower = stored[start:end].lower()
        for phrase in self.phrases:
            at = lower.find(phrase[0])
            for _ in range(MOST_GUESSES):
                if at < 0:
                    break
                first = lower.rfind(" ", 0, max(0, at - BEFORE)) + 1
                last = lower.find(" ", at + len(phrase[0]) + 2 * AFTER)
                yield start + first, end if last < 0 else start + last
                at = lower.find(phrase[0], at + 1)

    def _matches_between(self, stored: str, start: int, end: int) -> list[tuple[int, int]]:
        words = list(words_of(stored, start, end))
        found: list[tuple[int, int]] = []
        for at, word in enumerate(words):
            if found and word.start > found[0][1] + AFTER:
                break
            phrase_end = self._end_of_phrase(words, at)
            if phrase_end is not None:
                found.append((word.start, phrase_end))
        return found

    def _end_of_phrase(self, words: Sequence[Word], at: int) -> int | None:
        """Return where the longest phrase that begins with the word at ``at`` ends, None when none begins there."""
        ends = []
        for number, phrase in enumerate(self.phrases):
            unfinished = self.unfinished and number == len(self.phrases) - 1
            if _same(words[at].folded, phrase[0], beginning=unfinished and len(phrase) == 1):
                here = words[at : at + len(phrase)]
                rest = zip(here[1:], phrase[1:], strict=False)
                whole = len(here) == len(phrase) and all(
                    _same(word.folded, wanted, beginning=unfinished and place == len(phrase) - 1)
                    for place, (word, wanted) in enumerate(rest, 1)
                )
                if whole:
                    ends.append(here[-1].end)
        return max(ends, default=None)


def _same(word: str, wanted: str, *, beginning: bool) -> bool:
    return word.startswith(wanted) if beginning else word == wanted


def _window(stored: str, match: tuple[int, int]) -> tuple[int, int]:
    """Return the range of a snippet around a match, cut between words and within its paragraph."""
    first = max(stored.rfind("\n", 0, match[0]) + 1, match[0] - BEFORE)
    if first > 0 and stored[first - 1] not in " \n":
        space = stored.find(" ", first, match[0])
        first = first if space < 0 else space + 1
    line_end = stored.find("\n", match[1])
    last = min(len(stored) if line_end < 0 else line_end, match[1] + AFTER)
    if last < len(stored) and stored[last] not in " \n":
        space = stored.rfind(" ", match[1], last)
        last = last if space < 0 else space
    return first, last
