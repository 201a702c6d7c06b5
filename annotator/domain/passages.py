"""Passages across a project: what a list of them is filtered by, what a row shows, and what is still to finish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.annotations import Annotation, Attribution, Role
from annotator.domain.articles import Article, BlockKind
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.folding import fold
from annotator.domain.relations import Relation, RelationKind

RECOGNISED_BY = 2000
"""Code points of its words by which a passage is told and found among others: some passages are a whole article."""


class Unfinished(StrEnum):
    """Why a passage is listed under *To finish*."""

    NO_SPEAKER = "no_speaker"
    DENIAL_OPEN = "denial_open"
    UNSURE = "unsure"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageFilter:
    """What a list of passages is narrowed down to; a field that is empty or None narrows nothing.

    ``with_members``: an organisation's or a group's spokesmen and members count as the organisation. ``tag_id`` takes
    the tags nested under it along. Dates are partial dates, compared with the article's date. ``layer``: an analyst's
    id; None takes every layer. ``final``: the final version of a review session in place of the layers; of ``session``
    (id or name), which may be left out when there is but one. ``text``: folded words that the quote or the note must
    have.
    """

    person_id: str | None = None
    roles: frozenset[Role] = frozenset()
    with_members: bool = False
    tag_id: str | None = None
    kind: TagKind | None = None
    article_id: str | None = None
    date_from: str = ""
    date_to: str = ""
    layer: str | None = None
    final: bool = False
    session: str | None = None
    text: str = ""
    to_finish: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A passage at the other end of a relation; ``outgoing``: the row's passage is the relation's source."""

    relation_id: str
    kind: RelationKind
    outgoing: bool
    annotation_id: str
    article_id: str
    quote: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPassage:
    """One passage as it is looked for among all of a project, links resolved; ``quote``: where its words begin."""

    annotation_id: str
    article: Article
    tag: Tag
    quote: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """One passage with everything a list or a quote sheet shows of it, links to merged entries resolved.

    ``paragraph`` counts from 1; ``repeats``: it stands in a caption or in a block that repeats another one. ``group``
    is the id of the passage that stands for all that repeat each other. ``people`` are ``(role, person id, name)``.
    """

    annotation: Annotation
    article: Article
    tag: Tag
    analyst: str
    block: BlockKind
    paragraph: int
    repeats: bool
    people: tuple[tuple[Role, str, str], ...]
    answers: tuple[Answer, ...]
    unfinished: tuple[Unfinished, ...]
    group: str

    @property
    def speakers(self) -> tuple[str, ...]:
        """The names of those whose assertion it is."""
        return tuple(name for role, _, name in self.people if role is Role.SPEAKER)


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a person is named and no passage has that person: ``[start, end)`` in code points."""

    article: Article
    text_id: str
    start: int
    end: int
    paragraph: int
    context: str


def unfinished(
    annotation: Annotation, kind: TagKind, outgoing: Sequence[Relation], *, conflict: bool = False
) -> tuple[Unfinished, ...]:
    """Return what is still to finish about a passage; ``outgoing`` are the live relations that start at it.

    A passage in the reporter's own voice needs no speaker once somebody has said that it is.
    """
    reasons = []
    own_voice = annotation.attribution is Attribution.NARRATION and annotation.attribution_set
    if not own_voice and not any(entry.role is Role.SPEAKER for entry in annotation.people):
        reasons.append(Unfinished.NO_SPEAKER)
    if kind is TagKind.DENIAL and not outgoing and not annotation.points:
        reasons.append(Unfinished.DENIAL_OPEN)
    if annotation.unsure:
        reasons.append(Unfinished.UNSURE)
    if conflict:
        reasons.append(Unfinished.CONFLICT)
    return tuple(reasons)


def repeat_groups(annotations: Sequence[Annotation], relations: Iterable[Relation]) -> Mapping[str, str]:
    """Return for each annotation the id of the first one (in the order given) that says the same.

    The same is what is joined by ``repeats`` or ``continues`` relations, and what has the same tag and, folded, the
    same words.
    """
    place = {annotation.id: number for number, annotation in enumerate(annotations)}
    parent = {annotation.id: annotation.id for annotation in annotations}

    def root(id_: str) -> str:
        while parent[id_] != id_:
            parent[id_] = parent[parent[id_]]
            id_ = parent[id_]
        return id_

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)), key=place.__getitem__)
        parent[second] = first

    for relation in relations:
        joins = relation.kind in (RelationKind.REPEATS, RelationKind.CONTINUES)
        if joins and relation.source_id in parent and relation.target_id in parent:
            join(relation.source_id, relation.target_id)
    said: dict[tuple[str, str], str] = {}
    for annotation in annotations:
        words = fold(annotation.quote).strip("'\"., ")
        first = said.setdefault((annotation.tag_id, words), annotation.id) if words else annotation.id
        if first != annotation.id:
            join(first, annotation.id)
    return {id_: root(id_) for id_ in parent}
