"""Clusters: the passages of several analysts that cover the same words, and in what they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from annotator.domain.annotations import Annotation, Attribution, Role, Span
from annotator.domain.grouping import Group, group
from annotator.domain.link_ends import Link, LinkEnds
from annotator.domain.merging import resolve
from annotator.domain.pairing import HALF, Trimmed, trimmed
from annotator.domain.relations import Relation


class Difference(StrEnum):
    """In what the analysts of a cluster differ; several may hold at once, and a cluster without one is identical."""

    MISSING = "missing"
    """Somebody who read the article did not mark the passage."""
    CUT = "cut"
    """Somebody marked in pieces what another took whole."""
    BOUNDARY = "boundary"
    """The ends differ by more than quotation marks, white space and final punctuation."""
    TAG = "tag"
    PEOPLE = "people"
    ATTRIBUTION = "attribution"
    RELATION = "relation"


_WEIGHTS = {
    Difference.MISSING: 4.0,
    Difference.TAG: 3.0,
    Difference.PEOPLE: 2.0,
    Difference.CUT: 2.0,
    Difference.BOUNDARY: 1.5,
    Difference.RELATION: 1.0,
    Difference.ATTRIBUTION: 0.5,
}
"""How much each difference counts where all analysts differ in it: what changes the statement comes first."""

People = frozenset[tuple[Role, str]]


@dataclass(frozen=True, slots=True)
class Side:
    """How one analyst had a passage: the rows of the review card, in the terms in which they are compared.

    ``annotations``: one, or the pieces in reading order. ``ends``: their spans as compared, in code points.
    ``people``: roles and persons, merged ones resolved. ``attribution_set``: whether a person chose it. ``relations``
    begin at one of the annotations; ``links`` are these and the stances on points, as compared.
    """

    analyst_id: str
    annotations: tuple[Annotation, ...]
    ends: tuple[Span, ...]
    tags: frozenset[str]
    people: People
    attributions: frozenset[Attribution]
    attribution_set: bool
    relations: tuple[Relation, ...]
    links: frozenset[Link]

    @property
    def whole(self) -> Span:
        """From the start of the first piece to the end of the last."""
        return Span(self.ends[0].start, max(end.end for end in self.ends))


@dataclass(frozen=True, slots=True)
class Cluster:
    """The passages of different analysts that cover the same words of one text.

    ``sides``: by analyst id. ``missing``: those who read the article and did not mark it. ``disagreement`` sorts the
    queue: 0 when identical, the more the more analysts differ in the more important things. ``end``: what its passages
    are as the end of a link (:mod:`annotator.domain.link_ends`).
    """

    text_id: str
    end: str
    sides: tuple[Side, ...]
    missing: tuple[str, ...]
    differences: frozenset[Difference]
    disagreement: float

    @property
    def key(self) -> tuple[str, ...]:
        """The version hashes of its members, sorted: what a decision is about."""
        return tuple(sorted(annotation.version for annotation in self.annotations))

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """All members, analyst by analyst."""
        return tuple(annotation for side in self.sides for annotation in side.annotations)

    @property
    def members(self) -> dict[str, tuple[Annotation, ...]]:
        """For each analyst one annotation, or several pieces in reading order."""
        return {side.analyst_id: side.annotations for side in self.sides}

    @property
    def identical(self) -> bool:
        """Whether everybody who read the article has it, and the same."""
        return not self.differences

    @property
    def span(self) -> Span:
        """All words that anybody marked, in code points."""
        spans = [side.whole for side in self.sides]
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    def side(self, analyst_id: str) -> Side | None:
        """Return how one analyst had it, or None."""
        return next((side for side in self.sides if side.analyst_id == analyst_id), None)


def clusters(
    texts: Mapping[str, str],
    annotations: Iterable[Annotation],
    relations: Iterable[Relation],
    authors: Mapping[str, Iterable[str]],
    merged: Mapping[str, str],
    least: float = HALF,
) -> list[Cluster]:
    """Return the clusters of each text, in the order of ``texts`` and in reading order.

    ``texts``: text version id → text. ``authors``: text version id → the analysts whose layers count there: those who
    submitted. ``merged``: loser → winner of people, tags and points (:func:`annotator.domain.merging.merged_into`).
    ``least``: the intersection over union from which on two passages are the same. Tombstones, final versions and
    layers that do not count are left out.
    """
    layers = _layers(annotations, {text_id: frozenset(found) for text_id, found in authors.items()})
    known = {annotation.id: annotation for found in layers.values() for own in found.values() for annotation in own}
    live = [relation for relation in relations if not relation.deleted and relation.session_id is None]
    ends = LinkEnds(merged)
    ends.read(known.values(), live)
    groups = [(id_, found) for id_, text in texts.items() for found in _groups(text, layers[id_], merged, least)]
    for _, found in groups:
        ends.stand_for_the_same(passage.id for passages in found.values() for passage in passages)
    outgoing: dict[str, list[Relation]] = defaultdict(list)
    for relation in live:
        outgoing[relation.source_id].append(relation)
    building = _Building(known, outgoing, ends, merged)
    return [building.cluster(text_id, found, frozenset(authors.get(text_id, ()))) for text_id, found in groups]


def _layers(
    annotations: Iterable[Annotation], authors: Mapping[str, frozenset[str]]
) -> dict[str, dict[str, list[Annotation]]]:
    layers: dict[str, dict[str, list[Annotation]]] = defaultdict(lambda: defaultdict(list))
    for annotation in annotations:
        counts = annotation.analyst_id in authors.get(annotation.text_id, ())
        if counts and annotation.session_id is None and not annotation.deleted:
            layers[annotation.text_id][annotation.analyst_id].append(annotation)
    return layers


def _groups(
    text: str, layers: Mapping[str, Sequence[Annotation]], merged: Mapping[str, str], least: float
) -> list[Group]:
    return group({analyst: trimmed(text, layers[analyst], merged) for analyst in sorted(layers)}, least)


@dataclass(frozen=True, slots=True)
class _Building:
    """What clusters are made from."""

    annotations: Mapping[str, Annotation]
    outgoing: Mapping[str, Sequence[Relation]]
    ends: LinkEnds
    merged: Mapping[str, str]

    def cluster(self, text_id: str, found: Group, authors: frozenset[str]) -> Cluster:
        inside = frozenset(passage.id for passages in found.values() for passage in passages)
        sides = tuple(self._side(analyst, found[analyst], inside) for analyst in sorted(found))
        missing = tuple(sorted(authors - found.keys()))
        shares = _shares(sides, missing)
        return Cluster(
            text_id=text_id,
            end=self.ends.of(sides[0].annotations[0].id),
            sides=sides,
            missing=missing,
            differences=frozenset(shares),
            disagreement=sum(_WEIGHTS[difference] * share for difference, share in shares.items()),
        )

    def _side(self, analyst: str, passages: Sequence[Trimmed], inside: frozenset[str]) -> Side:
        own = tuple(self.annotations[passage.id] for passage in passages)
        relations = [r for a in own for r in self.outgoing.get(a.id, ()) if r.target_id not in inside]
        return Side(
            analyst_id=analyst,
            annotations=own,
            ends=tuple(Span(passage.start, passage.end) for passage in passages),
            tags=frozenset(passage.tag_id for passage in passages),
            people=frozenset((p.role, resolve(p.person_id, self.merged)) for a in own for p in a.people),
            attributions=frozenset(a.attribution for a in own),
            attribution_set=any(a.attribution_set for a in own),
            relations=tuple(relations),
            links=frozenset(
                link for a in own for link in self.ends.links(a, (r for r in relations if r.source_id == a.id))
            ),
        )


def _shares(sides: Sequence[Side], missing: Sequence[str]) -> dict[Difference, float]:
    """Return in what the sides differ, and how much, from just above 0 to 1."""
    pairs = list(combinations(sides, 2))
    shares = {
        Difference.MISSING: len(missing) / (len(sides) + len(missing)),
        Difference.CUT: float(any(len(side.ends) > 1 for side in sides)),
    }
    for difference, apart in _APART.items():
        shares[difference] = sum(apart(one, other) for one, other in pairs) / (len(pairs) or 1)
    return {difference: share for difference, share in shares.items() if share > 0}


def _boundary(one: Side, other: Side) -> float:
    if len(one.ends) != len(other.ends):
        return 0.0  # a cut
    if len(one.ends) > 1:
        return sum(a != b for a, b in zip(one.ends, other.ends, strict=True)) / len(one.ends)
    a, b = one.whole, other.whole
    return 1 - max(0, min(a.end, b.end) - max(a.start, b.start)) / (max(a.end, b.end) - min(a.start, b.start))


def _tag(one: Side, other: Side) -> float:
    return float(one.tags != other.tags)


def _people(one: Side, other: Side) -> float:
    return _unlike(one.people, other.people)


def _attribution(one: Side, other: Side) -> float:
    """Two that were both derived differ only by what they are derived from, which is said already."""
    return float((one.attribution_set or other.attribution_set) and one.attributions != other.attributions)


def _relation(one: Side, other: Side) -> float:
    return _unlike(one.links, other.links)


def _unlike(one: Set[object], other: Set[object]) -> float:
    """Return the share of all members that only one of two sets has."""
    return len(one ^ other) / len(one | other) if one or other else 0.0


def alike(one: Side, other: Side) -> bool:
    """Whether two analysts of a cluster had it the same, in everything that makes a difference."""
    return len(one.ends) == len(other.ends) and not any(apart(one, other) for apart in _APART.values())


_APART: dict[Difference, Callable[[Side, Side], float]] = {
    Difference.BOUNDARY: _boundary,
    Difference.TAG: _tag,
    Difference.PEOPLE: _people,
    Difference.ATTRIBUTION: _attribution,
    Difference.RELATION: _relation,
}
"""How far two sides are apart in something: 0 when they agree, 1 when they share nothing."""
