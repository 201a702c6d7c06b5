"""Change sets: everything that one action changed. Undo, audit, import and refresh all travel as these."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.entity import Entity

REVEAL, CLOSE, REOPEN = "Reveal session", "Close session", "Re-open session"
NEVER_UNDONE = (REVEAL, CLOSE, REOPEN)
"""How the labels of the acts begin that are never undone; nothing that was done before one is undone after it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One entity before and after a change; None stands for "did not exist"."""

    before: Entity | None
    after: Entity | None

    @property
    def entity(self) -> Entity:
        """The newest state that is known."""
        entity = self.after or self.before
        if entity is None:
            raise ValueError("an edit has a state before or after")
        return entity


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One action: its journal row and its edits.

    ``seq`` orders the changes of this project file and is local to it; ``at`` is UTC with milliseconds and never
    decides an order. ``label`` names the action for people ("Tag as denial"). ``undoes_id`` is the change that an undo
    (or a redo) takes back.
    """

    id: str
    seq: int
    at: str
    analyst_id: str | None
    device: str
    label: str
    undoes_id: str | None
    edits: tuple[Edit, ...]

    def touched(self, entity_type: str) -> tuple[str, ...]:
        """Return the ids of the entities of one type that this change names."""
        return tuple(e.entity.id for e in self.edits if e.entity.TYPE == entity_type)

    def after(self, entity_type: str) -> tuple[Entity, ...]:
        """Return the new states of the entities of one type, tombstones included."""
        return tuple(e.after for e in self.edits if e.after is not None and e.after.TYPE == entity_type)
