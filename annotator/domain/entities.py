"""The entity types of a project, in the order in which each refers only to earlier ones (or to its own kind)."""

from __future__ import annotations

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.comments import Comment
from annotator.domain.entity import Entity
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.projects import Project
from annotator.domain.relations import Relation
from annotator.domain.reviews import (
    Decision,
    ReviewSession,
    SessionArticle,
    SessionMember,
    Submission,
    Verdict,
)

ENTITIES: tuple[type[Entity], ...] = (
    Project,
    Analyst,
    Tag,
    Article,
    TextVersion,
    Person,
    Point,
    Annotation,
    Relation,
    Comment,
    ReviewSession,
    SessionMember,
    SessionArticle,
    Submission,
    Verdict,
    Decision,
)
"""Adding an entity: a dataclass, a row here, a table (made from the dataclass), a migration, its service."""

BY_TYPE: dict[str, type[Entity]] = {cls.TYPE: cls for cls in ENTITIES}


def owner_of(entity: Entity) -> str | None:
    """Return the analyst in whose layer the entity lies, or None for what the team shares.

    Final versions (with a ``session_id``) and all that belongs to a review session are shared.
    """
    if getattr(entity, "session_id", None) is not None:
        return None
    owner: str | None = getattr(entity, "analyst_id", None)
    return owner
