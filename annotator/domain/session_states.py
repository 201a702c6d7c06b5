"""How far the work in a review session is: derived from what people said, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.reviews import Submission, SubmissionState


class WorkState(StrEnum):
    """How far one analyst is with one article."""

    WORKING = "working"
    SUBMITTED = "submitted"
    RETURNED = "returned"


class ArticleState(StrEnum):
    """How far an article is in a session."""

    WAITING = "waiting"
    """Fewer authors than are required have submitted it."""
    READY = "ready"
    IN_REVIEW = "in_review"
    """Something has been decided or parked, or the article is being looked at; not everything is decided."""
    DECIDED = "decided"
    FINAL = "final"
    """Decided, and the session is closed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the state of an article follows from.

    ``submitted``: so many authors have; ``required``: so many must. ``clusters``: how many passages there are to
    decide, None while nobody may know; ``decided``: how many of them are decided; ``begun``: whether a reviewer has
    decided or parked anything. ``closed``: whether the session is.
    """

    submitted: int
    required: int
    clusters: int | None = None
    decided: int = 0
    begun: bool = False
    closed: bool = False

    @property
    def complete(self) -> bool:
        """Whether nothing is left to decide: all who must have submitted, and every cluster has its decision."""
        return self.clusters is not None and self.submitted >= self.required and self.decided >= self.clusters


def work_state(submission: Submission | None) -> WorkState:
    """Return how far an analyst is, from what was said last of the work; what was withdrawn is worked on again."""
    if submission is None or submission.deleted:
        return WorkState.WORKING
    return {
        SubmissionState.SUBMITTED: WorkState.SUBMITTED,
        SubmissionState.RETURNED: WorkState.RETURNED,
        SubmissionState.WITHDRAWN: WorkState.WORKING,
    }[submission.state]


def article_state(progress: Progress) -> ArticleState:
    """Return how far an article is; a review that began early goes on whatever is still missing."""
    if progress.complete:
        return ArticleState.FINAL if progress.closed else ArticleState.DECIDED
    if progress.begun:
        return ArticleState.IN_REVIEW
    return ArticleState.READY if progress.submitted >= progress.required else ArticleState.WAITING
