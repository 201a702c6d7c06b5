"""Reading: everything is fetched at once; no cursor and no row of the database leaves this module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Executable, Result, Table, and_, bindparam, func, select, text, true

from annotator.domain.annotations import Annotation
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Entity, Part
from annotator.domain.freeing import free_in_pieces
from annotator.domain.marks import Mark
from annotator.domain.versions import Version
from annotator.store.bulk import without_collections
from annotator.store.finding import FIND, Query, SearchRow
from annotator.store.links import LinkReads
from annotator.store.mapping import EntityMap, chunks, map_of
from annotator.store.records import (
    CHANGE,
    CHANGES,
    OWN_CHANGES,
    VERSIONS,
    VERSIONS_ALONE,
    VERSIONS_OF_CHANGE,
    VERSIONS_OF_ENTITY,
    ChangeRow,
    change_from,
    version_from,
    versions_from,
)
from annotator.store.schema import ENTITY_TABLES, change, journal_head, other_head, version
from annotator.store.veil import Veil
from annotator.store.veiling import behind_veil

E = TypeVar("E", bound=Entity)

_annotation = ENTITY_TABLES[Annotation]
_MARKS = (
    select(_annotation.c.id, _annotation.c.start, _annotation.c.end, _annotation.c.tag_id, _annotation.c.analyst_id)
    .where(
        _annotation.c.text_id == bindparam("text_id"),
        _annotation.c.deleted_at.is_(None),
        _annotation.c.session_id.is_(None),
    )
    .order_by(_annotation.c.start, _annotation.c.end, _annotation.c.id)
)
_ALL_ROWS = 1 << 40
_HEAD = select(journal_head.c.seq)


class Reader(LinkReads):
    """What can be asked of a project within one read transaction; got from ``Database.read()``."""

    veil: Veil | None = None
    """What is kept from whoever reads; None for nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _query(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Result[Any]:
        """Run one statement; the single door through which everything here reads."""
        if self.veil is None:
            return self._connection.execute(statement, values)
        veiled = behind_veil(statement, self._connection.dialect.name)
        return self._connection.execute(veiled, {**(values or {}), **self.veil.values})

    def whole(self) -> Reader:
        """Return a reader of the same transaction from which nothing is kept."""
        return Reader(self._connection)

    def run(self, statement: str, values: Mapping[str, str]) -> Sequence[Sequence[Any]]:
        """Run a statement of :mod:`annotator.store.article_rows` and return all its rows."""
        with without_collections():
            return self._query(text(statement), values).all()

    def get(self, cls: type[E], id_: str) -> E | None:
        """Return the entity with this id, tombstones included, or None."""
        entities = map_of(cls)
        row = self._query(entities.by_id, {"wanted": id_}).first()
        if row is None:
            return None
        return entities.entities([row], self._parts(entities, [id_]))[0]

    def get_many(self, cls: type[E], ids: Iterable[str]) -> dict[str, E]:
        """Return the entities with these ids by id, tombstones included; ids that are unknown are left out."""
        entities = map_of(cls)
        found: dict[str, E] = {}
        wanted = list(dict.fromkeys(ids))
        if len(wanted) == 1:
            entity = self.get(cls, wanted[0])
            return {} if entity is None else {entity.id: entity}
        for chunk in chunks(wanted):
            rows = self._query(entities.by_ids, {"wanted": chunk}).all()
            if rows:
                found.update((entity.id, entity) for entity in entities.entities(rows, self._parts(entities, chunk)))
        return found

    def all(self, cls: type[E], *, deleted: bool = False, **where: object) -> list[E]:
        """Return the entities whose fields have the given values, ordered by id.

        ``where``: a field's value, None, or a tuple of values. ``deleted``: tombstones too.
        """
        entities = map_of(cls)
        condition = _condition(entities.table, where, deleted)
        with without_collections():
            rows = list(self._query(entities.select.where(condition).order_by(entities.table.c.id)).all())
            parts = self._parts(entities, None, condition) if rows else {}
            found = entities.entities(rows, parts)
        free_in_pieces(rows)
        return found

    def ids(self, cls: type[Entity]) -> list[str]:
        """Return the ids of all live entities of a kind, in order."""
        table = map_of(cls).table
        statement = select(table.c.id).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        return list(self._query(statement).scalars().all())

    def count(self, cls: type[E], *, deleted: bool = False, **where: object) -> int:
        """Return how many entities ``all`` would return."""
        table = map_of(cls).table
        statement = select(func.count()).select_from(table).where(_condition(table, where, deleted))
        return int(self._query(statement).scalar_one())

    def marks(self, text_id: str) -> list[Mark]:
        """Return the live annotations of the layers on one text, ordered by start, end and id (code points)."""
        with without_collections():
            result: Any = self._query(_MARKS, {"text_id": text_id})
            return list(map(Mark._make, result.cursor.fetchall()))  # the driver's own tuples: half the time of rows

    def versions(self, entity_type: str, entity_id: str) -> dict[str, Version]:
        """Return all versions of one entity by hash."""
        rows = self._query(VERSIONS_OF_ENTITY, {"entity_type": entity_type, "entity_id": entity_id}).all()
        return {row[0]: version_from(row) for row in rows}

    def all_versions(self, *, alone: bool = False) -> list[Version]:
        """Return every version of the project, in no order: the database would write all bodies out to sort them.

        ``alone``: leave out which change wrote each and whose layer it is in.
        """
        with without_collections():
            result: Any = self._query(VERSIONS_ALONE if alone else VERSIONS)
            return list(versions_from(result.cursor))  # as in marks

    def hashes_in_order(self) -> list[str]:
        """Return the hashes of all versions, ordered by entity type, entity and hash."""
        statement = select(version.c.hash).order_by(version.c.entity_type, version.c.entity_id, version.c.hash)
        return list(self._query(statement).scalars().all())

    def versions_of_change(self, change_id: str) -> list[Version]:
        """Return the versions that one change wrote, ordered by entity type and entity."""
        return [version_from(row) for row in self._query(VERSIONS_OF_CHANGE, {"change_id": change_id})]

    def changes(self, *, limit: int | None = None) -> list[ChangeRow]:
        """Return changes in the order of the journal; with ``limit`` the newest ones."""
        statement = CHANGES if limit is None else CHANGES.order_by(None).order_by(change.c.seq.desc()).limit(limit)
        rows = [change_from(row) for row in self._query(statement).all()]
        return rows if limit is None else rows[::-1]

    def own_changes(self, analyst_id: str, device: str, *, from_seq: int = 0) -> list[ChangeRow]:
        """Return the changes of an analyst on a device, in the order of the journal; those before ``from_seq`` not."""
        values = {"analyst_id": analyst_id, "device": device, "from_seq": from_seq}
        return [change_from(row) for row in self._query(OWN_CHANGES, values).all()]

    def change(self, id_: str) -> ChangeRow | None:
        """Return one change by its id, or None."""
        row = self._query(CHANGE, {"id": id_}).first()
        return None if row is None else change_from(row)

    def head_seq(self) -> int:
        """Return the number of the newest entry of the journal; 0 in a new project."""
        return int(self._query(_HEAD).scalar_one())

    def conflicts(self) -> list[tuple[str, str]]:
        """Return (entity type, id) of every entity whose heads say different things, in order."""
        others: Sequence[Any] = self._query(
            select(other_head.c.entity_type, other_head.c.entity_id, version.c.content)
            .join(version, version.c.hash == other_head.c.hash)
            .order_by(other_head.c.entity_type, other_head.c.entity_id)
        ).all()
        shown = self._shown_contents({(row[0], row[1]) for row in others})
        return list(dict.fromkeys((row[0], row[1]) for row in others if bytes(row[2]) != shown.get((row[0], row[1]))))

    def search(self, query: str, *, limit: int = 50) -> list[SearchRow]:
        """Return what has all the words of ``query``, best first; a query without a word finds nothing.

        Case, accents and kinds of quotation mark do not count; the last word may be the beginning of one.
        """
        wanted = Query.of(query)
        if not wanted.phrases:
            return []
        dialect = self._connection.dialect.name
        hits: Sequence[Any] = ()
        for depth in (4 * limit, _ALL_ROWS):
            values = {"query": wanted.expression(dialect), "most": limit, "depth": depth}
            hits = self._query(FIND[dialect], values).all()
            if len(hits) == limit:
                break
        ids = defaultdict(list)
        for type_, id_, _ in hits:
            ids[type_].append(id_)
        entities = {type_: self.get_many(BY_TYPE[type_], found) for type_, found in ids.items()}
        return [wanted.row(entities[type_][id_], start) for type_, id_, start in hits]

    def _shown_contents(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        ids = defaultdict(list)
        for type_, id_ in keys:
            ids[type_].append(id_)
        contents: dict[tuple[str, str], bytes] = {}
        for type_, wanted in ids.items():
            table = ENTITY_TABLES[BY_TYPE[type_]]
            for chunk in chunks(wanted):
                statement = (
                    select(table.c.id, version.c.content)
                    .join(version, version.c.hash == table.c.version)
                    .where(table.c.id.in_(chunk))
                )
                rows: Sequence[Any] = self._query(statement).all()
                contents.update(((type_, row[0]), bytes(row[1])) for row in rows)
        return contents

    def _parts(
        self, entities: EntityMap[Any], ids: list[str] | None, condition: ColumnElement[bool] | None = None
    ) -> Mapping[str, Mapping[str, list[Part]]]:
        """Fetch the parts of some parents: those with these ids, or those that meet ``condition``."""
        found: dict[str, dict[str, list[Part]]] = {}
        for part in entities.parts:
            if ids is not None:
                result = self._query(part.of_parents_in, {"parents": ids})
            else:
                assert condition is not None
                joined = part.of_parents.join(entities.table, entities.table.c.id == part.table.c.parent_id)
                result = self._query(joined.where(condition))
            by_parent: dict[str, list[Part]] = defaultdict(list)
            rows: Sequence[Any] = result.all()
            for row in rows:
                by_parent[row[0]].append(part.part_of(row[1:]))
            found[part.field] = by_parent
        return found


def _condition(table: Table, where: Mapping[str, object], deleted: bool) -> ColumnElement[bool]:
    tests: list[ColumnElement[bool]] = [] if deleted else [table.c.deleted_at.is_(None)]
    for name, value in where.items():
        column = table.c[name]
        if value is None:
            tests.append(column.is_(None))
        elif isinstance(value, tuple):
            tests.append(column.in_(value))
        else:
            tests.append(column == value)
    return and_(true(), *tests)
