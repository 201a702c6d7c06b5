"""Writing decisions, and the final version that follows from them, within one unit of work.

The passages and links of the final version are entities of their own with ids that follow from the decision: a layer is
never touched, and two reviewers who decide the same on two devices make one passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, TypeVar

from typing_extensions import Unpack

from annotator.domain.annotations import Annotation, Span
from annotator.domain.deciding import Sources, Wording, outcome_of
from annotator.domain.entity import Entity
from annotator.domain.relations import Relation
from annotator.domain.reviews import (
    ClusterMember,
    Decision,
    DecisionOutcome,
    ReasonCode,
    ReviewSession,
    decision_id,
    final_passage_id,
    final_passage_ids,
    final_relation_id,
)
from annotator.domain.versions import heads_of
from annotator.services.editing import word
from annotator.services.final_links import Ends, FinalLinks
from annotator.services.layers import writer
from annotator.services.passage import checked, derived_again, marked
from annotator.services.under_review import ClusterUnderReview, Gathered
from annotator.store.unit_of_work import UnitOfWork

E = TypeVar("E", bound=Entity)


class Reason(TypedDict, total=False):
    """Why something is decided so, as callers give it.

    ``reason_code``: the kind of reason. ``comment``: the reason in words. ``codebook_flag``: the codebook needs a
    change. What is left out, or None, stays as it was said before.
    """

    reason_code: ReasonCode | str | None
    comment: str | None
    codebook_flag: bool | None


@dataclass(frozen=True, slots=True)
class Why:
    """Why something was decided so; None leaves what was said before."""

    reason_code: ReasonCode | None = None
    comment: str | None = None
    codebook_flag: bool | None = None

    @classmethod
    def of(cls, **given: Unpack[Reason]) -> Why:
        """Return what a caller gave; raises UsageError for an unknown kind of reason."""
        code = given.get("reason_code")
        return cls(None if code is None else word(ReasonCode, code), given.get("comment"), given.get("codebook_flag"))

    @property
    def given(self) -> bool:
        """Whether there is a reason at all."""
        return self.reason_code is not None or bool((self.comment or "").strip())

    def put_into(self, decision: Decision, former: Decision | None = None) -> Decision:
        """Return a decision with this reason; what is not given is that of ``former``, else its own."""
        said = former or decision
        return replace(
            decision,
            reason_code=said.reason_code if self.reason_code is None else self.reason_code,
            comment=said.comment if self.comment is None else self.comment.strip(),
            codebook_flag=said.codebook_flag if self.codebook_flag is None else self.codebook_flag,
        )


def wording_of(annotation: Annotation) -> Wording:
    """Return the rows of a passage of the final version."""
    return Wording(
        start=annotation.start,
        end=annotation.end,
        tag_id=annotation.tag_id,
        people=annotation.people,
        attribution=annotation.attribution,
        attribution_set=annotation.attribution_set,
        points=annotation.points,
        stated_on=annotation.stated_on,
        occasion=annotation.occasion,
        note=annotation.note,
    )


def to_decide_since(session: ReviewSession) -> str:
    """Return when what is decided in a session came to be decided: the time of making of all that decisions write.

    So the same decision, made by the same reviewer on two devices, is the same content, and no conflict.
    """
    return session.revealed_at or session.created_at


class FinalVersion:
    """The final version of a session while something is decided of it; :meth:`follow` comes last."""

    def __init__(self, uow: UnitOfWork, gathered: Gathered) -> None:
        self._uow = uow
        self._session: ReviewSession = gathered.session
        self._texts = {read.text_id: read.text for read in gathered.work.texts}
        self._articles = gathered.homes
        self._touched: dict[str, Decision] = {}
        self._gone: set[str] = set()
        self._known: dict[str, Entity | None] = {}
        self._crowded = uow.with_other_heads()

    def expect(self, clusters: Iterable[ClusterUnderReview]) -> None:
        """Read at once what deciding these clusters may write over."""
        decisions = {decision_id(self._session.id, found.key) for found in clusters}
        self._look_up(Decision, decisions)
        passages = {final_passage_id(self._session.id, id_, n) for id_ in decisions for n in range(2)}
        self._look_up(Annotation, passages)

    def decide(
        self,
        found: ClusterUnderReview,
        outcome: DecisionOutcome,
        why: Why,
        sources: Sources,
        wordings: Sequence[Wording],
    ) -> Decision:
        """Decide a cluster: the wordings become its passages; none for “nothing here” and for parking."""
        former = found.decision
        fresh = former if former is not None and not found.stale else None
        _, base, rows = outcome_of(sources) if wordings else (outcome, None, ())
        members = sorted((a.version, a.id) for a in found.cluster.annotations)
        decision = Decision(
            id=fresh.id if fresh else decision_id(self._session.id, found.key),
            session_id=self._session.id,
            text_id=found.cluster.text_id,
            outcome=outcome,
            members=tuple(ClusterMember(annotation_id=member, of_version=version) for version, member in members),
            taken_from=base,
            rows=rows,
        )
        decision = why.put_into(decision, fresh)
        for earlier in found.earlier:
            self._uow.delete(earlier)
            self._known[earlier.id] = None
        standing = [annotation.id for annotation in found.final]
        for earlier in found.earlier:
            standing += [id_ for id_ in final_passage_ids(earlier) if id_ not in standing]
        return self._write(decision, wordings, standing)

    def add(self, decision: Decision, wording: Wording | None) -> Decision:
        """Write a decision that no cluster stands behind, with its passage."""
        return self._write(decision, [] if wording is None else [wording], list(final_passage_ids(decision)))

    def drop(self, decision: Decision, final: Iterable[Annotation]) -> None:
        """Take a decision back, with its passages."""
        self._uow.delete(decision)
        self._remove([annotation.id for annotation in final])
        self._touched[decision.id] = replace(decision, final_annotation_id=None)

    def _write(self, decision: Decision, wordings: Sequence[Wording], standing: Sequence[str]) -> Decision:
        """Write a decision and its passages; ``standing``: the ids of those that it had."""
        ids = [
            (standing[0] if standing and n == 0 else final_passage_id(self._session.id, decision.id, n))
            for n in range(len(wordings))
        ]
        self._look_up(Annotation, [*ids, *standing])
        for id_, wording in zip(ids, wordings, strict=True):
            self._put(self._passage(id_, decision, wording))
        self._remove([id_ for id_ in standing if id_ not in ids])
        self._look_up(Decision, [decision.id])
        written = self._put(replace(decision, final_annotation_id=ids[0] if ids else None))
        self._touched[written.id] = written
        return written

    def _passage(self, id_: str, decision: Decision, wording: Wording) -> Annotation:
        text = self._texts[decision.text_id]
        article_id, span = self._articles[decision.text_id], Span(wording.start, wording.end)
        annotation = replace(
            marked(id_, article_id, decision.text_id, text, span, wording.tag_id, writer(self._uow)),
            session_id=self._session.id,
            attribution=wording.attribution,
            attribution_set=wording.attribution_set,
            stated_on=wording.stated_on,
            occasion=wording.occasion,
            note=wording.note,
            people=wording.people,
            points=wording.points,
        )
        return checked(derived_again(annotation, text), text)

    def _remove(self, ids: Sequence[str]) -> None:
        for annotation in self._uow.get_many(Annotation, ids).values():
            self._uow.delete(annotation)
            self._gone.add(annotation.id)
            self._known.pop(annotation.id, None)

    def _look_up(self, cls: type[Entity], ids: Iterable[str]) -> None:
        unknown = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._known]
        found = self._uow.get_many(cls, unknown)
        self._known.update((id_, found.get(id_)) for id_ in unknown)

    def _put(self, entity: E) -> E:
        """Write an entity over what has its id, be that a tombstone."""
        known = self._known.get(entity.id)
        entity = replace(entity, created_at=to_decide_since(self._session))
        if known is not None:
            entity = replace(entity, version=known.version, revision=known.revision, created_at=known.created_at)
        written = self._uow.put(entity, parents=self._heads(entity))
        self._known[entity.id] = written
        return written

    def _heads(self, entity: Entity) -> tuple[str, ...] | None:
        """Return all versions that a decision replaces where two reviewers decided otherwise; None where none did."""
        if (entity.TYPE, entity.id) not in self._crowded:
            return None
        return tuple(head.hash for head in heads_of(self._uow.versions(entity.TYPE, entity.id)))

    def follow(self) -> None:
        """Let the links of the final version follow from what was decided, once both of their ends are final.

        Those at passages that are gone go. Those of every decision that was made here, and of every passage that leads
        to one of its members, become what the layers say that its row of links was taken from.
        """
        links = FinalLinks(self._uow, self._session.id)
        for relation in links.at(self._gone):
            self._uow.delete(relation)
        for sources, wanted in links.wanted(self._touched.values()):
            self.link(sources, wanted)

    def link(self, sources: Sequence[str], wanted: Mapping[Ends, str]) -> None:
        """Make the links that start at some final passages exactly the wanted ones, given with their notes."""
        existing = self._uow.all(Relation, session_id=self._session.id, source_id=tuple(sources))
        there = {(relation.source_id, relation.target_id, relation.kind): relation for relation in existing}
        for key, relation in there.items():
            if key not in wanted:
                self._uow.delete(relation)
        ids = {key: final_relation_id(self._session.id, *key) for key in wanted if key not in there}
        for id_ in ids.values():
            self._known.pop(id_, None)
        self._look_up(Relation, ids.values())
        for (source, target, kind), id_ in ids.items():
            self._put(
                Relation(
                    id=id_,
                    source_id=source,
                    target_id=target,
                    kind=kind,
                    note=wanted[source, target, kind],
                    analyst_id=writer(self._uow),
                    session_id=self._session.id,
                )
            )
