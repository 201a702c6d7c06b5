"""Looking a project over: is the database sound, do the rows say what their versions say, where do links lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from annotator.domain.entities import BY_TYPE, ENTITIES
from annotator.domain.entity import Entity, FieldSpec, Part, field_specs
from annotator.domain.errors import DamagedError, Problem
from annotator.domain.freeing import free_in_pieces
from annotator.domain.progress import Progress, each_told, silent
from annotator.domain.versions import Version, content_of, heads_of
from annotator.store.repository import Reader
from annotator.store.schema import ENTITY_TABLES, PART_TABLES, other_head

_OF_AN_INDEX = ("missing from index", "wrong # of entries in index", "non-unique entry in index")


@dataclass(frozen=True, slots=True)
class LooseLink:
    """A live entity that refers to a deleted one: no damage, but something to finish."""

    entity_type: str
    entity_id: str
    field: str
    target_type: str
    target_id: str


def storage_problems(connection: Connection) -> list[Problem]:
    """Return what the database says is wrong with itself; a server looks after its own files."""
    if connection.dialect.name != "sqlite":
        return []
    integrity = connection.exec_driver_sql("PRAGMA integrity_check(100)").scalars().all()
    return [Problem("file", str(line)) for line in integrity if line != "ok"]


def is_rebuilt(problem: Problem) -> bool:
    """Whether what the database says of itself is of an index alone, which can be built anew from its table."""
    return any(words in problem.message for words in _OF_AN_INDEX)


def dangling_problems(connection: Connection) -> list[Problem]:
    """Return the rows that refer to rows that are not there; a server never lets that happen."""
    if connection.dialect.name != "sqlite":
        return []
    problems = []
    for table, _, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        problems.append(Problem(str(table), f"refers to a {target} that is not there"))
    return problems


def history_problems(connection: Connection, progress: Progress = silent) -> list[Problem]:
    """Return the entities whose row is not what their versions say; ``progress`` may raise to stop."""
    reader = Reader(connection)
    histories: dict[tuple[str, str], dict[str, Version]] = defaultdict(dict)
    for record in reader.all_versions():
        histories[record.entity_type, record.entity_id][record.hash] = record
    rows: dict[tuple[str, str], Entity] = {}
    problems = []
    unread = set()
    for cls in ENTITIES:
        try:
            rows.update(((cls.TYPE, entity.id), entity) for entity in reader.all(cls, deleted=True))
        except DamagedError as error:
            unread.add(cls.TYPE)
            problems.append(Problem(cls.TYPE, error.message))
    noted = {tuple(row) for row in connection.execute(select(other_head.c.entity_id, other_head.c.hash)).all()}
    problems += [
        Problem(f"{type_} {id_}", "has versions but no row")
        for type_, id_ in histories
        if (type_, id_) not in rows and type_ not in unread
    ]
    for key, entity in each_told(rows.items(), len(rows), progress):
        message = _history_problem(entity, histories.get(key, {}), noted)
        if message:
            problems.append(Problem(f"{key[0]} {key[1]}", message))
    free_in_pieces(rows, histories)
    return problems


def _history_problem(entity: Entity, versions: dict[str, Version], noted: set[tuple[str, ...]]) -> str:
    heads = heads_of(versions)
    if not heads:
        return "has a row but no version"
    shown, *others = heads
    if entity.version != shown.hash:
        return "shows another version than the one that counts"
    if content_of(entity) != shown.content or entity.revision != shown.revision:
        return "is not what its version says"
    if {(entity.id, head.hash) for head in others} != {pair for pair in noted if pair[0] == entity.id}:
        return "has other conflicting versions than are noted"
    return ""


def loose_links(connection: Connection) -> list[LooseLink]:
    """Return the live entities that refer to deleted ones, in order."""
    found = []
    for cls in ENTITIES:
        for spec in field_specs(cls):
            if spec.part is not None:
                found += [link for part in field_specs(spec.part) for link in _loose(connection, cls, part, spec.part)]
            else:
                found += _loose(connection, cls, spec, None)
    return found


def _loose(connection: Connection, cls: type[Entity], spec: FieldSpec, part: type[Part] | None) -> Iterator[LooseLink]:
    if spec.ref is None:
        return
    table = ENTITY_TABLES[cls]
    target = ENTITY_TABLES[BY_TYPE[spec.ref]].alias("target")
    holder = table if part is None else PART_TABLES[part]
    source = table if part is None else table.join(holder, holder.c.parent_id == table.c.id)
    statement = (
        select(table.c.id, target.c.id)
        .select_from(source)
        .join(target, target.c.id == holder.c[spec.name])
        .where(table.c.deleted_at.is_(None), target.c.deleted_at.is_not(None))
        .order_by(table.c.id, target.c.id)
        .distinct()
    )
    for row in connection.execute(statement).all():
        yield LooseLink(cls.TYPE, row[0], spec.name, spec.ref, row[1])
