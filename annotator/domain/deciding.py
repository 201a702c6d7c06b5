"""Deciding: what the final version of a passage is made of, row by row of the review card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint, Attribution, Role, Span
from annotator.domain.clusters import Cluster, Side
from annotator.domain.reviews import CardRow, DecidedRow, Decision, DecisionOutcome


class Source(Enum):
    """Where a row comes from, when not from one analyst."""

    ALL = "all"
    """What all analysts have, put together."""
    HAND = "hand"
    """The reviewer wrote it."""


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


P = TypeVar("P", bound=_Placed)

Sources = Mapping[CardRow, str | Source]
"""For each row of the card the analyst it is taken from, or another source."""

TOGETHER = frozenset({CardRow.PEOPLE, CardRow.RELATIONS})
"""The rows of which all analysts' may be put together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One passage of the final version before it is written: its rows. ``[start, end)`` in code points."""

    start: int
    end: int
    tag_id: str
    people: tuple[AnnotationPerson, ...] = ()
    attribution: Attribution = Attribution.NARRATION
    attribution_set: bool = False
    points: tuple[AnnotationPoint, ...] = ()
    stated_on: str = ""
    occasion: str = ""
    note: str = ""

    @property
    def span(self) -> Span:
        """The words it covers."""
        return Span(self.start, self.end)


def whole(analyst_id: str) -> dict[CardRow, str | Source]:
    """Return the sources of one analyst's version as it is."""
    return dict.fromkeys(CardRow, analyst_id)


def proposal(cluster: Cluster) -> dict[CardRow, str | Source]:
    """Return where each row of the final version would best come from: what most have; people and links together.

    Where as many have the one as the other, the analyst counts with whom the others agree most, then the order of the
    sides.
    """
    votes = {row: Counter(map(_compared[row], cluster.sides)) for row in _compared}
    ranked = sorted(cluster.sides, key=lambda side: -sum(votes[row][_compared[row](side)] for row in votes))
    found: dict[CardRow, str | Source] = {}
    for row, value in _compared.items():
        most = max(votes[row].values())
        found[row] = next(side.analyst_id for side in ranked if votes[row][value(side)] == most)
    for row in TOGETHER:
        found[row] = Source.ALL
    return _simplified(cluster, found, ranked)


_compared: dict[CardRow, Callable[[Side], object]] = {
    CardRow.ENDS: lambda side: side.ends,
    CardRow.TAG: lambda side: side.tags,
    CardRow.ATTRIBUTION: lambda side: side.attributions,
}


def _simplified(
    cluster: Cluster, sources: dict[CardRow, str | Source], ranked: Sequence[Side]
) -> dict[CardRow, str | Source]:
    """Return the sources of one analyst's version when they come to the same."""
    wanted = compose(cluster, sources)
    links = frozenset(link for side in cluster.sides for link in side.links)
    for side in ranked:
        if _alike(compose(cluster, whole(side.analyst_id)), wanted) and side.links == links:
            return whole(side.analyst_id)
    return sources


def _alike(one: Sequence[Wording], other: Sequence[Wording]) -> bool:
    return [_essence(wording) for wording in one] == [_essence(wording) for wording in other]


def _essence(wording: Wording) -> tuple[object, ...]:
    """Return what two wordings are compared by; where the words that name a person stand does not count."""
    people = frozenset((part.person_id, part.role) for part in wording.people)
    points = frozenset((part.point_id, part.stance) for part in wording.points)
    return wording.start, wording.end, wording.tag_id, people, wording.attribution, points


def compose(cluster: Cluster, sources: Sources, by_hand: Sequence[Wording] = ()) -> tuple[Wording, ...]:
    """Return the passages that the final version has for a cluster; several when who cut it gives the ends.

    ``by_hand``: the wordings that the rows with the source HAND come from; there must be one then. Each row of a piece
    comes from the passage of its analyst that covers most of the piece.
    """
    ends = sources[CardRow.ENDS]
    if ends is Source.HAND:
        spans = [wording.span for wording in by_hand]
    else:
        spans = [annotation.span for annotation in _side(cluster, ends).annotations]
    return tuple(_wording(cluster, sources, span, by_hand) for span in spans)


def _wording(cluster: Cluster, sources: Sources, span: Span, by_hand: Sequence[Wording]) -> Wording:
    def source(row: CardRow) -> Annotation | Wording:
        given = sources[row]
        if given is Source.HAND:
            return nearest(by_hand, span)
        if isinstance(given, Source):
            return nearest(_side(cluster, cluster.sides[0].analyst_id).annotations, span)
        return nearest(_side(cluster, given).annotations, span)

    first = source(CardRow.ENDS)
    said = source(CardRow.ATTRIBUTION)
    together = tuple(nearest(side.annotations, span) for side in _in_order(cluster, sources))
    return Wording(
        start=span.start,
        end=span.end,
        tag_id=source(CardRow.TAG).tag_id,
        people=(
            united_people(a.people for a in together)
            if sources[CardRow.PEOPLE] is Source.ALL
            else source(CardRow.PEOPLE).people
        ),
        points=(
            tuple({p.point_id: p for a in reversed(together) for p in reversed(a.points)}.values())[::-1]
            if sources[CardRow.RELATIONS] is Source.ALL
            else source(CardRow.RELATIONS).points
        ),
        attribution=said.attribution,
        attribution_set=said.attribution_set,
        stated_on=first.stated_on,
        occasion=first.occasion,
        note=first.note,
    )


def _in_order(cluster: Cluster, sources: Sources) -> Iterator[Side]:
    """Yield the sides, that of the analyst who gives the ends first."""
    first = sources[CardRow.ENDS]
    yield from sorted(cluster.sides, key=lambda side: side.analyst_id != first)


def united_people(several: Iterable[Iterable[AnnotationPerson]]) -> tuple[AnnotationPerson, ...]:
    """Return all people that several passages name, each once in a role; who is a target is not also ``about``."""
    found: dict[tuple[str, Role], AnnotationPerson] = {}
    for people in several:
        for part in people:
            found.setdefault((part.person_id, part.role), part)
    return tuple(p for p in found.values() if p.role is not Role.ABOUT or (p.person_id, Role.TARGET) not in found)


def nearest(passages: Sequence[P], span: Span) -> P:
    """Return the passage that covers most of a span, the first of equals."""
    return max(passages, key=lambda p: min(p.span.end, span.end) - max(p.span.start, span.start))


def _side(cluster: Cluster, analyst_id: str | Source) -> Side:
    side = cluster.side(analyst_id) if isinstance(analyst_id, str) else None
    if side is None:
        raise KeyError(analyst_id)
    return side


def sources_of(decision: Decision) -> dict[CardRow, str | Source]:
    """Return where the rows of a decided passage came from; by hand where nobody's version was taken."""
    found: dict[CardRow, str | Source] = dict.fromkeys(CardRow, decision.taken_from or Source.HAND)
    for part in decision.rows:
        found[part.row] = Source.HAND if part.by_hand else part.taken_from or Source.ALL
    return found


def outcome_of(sources: Sources) -> tuple[DecisionOutcome, str | None, tuple[DecidedRow, ...]]:
    """Return how a decision says these sources: its outcome, whose version was taken, and the rows from elsewhere."""
    given = Counter(source for source in sources.values() if isinstance(source, str))
    base = max(given, key=lambda analyst: (given[analyst], analyst == sources[CardRow.ENDS]), default=None)
    others = tuple(
        DecidedRow(
            row=row,
            taken_from=source if isinstance(source, str) else None,
            by_hand=source is Source.HAND,
        )
        for row, source in ((row, sources[row]) for row in CardRow)
        if source != base and not (base is None and source is Source.HAND)
    )
    return (DecisionOutcome.EDIT if others or base is None else DecisionOutcome.TAKE), base, others
