"""Where a review is worked on: who may, what there is, and one unit of work for each act."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.deciding import Sources, Wording, compose, outcome_of, sources_of
from annotator.domain.errors import ConflictError, NotFoundError, RuleError
from annotator.domain.reviews import (
    Decision,
    DecisionOutcome,
    MemberRole,
    ReviewSession,
    SessionMode,
    SessionState,
    Verdict,
    VerdictOutcome,
    verdict_id,
)
from annotator.services.context import Context, live
from annotator.services.final_version import FinalVersion, Why, to_decide_since, wording_of
from annotator.services.layers import writer
from annotator.services.session_access import Team, article_of_session, session_of
from annotator.services.under_review import (
    ClusterUnderReview,
    FinalPassage,
    Gathered,
    Review,
    clusters_of,
    gather,
    review_of,
)
from annotator.store.unit_of_work import UnitOfWork

Key = tuple[str, ...]
"""What names a cluster: the version hashes of its members, sorted (:attr:`ClusterUnderReview.key`)."""


_VERDICTS = {
    DecisionOutcome.TAKE: VerdictOutcome.ACCEPT,
    DecisionOutcome.EDIT: VerdictOutcome.CHANGE,
    DecisionOutcome.NOTHING: VerdictOutcome.REJECT,
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One act on a session, in one unit of work."""

    uow: UnitOfWork
    session: ReviewSession
    team: Team
    gathered: Gathered
    review: Review
    final: FinalVersion

    def found(self, key: Key) -> ClusterUnderReview:
        """Return the cluster with a key; raises ConflictError when there is none now."""
        for cluster in self.review.clusters:
            if cluster.key == key:
                return cluster
        raise ConflictError(
            "These passages have been changed in the meantime.", "Look at them as they are now and decide again."
        )

    def other(self, decision_id: str) -> FinalPassage:
        """Return a decision that no cluster stands behind; raises NotFoundError."""
        for passage in self.review.others:
            if passage.decision.id == decision_id:
                return passage
        raise NotFoundError("There is no such decision in this session any more.", "Look at the article again.")

    def is_own(self, found: ClusterUnderReview) -> bool:
        """Whether a peer would check the own passage."""
        return self.session.mode is SessionMode.PEER_CHECK and self.uow.analyst_id in found.cluster.members

    def refuse_own(self, found: ClusterUnderReview) -> None:
        """Raise RuleError where a peer would check the own passage."""
        if self.is_own(found):
            raise RuleError("In a peer check nobody reviews the own work.", "Let another reviewer decide this passage.")

    def refuse_unreasoned(self, why: Why, former: Decision | None = None) -> None:
        """Raise RuleError when the session wants a reason for a rejection and there is none, nor was before."""
        before = former is not None and Why(former.reason_code, former.comment).given
        if self.session.reason_on_reject and not why.given and not before:
            raise RuleError("In this session a rejection needs a reason.", "Choose a kind of reason, or write one.")

    def say(self, annotation: Annotation, outcome: VerdictOutcome, why: Why, *, by: str | None = None) -> None:
        """Write a verdict on a passage in its present version, in place of an earlier one; ``by``: else who writes."""
        analyst_id = by or writer(self.uow)
        id_ = verdict_id(self.session.id, annotation.id, annotation.version, analyst_id)
        verdict = Verdict(
            id=id_,
            session_id=self.session.id,
            annotation_id=annotation.id,
            of_version=annotation.version,
            analyst_id=analyst_id,
            outcome=outcome,
            reason_code=why.reason_code,
            comment=(why.comment or "").strip(),
            created_at=to_decide_since(self.session),
        )
        known = self.uow.get(Verdict, id_)
        if known is not None:
            verdict = replace(verdict, version=known.version, revision=known.revision, created_at=known.created_at)
        self.uow.put(verdict)

    def take_back_verdicts(self, found: ClusterUnderReview) -> None:
        """Delete what was decided of the passages of a cluster by a verdict, in a peer check."""
        if self.session.mode is SessionMode.PEER_CHECK:
            for given in found.verdicts:
                self.uow.delete(given.verdict)

    def name(self, analyst_id: str) -> str:
        """Return whose version something is, as the name of a change says it; never when names are hidden."""
        if self.session.hide_names:
            return "a version"
        analyst = self.uow.get(Analyst, analyst_id)
        return f"{analyst.name}’s version" if analyst else "a version"


class ReviewDesk:
    """What all that is decided in review sessions goes through."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def _read(self, session_id: str, article_id: str | None = None) -> tuple[Gathered, Review]:
        """Return what a session has to decide; all of it is compared, so that what crosses articles counts."""
        with self._context.read() as reader:
            session = revealed(session_of(reader, session_id, SessionState.OPEN, SessionState.CLOSED))
            wanted = None if article_id is None else article_of_session(reader, session_id, article_id).article_id
            gathered = gather(reader, session)
        return gathered, review_of(gathered, clusters_of(gathered), wanted)

    @contextmanager
    def _sitting(
        self,
        session_id: str,
        *,
        key: Key = (),
        article_id: str | None = None,
        decision_id: str | None = None,
        annotation_id: str | None = None,
        roles: Collection[MemberRole] = (MemberRole.REVIEWER, MemberRole.LEAD),
    ) -> Iterator[Sitting]:
        """Begin an act on the article of a cluster, on one article, or on all when nothing is given.

        Raises RuleError when the session is not open, not revealed, or who is writing does not decide in it.
        """
        with self._context.write() as uow:
            session = revealed(session_of(uow, session_id, SessionState.OPEN))
            team = Team.of(uow, session_id)
            team.need(uow.analyst_id, *roles)
            texts = _texts_of(uow, session_id, key, article_id, decision_id, annotation_id)
            gathered = gather(uow, session, texts)
            review = review_of(gathered, clusters_of(gathered))
            yield Sitting(uow, session, team, gathered, review, FinalVersion(uow, gathered))

    @contextmanager
    def _deciding(self, session_id: str, key: Key) -> Iterator[tuple[Sitting, ClusterUnderReview]]:
        """Begin an act on one cluster; raises ConflictError when it is not there, RuleError for the own work."""
        with self._sitting(session_id, key=key) as sitting:
            found = sitting.found(key)
            sitting.refuse_own(found)
            yield sitting, found

    def _decide(
        self,
        sitting: Sitting,
        found: ClusterUnderReview,
        outcome: DecisionOutcome,
        why: Why,
        sources: Sources,
        wordings: Sequence[Wording] = (),
    ) -> Decision:
        """Decide a cluster; in a peer check that is the reviewer's verdict on its passages too."""
        decision = sitting.final.decide(found, outcome, why, sources, wordings)
        sitting.take_back_verdicts(found)
        if sitting.session.mode is SessionMode.PEER_CHECK:
            for annotation in found.cluster.annotations if outcome in _VERDICTS else ():
                sitting.say(annotation, _VERDICTS[outcome], Why(decision.reason_code, decision.comment))
        return decision

    def _take(
        self,
        sitting: Sitting,
        found: ClusterUnderReview,
        sources: Sources,
        why: Why,
        by_hand: Sequence[Wording] = (),
    ) -> Decision:
        """Decide a cluster by where its rows come from."""
        outcome, _, _ = outcome_of(sources)
        return self._decide(sitting, found, outcome, why, sources, compose(found.cluster, sources, by_hand))

    def _done(self, sitting: Sitting, label: str) -> ChangeSet:
        """End an act: the links follow, and all of it is one change set."""
        sitting.final.follow()
        return self._context.commit(sitting.uow, label)


def standing(found: ClusterUnderReview) -> tuple[Sources, tuple[Wording, ...]]:
    """Return where the rows of a cluster come from as it stands, and its passages; the proposal when undecided."""
    if found.decided and found.decision is not None and found.final:
        return sources_of(found.decision), tuple(wording_of(annotation) for annotation in found.final)
    return found.proposal, ()


def _texts_of(
    uow: UnitOfWork,
    session_id: str,
    key: Key,
    article_id: str | None,
    decision_id: str | None,
    annotation_id: str | None,
) -> set[str] | None:
    """Return the pinned text that an act is about, None for all of the session."""
    if decision_id is not None:
        decision = live(uow, Decision, decision_id, "decision")
        if decision.session_id != session_id:
            raise NotFoundError("This decision belongs to another review session.")
        return {decision.text_id}
    if key:
        version = uow.versions_with(key[:1]).get(key[0])
        annotation_id = "" if version is None else version.entity_id
    if annotation_id is not None:
        passage = uow.get(Annotation, annotation_id)
        if passage is None:
            raise NotFoundError("There is no such passage in this project.", "Look at the article again.")
        article_id = passage.article_id
    return None if article_id is None else {article_of_session(uow, session_id, article_id).text_id}


def revealed(session: ReviewSession) -> ReviewSession:
    """Return a session; raises RuleError while it is blind and not revealed."""
    if session.sealed:
        raise RuleError("The work of this session is not revealed yet.", "Its lead reveals it when all is collected.")
    return session
