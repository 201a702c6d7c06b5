"""Merging: the union of what is known here with versions from elsewhere, and the state that follows from it.

A version is a head unless a known version names it among its ancestors. The entity's row follows the head with the
highest revision, then the lowest hash; further heads are noted in ``other_head``. Everything is a function of the set
of known versions, so merging commutes, is associative and idempotent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.changes import Edit
from annotator.domain.entities import BY_TYPE, owner_of
from annotator.domain.entity import Entity
from annotator.domain.errors import InputError, Problem
from annotator.domain.progress import Progress, each_told, part, silent
from annotator.domain.relations import Relation
from annotator.domain.versions import Version, entity_from, heads_of
from annotator.store.mapping import chunks, write_entities
from annotator.store.records import INSERT_VERSIONS, VERSIONS_OF_ENTITIES, ChangeRow, hashes, version_from, version_row
from annotator.store.repository import Reader
from annotator.store.schema import ENTITY_TABLES, change, other_head, version

Key = tuple[str, str]
Texts = Mapping[str, tuple[str, bytes | None]]
"""Text version id -> its text and its source bytes, which a version's content leaves out."""

_AT_A_TIME = 2_000
"""Versions written at a time; between two times the work can be stopped."""

_RETELL = (
    update(version)
    .where(version.c.hash == bindparam("wanted"))
    .values(told_ancestors=bindparam("new_told"), change_id=bindparam("new_change"))
)
_FORGET_HEADS = delete(other_head).where(
    other_head.c.entity_type == bindparam("type"), other_head.c.entity_id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Union:
    """What a union changed: the changes that are new here, the edits that show, whether anything was written at all."""

    changes: tuple[ChangeRow, ...]
    edits: tuple[Edit, ...]
    written: bool


def take_in(
    connection: Connection,
    incoming: Iterable[Version],
    texts: Texts,
    changes: Sequence[ChangeRow],
    progress: Progress = silent,
) -> Union:
    """Write the union of the known versions with ``incoming`` and bring the entities' rows up to date.

    Versions without a body are passed over: their hashes are told by those that replace them. Raises InputError when
    versions name each other as ancestors in a circle.
    """
    given = _by_entity(v for v in incoming if v.known)
    fresh_changes = _fresh_changes(connection, changes)
    changes_known = {c.id for c in changes} | _known_changes(connection, given)
    known = _known_versions(connection, given)
    new: list[Version] = []
    retold: list[Version] = []
    shown: dict[Key, Version] = {}
    others: list[Version] = []
    for key, versions in each_told(given.items(), len(given), part(progress, 0, 0.3)):
        before = known.get(key, {})
        after = _united(before, versions, changes_known)
        new += [v for hash_, v in after.items() if hash_ not in before]
        retold += [v for hash_, v in after.items() if hash_ in before and v != before[hash_]]
        heads = heads_of(after) if len(after) > 1 else tuple(after.values())
        if not heads:
            raise InputError(
                "The versions in the file replace each other in a circle.", (Problem(f"{key[0]} {key[1]}", "no head"),)
            )
        shown[key] = heads[0]
        others += heads[1:]
    edits = _follow_heads(connection, shown, _rows_of(connection, known), texts, part(progress, 0.3, 0.6))
    originals = _keep_originals(connection, texts)
    _write_versions(connection, new, retold, edits, part(progress, 0.6, 1))
    _write_heads(connection, given, others)
    return Union(fresh_changes, edits, written=bool(new or retold or fresh_changes or originals))


def _by_entity(versions: Iterable[Version]) -> dict[Key, list[Version]]:
    found: dict[Key, list[Version]] = defaultdict(list)
    for record in versions:
        found[record.entity_type, record.entity_id].append(record)
    return found


def _fresh_changes(connection: Connection, changes: Sequence[ChangeRow]) -> tuple[ChangeRow, ...]:
    here = _changes_among(connection, (c.id for c in changes))
    return tuple({c.id: c for c in changes if c.id not in here}.values())


def _known_changes(connection: Connection, given: Mapping[Key, list[Version]]) -> set[str]:
    return _changes_among(connection, {v.change_id for group in given.values() for v in group if v.change_id})


def _changes_among(connection: Connection, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for chunk in chunks(ids):
        found.update(connection.execute(select(change.c.id).where(change.c.id.in_(chunk))).scalars())
    return found


def _known_versions(connection: Connection, keys: Iterable[Key]) -> dict[Key, dict[str, Version]]:
    found: dict[Key, dict[str, Version]] = defaultdict(dict)
    for type_, ids in _ids_by_type(keys).items():
        for chunk in chunks(ids):
            for row in connection.execute(VERSIONS_OF_ENTITIES, {"entity_type": type_, "entity_ids": chunk}).all():
                record = version_from(row)
                found[type_, record.entity_id][record.hash] = record
    return found


def _ids_by_type(keys: Iterable[Key]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = defaultdict(list)
    for type_, id_ in keys:
        ids[type_].append(id_)
    return ids


def _united(before: Mapping[str, Version], given: Iterable[Version], changes_known: set[str]) -> dict[str, Version]:
    """Return all versions of one entity; told ancestors are united and cut to what parents leave out."""
    after = dict(before)
    for record in given:
        here = after.get(record.hash)
        change_id = record.change_id if record.change_id in changes_known else None
        if here is None:
            after[record.hash] = record if record.change_id == change_id else record._replace(change_id=change_id)
        else:
            told = tuple(sorted({*here.told_ancestors, *record.told_ancestors}))
            after[record.hash] = here._replace(told_ancestors=told, change_id=here.change_id or change_id)
    return {hash_: _told_briefly(record, after) for hash_, record in after.items()}


def _told_briefly(record: Version, versions: Mapping[str, Version]) -> Version:
    if not record.told_ancestors:
        return record
    reached: set[str] = set()
    todo = list(record.parents)
    while todo:
        hash_ = todo.pop()
        if hash_ not in reached:
            reached.add(hash_)
            todo.extend(versions[hash_].parents if hash_ in versions else ())
    return record._replace(told_ancestors=tuple(sorted(set(record.told_ancestors) - reached)))


def _follow_heads(
    connection: Connection,
    shown: Mapping[Key, Version],
    rows: Mapping[Key, Entity],
    texts: Texts,
    progress: Progress,
) -> tuple[Edit, ...]:
    """Write the rows of the entities whose shown head is another than their row's; return what changed."""
    edits = []
    for key, head in each_told(shown.items(), len(shown), progress):
        before = rows.get(key)
        if before is None or before.version != head.hash:
            edits.append(Edit(before, entity_from(head, _extra(head, before, texts))))
    write_entities(
        connection,
        [edit.entity for edit in edits if edit.before is None],
        [(edit.before, edit.entity) for edit in edits if edit.before is not None],
    )
    return tuple(edits)


def _rows_of(connection: Connection, keys: Iterable[Key]) -> dict[Key, Entity]:
    reader = Reader(connection)
    return {
        (type_, id_): entity
        for type_, wanted in _ids_by_type(keys).items()
        for id_, entity in reader.get_many(BY_TYPE[type_], wanted).items()
    }


def _extra(head: Version, before: Entity | None, texts: Texts) -> dict[str, Any]:
    if head.entity_type != "text_version":
        return {}
    if before is not None:
        return {"text": getattr(before, "text"), "source_bytes": getattr(before, "source_bytes")}  # noqa: B009
    text, source = texts[head.entity_id]
    return {"text": text, "source_bytes": source}


def _keep_originals(connection: Connection, texts: Texts) -> bool:
    """Keep the original files of texts that were here without theirs; return whether there were any."""
    table = ENTITY_TABLES[TextVersion]
    kept = False
    for id_, (_text, source) in texts.items():
        if source is not None:
            missing = update(table).where(table.c.id == id_, table.c.source_bytes.is_(None))
            kept |= connection.execute(missing.values(source_bytes=source)).rowcount > 0
    return kept


def _write_versions(
    connection: Connection,
    new: Sequence[Version],
    retold: Sequence[Version],
    edits: Iterable[Edit],
    progress: Progress,
) -> None:
    places = _places(connection, new, {edit.entity.version: edit.entity for edit in edits})
    for at in each_told(range(0, len(new), _AT_A_TIME), -(-len(new) // _AT_A_TIME), progress):
        INSERT_VERSIONS(connection, [version_row(v, *places[v.hash]) for v in new[at : at + _AT_A_TIME]])
    if retold:
        connection.execute(
            _RETELL,
            [{"wanted": v.hash, "new_told": hashes(v.told_ancestors), "new_change": v.change_id} for v in retold],
        )


def _places(
    connection: Connection, records: Sequence[Version], shown: Mapping[str, Entity]
) -> dict[str, tuple[str | None, str | None]]:
    """Return the layer and the article of each version, by hash, as its content tells; a relation has its source's."""
    sources: dict[str, str] = {}
    places: dict[str, tuple[str | None, str | None]] = {}
    for record in records:
        entity = shown.get(record.hash) or entity_from(record)
        places[record.hash] = owner_of(entity), article_of(entity)
        if isinstance(entity, Relation):
            sources[record.hash] = entity.source_id
    articles = articles_of_annotations(connection, sources.values())
    for hash_, source_id in sources.items():
        places[hash_] = places[hash_][0], articles.get(source_id)
    return places


def articles_of_annotations(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the article of each of these annotations by the annotation's id."""
    table = ENTITY_TABLES[Annotation]
    articles: dict[str, str] = {}
    for chunk in chunks(set(ids)):
        statement = select(table.c.id, table.c.article_id).where(table.c.id.in_(chunk))
        articles.update((row[0], row[1]) for row in connection.execute(statement).all())
    return articles


def article_of(entity: Entity) -> str | None:
    """Return the article that an entity itself says it belongs to; a relation does not."""
    if isinstance(entity, Article):
        return entity.id
    article_id: str | None = getattr(entity, "article_id", None)
    return article_id


def _write_heads(connection: Connection, keys: Iterable[Key], others: Sequence[Version]) -> None:
    for type_, ids in _ids_by_type(keys).items():
        for chunk in chunks(ids):
            connection.execute(_FORGET_HEADS, {"type": type_, "ids": chunk})
    if others:
        connection.execute(
            insert(other_head),
            [{"hash": v.hash, "entity_type": v.entity_type, "entity_id": v.entity_id} for v in others],
        )
