"""What refers to an entity: asked before something goes, so that no live link leads to a tombstone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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
from annotator.domain.reviews import Decision, Verdict
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
OUTLIVING: frozenset[type[Entity]] = frozenset({Comment, Verdict, Decision})
"""What is said of a passage as it was, and stays when the passage is deleted: a comment keeps its words, a verdict and
a decision are about a version and are shown as stale."""


def noun(cls: type[Entity]) -> str:
    """Return the word for an entity type as people read it on the screen."""
    return _WORDS.get(cls, cls.TYPE.replace("_", " "))


def described(entity: Entity) -> str:
    """Return an entity in a few words for a message: its kind and its name or the beginning of its text."""
    for name in ("name", "title", "quote", "text"):
        words = getattr(entity, name, "")
        if words:
            return f"{noun(type(entity))} “{shortened(words, _QUOTE_LENGTH)}”"
    return noun(type(entity))


def shortened(words: str, length: int = 60) -> str:
    """Return ``words`` on one line, cut to ``length`` code points."""
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


Reference = tuple[type[Entity], str]
"""What refers to something, or is referred to: its class and id."""


def referring(reader: Reader, entity: Entity, *, apart_from: Collection[str] = ()) -> list[Reference]:
    """Return what refers to ``entity`` and is live, but for those whose ids are in ``apart_from``."""
    found = reader.referrers(entity.TYPE, entity.id)
    return [(BY_TYPE[type_], id_) for type_, id_ in found if id_ != entity.id and id_ not in apart_from]


def named(reader: Reader, reference: Reference) -> str:
    """Return what is at the end of a reference in a few words for a message."""
    cls, id_ = reference
    entity = reader.get(cls, id_)
    return described(entity) if entity is not None else noun(cls)


def in_use_by(reader: Reader, users: Sequence[Reference]) -> str:
    """Return how often something is in use, and by what first, for a message."""
    seen = [user for user in users if reader.veil is None or reader.get(*user) is not None]
    if not seen:
        return "in work that is kept apart until a review session is revealed"
    times = "once" if len(seen) == 1 else f"{len(seen)} times, first"
    return f"{times} by the {named(reader, seen[0])}"


def referred(entity: Entity) -> list[Reference]:
    """Return what an entity refers to, its parts included, as (class, id)."""
    found: list[Reference] = []
    _collect(entity, found)
    return found


def _collect(record: Record | Part, found: list[Reference]) -> None:
    for spec in field_specs(type(record)):
        value = getattr(record, spec.name)
        if spec.part is not None:
            for part in value:
                _collect(part, found)
        elif spec.ref is not None and value is not None:
            found.append((BY_TYPE[spec.ref], value))
