"""Writing: everything one action changes, its versions and its journal entry, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, TypeVar, cast

from sqlalchemy import Executable, Result
from sqlalchemy.exc import IntegrityError
from typing_extensions import override

from annotator.domain.articles import TextVersion
from annotator.domain.changes import ChangeSet, Edit
from annotator.domain.entities import ENTITIES
from annotator.domain.entity import Entity, now, storable
from annotator.domain.errors import ConflictError, RuleError
from annotator.domain.ids import new_id
from annotator.domain.progress import Progress, silent
from annotator.domain.text import storable_text
from annotator.domain.versions import Version, content_of, version_hash
from annotator.store.bulk import without_collections
from annotator.store.connections import Connections
from annotator.store.journal import Pending, takes_place, write_journal
from annotator.store.mapping import write_entities
from annotator.store.records import ChangeRow
from annotator.store.repository import Reader
from annotator.store.schema import journal_head, metadata
from annotator.store.search import clear, index_edits
from annotator.store.union import Texts, Union, take_in

E = TypeVar("E", bound=Entity)


class UnitOfWork(Reader):
    """One action's writes; a context manager that rolls back unless :meth:`commit` was called.

    What was put is seen by the reads of the same unit of work.
    """

    def __init__(self, connections: Connections, *, analyst_id: str | None, device: str) -> None:
        self._connections = connections
        self.analyst_id = analyst_id
        self.device = device
        self.change_id = new_id()
        self.at = now()
        self._pending: dict[tuple[str, str], Pending] = {}
        self._union: Union | None = None
        self._dropped: list[Entity] = []
        self._read: dict[tuple[str, str], Entity] = {}
        self._amended: Version | None = None

    def __enter__(self) -> UnitOfWork:
        self._connection = self._connections.begin_writing()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        known = None if error is None else self._connections.explain(error)
        self._connections.end_writing()
        if known is not None:
            raise known from error

    def amend(self, change_id: str) -> None:
        """Let this unit of work take the place of a change, so that one stay in a text field is one step of undo.

        Has no effect unless that change is the newest of the journal, by the same analyst on this device, no undo, and
        wrote one entity. The version written now then has the parents and the revision of the one whose place it takes,
        and tells that one as its ancestor: a file that has it already merges as ever. Must come before any ``put``.
        """
        row = self.change(change_id)
        if row is None or row.undoes_id is not None or row.seq != self.head_seq():
            return
        written = self.versions_of_change(change_id)
        if (row.analyst_id, row.device) == (self.analyst_id, self.device) and len(written) == 1:
            self._amended = written[0]

    def put(self, entity: E, *, parents: tuple[str, ...] | None = None) -> E:
        """Insert or replace an entity and return it with its stamps; a state that changes nothing is dropped.

        ``parents``: the versions it replaces, the shown head when None; a decision names all heads.
        Raises ConflictError when ``entity.version`` is not the state that is shown here.
        """
        self._merges = None
        entity = storable(entity)
        key = (entity.TYPE, entity.id)
        pending = self._pending.get(key)
        before = cast("E | None", pending.before) if pending else self._before(entity)
        shown = pending.after if pending else before
        if entity.version != ("" if shown is None else shown.version):
            raise _changed_meanwhile()
        _refuse_changed_text(before, entity)
        if not entity.created_at:
            entity = replace(entity, created_at=self.at)
        content = content_of(entity)
        if parents is None:
            parents = pending.parents if pending else () if before is None else self._replaced(before)
            if before is not None and len(parents) <= 1 and content == content_of(before):
                return self._unchanged(key, pending, before)
        stamped = self._stamped(entity, parents, content, before)
        self._pending[key] = Pending(before, stamped, parents, content, pending.row if pending else before)
        return stamped

    def delete(self, entity: E) -> E:
        """Make an entity a tombstone and return it; one that is a tombstone already stays as it is."""
        return entity if entity.deleted else self.put(replace(entity, deleted_at=self.at))

    def add_versions(
        self,
        versions: Iterable[Version],
        *,
        texts: Texts | None = None,
        changes: Sequence[ChangeRow] = (),
        progress: Progress = silent,
    ) -> None:
        """Merge: unite the known versions with these; the entities follow their heads (see :mod:`~.union`).

        ``texts``: text version id -> its text and source bytes, for those that are new here. ``changes``: journal
        entries of the other project, in its order. ``progress`` may raise to stop. Must come before any
        ``put`` of this unit of work.
        """
        if self._pending or self._union is not None:
            raise RuntimeError("versions are taken in once, before anything else is put")
        self._read.clear()
        self._merges = None
        with without_collections():
            self._union = take_in(self._connection, versions, texts or {}, changes, progress)

    def clear(self) -> None:
        """Drop everything in this project; only for taking another over when nothing was written since it was made."""
        for cls in reversed(ENTITIES):
            self._dropped += self.all(cls, deleted=True)
        self._read.clear()
        clear(self._connection)
        for table in reversed(metadata.sorted_tables):
            if table is not journal_head:
                self._connection.execute(table.delete())

    def commit(self, label: str, *, undoes_id: str | None = None) -> ChangeSet:
        """Write everything in one transaction and return what changed.

        Without any change nothing is written, and the change set has no edits. A merge alone is noted in the local
        log, not in the journal. Raises StorageError when the disk or another program stands in the way: nothing is
        written then, and the same can be tried again.
        """
        label = storable_text(label)
        puts = [p for p in self._pending.values() if p.after is not p.before]
        union = self._union if self._union is not None and self._union.written else None
        edits = self._folded([*(union.edits if union else ()), *(Edit(p.before, p.after) for p in puts)])
        row = ChangeRow(self.change_id, 0, self.at, self.analyst_id, self.device, label, undoes_id)
        if puts or union:
            self._flush()
            row = replace(row, seq=write_journal(self._connection, row, puts, union, self._amended))
            index_edits(self._connection, self._searched(edits))
            self._connections.commit(self.change_id)
        return ChangeSet(
            id=row.id,
            seq=row.seq,
            at=row.at,
            analyst_id=row.analyst_id,
            device=row.device,
            label=label,
            undoes_id=undoes_id,
            edits=edits,
        )

    def _searched(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """Return the edits as the search must see them: after ``clear`` nothing was there before."""
        return [Edit(None, edit.after) for edit in edits if edit.after] if self._dropped else edits

    def _folded(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """Return one edit an entity, from its first state to its last."""
        befores = {(e.TYPE, e.id): e for e in self._dropped}
        afters: dict[tuple[str, str], Entity | None] = dict.fromkeys(befores)
        for edit in edits:
            key = (edit.entity.TYPE, edit.entity.id)
            if key not in afters and edit.before is not None:
                befores[key] = edit.before
            afters[key] = edit.after
        return tuple(Edit(befores.get(key), after) for key, after in afters.items())

    def get(self, cls: type[E], id_: str) -> E | None:
        """Return the entity with this id, tombstones included, or None."""
        entity = super().get(cls, id_)
        return self._remembered([entity])[0] if entity is not None else None

    def get_many(self, cls: type[E], ids: Iterable[str]) -> dict[str, E]:
        """Return the entities with these ids by id, tombstones included; ids that are unknown are left out."""
        found = super().get_many(cls, ids)
        self._remembered(found.values())
        return found

    def all(self, cls: type[E], *, deleted: bool = False, **where: object) -> list[E]:
        """Return the entities whose fields have the given values, ordered by id (see the reader)."""
        return self._remembered(super().all(cls, deleted=deleted, **where))

    def _remembered(self, entities: Iterable[E]) -> list[E]:
        """Keep what was read: nobody else writes meanwhile, so a put of it need not read it again."""
        kept = list(entities)
        self._read.update(((e.TYPE, e.id), e) for e in kept if (e.TYPE, e.id) not in self._pending)
        return kept

    def _query(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Result[Any]:
        self._flush()
        return super()._query(statement, values)

    @override
    def whole(self) -> Reader:
        self._flush()
        return super().whole()

    @override
    def referrers(self, entity_type: str, entity_id: str) -> list[tuple[str, str]]:
        """Return what refers to an entity, hidden things too: what they refer to must not go."""
        return (
            self.whole().referrers(entity_type, entity_id) if self.veil else super().referrers(entity_type, entity_id)
        )

    def puts_any(self, types: Collection[str]) -> bool:
        """Whether something of one of these entity types was put."""
        return any(type_ in types for type_, _ in self._pending)

    def _before(self, entity: E) -> E | None:
        """Return the stored state that a put replaces; an entity without a version is new and need not be looked up."""
        if not entity.version:
            return None
        read = self._read.get((entity.TYPE, entity.id))
        return cast("E", read) if read is not None else Reader(self._connection).get(type(entity), entity.id)

    def _unchanged(self, key: tuple[str, str], pending: Pending | None, before: E) -> E:
        if pending is not None:
            self._pending[key] = Pending(before, before, pending.parents, pending.content, pending.row)
        return before

    def _stamped(self, entity: E, parents: tuple[str, ...], content: bytes, before: Entity | None) -> E:
        revision = self._revision(entity, parents, before)
        hash_ = version_hash(entity.TYPE, entity.id, content, revision, parents, self.at, self.analyst_id, self.device)
        return replace(entity, revision=revision, version=hash_, updated_at=self.at, updated_by=self.analyst_id)

    def _replaced(self, before: Entity) -> tuple[str, ...]:
        """Return the versions that a new state replaces when the caller names none."""
        amended = self._amended
        return amended.parents if amended and takes_place(before, amended) else (before.version,)

    def _revision(self, entity: Entity, parents: tuple[str, ...], before: Entity | None) -> int:
        if before is not None and takes_place(before, self._amended):
            return before.revision
        if before is None or parents == (before.version,):
            return 1 if before is None else before.revision + 1
        known = Reader(self._connection).versions(entity.TYPE, entity.id)
        if before.version not in parents or not all(hash_ in known for hash_ in parents):
            raise _changed_meanwhile()
        return 1 + max(known[hash_].revision for hash_ in parents)

    def _flush(self) -> None:
        """Write the rows of what was put since the last time, so that reads see it."""
        waiting = [p for p in self._pending.values() if p.row is not p.after]
        if not waiting:
            return
        new = [p.after for p in waiting if p.row is None]
        changed = [(p.row, p.after) for p in waiting if p.row is not None]
        for pending in waiting:
            pending.row = pending.after
        try:
            write_entities(self._connection, new, changed)
        except IntegrityError as error:
            raise ConflictError("Something with the same id is in the project already.", "Use another id.") from error


def _changed_meanwhile() -> ConflictError:
    return ConflictError("This was changed in the meantime.", "Look at its present state and make the change again.")


def _refuse_changed_text(before: Entity | None, entity: Entity) -> None:
    if isinstance(before, TextVersion) and isinstance(entity, TextVersion) and before.text != entity.text:
        raise RuleError("The text of an article is never changed.", "Correct it by a new text version.")
