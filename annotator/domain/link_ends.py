"""What passages are linked to, in the terms in which the links of several analysts can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.domain.annotations import Annotation, Stance
from annotator.domain.merging import resolve
from annotator.domain.relations import Relation, RelationKind

Link = tuple[RelationKind, str]
"""A kind, and what it leads to: the lowest id of all passages that stand for the same statement, or a point's mark."""

_POINT = "~"  # behind all letters of an id, so that the lowest of several is a passage if there is one

_SAME_STATEMENT = frozenset({RelationKind.REPEATS, RelationKind.CONTINUES})
_BY_STANCE = {Stance.DENIES: RelationKind.REBUTS, Stance.SUPPORTS: RelationKind.SUPPORTS}


class LinkEnds:
    """Which passages and points stand for the same statement.

    Those are: the passages of one group; a passage and what it repeats or continues; a passage and the points that it
    asserts. So two analysts link to the same when one rebuts a claim in the headline and the other its repetition in
    the text, or denies the point that the claim asserts (the same up to ``repeats`` and to points).
    """

    def __init__(self, points: Mapping[str, str]) -> None:
        self._above: dict[str, str] = {}
        self._merged = points

    def stand_for_the_same(self, ids: Iterable[str]) -> None:
        """Say that passages, by their ids, stand for one statement."""
        tops = {self.of(id_) for id_ in ids}
        if tops:
            lowest = min(tops)
            self._above.update((top, lowest) for top in tops if top != lowest)

    def read(self, annotations: Iterable[Annotation], relations: Iterable[Relation]) -> None:
        """Take in what annotations assert, and what repeats or continues what."""
        for annotation in annotations:
            asserted = [p.point_id for p in annotation.points if p.stance is Stance.ASSERTS]
            self.stand_for_the_same([annotation.id, *map(self._point, asserted)])
        for relation in relations:
            if relation.kind in _SAME_STATEMENT:
                self.stand_for_the_same((relation.source_id, relation.target_id))

    def of(self, id_: str) -> str:
        """Return what stands for the statement of the passage ``id_``, as the end of a link."""
        above = self._above
        while (top := above.get(id_)) is not None:
            above[id_] = id_ = above.get(top, top)
        return id_

    def links(self, annotation: Annotation, outgoing: Iterable[Relation]) -> frozenset[Link]:
        """Return what an annotation is linked to by relations that begin at it, and by its stance on points."""
        found = {(relation.kind, self.of(relation.target_id)) for relation in outgoing}
        for part in annotation.points:
            kind = _BY_STANCE.get(part.stance)
            if kind is not None:
                found.add((kind, self.of(self._point(part.point_id))))
        return frozenset(found)

    def _point(self, id_: str) -> str:
        return _POINT + resolve(id_, self._merged)


def is_point(end: str) -> bool:
    """Whether the end of a link is a point that no passage asserts."""
    return end.startswith(_POINT)
