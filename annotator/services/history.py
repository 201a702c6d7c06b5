"""Undo, redo and history: all three read the journal, so that they outlive a restart."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.domain.analysts import Analyst
from annotator.domain.changes import NEVER_UNDONE, ChangeSet, Edit
from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Entity
from annotator.domain.errors import ConflictError, NotFoundError
from annotator.domain.versions import Version, entity_from
from annotator.services.context import Context
from annotator.services.reverting import elsewhere, revert
from annotator.store.records import ChangeRow
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One state of an entity: when, by whom, by which action, and what it was before and after.

    ``label`` and ``change_id`` are empty for a version that came in from a file.
    """

    at: str
    analyst_id: str | None
    analyst_name: str
    device: str
    label: str
    change_id: str
    before: Entity | None
    after: Entity | None


@dataclass(frozen=True, slots=True)
class RecentChange:
    """One entry of the journal as a list shows it."""

    change: ChangeRow
    analyst_name: str


@dataclass(slots=True)
class _Stacks:
    """What one analyst can undo and redo on this device: change ids, the next one last, with their plain labels."""

    last: str = ""
    """The newest change taken in, and its number."""
    seq: int = 0
    undo: list[tuple[str, str]] = field(default_factory=list)
    redo: list[tuple[str, str]] = field(default_factory=list)
    undoing: set[str] = field(default_factory=set)

    def take(self, row: ChangeRow) -> None:
        """Take one more change of the journal in."""
        self.last, self.seq = row.id, row.seq
        if row.label.startswith(NEVER_UNDONE):
            self.undo.clear()
            self.redo.clear()
        elif row.undoes_id is None:
            self.undo.append((row.id, row.label))
            self.redo.clear()
        elif row.undoes_id in self.undoing:
            self._shift(self.redo, self.undo, row)
        else:
            self._shift(self.undo, self.redo, row)
            self.undoing.add(row.id)

    @staticmethod
    def _shift(source: list[tuple[str, str]], target: list[tuple[str, str]], row: ChangeRow) -> None:
        for place in range(len(source) - 1, -1, -1):
            if source[place][0] == row.undoes_id:
                target.append((row.id, source.pop(place)[1]))
                return


class History:
    """The journal as people use it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lock = threading.Lock()
        self._stacks: dict[str, _Stacks] = {}

    def undo(self) -> ChangeSet:
        """Take back the newest own change of this device that is not undone; raises ConflictError when it cannot be.

        It cannot be when somebody has changed the same things since, or when something refers to what would go.
        """
        return self._revert("undo", "Undo")

    def redo(self) -> ChangeSet:
        """Make the change again that was undone last; raises ConflictError as :meth:`undo` does."""
        return self._revert("redo", "Redo")

    def undo_label(self) -> str | None:
        """Return what :meth:`undo` would take back (``Tag as denial``), None when there is nothing."""
        top = self._top("undo")
        return None if top is None else top[1]

    def redo_label(self) -> str | None:
        """Return what :meth:`redo` would make again, None when there is nothing."""
        top = self._top("redo")
        return None if top is None else top[1]

    def of(self, entity_type: str, entity_id: str) -> list[HistoryEntry]:
        """Return the states of an entity, the oldest first; raises NotFoundError."""
        with self._context.read() as reader:
            versions = reader.versions(entity_type, entity_id)
            if not versions:
                raise NotFoundError(f"There is no {entity_type} with the id “{entity_id}” in this project.")
            rows = {id_: reader.change(id_) for id_ in {v.change_id for v in versions.values()} if id_ is not None}
            names = {analyst.id: analyst.name for analyst in reader.all(Analyst, deleted=True)}
            extra = _elsewhere(reader.get(BY_TYPE[entity_type], entity_id))
        ordered = sorted(versions.values(), key=lambda v: (v.revision, v.at, v.hash))
        return [_entry(version, versions, rows, names, extra) for version in ordered]

    def recent(self, limit: int = 50) -> list[RecentChange]:
        """Return the newest changes of the journal, the newest first."""
        with self._context.read() as reader:
            rows = reader.changes(limit=limit)
            names = {analyst.id: analyst.name for analyst in reader.all(Analyst, deleted=True)}
        return [RecentChange(row, names.get(row.analyst_id or "", "")) for row in reversed(rows)]

    def change_set(self, change_id: str) -> ChangeSet:
        """Return a change of the journal with what it did; raises NotFoundError."""
        with self._context.read() as reader:
            row = reader.change(change_id)
            if row is None:
                raise NotFoundError(f"There is no change with the id “{change_id}” in this project.")
            edits = tuple(_edit(reader, version) for version in reader.versions_of_change(change_id))
        return ChangeSet(row.id, row.seq, row.at, row.analyst_id, row.device, row.label, row.undoes_id, edits)

    def _revert(self, which: str, verb: str) -> ChangeSet:
        with self._context.write() as uow:
            assert uow.analyst_id is not None  # only the project itself writes as nobody
            top = self._top_of(uow, uow.analyst_id, which)
            if top is None:
                raise ConflictError(f"There is nothing to {which}.")
            change_id, label = top
            _revert_own(uow, change_id, f"Undo “{label}”" if verb == "Undo" else f"Redo “{label}”")
            named = f"Undo {label}" if verb == "Undo" else f"Redo {label}"
            return self._context.commit(uow, named, undoes_id=change_id)

    def _top(self, which: str) -> tuple[str, str] | None:
        with self._context.read() as reader:
            analyst = self._context.analyst(reader)
            return None if analyst is None else self._top_of(reader, analyst.id, which)

    def _top_of(self, reader: Reader, analyst_id: str, which: str) -> tuple[str, str] | None:
        """Return the newest entry of a stack, after taking in what the journal has got since the last look."""
        with self._lock:
            stacks = self._stacks.setdefault(analyst_id, _Stacks())
            rows = reader.own_changes(analyst_id, self._context.device, from_seq=stacks.seq)
            if rows and rows[0].id == stacks.last:
                del rows[0]
            elif rows and stacks.undo and stacks.undo[-1][0] == stacks.last:
                stacks.undo.pop()  # a later one of the same stay in a text field has taken its place
            for row in rows:
                stacks.take(row)
            stack: list[tuple[str, str]] = getattr(stacks, which)
            return stack[-1] if stack else None


def _revert_own(uow: UnitOfWork, change_id: str, what: str) -> None:
    """Revert an own change; one to what is kept from its analyst by now is reverted without telling what it is."""
    if uow.veil is None or len(uow.whole().versions_of_change(change_id)) == len(uow.versions_of_change(change_id)):
        revert(uow, change_id, what)
        return
    uow.veil = None
    try:
        revert(uow, change_id, what)
    except ConflictError:
        raise ConflictError(
            f"{what} is not possible: it was changed since, or is needed, by work that you do not see yet.",
            "Wait until the session is revealed.",
        ) from None


def _entry(
    version: Version,
    versions: Mapping[str, Version],
    rows: Mapping[str, ChangeRow | None],
    names: Mapping[str, str],
    extra: Mapping[str, object],
) -> HistoryEntry:
    row = rows.get(version.change_id or "")
    before = next((versions[parent] for parent in version.parents if parent in versions), None)
    return HistoryEntry(
        at=version.at,
        analyst_id=version.by,
        analyst_name=names.get(version.by or "", ""),
        device=version.device,
        label=row.label if row else "",
        change_id=row.id if row else "",
        before=_state(before, extra),
        after=_state(version, extra),
    )


def _edit(reader: Reader, version: Version) -> Edit:
    extra = _elsewhere(reader.get(BY_TYPE[version.entity_type], version.entity_id))
    versions = reader.versions(version.entity_type, version.entity_id)
    before = next((versions[parent] for parent in version.parents if parent in versions), None)
    return Edit(_state(before, extra), _state(version, extra))


def _state(version: Version | None, extra: Mapping[str, object]) -> Entity | None:
    return entity_from(version, extra) if version is not None and version.known else None


def _elsewhere(entity: Entity | None) -> dict[str, object]:
    """Return the fields that a version's content leaves out; they never change, so those of the row hold for all."""
    return {} if entity is None else elsewhere(entity)
