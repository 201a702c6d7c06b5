"""Rows to entities and back: one generic mapping for every dataclass of the domain.

The statements of each table are built once, so that SQLAlchemy finds their compiled form by identity of structure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Delete, Select, Table, Update, bindparam, delete, select, update

from annotator.domain.annotations import Annotation
from annotator.domain.entity import STAMPS, Entity, FieldSpec, Part, field_specs
from annotator.domain.errors import DamagedError
from annotator.store.inserting import Inserter
from annotator.store.schema import ENTITY_TABLES, PART_TABLES

E = TypeVar("E", bound=Entity)

CHUNK = 500
"""How many ids one IN list holds."""


def chunks(values: Iterable[str]) -> Iterable[list[str]]:
    """Cut ids into lists that one statement takes."""
    every = list(values)
    return (every[at : at + CHUNK] for at in range(0, len(every), CHUNK))


def _reader_of(spec: FieldSpec) -> Callable[[Any], Any] | None:
    """Return what makes the field's value from a column's, None when they are the same."""
    if spec.scalar is None or not issubclass(spec.scalar, StrEnum):
        return None
    words: dict[str | None, StrEnum | None] = {str(member): member for member in spec.scalar}
    if spec.optional:
        words[None] = None
    return words.__getitem__


def unreadable(table: str, error: KeyError) -> DamagedError:
    """Return the refusal of a row with a word that no entity has: another program wrote it, or the disk."""
    return DamagedError(
        f"The project is damaged: a row of “{table}” says {error}.",
        "`annotator check PROJECT --repair` puts right what the history still tells.",
    )


@dataclass(frozen=True, slots=True)
class PartMap:
    """How the parts in one field of an entity are stored."""

    field: str
    part: type[Part]
    table: Table
    specs: tuple[FieldSpec, ...]
    names: tuple[str, ...]
    words: tuple[tuple[int, Callable[[Any], Any]], ...]
    with_analyst: bool
    insert: Inserter
    delete: Delete
    of_parents: Select[Any]
    of_parents_in: Select[Any]

    def rows(self, parent: Entity) -> list[tuple[Any, ...]]:
        """Return the rows of the parts of ``parent``, in the order of ``insert``."""
        analyst = (parent.analyst_id,) if self.with_analyst and isinstance(parent, Annotation) else ()
        return [
            (parent.id, position, *analyst, *(getattr(part, spec.name) for spec in self.specs))
            for position, part in enumerate(getattr(parent, self.field))
        ]

    def part_of(self, row: Sequence[Any]) -> Part:
        """Return the part that a row of ``of_parents`` (without its first column) describes."""
        values = list(row)
        try:
            for index, word in self.words:
                values[index] = word(values[index])
        except KeyError as error:
            raise unreadable(self.table.name, error) from error
        return self.part(**dict(zip(self.names, values, strict=True)))


def _words(specs: Sequence[FieldSpec]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    readers = ((index, _reader_of(spec)) for index, spec in enumerate(specs))
    return tuple((index, reader) for index, reader in readers if reader is not None)


def _part_map(spec: FieldSpec, owner: type[Entity]) -> PartMap:
    assert spec.part is not None
    table = PART_TABLES[spec.part]
    specs = field_specs(spec.part)
    columns = [table.c[s.name] for s in specs]
    of_parents = select(table.c.parent_id, *columns).order_by(table.c.parent_id, table.c.position)
    return PartMap(
        field=spec.name,
        part=spec.part,
        table=table,
        specs=specs,
        names=tuple(spec.name for spec in specs),
        words=_words(specs),
        with_analyst=owner is Annotation,
        insert=Inserter(table),
        delete=delete(table).where(table.c.parent_id == bindparam("parent")),
        of_parents=of_parents,
        of_parents_in=of_parents.where(table.c.parent_id.in_(bindparam("parents", expanding=True))),
    )


class EntityMap(Generic[E]):
    """How one kind of entity is stored: its table, its statements, and the maps of its parts."""

    def __init__(self, cls: type[E]) -> None:
        self.cls = cls
        self.table = ENTITY_TABLES[cls]
        self.specs = tuple(spec for spec in field_specs(cls) if spec.part is None)
        self.parts = tuple(_part_map(spec, cls) for spec in field_specs(cls) if spec.part is not None)
        self._names = tuple(spec.name for spec in self.specs)
        self._words = _words(self.specs)
        self.select: Select[Any] = select(*(self.table.c[name] for name in self._names))
        self.by_id = self.select.where(self.table.c.id == bindparam("wanted"))
        self.by_ids = self.select.where(self.table.c.id.in_(bindparam("wanted", expanding=True)))
        self.insert = Inserter(self.table, self._names)
        self.row: Callable[[E], tuple[Any, ...]] = attrgetter(*self._names)
        """Return the row of an entity, in the order of ``insert``."""
        self.changing = tuple(spec.name for spec in self.specs if spec.in_content or spec.name in STAMPS[1:])
        self.update: Update = (
            update(self.table)
            .where(self.table.c.id == bindparam("wanted"))
            .values({name: bindparam(f"new_{name}") for name in self.changing})
        )

    def entities(self, rows: Iterable[Sequence[Any]], parts: Mapping[str, Mapping[str, list[Part]]]) -> list[E]:
        """Return the entities of rows of ``select``; ``parts``: field name -> id -> parts in order."""
        made = []
        for row in rows:
            values = list(row)
            try:
                for index, word in self._words:
                    values[index] = word(values[index])
            except KeyError as error:
                raise unreadable(self.table.name, error) from error
            given = dict(zip(self._names, values, strict=True))
            for field, of_parent in parts.items():
                found = of_parent.get(given["id"])
                if found:
                    given[field] = tuple(found)
            made.append(self.cls(**given))
        return made

    def new_values(self, entity: E) -> dict[str, Any]:
        """Return the parameters of ``update`` for ``entity``; a text and its source never change and are left out."""
        return {"wanted": entity.id, **{f"new_{name}": getattr(entity, name) for name in self.changing}}


_maps: dict[type[Entity], EntityMap[Any]] = {cls: EntityMap(cls) for cls in ENTITY_TABLES}


def map_of(cls: type[E]) -> EntityMap[E]:
    """Return the map of one kind of entity."""
    return _maps[cls]


def write_entities(connection: Connection, new: Iterable[Entity], changed: Collection[tuple[Entity, Entity]]) -> None:
    """Insert and update the rows of entities and their parts, each table in one go.

    ``changed``: what the row says by now, and what it is to say; parts that stay as they are are not written.
    """
    for cls, group in _by_class(new).items():
        entities = map_of(cls)
        entities.insert(connection, [entities.row(entity) for entity in group])
        for part in entities.parts:
            _insert_parts(connection, part, group)
    rows = {(row.TYPE, row.id): row for row, _ in changed}
    for cls, group in _by_class(after for _, after in changed).items():
        entities = map_of(cls)
        connection.execute(entities.update, [entities.new_values(entity) for entity in group])
        for part in entities.parts:
            field = part.field
            other = [e for e in group if getattr(e, field) != getattr(rows[e.TYPE, e.id], field)]
            if other:
                connection.execute(part.delete, [{"parent": entity.id} for entity in other])
                _insert_parts(connection, part, other)


def _insert_parts(connection: Connection, part: PartMap, parents: Iterable[Entity]) -> None:
    part.insert(connection, [row for parent in parents for row in part.rows(parent)])


def _by_class(entities: Iterable[Entity]) -> dict[type[Entity], list[Entity]]:
    groups: dict[type[Entity], list[Entity]] = {}
    for entity in entities:
        groups.setdefault(type(entity), []).append(entity)
    return groups
