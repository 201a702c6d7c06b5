"""Building anew what follows from the versions: rows, links of conflicts, indexes, the search. Nothing else is touched.

The versions are hashed, so one whose hash is right says what its row must be, whoever changed the row meanwhile. A text
is no part of its version's content: where its row is gone, only a backup has it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from annotator.domain.articles import TextVersion
from annotator.domain.entities import BY_TYPE, ENTITIES
from annotator.domain.entity import Entity
from annotator.domain.versions import Version, entity_from, heads_of, version_hash
from annotator.store.bulk import without_collections
from annotator.store.mapping import EntityMap, PartMap, map_of
from annotator.store.repository import Reader
from annotator.store.schema import other_head

_Row = tuple[Any, ...]


def repair(connection: Connection) -> int:
    """Make every row what its shown head says, within a write transaction; return how many entities were put right."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("REINDEX")
    with without_collections():
        heads = _heads(connection)
        mended = sum(_mend(connection, cls, heads.get(cls, [])) for cls in ENTITIES)
        return mended + _mend_conflicts(connection, [head for of_class in heads.values() for head in of_class])


def _heads(connection: Connection) -> dict[type[Entity], list[tuple[Version, ...]]]:
    """Return the heads of every entity whose shown head is whole."""
    histories: dict[tuple[str, str], dict[str, Version]] = defaultdict(dict)
    for record in Reader(connection).all_versions():
        histories[record.entity_type, record.entity_id][record.hash] = record
    found: dict[type[Entity], list[tuple[Version, ...]]] = defaultdict(list)
    for (type_, _), versions in histories.items():
        heads = heads_of(versions)
        if heads and is_whole(heads[0]):
            found[BY_TYPE[type_]].append(heads)
    return found


def is_whole(record: Version) -> bool:
    """Whether a version's hash is that of what it says."""
    content = record.content
    return content is not None and record.hash == version_hash(
        record.entity_type,
        record.entity_id,
        content,
        record.revision,
        record.parents,
        record.at,
        record.by,
        record.device,
    )


def _mend(connection: Connection, cls: type[Entity], heads: list[tuple[Version, ...]]) -> int:
    """Write the rows of one kind of entity that are not what their heads say, and those that are gone."""
    entities = map_of(cls)
    at = [spec.name for spec in entities.specs].index("id")
    rows = {row[at]: tuple(row) for row in connection.execute(entities.select).all()}
    parts = [_rows_of_parts(connection, part) for part in entities.parts]
    mended = 0
    for shown, *_ in heads:
        row = rows.get(shown.entity_id)
        if row is None and cls is TextVersion:
            continue
        entity = entity_from(shown, _kept(entities, row) if cls is TextVersion and row else None)
        wrong = row != entities.row(entity)
        if row is None:
            entities.insert(connection, [entities.row(entity)])
        elif wrong:
            connection.execute(entities.update, [entities.new_values(entity)])
        for part, stored in zip(entities.parts, parts, strict=True):
            if stored.get(entity.id, []) != part.rows(entity):
                connection.execute(part.delete, [{"parent": entity.id}])
                part.insert(connection, part.rows(entity))
                wrong = True
        mended += wrong
    return mended


def _kept(entities: EntityMap[Entity], row: _Row) -> dict[str, Any]:
    """Return what a text's row alone holds."""
    values = dict(zip((spec.name for spec in entities.specs), row, strict=True))
    return {"text": values["text"], "source_bytes": values["source_bytes"]}


def _rows_of_parts(connection: Connection, part: PartMap) -> dict[str, list[_Row]]:
    columns = part.table.columns
    stored: dict[str, list[_Row]] = defaultdict(list)
    for row in connection.execute(part.table.select().order_by(columns.parent_id, columns.position)).all():
        stored[row.parent_id].append(tuple(row))
    return stored


def _mend_conflicts(connection: Connection, heads: list[tuple[Version, ...]]) -> int:
    """Note exactly the heads that are in conflict; return how many notes were wrong."""
    wanted = {(head.hash, head.entity_type, head.entity_id) for _, *others in heads for head in others}
    columns = (other_head.c.hash, other_head.c.entity_type, other_head.c.entity_id)
    noted = {tuple(row) for row in connection.execute(select(*columns)).all()}
    if wanted != noted:
        connection.execute(delete(other_head))
        for hash_, type_, id_ in sorted(wanted):
            connection.execute(insert(other_head).values(hash=hash_, entity_type=type_, entity_id=id_))
    return len(wanted ^ noted)
