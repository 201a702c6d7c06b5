"""The project: one body of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from annotator.domain.entity import Entity, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Part):
    """One setting of the project that travels with it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Entity):
    """The one row that names the project; its id is the project's id."""

    TYPE: ClassVar[str] = "project"

    name: str = ""
    description: str = ""
    settings: tuple[Setting, ...] = ()
