"""Conflicts: entities of which a merge brought several states that differ, and the decision which one holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.domain.analysts import Analyst
from annotator.domain.changes import ChangeSet
from annotator.domain.entities import BY_TYPE, owner_of
from annotator.domain.entity import Entity
from annotator.domain.errors import ConflictError, NotFoundError, RuleError
from annotator.domain.versions import entity_from, heads_of, in_conflict
from annotator.services.context import Context
from annotator.services.reverting import elsewhere
from annotator.store.repository import Reader


@dataclass(frozen=True, slots=True)
class Side:
    """One state of an entity in conflict. ``shown``: it is the one that views show until somebody decides."""

    entity: Entity
    at: str
    analyst_name: str
    device: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entity of which several states differ, the shown one first."""

    entity_type: str
    entity_id: str
    sides: tuple[Side, ...]


class Conflicts:
    """Lists what a merge left undecided, and decides it; every state stays in the history."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> list[Conflict]:
        """Return all entities in conflict, by type and id."""
        with self._context.read() as reader:
            names = {analyst.id: analyst.name for analyst in reader.all(Analyst, deleted=True)}
            return [_conflict(reader, type_, id_, names) for type_, id_ in reader.conflicts()]

    def decide(self, entity_type: str, entity_id: str, version: str) -> ChangeSet:
        """Let the state with the hash ``version`` hold: it is written as one version that replaces all the others.

        Raises NotFoundError when the entity is not in conflict, ConflictError when ``version`` is not one of its
        states any more, RuleError when it lies in a colleague's layer: only its analyst decides there.
        """
        with self._context.write() as uow:
            heads = heads_of(uow.versions(entity_type, entity_id))
            if not in_conflict(heads):
                raise NotFoundError("There is nothing to decide here any more.", "Somebody has decided it already.")
            chosen = next((head for head in heads if head.hash == version), None)
            shown = uow.get(BY_TYPE[entity_type], entity_id)
            if chosen is None or shown is None:
                raise ConflictError("This state has been replaced in the meantime.", "Look at the states again.")
            owner = owner_of(shown)
            if owner is not None and owner != uow.analyst_id:
                raise RuleError("This belongs to a colleague’s work.", "Only the analyst whose work it is can decide.")
            entity = entity_from(chosen, elsewhere(shown))
            uow.put(replace(entity, version=shown.version), parents=tuple(head.hash for head in heads))
            return self._context.commit(uow, f"Decide between versions of the {entity_type.replace('_', ' ')}")


def _conflict(reader: Reader, entity_type: str, entity_id: str, names: dict[str, str]) -> Conflict:
    heads = heads_of(reader.versions(entity_type, entity_id))
    shown = reader.get(BY_TYPE[entity_type], entity_id)
    extra = {} if shown is None else elsewhere(shown)
    sides = (
        Side(entity_from(head, extra), head.at, names.get(head.by or "", ""), head.device, shown=place == 0)
        for place, head in enumerate(heads)
    )
    return Conflict(entity_type, entity_id, tuple(sides))
