"""Points: one neutral sentence for what is asserted, independent of any article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from annotator.domain.entity import Entity, ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Entity):
    """What is asserted, in one neutral sentence; annotations assert, deny or support it."""

    TYPE: ClassVar[str] = "point"

    text: str = ""
    note: str = ""
    merged_into: str | None = ref("point", optional=True)
