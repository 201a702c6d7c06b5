"""Relations: directed, typed links from one annotation to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from annotator.domain.entity import Entity, ref


class RelationKind(StrEnum):
    """What the source does to the target."""

    REBUTS = "rebuts"
    CONCEDES = "concedes"
    ANSWERS = "answers"
    SUPPORTS = "supports"
    REPEATS = "repeats"
    QUALIFIES = "qualifies"
    CONTINUES = "continues"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Entity):
    """A directed link: the source ``kind`` the target. ``session_id`` as in an annotation."""

    TYPE: ClassVar[str] = "relation"

    source_id: str = ref("annotation")
    target_id: str = ref("annotation")
    kind: RelationKind
    note: str = ""
    analyst_id: str = ref("analyst")
    session_id: str | None = None
