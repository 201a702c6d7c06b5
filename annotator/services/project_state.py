"""A whole project read into memory, for exporting, merging and verifying it."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.articles import TextVersion
from annotator.domain.entities import ENTITIES
from annotator.domain.entity import Entity
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.versions import Version, entity_from, heads_of
from annotator.formats.exchange.state import JournalEntry, ProjectHistory, ProjectState
from annotator.store.repository import Reader


def state_of(reader: Reader) -> ProjectState:
    """Return everything in the project as it is in this read transaction."""
    by_hash = {version.hash: version for version in reader.all_versions()}
    versions = {hash_: by_hash[hash_] for hash_ in reader.hashes_in_order()}
    entities: dict[type[Entity], list[Entity]] = {cls: list(reader.all(cls, deleted=True)) for cls in ENTITIES}
    if reader.veil is not None:
        for cls in (Person, Point):
            entities[cls] = [_as_told(entity, versions) for entity in entities[cls]]
    return ProjectState(entities=entities, versions=versions, changes=_changes(reader))


def _as_told(entity: Entity, versions: Mapping[str, Version]) -> Entity:
    """Return an entry of the register as the versions that are not kept from the reader tell it."""
    if entity.version in versions:
        return entity
    return entity_from(heads_of({h: v for h, v in versions.items() if v.entity_id == entity.id})[0])


def history_of(reader: Reader, *, with_journal: bool = True) -> ProjectHistory:
    """Return what an export is made of, as it is in this read transaction.

    ``with_journal``: the changes too, and which of them wrote each version.
    """
    texts = reader.all(TextVersion, deleted=True)
    return ProjectHistory(
        versions=reader.all_versions(alone=not with_journal),
        changes=_changes(reader) if with_journal else (),
        texts={text.id: (text.text, text.source_bytes) for text in texts},
    )


def _changes(reader: Reader) -> tuple[JournalEntry, ...]:
    return tuple(
        JournalEntry(row.id, row.at, row.analyst_id, row.device, row.label, row.undoes_id) for row in reader.changes()
    )
