"""Review sessions: a scope of articles, members, what they said they have read, and what was decided.

Stored is only what a person said; who may see what, how far an article is and whether a verdict is stale are derived.
A session's rows have ids that follow from what they are about, so that the same act on two devices is one entity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from annotator.domain.entity import Entity, Part, ref
from annotator.domain.ids import derived_id

PERCENT = 100


class SessionMode(StrEnum):
    """How a team reviews."""

    PEER_CHECK = "peer_check"
    """One author, one reviewer."""
    DOUBLE_BLIND = "double_blind"
    """Several authors who do not see each other's work, and an adjudicator."""
    MEETING = "meeting"
    """The team walks the disagreements together on one screen."""


class SessionState(StrEnum):
    """What the lead said of the whole session. Whether it is revealed is told by ``revealed_at``."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class MemberRole(StrEnum):
    """What a member does in a session; the same analyst may be a member in several roles."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    """Decides: the reviewer of a peer check, the adjudicator of a double blind session."""
    LEAD = "lead"
    """Prepares, collects, reveals, closes."""


class SubmissionState(StrEnum):
    """What was said last of an analyst's work on an article."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


class VerdictOutcome(StrEnum):
    """What a reviewer says of one version of one annotation."""

    ACCEPT = "accept"
    REJECT = "reject"
    CHANGE = "change"


class DecisionOutcome(StrEnum):
    """What was decided of a cluster."""

    TAKE = "take"
    """One analyst's version, as it is."""
    EDIT = "edit"
    """A version of its own, made from those of the analysts."""
    NEW = "new"
    """A passage that nobody had marked."""
    NOTHING = "nothing"
    """There is no passage here."""
    PARKED = "parked"
    """Not decided yet: for the meeting."""


class CardRow(StrEnum):
    """A row of the review card: what can be taken alone."""

    ENDS = "ends"
    TAG = "tag"
    PEOPLE = "people"
    ATTRIBUTION = "attribution"
    RELATIONS = "relations"


class ReasonCode(StrEnum):
    """Why analysts differed."""

    AMBIGUOUS_TEXT = "ambiguous_text"
    GUIDELINE_GAP = "guideline_gap"
    SLIP = "slip"
    EDGE_CASE = "edge_case"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSession(Entity):
    """A review session and its settings.

    ``required_authors``: so many must have submitted an article before it is ready. ``overlap_percent``: from this
    IoU on, in per cent, two passages are the same. ``codebook``: the tags as they were when it was opened, JSON.
    ``figures_at_reveal``, ``figures_at_close``: the frozen agreement figures, JSON. ``reason``: of the last re-opening.
    """

    TYPE: ClassVar[str] = "review_session"

    name: str = ""
    mode: SessionMode = SessionMode.DOUBLE_BLIND
    required_authors: int = 2
    blind: bool = True
    reason_on_reject: bool = True
    hide_names: bool = False
    overlap_percent: int = PERCENT // 2
    codebook: str = ""
    state: SessionState = SessionState.DRAFT
    revealed_at: str | None = None
    closed_at: str | None = None
    signed_by: str = ""
    reason: str = ""
    figures_at_reveal: str = ""
    figures_at_close: str = ""

    @property
    def revealed(self) -> bool:
        """Whether the lead has revealed the layers."""
        return self.revealed_at is not None

    @property
    def sealed(self) -> bool:
        """Whether authors must not see each other's work now: from the opening to the reveal."""
        return self.blind and self.state is not SessionState.DRAFT and not self.revealed and not self.deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMember(Entity):
    """An analyst in one role of a session."""

    TYPE: ClassVar[str] = "session_member"

    session_id: str = ref("review_session")
    analyst_id: str = ref("analyst")
    role: MemberRole = MemberRole.AUTHOR


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionArticle(Entity):
    """An article of a session, and the text version that the session pins."""

    TYPE: ClassVar[str] = "session_article"

    session_id: str = ref("review_session")
    article_id: str = ref("article")
    text_id: str = ref("text_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Entity):
    """An analyst's statement "I have read this article and marked n passages"; ``count`` may be 0.

    ``reason``: why it was returned. Only the analyst submits and withdraws; a reviewer or the lead returns.
    """

    TYPE: ClassVar[str] = "submission"

    session_id: str = ref("review_session")
    text_id: str = ref("text_version")
    analyst_id: str = ref("analyst")
    count: int = 0
    state: SubmissionState = SubmissionState.SUBMITTED
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Entity):
    """What a reviewer, or a voter in a meeting, says of one version of one annotation.

    ``of_version``: the hash of that version; the verdict is stale when it is no longer the annotation's only head.
    """

    TYPE: ClassVar[str] = "verdict"

    session_id: str = ref("review_session")
    annotation_id: str = ref("annotation")
    of_version: str
    analyst_id: str = ref("analyst")
    outcome: VerdictOutcome
    reason_code: ReasonCode | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterMember(Part):
    """One annotation of the cluster that was decided, in the version that was looked at."""

    annotation_id: str = ref("annotation")
    of_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedRow(Part):
    """Where a row of the card came from, when not from the analyst whose version was taken.

    ``taken_from``: None for what all analysts have together, or, with ``by_hand``, for what the reviewer wrote.
    """

    row: CardRow
    taken_from: str | None = ref("analyst", optional=True)
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Entity):
    """What was decided of a cluster of one text.

    ``members``: the versions that were in the cluster, sorted by hash; none for a passage that nobody had marked.
    ``taken_from``: the analyst whose version was taken, or from whose version an edit was made. ``rows``: the rows that
    an edit did not take from there. ``final_annotation_id``: the passage of the final version, the first of several
    pieces; None for "nothing here" and while parked. ``codebook_flag``: the codebook needs a change. Who decided is
    ``updated_by``. It is stale when its members are no longer exactly a cluster.
    """

    TYPE: ClassVar[str] = "decision"

    session_id: str = ref("review_session")
    text_id: str = ref("text_version")
    outcome: DecisionOutcome
    members: tuple[ClusterMember, ...] = ()
    taken_from: str | None = ref("analyst", optional=True)
    rows: tuple[DecidedRow, ...] = ()
    final_annotation_id: str | None = ref("annotation", optional=True)
    reason_code: ReasonCode | None = None
    comment: str = ""
    codebook_flag: bool = False

    @property
    def decided(self) -> bool:
        """Whether this is a decision and not a parking."""
        return self.outcome is not DecisionOutcome.PARKED and not self.deleted

    @property
    def key(self) -> tuple[str, ...]:
        """The hashes of the versions that were decided on, sorted: what identifies a cluster."""
        return tuple(member.of_version for member in self.members)


def member_id(session_id: str, analyst_id: str, role: MemberRole) -> str:
    """Return the id of a member of a session in a role."""
    return derived_id(session_id, SessionMember.TYPE, analyst_id, role)


def session_article_id(session_id: str, article_id: str) -> str:
    """Return the id of an article's place in a session."""
    return derived_id(session_id, SessionArticle.TYPE, article_id)


def submission_id(session_id: str, text_id: str, analyst_id: str) -> str:
    """Return the id of the one submission of an analyst's work on a text in a session."""
    return derived_id(session_id, Submission.TYPE, text_id, analyst_id)


def verdict_id(session_id: str, annotation_id: str, of_version: str, analyst_id: str) -> str:
    """Return the id of an analyst's one verdict on a version of an annotation."""
    return derived_id(session_id, Verdict.TYPE, annotation_id, of_version, analyst_id)


def decision_id(session_id: str, members: Iterable[str]) -> str:
    """Return the id of the decision on a cluster, given the hashes of its versions: two that decide it meet there."""
    return derived_id(session_id, Decision.TYPE, *sorted(members))


def final_passage_id(session_id: str, decision: str, piece: int = 0) -> str:
    """Return the id of a passage of the final version, given the decision that made it; ``piece`` counts from 0."""
    return derived_id(session_id, "final", decision, str(piece))


def final_passage_ids(decision: Decision) -> tuple[str, ...]:
    """Return the ids that the passages of a decision may have, in reading order; not all need to be there."""
    if decision.final_annotation_id is None:
        return ()
    further = range(1, len(decision.members))
    return decision.final_annotation_id, *(final_passage_id(decision.session_id, decision.id, n) for n in further)


def final_relation_id(session_id: str, source_id: str, target_id: str, kind: str) -> str:
    """Return the id of a relation of the final version between two passages of it."""
    return derived_id(session_id, "relation", source_id, target_id, kind)
