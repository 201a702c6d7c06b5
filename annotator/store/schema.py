"""The tables: one for each entity, one for each kind of part, and those of the journal.

They are made from the dataclasses of the domain, so that a field is named in one place. ``db/versions`` holds the same
schema as migrations; a test compares the two on both databases. The search tables differ between the databases and
are in :mod:`annotator.store.search`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.entities import ENTITIES
from annotator.domain.entity import STAMPS, Entity, FieldSpec, Part, field_specs
from annotator.store.driver import SCHEMA_VERSION

REVISION = f"{SCHEMA_VERSION:04d}"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def part_table_name(part: type[Part]) -> str:
    """Return the table of a kind of part: the class name in snake case (``annotation_person``)."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", part.__name__).lower()


def _type(scalar: type | None) -> TypeEngine[Any]:
    if scalar is bool:
        return Boolean(create_constraint=False)
    if scalar is int:
        return Integer()
    if scalar is bytes:
        return LargeBinary()
    if scalar is str or (scalar is not None and issubclass(scalar, StrEnum)):
        return Text()
    raise TypeError(f"no column type for {scalar!r}")


def _column(spec: FieldSpec, *, later: bool = False) -> Column[Any]:
    keys = [_reference(spec.ref, later=later)] if spec.ref else []
    return Column(
        spec.name, _type(spec.scalar), *keys, nullable=spec.optional, primary_key=spec.name == "id", index=bool(keys)
    )


def _reference(table: str, *, later: bool = False) -> ForeignKey:
    """Make a foreign key that is checked at COMMIT; ``later``: its table is made after this one."""
    return ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED", use_alter=later)


def is_bulky(spec: FieldSpec) -> bool:
    """Whether a field is a text or a source file: its column comes last, so that the others are read without it."""
    return not spec.in_content and spec.name not in STAMPS


def _entity_table(cls: type[Entity]) -> Table:
    later = {other.TYPE for other in ENTITIES[ENTITIES.index(cls) + 1 :]}
    specs = sorted((spec for spec in field_specs(cls) if spec.part is None), key=is_bulky)
    return Table(cls.TYPE, metadata, *(_column(spec, later=spec.ref in later) for spec in specs))


def _part_table(owner: type[Entity], part: type[Part]) -> Table:
    """Make the table of a kind of part, keyed by parent and position; parts of an annotation repeat its analyst."""
    keys: list[Column[Any]] = [
        Column("parent_id", Text(), _reference(owner.TYPE), primary_key=True),
        Column("position", Integer(), primary_key=True, autoincrement=False),
    ]
    if owner is Annotation:
        keys.append(Column("analyst_id", Text(), _reference("analyst"), nullable=False, index=True))
    return Table(part_table_name(part), metadata, *keys, *(_column(spec) for spec in field_specs(part)))


ENTITY_TABLES: dict[type[Entity], Table] = {cls: _entity_table(cls) for cls in ENTITIES}

PART_TABLES: dict[type[Part], Table] = {
    spec.part: _part_table(cls, spec.part) for cls in ENTITIES for spec in field_specs(cls) if spec.part is not None
}

_annotation = ENTITY_TABLES[Annotation]
_LIVE_IN_LAYER = "deleted_at IS NULL AND session_id IS NULL"
MARKS_INDEX = Index(
    "ix_annotation_marks",
    _annotation.c.text_id,
    _annotation.c.start,
    _annotation.c.end,
    _annotation.c.id,
    _annotation.c.tag_id,
    _annotation.c.analyst_id,
    _annotation.c.deleted_at,
    _annotation.c.session_id,
    sqlite_where=text(_LIVE_IN_LAYER),
    postgresql_where=text(_LIVE_IN_LAYER),
)
"""Covers what an article view loads, so that opening an article reads no annotation row.

The two fields of the condition are in it because SQLite would fetch the row to look at them otherwise.
"""

COUNTS_INDEX = Index(
    "ix_annotation_counts",
    _annotation.c.article_id,
    _annotation.c.tag_id,
    _annotation.c.analyst_id,
    _annotation.c.deleted_at,
    _annotation.c.session_id,
    sqlite_where=text(_LIVE_IN_LAYER),
    postgresql_where=text(_LIVE_IN_LAYER),
)
"""Covers the counts of every article by tag and analyst."""

TEXT_HASH_INDEX = Index("ix_text_version_sha256", ENTITY_TABLES[TextVersion].c.sha256)
"""Finds a text that is here already."""

journal_head = Table(
    "journal_head",
    metadata,
    Column("id", Integer(), primary_key=True, autoincrement=False),
    Column("seq", BigInteger(), nullable=False),
)
"""One row (id 1) that every write locks: ``seq`` of the newest entry of the journal."""

change = Table(
    "change",
    metadata,
    Column("id", Text(), primary_key=True),
    Column("seq", BigInteger(), nullable=False, unique=True),
    Column("at", Text(), nullable=False),
    Column("analyst_id", Text(), nullable=True, index=True),
    Column("device", Text(), nullable=False),
    Column("label", Text(), nullable=False),
    Column("undoes_id", Text(), nullable=True, index=True),
)
"""The journal. ``undoes_id`` and ``analyst_id`` are no foreign keys: a merge may bring a change without them."""

version = Table(
    "version",
    metadata,
    Column("hash", Text(), primary_key=True),
    Column(
        "change_id", Text(), ForeignKey("change.id", deferrable=True, initially="DEFERRED"), nullable=True, index=True
    ),
    Column("entity_type", Text(), nullable=False),
    Column("entity_id", Text(), nullable=False),
    Column("revision", Integer(), nullable=False),
    Column("parents", Text(), nullable=False),
    Column("content", LargeBinary(), nullable=False),
    Column("at", Text(), nullable=False),
    Column("by", Text(), nullable=True),
    Column("device", Text(), nullable=False),
    Column("told_ancestors", Text(), nullable=False),
    Column("owner_id", Text(), nullable=True),
    Column("article_id", Text(), nullable=True),
    Index("ix_version_entity_type_entity_id", "entity_type", "entity_id"),
)
"""Every state that an entity ever had. ``parents`` and ``told_ancestors`` are JSON lists of hashes."""

other_head = Table(
    "other_head",
    metadata,
    Column("hash", Text(), ForeignKey("version.hash", deferrable=True, initially="DEFERRED"), primary_key=True),
    Column("entity_type", Text(), nullable=False),
    Column("entity_id", Text(), nullable=False),
    Index("ix_other_head_entity_type_entity_id", "entity_type", "entity_id"),
)
"""Heads beside the one that is shown; there are some only after a merge. Derived: ``check`` recomputes them."""

merge_log = Table(
    "merge_log",
    metadata,
    Column("id", Text(), primary_key=True),
    Column("seq", BigInteger(), nullable=False, unique=True),
    Column("at", Text(), nullable=False),
    Column("analyst_id", Text(), nullable=True),
    Column("device", Text(), nullable=False),
    Column("label", Text(), nullable=False),
)
"""Which merges were made in this project here; local, never exported."""

search_entry = Table(
    "search_entry",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("entity_type", Text(), nullable=False),
    Column("entity_id", Text(), nullable=False, index=True),
    Column("start", Integer(), nullable=False),
)
"""Which entity the row of words with the same number belongs to (see :mod:`annotator.store.search`)."""
