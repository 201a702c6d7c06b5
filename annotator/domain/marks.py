"""Marks: what a view needs to draw an annotation, as light tuples; entities are made for the current one only."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """An annotation as the article view sees it: a half-open range in code points, a tag and an analyst."""

    id: str
    start: int
    end: int
    tag_id: str
    analyst_id: str


class MarkLabel(NamedTuple):
    """What stands beside a mark: its speakers by name, in their order, and the ids of everybody in any role."""

    speakers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
