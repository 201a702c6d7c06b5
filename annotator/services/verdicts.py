"""Verdicts: what a reviewer, or a voter in a meeting, says of single passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.clusters import alike
from annotator.domain.errors import RuleError
from annotator.domain.reviews import MemberRole, ReasonCode, VerdictOutcome
from annotator.services.analysts import find_analyst
from annotator.services.editing import word
from annotator.services.final_version import Why
from annotator.services.layers import writer
from annotator.services.review_desk import Key, ReviewDesk
from annotator.services.under_review import ClusterUnderReview


class Vote(StrEnum):
    """What a voter may want beside somebody's version."""

    NOTHING = "nothing"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one member voted on a cluster as it is now.

    ``versions``: the analysts whose version it is, several when they are alike; none when ``other`` says what else.
    """

    voter_id: str
    versions: tuple[str, ...]
    other: Vote | None = None


def ballots(found: ClusterUnderReview) -> list[Ballot]:
    """Return who voted what on a cluster, by voter; verdicts on versions that were changed since do not count."""
    said: dict[str, dict[str, VerdictOutcome]] = defaultdict(dict)
    for given in found.verdicts:
        if not given.stale:
            said[given.verdict.analyst_id][given.verdict.annotation_id] = given.verdict.outcome
    return [_ballot(found, voter, said[voter]) for voter in sorted(said)]


def _ballot(found: ClusterUnderReview, voter: str, said: Mapping[str, VerdictOutcome]) -> Ballot:
    accepted = tuple(
        side.analyst_id
        for side in found.cluster.sides
        if all(said.get(annotation.id) is VerdictOutcome.ACCEPT for annotation in side.annotations)
    )
    if accepted:
        return Ballot(voter, accepted)
    return Ballot(voter, (), Vote.EDIT if VerdictOutcome.CHANGE in said.values() else Vote.NOTHING)


class Verdicts(ReviewDesk):
    """Verdicts on single passages, and votes, which are verdicts of the voters."""

    def judge(
        self,
        session_id: str,
        annotation_id: str,
        outcome: VerdictOutcome | str,
        *,
        reason_code: ReasonCode | str | None = None,
        comment: str | None = None,
    ) -> ChangeSet:
        """Accept or reject one passage of a layer, or say that it needs a change, and decide nothing by that.

        In a peer check a passage is decided by its verdict: accept, nothing and edit write both. Raises RuleError for
        the own passage, and for a rejection without the reason that the session wants.
        """
        given, why = word(VerdictOutcome, outcome), Why.of(reason_code=reason_code, comment=comment)
        with self._sitting(session_id, annotation_id=annotation_id) as sitting:
            annotation = next((a for a in sitting.gathered.layers if a.id == annotation_id), None)
            if annotation is None:
                raise RuleError("This passage is not in the session.", "Its analyst has to submit the article first.")
            if annotation.analyst_id == sitting.uow.analyst_id:
                raise RuleError("Nobody gives a verdict on the own passage.", "Let another reviewer do it.")
            if given is VerdictOutcome.REJECT:
                sitting.refuse_unreasoned(why)
            sitting.say(annotation, given, why)
            return self._context.commit(sitting.uow, f"{_LABELS[given]} passage")

    def vote(self, session_id: str, key: Key, voter: str, choice: str | Vote) -> ChangeSet:
        """Note what a member votes for a cluster: an analyst's version (id), ``nothing`` or ``edit``; again changes it.

        ``voter``: id, name or initials. Who writes notes the own vote, a reviewer or the lead that of every member.
        A version that is the same as the chosen one is accepted with it.
        """
        with self._sitting(session_id, key=key, roles=tuple(MemberRole)) as sitting:
            analyst = find_analyst(sitting.uow, voter)
            found = sitting.found(key)
            if not sitting.team.has(analyst.id, *MemberRole):
                raise RuleError(f"{analyst.name} is no member of this session.", "Its lead can add them.")
            if analyst.id != writer(sitting.uow):
                sitting.team.need(sitting.uow.analyst_id, MemberRole.REVIEWER, MemberRole.LEAD)
            for annotation, outcome in _votes(found, choice):
                sitting.say(annotation, outcome, Why(), by=analyst.id)
            return self._context.commit(sitting.uow, f"Vote of {analyst.name}")

    def unvote(self, session_id: str, key: Key, voter: str | None = None) -> ChangeSet:
        """Take the vote of a member on a cluster back, or all votes on it, to vote again."""
        with self._sitting(session_id, key=key) as sitting:
            analyst = None if voter is None else find_analyst(sitting.uow, voter)
            for given in sitting.found(key).verdicts:
                if analyst is None or given.verdict.analyst_id == analyst.id:
                    sitting.uow.delete(given.verdict)
            return self._context.commit(sitting.uow, "Take votes back" if analyst is None else "Take vote back")


_LABELS = {VerdictOutcome.ACCEPT: "Accept", VerdictOutcome.REJECT: "Reject", VerdictOutcome.CHANGE: "Ask to change"}


def _votes(found: ClusterUnderReview, choice: str | Vote) -> Iterator[tuple[Annotation, VerdictOutcome]]:
    """Yield what a vote says of each member of a cluster; raises UsageError for a choice that there is not."""
    chosen = found.cluster.side(choice)
    if chosen is None:
        outcome = VerdictOutcome.CHANGE if word(Vote, choice) is Vote.EDIT else VerdictOutcome.REJECT
        for annotation in found.cluster.annotations:
            yield annotation, outcome
        return
    for side in found.cluster.sides:
        same = side is chosen or alike(side, chosen)
        for annotation in side.annotations:
            yield annotation, VerdictOutcome.ACCEPT if same else VerdictOutcome.REJECT
