"""Annotations: a span of a text with one tag, made by one analyst, with the people and points involved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from annotator.domain.entity import Entity, Part, ref

CONTEXT = 32
"""Code points of context kept on either side of a quote."""


class Role(StrEnum):
    """What a person has to do with a passage."""

    SPEAKER = "speaker"
    ON_BEHALF_OF = "on_behalf_of"
    TARGET = "target"
    ABOUT = "about"
    REPORTED_BY = "reported_by"


class Certainty(StrEnum):
    """Whether the article names the person for this role or the analyst inferred it."""

    NAMED = "named"
    INFERRED = "inferred"


class Attribution(StrEnum):
    """How it was said."""

    DIRECT_QUOTE = "direct_quote"
    PARAPHRASE = "paraphrase"
    MIXED = "mixed"
    RECORD = "record"
    NARRATION = "narration"


class Stance(StrEnum):
    """What an annotation does with a point."""

    ASSERTS = "asserts"
    DENIES = "denies"
    SUPPORTS = "supports"


class Origin(StrEnum):
    """Where an annotation came from."""

    MANUAL = "manual"
    SUGGESTED = "suggested"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of Unicode code points in a text version."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationPerson(Part):
    """A person in a role. ``mention_start``, ``mention_end``: the words that name the person here, in code points."""

    person_id: str = ref("person")
    role: Role
    mention_start: int | None = None
    mention_end: int | None = None
    certainty: Certainty = Certainty.NAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationPoint(Part):
    """What the annotation does with a point."""

    point_id: str = ref("point")
    stance: Stance = Stance.ASSERTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation(Entity):
    """A span ``[start, end)`` in code points of one text version, with one tag, by one analyst.

    ``quote`` is the text of the span, ``prefix`` and ``suffix`` up to 32 code points around it. ``session_id`` is None
    in an analyst's layer and names the review session in a final version. ``attribution_set`` tells that a person chose
    the attribution; else it was derived from the quotation marks. ``stated_on``: a partial date.
    """

    TYPE: ClassVar[str] = "annotation"

    article_id: str = ref("article")
    text_id: str = ref("text_version")
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    tag_id: str = ref("tag")
    analyst_id: str = ref("analyst")
    session_id: str | None = None
    attribution: Attribution = Attribution.NARRATION
    attribution_set: bool = False
    stated_on: str = ""
    occasion: str = ""
    unsure: bool = False
    note: str = ""
    origin: Origin = Origin.MANUAL
    people: tuple[AnnotationPerson, ...] = ()
    points: tuple[AnnotationPoint, ...] = ()

    @property
    def span(self) -> Span:
        """The annotated range."""
        return Span(self.start, self.end)


def quote_with_context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return ``(prefix, quote, suffix)`` of the span ``[start, end)`` of ``text``, offsets in code points."""
    return text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT]
