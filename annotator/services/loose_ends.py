"""Loose ends: what no rule can refuse when work of several people comes together, and a person should settle.

Each has one fixed reading until then: the lowest id wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from annotator.domain.analysts import Analyst
from annotator.domain.articles import Article
from annotator.domain.codebook import Tag
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Entity
from annotator.domain.folding import fold
from annotator.domain.people import Person, PersonKind
from annotator.domain.points import Point
from annotator.domain.relations import Relation
from annotator.domain.rules import in_use
from annotator.services.context import Context
from annotator.services.references import OUTLIVING, described, noun, shortened
from annotator.store.repository import Reader

E = TypeVar("E", bound=Entity)


class LooseEndKind(StrEnum):
    """What is to be settled."""

    CONFLICT = "conflict"
    LINK_TO_DELETED = "link_to_deleted"
    SAME_NAME = "same_name"
    SAME_KEY = "same_key"
    SAME_TEXT = "same_text"
    SAME_LINK = "same_link"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """One thing to settle: the entities it is about, the first of which holds until then, and a sentence."""

    kind: LooseEndKind
    entity_type: str
    entity_ids: tuple[str, ...]
    message: str


class LooseEnds:
    """Lists what is to be settled in a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> list[LooseEnd]:
        """Return what is to be settled: conflicts, links to what is deleted, what stands twice, circles."""
        loose = self._context.database.loose_links()
        with self._context.read() as reader:
            found = [*_conflicts(reader)]
            for link in loose:
                if BY_TYPE[link.entity_type] in OUTLIVING and link.field != "final_annotation_id":
                    continue
                entity = reader.get(BY_TYPE[link.entity_type], link.entity_id)
                if entity is None:
                    continue  # it is kept apart
                words = described(entity)
                target = noun(BY_TYPE[link.target_type])
                message = f"The {words} leads to a {target} that has been deleted."
                found.append(LooseEnd(LooseEndKind.LINK_TO_DELETED, link.entity_type, (link.entity_id,), message))
            people, tags = reader.all(Person, merged_into=None), reader.all(Tag)
            found += _twice(people, _person_name, LooseEndKind.SAME_NAME, "have the same name: are they one?")
            found += _twice(tags, _tag_name, LooseEndKind.SAME_NAME, "have the same name: are they one?")
            found += _twice(tags, _tag_key, LooseEndKind.SAME_KEY, "have the same key.")
            found += _twice(reader.all(Analyst), _name, LooseEndKind.SAME_NAME, "have the same name.")
            points = reader.all(Point, merged_into=None)
            found += _twice(points, _point_text, LooseEndKind.SAME_NAME, "say the same: are they one?")
            found += _twice(reader.all(Relation), _ends, LooseEndKind.SAME_LINK, "link the same two in the same way.")
            found += _same_texts(reader)
            found += _circles(people, {p.id: p.affiliation_id for p in people})
            found += _circles(tags, {tag.id: tag.parent_id for tag in tags})
        return found


def _conflicts(reader: Reader) -> Iterator[LooseEnd]:
    for type_, id_ in reader.conflicts():
        entity = reader.get(BY_TYPE[type_], id_)
        words = described(entity) if entity else noun(BY_TYPE[type_])
        yield LooseEnd(LooseEndKind.CONFLICT, type_, (id_,), f"The {words} has versions that say different things.")


def _twice(entities: Iterable[E], key: Callable[[E], object], kind: LooseEndKind, message: str) -> Iterator[LooseEnd]:
    """Yield an end for each group of live entities with an equal key that is not None."""
    groups: dict[object, list[E]] = defaultdict(list)
    for entity in sorted(entities, key=lambda e: e.id):
        shared = key(entity)
        if shared is not None:
            groups[shared].append(entity)
    for group in groups.values():
        if len(group) > 1:
            number = f"{len(group)} {noun(type(group[0]))}s" if type(group[0]) is not Person else f"{len(group)} people"
            yield LooseEnd(
                kind, group[0].TYPE, tuple(e.id for e in group), f"{number} ({described(group[0])}) {message}"
            )


def _person_name(person: Person) -> object:
    return fold(person.name), person.article_id if person.kind == PersonKind.UNNAMED else None


def _tag_name(tag: Tag) -> object:
    return (fold(tag.name), tag.parent_id) if in_use(tag) else None


def _tag_key(tag: Tag) -> object:
    return tag.key if tag.key and in_use(tag) else None


def _name(analyst: Analyst) -> object:
    return fold(analyst.name)


def _point_text(point: Point) -> object:
    return fold(point.text)


def _ends(relation: Relation) -> object:
    return relation.source_id, relation.target_id, relation.kind, relation.analyst_id, relation.session_id


def _same_texts(reader: Reader) -> Iterator[LooseEnd]:
    articles = {article.id: article for article in reader.all(Article, merged_into=None)}
    current = {article.current_text_id: article.id for article in articles.values()}
    holders: dict[str, list[str]] = defaultdict(list)
    for text_id, _, sha256 in reader.text_outlines(articles):
        if text_id in current:
            holders[sha256].append(current[text_id])
    for ids in holders.values():
        if len(ids) > 1:
            first = articles[min(ids)]
            message = f"{len(ids)} articles (“{shortened(first.title)}”) have the same text: are they one?"
            yield LooseEnd(LooseEndKind.SAME_TEXT, Article.TYPE, tuple(sorted(ids)), message)


def _circles(entities: Iterable[Entity], above: Mapping[str, str | None]) -> Iterator[LooseEnd]:
    known = {entity.id: entity for entity in entities}
    seen: set[str] = set()
    for id_ in sorted(known):
        path: list[str] = []
        here: str | None = id_
        while here is not None and here not in seen and here not in path:
            path.append(here)
            here = above.get(here)
        seen.update(path)
        if here in path:
            circle = tuple(sorted(path[path.index(here) :]))
            message = f"The {described(known[circle[0]])} stands under itself through {len(circle) - 1} others."
            yield LooseEnd(LooseEndKind.CIRCLE, known[circle[0]].TYPE, circle, message)
