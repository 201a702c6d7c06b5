"""What refers to an entity: asked before something goes, so that no live link leads to a tombstone."""

from __future__ import annotations

from collections.abc import Collection

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article
from annotator.domain.codebook import Tag
from annotator.domain.comments import Comment
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Entity, Part, Record, field_specs
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.relations import Relation
from annotator.store.repository import Reader

_WORDS: dict[type[Entity], str] = {
    Annotation: "passage",
    Analyst: "analyst",
    Article: "article",
    Tag: "tag",
    Comment: "comment",
    Person: "person",
    Point: "point",
    Relation: "link",
}
_QUOTE_LENGTH = 40


def noun(cls: type[Entity]) -> str:
    """Return the word for an entity type as people read it on the screen."""
    return _WORDS.get(cls, cls.TYPE.replace("_", " "))


def described(entity: Entity) -> str:
    """Return an entity in a few words for a message: its kind and its name or the beginning of its text."""
    for name in ("name", "title", "quote", "text"):
        words = getattr(entity, name, "")
        if words:
            short = words if len(words) <= _QUOTE_LENGTH else words[: _QUOTE_LENGTH - 1].rstrip() + "…"
            return f"{noun(type(entity))} “{short}”"
    return noun(type(entity))


def referring(reader: Reader, entity: Entity, *, apart_from: Collection[str] = ()) -> list[Entity]:
    """Return the live entities that refer to ``entity``, but for those whose ids are in ``apart_from``."""
    found = []
    for type_, id_ in reader.referrers(entity.TYPE, entity.id):
        if id_ == entity.id or id_ in apart_from:
            continue
        other = reader.get(BY_TYPE[type_], id_)
        if other is not None and not other.deleted:
            found.append(other)
    return found


def referred(entity: Entity) -> list[tuple[type[Entity], str]]:
    """Return what an entity refers to, its parts included, as (class, id)."""
    found: list[tuple[type[Entity], str]] = []
    _collect(entity, found)
    return found


def _collect(record: Record | Part, found: list[tuple[type[Entity], str]]) -> None:
    for spec in field_specs(type(record)):
        value = getattr(record, spec.name)
        if spec.part is not None:
            for part in value:
                _collect(part, found)
        elif spec.ref is not None and value is not None:
            found.append((BY_TYPE[spec.ref], value))
