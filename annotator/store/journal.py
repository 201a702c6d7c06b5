"""Writing the journal of one unit of work: its change, the versions it wrote, and what a merge brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, update

from annotator.domain.entities import owner_of
from annotator.domain.entity import Entity
from annotator.domain.relations import Relation
from annotator.domain.versions import Version
from annotator.store.inserting import Inserter
from annotator.store.records import INSERT_CHANGES, INSERT_VERSIONS, ChangeRow, change_row, version_row
from annotator.store.schema import change, journal_head, merge_log, other_head, version
from annotator.store.union import Union, article_of, articles_of_annotations

_ADVANCE = update(journal_head).values(seq=journal_head.c.seq + bindparam("count")).returning(journal_head.c.seq)

_LOG_MERGE = Inserter(merge_log, ("id", "seq", "at", "analyst_id", "device", "label"))


@dataclass(slots=True)
class Pending:
    """An entity that a unit of work changed. ``row``: the state that its row has by now, None without a row."""

    before: Entity | None
    after: Entity
    parents: tuple[str, ...]
    content: bytes
    row: Entity | None


def takes_place(before: Entity | None, amended: Version | None) -> bool:
    """Whether what replaces ``before`` takes the place of the version that is amended."""
    return before is not None and amended is not None and before.version == amended.hash


def write_journal(
    connection: Connection, own: ChangeRow, puts: Sequence[Pending], union: Union | None, amended: Version | None
) -> int:
    """Write the changes that were merged, then this one with its versions; return its number.

    ``own``: this change, its number not yet known. A merge alone is noted in the local log. ``amended``: the version
    whose place one of ``puts`` takes, with the change that wrote it.
    """
    merged = union.changes if union else ()
    count = len(merged) + 1
    seq = int(connection.execute(_ADVANCE, {"count": count}).scalar_one())
    INSERT_CHANGES(connection, [change_row(replace(row, seq=seq - count + n)) for n, row in enumerate(merged, 1)])
    own = replace(own, seq=seq)
    if puts:
        _take_back(connection, puts, amended)
        INSERT_CHANGES(connection, [change_row(own)])
        articles = _articles(connection, puts)
        INSERT_VERSIONS(connection, [_version_row(own, p, articles, amended) for p in puts])
        _forget_heads(connection, puts)
    if union:
        _LOG_MERGE(connection, [(own.id, seq, own.at, own.analyst_id, own.device, own.label)])
    return seq


def _take_back(connection: Connection, puts: Iterable[Pending], amended: Version | None) -> None:
    """Take the change out whose place this one takes, if its version is among those that are replaced."""
    if amended is not None and any(takes_place(pending.before, amended) for pending in puts):
        connection.execute(delete(version).where(version.c.hash == amended.hash))
        connection.execute(delete(change).where(change.c.id == amended.change_id))


def _forget_heads(connection: Connection, puts: Iterable[Pending]) -> None:
    """Take the heads that a decision replaced from those that are in conflict."""
    replaced = [hash_ for p in puts if len(p.parents) > 1 for hash_ in p.parents]
    if replaced:
        connection.execute(delete(other_head).where(other_head.c.hash.in_(replaced)))


def _version_row(
    own: ChangeRow, pending: Pending, articles: Mapping[str, str | None], amended: Version | None
) -> tuple[Any, ...]:
    entity = pending.after
    told = (amended.hash, *amended.told_ancestors) if amended and takes_place(pending.before, amended) else ()
    record = Version(
        hash=entity.version,
        entity_type=entity.TYPE,
        entity_id=entity.id,
        revision=entity.revision,
        parents=pending.parents,
        content=pending.content,
        at=own.at,
        by=own.analyst_id,
        device=own.device,
        change_id=own.id,
        told_ancestors=told,
    )
    return version_row(record, owner_of(entity), articles[entity.id])


def _articles(connection: Connection, puts: Iterable[Pending]) -> dict[str, str | None]:
    """Return the article of each changed entity by the entity's id; a relation has its source's."""
    entities = [pending.after for pending in puts]
    sources = {entity.id: entity.source_id for entity in entities if isinstance(entity, Relation)}
    articles = articles_of_annotations(connection, sources.values())
    return {
        entity.id: articles.get(sources[entity.id]) if entity.id in sources else article_of(entity)
        for entity in entities
    }
