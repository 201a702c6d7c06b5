"""The register of people: persons, organisations, groups, records and unnamed sources."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from annotator.domain.entity import Entity, Part, ref


class PersonKind(StrEnum):
    """What an entry of the register is; a ``record`` is a complaint, a register, a post."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    RECORD = "record"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias(Part):
    """Another name; ``valid_from`` and ``valid_to`` are partial dates ("the Prime Minister" was another man then)."""

    text: str
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entity):
    """An entry of the register. An ``unnamed`` belongs to one article (``article_id``) and is not offered elsewhere."""

    TYPE: ClassVar[str] = "person"

    kind: PersonKind = PersonKind.PERSON
    name: str = ""
    position: str = ""
    affiliation_id: str | None = ref("person", optional=True)
    external_id: str = ""
    note: str = ""
    article_id: str | None = ref("article", optional=True)
    merged_into: str | None = ref("person", optional=True)
    aliases: tuple[Alias, ...] = ()
