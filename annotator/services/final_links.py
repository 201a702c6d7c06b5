"""Which links the final version of a session has: those of the layers whose two ends are both decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from annotator.domain.annotations import Annotation
from annotator.domain.deciding import Source, nearest, sources_of
from annotator.domain.relations import Relation, RelationKind
from annotator.domain.reviews import CardRow, Decision, final_passage_ids
from annotator.store.repository import Reader

Ends = tuple[str, str, RelationKind]
"""A link between two passages of the final version: source, target, kind."""


class FinalLinks:
    """The links of one session's final version, as its decisions stand now."""

    def __init__(self, reader: Reader, session_id: str) -> None:
        self._reader = reader
        self._session_id = session_id
        self._decided: dict[str, list[Decision]] = defaultdict(list)
        for decision in reader.all(Decision, session_id=session_id):
            if decision.decided and decision.final_annotation_id is not None:
                for member in decision.members:
                    self._decided[member.annotation_id].append(decision)

    def at(self, passages: Collection[str]) -> list[Relation]:
        """Return the live links of the final version at some of its passages."""
        ids = tuple(passages)
        if not ids:
            return []
        ends = (
            *self._reader.all(Relation, session_id=self._session_id, source_id=ids),
            *self._reader.all(Relation, session_id=self._session_id, target_id=ids),
        )
        return list({relation.id: relation for relation in ends}.values())

    def wanted(self, touched: Iterable[Decision]) -> Iterator[tuple[Sequence[str], dict[Ends, str]]]:
        """Yield what follows for each decision that is touched, or that leads to one.

        As (the ids of its passages, the links that start there with their notes); not for links written by hand.
        """
        given = list(touched)
        members = tuple(member.annotation_id for decision in given for member in decision.members)
        leading = self._reader.all(Relation, session_id=None, target_id=members) if members else []
        sources = self._reader.get_many(Annotation, [*(r.source_id for r in leading), *members])
        affected = {d.id: d for d in given if d.decided and d.final_annotation_id is not None}
        for relation in leading:
            decision = self._decision_on(sources.get(relation.source_id))
            if decision is not None:
                affected.setdefault(decision.id, decision)
        following = [d for d in affected.values() if sources_of(d)[CardRow.RELATIONS] is not Source.HAND]
        if following:
            yield from self._following(following)

    def _following(self, decisions: Sequence[Decision]) -> Iterator[tuple[Sequence[str], dict[Ends, str]]]:
        members = tuple(dict.fromkeys(m.annotation_id for decision in decisions for m in decision.members))
        outgoing: dict[str, list[Relation]] = defaultdict(list)
        for relation in self._reader.all(Relation, session_id=None, source_id=members):
            outgoing[relation.source_id].append(relation)
        targets = {relation.target_id for found in outgoing.values() for relation in found}
        layers = self._reader.get_many(Annotation, {*members, *targets})
        leading_to = {id_: self._decision_on(layers.get(id_)) for id_ in targets}
        passages = self._passages([*decisions, *(d for d in leading_to.values() if d is not None)])
        for decision in decisions:
            own = passages[decision.id]
            source = sources_of(decision)[CardRow.RELATIONS]
            wanted: dict[Ends, str] = {}
            for member in decision.members:
                annotation = layers[member.annotation_id]
                if source is not Source.ALL and annotation.analyst_id != source:
                    continue
                for relation in outgoing[annotation.id]:
                    target = leading_to[relation.target_id]
                    if target is None:
                        continue
                    start = nearest(own, annotation.span)
                    end = nearest(passages[target.id], layers[relation.target_id].span)
                    if start.id != end.id:
                        wanted.setdefault((start.id, end.id, relation.kind), relation.note)
            yield [annotation.id for annotation in own], wanted

    def _decision_on(self, annotation: Annotation | None) -> Decision | None:
        """Return the decision on a passage, the one on its present version first, then the one with the lowest id."""
        if annotation is None:
            return None
        found = self._decided.get(annotation.id, ())
        return min(found, key=lambda decision: (annotation.version not in decision.key, decision.id), default=None)

    def _passages(self, decisions: Iterable[Decision]) -> dict[str, list[Annotation]]:
        wanted = {decision.id: final_passage_ids(decision) for decision in decisions}
        found = self._reader.get_many(Annotation, [id_ for ids in wanted.values() for id_ in ids])
        return {
            id_: [found[passage] for passage in ids if passage in found and not found[passage].deleted]
            for id_, ids in wanted.items()
        }

    def final_of(self, passage_id: str) -> str | None:
        """Return the passage of the final version that stands for a passage of a layer, or is one itself; else None."""
        annotation = self._reader.get(Annotation, passage_id)
        if annotation is None or annotation.deleted:
            return None
        if annotation.session_id == self._session_id:
            return annotation.id
        decision = self._decision_on(annotation)
        passages = [] if decision is None else self._passages([decision])[decision.id]
        return nearest(passages, annotation.span).id if passages else None
