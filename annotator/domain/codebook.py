"""The codebook: tags, their kinds, and the ready-made ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from annotator.domain.entity import Entity, Part, ref
from annotator.domain.ids import derived_id

_DEFAULT_TAGS = "7c1f9e60-5f0b-5a3e-9d57-1f6f0a7be201"
RESERVED_KEYS = frozenset("SBLNPJKOQMUARX")
"""Letters that the article view needs itself; no tag can have them."""


class TagKind(StrEnum):
    """What a tag stands for; every rule and figure goes by the kind, never by the name."""

    CLAIM = "claim"
    DENIAL = "denial"
    EVIDENCE = "evidence"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Part):
    """One example of the decision rule: ``fits`` says whether the tag is right for it."""

    text: str
    fits: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Entity):
    """An entry of the codebook. ``colour``: ``#rrggbb``; ``key``: one letter or empty; ``position``: sort order."""

    TYPE: ClassVar[str] = "tag"

    parent_id: str | None = ref("tag", optional=True)
    kind: TagKind = TagKind.OTHER
    name: str = ""
    colour: str = ""
    key: str = ""
    description: str = ""
    decision_rule: str = ""
    examples: tuple[Example, ...] = ()
    position: int = 0
    retired: bool = False
    merged_into: str | None = ref("tag", optional=True)


def default_tags() -> tuple[Tag, ...]:
    """Return the tags that every new project starts with; their ids are the same in every project."""
    return (
        _default(
            TagKind.CLAIM,
            0,
            "#2f6fd0",
            "C",
            "Somebody asserts that something is so.",
            "Mark the content only: what is asserted, with its outer quotation marks, without “he said”. One point, "
            "one passage.",
            "“The tolls were doubled in secret,” (she said)",
            "She will speak on Tuesday. (an announcement, nothing is asserted)",
        ),
        _default(
            TagKind.DENIAL,
            1,
            "#c8452b",
            "D",
            "Somebody says that an assertion is not so.",
            "Mark what is denied; take the denying verb in only when it alone denies.",
            "denied having signed the letter",
            "declined to comment (link it as an answer, not a denial)",
        ),
        _default(
            TagKind.EVIDENCE,
            2,
            "#2c8a57",
            "E",
            "Something that can be checked and that bears on an assertion: a figure, a document, a witness.",
            "Mark the thing that can be checked, not what somebody concludes from it.",
            "the register shows a payment of 4,200 crowns",
            "which proves that they lied (a claim)",
        ),
    )


def _default(  # noqa: PLR0913  (one row of a table)
    kind: TagKind, position: int, colour: str, key: str, description: str, rule: str, yes: str, no: str
) -> Tag:
    return Tag(
        id=derived_id(_DEFAULT_TAGS, kind),
        kind=kind,
        name=kind.capitalize(),
        colour=colour,
        key=key,
        description=description,
        decision_rule=rule,
        examples=(Example(text=yes), Example(text=no, fits=False)),
        position=position,
    )
