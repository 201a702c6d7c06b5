"""Where each entity stands in the document and under which keys its fields are.

A field of an entity is a key of the same name, but for the stamps, which are the keys of the version record, and for
the parent that the nesting already tells. Adding an entity is a row of ``PLACES``; adding a field needs nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.comments import Comment
from annotator.domain.entity import Entity, FieldSpec, Record, field_specs
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

SCHEMA = "urn:annotator:project"
SCHEMA_VERSION = "1.1.0"
CLIENT = "client"
"""The profile of a file for somebody outside the team: no notes, comments, versions or names of analysts."""
UNREVIEWED = "unreviewed"
FINAL = "final"
REVIEW_STATES = (UNREVIEWED, FINAL)

RECORD_KEYS = ("version", "revision", "parents", "ancestors", "at", "by", "device", "change_id")
"""The version record of an exported entity: which state this is, and which states it replaces."""
TOP_LEVEL_KEYS = (
    "schema",
    "schema_version",
    "profile",
    "packet",
    "generator",
    "exported_at",
    "offset_unit",
    "project",
    "analysts",
    "codebook",
    "people",
    "articles",
    "relations",
    "points",
    "reviews",
    "review_members",
    "review_articles",
    "submissions",
    "verdicts",
    "decisions",
    "comments",
    "versions",
    "journal",
    "fingerprint",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the entities of one class stand: the list ``key``, at the top or in each article when ``nested``.

    ``derived``: keys that repeat what follows from other parts of the document; they are written and never read.
    """

    cls: type[Entity]
    key: str
    nested: bool = False
    derived: tuple[str, ...] = ()


PLACES: tuple[Place, ...] = (
    Place(Project, "project"),
    Place(Analyst, "analysts"),
    Place(Tag, "codebook"),
    Place(Person, "people"),
    Place(Article, "articles"),
    Place(TextVersion, "text_versions", nested=True, derived=("ordinal",)),
    Place(Annotation, "annotations", nested=True, derived=("kind", "review_state")),
    Place(Relation, "relations"),
    Place(Point, "points"),
    Place(Comment, "comments"),
    Place(ReviewSession, "reviews"),
    Place(SessionMember, "review_members"),
    Place(SessionArticle, "review_articles"),
    Place(Submission, "submissions"),
    Place(Verdict, "verdicts"),
    Place(Decision, "decisions"),
)

DERIVED_ALWAYS = ("updated_at",)
"""The same as ``at``: written for readers who look for the usual name."""
DERIVED_IN_PARTS: dict[type[Record], tuple[str, ...]] = {AnnotationPerson: ("name",)}

NAMES: dict[type[Record], dict[str, str]] = {
    Tag: {"parent_id": "parent"},
    Person: {"affiliation_id": "affiliation"},
    Annotation: {"tag_id": "tag", "analyst_id": "analyst"},
    AnnotationPerson: {"person_id": "person"},
    AnnotationPoint: {"point_id": "point"},
    Relation: {"analyst_id": "analyst"},
    Comment: {"analyst_id": "analyst"},
}
"""Instead of an id a file that another program wrote may give a name, under these keys."""

_RECORD_FIELDS = frozenset({"id", "revision", "version", "updated_at", "updated_by"})
_ELSEWHERE: dict[type[Record], frozenset[str]] = {
    TextVersion: frozenset({"article_id", "text", "source_bytes"}),
    Annotation: frozenset({"article_id"}),
}
"""Fields that are not plain keys: told by the nesting, or written only when asked for."""


def keyed_fields(cls: type[Record]) -> tuple[FieldSpec, ...]:
    """Return the fields of an entity or a part that are keys of its JSON object, in the order of writing."""
    found = _fields.get(cls)
    if found is None:
        left_out = _ELSEWHERE.get(cls, frozenset()) | _RECORD_FIELDS
        specs = [spec for spec in field_specs(cls) if spec.name not in left_out or not issubclass(cls, Entity)]
        last = {"created_at": 1, "deleted_at": 2}
        found = _fields[cls] = tuple(sorted(specs, key=lambda spec: last.get(spec.name, 0)))
    return found


_fields: dict[type[Record], tuple[FieldSpec, ...]] = {}
