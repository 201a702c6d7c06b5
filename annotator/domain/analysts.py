"""Analysts: the members of the team who annotate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from annotator.domain.entity import Entity


class AnalystRole(StrEnum):
    """What an analyst may do beyond the own layer."""

    ANALYST = "analyst"
    REVIEWER = "reviewer"
    LEAD = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Analyst(Entity):
    """A member of the team; every annotation belongs to exactly one. ``colour``: ``#rrggbb`` or empty."""

    TYPE: ClassVar[str] = "analyst"

    name: str = ""
    initials: str = ""
    colour: str = ""
    role: AnalystRole = AnalystRole.ANALYST
    login: str = ""


def initials_of(name: str) -> str:
    """Return the initials of a name: the first letters of its first and last word, else its first two letters."""
    words = name.split()
    if len(words) > 1:
        return (words[0][:1] + words[-1][:1]).upper()
    return name.strip()[:2].upper()
