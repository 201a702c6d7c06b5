"""Reads that follow links between entities: what was merged, what refers to what, what is counted by what."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Executable,
    Result,
    Select,
    and_,
    bindparam,
    distinct,
    func,
    literal,
    or_,
    select,
    union_all,
)

from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint, Role
from annotator.domain.articles import TextVersion
from annotator.domain.entities import BY_TYPE, ENTITIES
from annotator.domain.entity import Entity, Part, field_specs
from annotator.domain.relations import Relation
from annotator.domain.versions import Version
from annotator.store.bulk import without_collections
from annotator.store.mapping import chunks, map_of
from annotator.store.records import VERSIONS, version_from
from annotator.store.schema import ENTITY_TABLES, PART_TABLES, other_head, version

_annotation = ENTITY_TABLES[Annotation]
_relation = ENTITY_TABLES[Relation]
_text = ENTITY_TABLES[TextVersion]
_OTHER_HEADS = select(other_head.c.entity_type, other_head.c.entity_id)
_WITH_HASHES = VERSIONS.where(version.c.hash.in_(bindparam("hashes", expanding=True)))
_LAYERS = (_annotation.c.deleted_at.is_(None), _annotation.c.session_id.is_(None))


_speaker = PART_TABLES[AnnotationPerson]
_QUOTES = (
    select(
        *(_annotation.c.id, _annotation.c.article_id, _annotation.c.tag_id),
        *(func.substr(_annotation.c.quote, 1, bindparam("most")), _speaker.c.person_id),
    )
    .join(_speaker, and_(_speaker.c.parent_id == _annotation.c.id, _speaker.c.role == Role.SPEAKER), isouter=True)
    .where(*_LAYERS)
    .order_by(_annotation.c.article_id, _annotation.c.start, _annotation.c.end.desc(), _annotation.c.id)
    .order_by(_speaker.c.position)
)


def _referring_to(entity_type: str) -> CompoundSelect[Any]:
    """Return the statement that finds the live entities with a reference to one of ``entity_type``."""
    found: list[Select[Any]] = []
    for cls in ENTITIES:
        table = ENTITY_TABLES[cls]
        name = literal(cls.TYPE).label("type")
        for spec in field_specs(cls):
            if spec.ref == entity_type:
                found.append(
                    select(name, table.c.id).where(
                        table.c[spec.name] == bindparam("wanted"), table.c.deleted_at.is_(None)
                    )
                )
            elif spec.part is not None:
                parts = PART_TABLES[spec.part]
                found.extend(
                    select(name, table.c.id)
                    .join(parts, parts.c.parent_id == table.c.id)
                    .where(parts.c[field.name] == bindparam("wanted"), table.c.deleted_at.is_(None))
                    for field in field_specs(spec.part)
                    if field.ref == entity_type
                )
    return union_all(*found)


_REFERRING: dict[str, CompoundSelect[Any]] = {
    cls.TYPE: _referring_to(cls.TYPE)
    for cls in ENTITIES
    if any(
        spec.ref == cls.TYPE or (spec.part is not None and any(f.ref == cls.TYPE for f in field_specs(spec.part)))
        for other in ENTITIES
        for spec in field_specs(other)
    )
}

_MERGED = union_all(
    *(
        select(literal(cls.TYPE), table.c.id, table.c.merged_into).where(
            table.c.merged_into.is_not(None), table.c.deleted_at.is_(None)
        )
        for cls, table in ENTITY_TABLES.items()
        if "merged_into" in table.c
    )
)


class LinkReads(ABC):
    """The part of a reader that follows links; all of it within the reader's one transaction."""

    _merges: dict[str, dict[str, str]] | None = None
    """Entity type -> loser -> winner, read once a transaction; None before that and after a write."""

    @abstractmethod
    def _query(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Result[Any]:
        """Run one statement."""

    def _rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        return self._query(statement, values).all()

    def merged(self, cls: type[Entity]) -> dict[str, str]:
        """Return loser → winner for the live entities of ``cls`` that were merged into another."""
        if self._merges is None:
            rows = self._rows(_MERGED)
            self._merges = defaultdict(dict)
            for type_, loser, winner in rows:
                self._merges[type_][loser] = winner
        return dict(self._merges[cls.TYPE])

    def referrers(self, entity_type: str, entity_id: str) -> list[tuple[str, str]]:
        """Return (entity type, id) of the live entities that refer to one, in order, each once."""
        statement = _REFERRING.get(entity_type)
        if statement is None:
            return []
        order = {type_: place for place, type_ in enumerate(BY_TYPE)}
        rows = {(type_, id_) for type_, id_ in self._rows(statement, {"wanted": entity_id})}
        return sorted(rows, key=lambda row: (order[row[0]], row[1]))

    def annotation_counts(self, *, analyst_id: str | None = None) -> dict[str, dict[str, int]]:
        """Return article id → tag id → number of live annotations of the layers, or of one analyst's layer."""
        statement = (
            select(_annotation.c.article_id, _annotation.c.tag_id, func.count())
            .where(*_LAYERS)
            .group_by(_annotation.c.article_id, _annotation.c.tag_id)
        )
        if analyst_id is not None:
            statement = statement.where(_annotation.c.analyst_id == analyst_id)
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        for article_id, tag_id, number in self._rows(statement):
            counts[article_id][tag_id] = number
        return dict(counts)

    def person_counts(self) -> dict[str, int]:
        """Return person id → number of live annotations of the layers that name the person in any role."""
        return self._part_counts(AnnotationPerson, "person_id")

    def point_counts(self) -> dict[str, int]:
        """Return point id → number of live annotations of the layers that assert, deny or support the point."""
        return self._part_counts(AnnotationPoint, "point_id")

    def _part_counts(self, part: type[Part], field: str) -> dict[str, int]:
        parts = PART_TABLES[part]
        statement = (
            select(parts.c[field], func.count(distinct(parts.c.parent_id)))
            .join(_annotation, _annotation.c.id == parts.c.parent_id)
            .where(*_LAYERS)
            .group_by(parts.c[field])
        )
        return dict(self._rows(statement))

    def links_to_people(self, article_ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return (annotation id, person id, role) for the live annotations of the layers on articles, in order."""
        parts = PART_TABLES[AnnotationPerson]
        statement = (
            select(parts.c.parent_id, parts.c.person_id, parts.c.role)
            .join(_annotation, _annotation.c.id == parts.c.parent_id)
            .where(_annotation.c.article_id.in_(tuple(article_ids)), *_LAYERS)
            .order_by(parts.c.parent_id, parts.c.position)
        )
        return [(row[0], row[1], row[2]) for row in self._rows(statement)]

    def quotes(self, most: int) -> list[tuple[str, str, str, str, str | None]]:
        """Return (id, article id, tag id, first ``most`` code points of the quote, speaker's id) of the layers.

        By article and place; one with several speakers comes once for each, in order, one with none has None.
        """
        with without_collections():
            result: Any = self._query(_QUOTES, {"most": most})
            return list(map(tuple, result.cursor.fetchall()))  # the driver's own rows: half the time of SQLAlchemy's

    def with_other_heads(self) -> set[tuple[str, str]]:
        """Return (entity type, id) of every entity that has more than one head."""
        return {(row[0], row[1]) for row in self._rows(_OTHER_HEADS)}

    def versions_with(self, hashes: Iterable[str]) -> dict[str, Version]:
        """Return the known versions among these hashes, by hash."""
        found: dict[str, Version] = {}
        for chunk in chunks(dict.fromkeys(hashes)):
            found.update((row[0], version_from(row)) for row in self._rows(_WITH_HASHES, {"hashes": chunk}))
        return found

    def text_outlines(self, article_ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return (id, article id, SHA-256) of the live text versions of articles, ordered by id, without the texts."""
        statement = (
            select(_text.c.id, _text.c.article_id, _text.c.sha256)
            .where(_text.c.article_id.in_(tuple(article_ids)), _text.c.deleted_at.is_(None))
            .order_by(_text.c.id)
        )
        return [(row[0], row[1], row[2]) for row in self._rows(statement)]

    def texts_with_hash(self, sha256: str) -> list[tuple[str, str]]:
        """Return (id, article id) of the live text versions with this SHA-256, ordered by id."""
        statement = (
            select(_text.c.id, _text.c.article_id)
            .where(_text.c.sha256 == sha256, _text.c.deleted_at.is_(None))
            .order_by(_text.c.id)
        )
        return [(row[0], row[1]) for row in self._rows(statement)]

    def relations_at_articles(self, article_ids: Iterable[str]) -> list[Relation]:
        """Return the live relations of the layers with at least one end at an annotation of these articles, by id."""
        here = select(_annotation.c.id).where(_annotation.c.article_id.in_(tuple(article_ids)))
        statement = (
            map_of(Relation)
            .select.where(
                _relation.c.deleted_at.is_(None),
                _relation.c.session_id.is_(None),
                or_(_relation.c.source_id.in_(here), _relation.c.target_id.in_(here)),
            )
            .order_by(_relation.c.id)
        )
        return map_of(Relation).entities(self._rows(statement), {})
