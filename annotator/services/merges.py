"""Merged people, tags, points and articles, resolved when an entity is read; what is stored stays as it was written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint
from annotator.domain.articles import Article
from annotator.domain.codebook import Tag
from annotator.domain.merging import resolve
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.store.repository import Reader


@dataclass(frozen=True, slots=True)
class Merges:
    """Loser → winner for each kind of entity that can be merged."""

    tags: dict[str, str]
    people: dict[str, str]
    points: dict[str, str]
    articles: dict[str, str]

    @classmethod
    def of(cls, reader: Reader) -> Merges:
        """Read the merges of the project."""
        return cls(
            tags=reader.merged(Tag),
            people=reader.merged(Person),
            points=reader.merged(Point),
            articles=reader.merged(Article),
        )

    def tag(self, id_: str) -> str:
        """Return the id of the tag that stands for ``id_``."""
        return resolve(id_, self.tags)

    def person(self, id_: str) -> str:
        """Return the id of the person who stands for ``id_``."""
        return resolve(id_, self.people)

    def point(self, id_: str) -> str:
        """Return the id of the point that stands for ``id_``."""
        return resolve(id_, self.points)

    def article(self, id_: str) -> str:
        """Return the id of the article that stands for ``id_``."""
        return resolve(id_, self.articles)

    def article_group(self, id_: str) -> tuple[str, ...]:
        """Return the id of the article that stands for ``id_`` and of all that were merged into it."""
        winner = self.article(id_)
        return (winner, *sorted(loser for loser in self.articles if loser != winner and self.article(loser) == winner))

    def person_group(self, id_: str) -> frozenset[str]:
        """Return the ids of the person who stands for ``id_`` and of all who were merged into them."""
        winner = self.person(id_)
        return frozenset({winner, *(loser for loser in self.people if self.person(loser) == winner)})

    def shown(self, annotation: Annotation) -> Annotation:
        """Return an annotation with every link resolved; links that became equal are shown once."""
        if not (self.tags or self.people or self.points or self.articles):
            return annotation
        return replace(
            annotation,
            article_id=self.article(annotation.article_id),
            tag_id=self.tag(annotation.tag_id),
            people=self._people(annotation.people),
            points=self._points(annotation.points),
        )

    def _people(self, parts: tuple[AnnotationPerson, ...]) -> tuple[AnnotationPerson, ...]:
        resolved = (replace(part, person_id=self.person(part.person_id)) for part in parts)
        return tuple({(part.person_id, part.role): part for part in reversed(tuple(resolved))}.values())[::-1]

    def _points(self, parts: tuple[AnnotationPoint, ...]) -> tuple[AnnotationPoint, ...]:
        resolved = (replace(part, point_id=self.point(part.point_id)) for part in parts)
        return tuple({part.point_id: part for part in reversed(tuple(resolved))}.values())[::-1]
