"""What is decided on the review screen, written through the jobs: the screen goes on while it is being saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from annotator.desktop.review.review_state import ReviewState
from annotator.domain.ids import new_id
from annotator.domain.reviews import CardRow, ReasonCode, VerdictOutcome

if TYPE_CHECKING:
    from annotator.services.deciding import Deciding
    from annotator.services.review_edits import Writing
    from annotator.services.verdicts import Vote


@dataclass(frozen=True, slots=True)
class Why:
    """A reason that goes with a decision; what is None stays as it was."""

    reason_code: ReasonCode | None = None
    comment: str | None = None
    codebook_flag: bool | None = None


class Decider(QObject):
    """Writes decisions, verdicts, votes and comments; each is one step of undo."""

    began = Signal(str)
    """A decision on this disagreement (its id) is on its way: the next one may be looked at."""

    def __init__(self, review: ReviewState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._review = review

    @property
    def _deciding(self) -> Deciding:
        return self._review.state.project.deciding

    def accept(self, id_: str, why: Why) -> None:
        """Take what stands in the final column: the proposal, or a decision that something has changed under."""
        if id_ in self._review.others:
            self._decide(id_, lambda: self._deciding.keep(self._session, id_))
            return
        found = self._review.clusters[id_]
        if found.stale:
            self._decide(id_, lambda: self._deciding.confirm(self._session, found.key))
        else:
            self._decide(id_, lambda: self._deciding.accept(self._session, found.key, **_given(why)))

    def take(self, id_: str, analyst_id: str, row: CardRow | None, why: Why) -> None:
        """Take an analyst's version, or one row of it: then the disagreement stays in view."""
        found = self._review.clusters[id_]
        rows = None if row is None else (row,)
        work = partial(self._deciding.take, self._session, found.key, analyst_id, rows=rows, **_given(why))
        self._decide(id_, work, stays=row is not None)

    def combine(self, id_: str, row: CardRow, why: Why) -> None:
        """Put together what all analysts have in a row."""
        found = self._review.clusters[id_]
        self._decide(id_, lambda: self._deciding.combine(self._session, found.key, (row,), **_given(why)), stays=True)

    def nothing(self, id_: str, why: Why) -> None:
        """Decide that there is no passage here."""
        found = self._review.clusters[id_]
        self._decide(id_, lambda: self._deciding.nothing(self._session, found.key, **_given(why)))

    def reject(self, id_: str, analyst_id: str, why: Why) -> None:
        """Reject one analyst's version of several: a verdict, which decides nothing yet."""
        found = self._review.clusters[id_]
        side = found.cluster.side(analyst_id)
        for annotation in side.annotations if side is not None else ():
            judge = partial(
                self._deciding.judge,
                self._session,
                annotation.id,
                VerdictOutcome.REJECT,
                reason_code=why.reason_code,
                comment=why.comment,
            )
            self._write(id_, judge)

    def park(self, id_: str, reason: str) -> None:
        """Put a disagreement off for the meeting."""
        found = self._review.clusters[id_]
        self._decide(id_, lambda: self._deciding.park(self._session, found.key, reason))

    def withdraw(self, id_: str) -> None:
        """Take a decision, or a parking, back."""
        found = self._review.clusters[id_]
        self._decide(id_, lambda: self._deciding.withdraw(self._session, found.key), stays=True)

    def edit(self, id_: str, writing: Writing, why: Why) -> None:
        """Decide by a version of the reviewer's own."""
        if id_ in self._review.others:
            self._decide(id_, lambda: self._deciding.edit_other(self._session, id_, writing), stays=True)
            return
        found = self._review.clusters[id_]
        self._decide(id_, lambda: self._deciding.edit(self._session, found.key, writing, **_given(why)), stays=True)

    def add(self, article_id: str, writing: Writing) -> None:
        """Add a passage that nobody had marked."""
        deciding, session, id_ = self._deciding, self._session, new_id()
        self._review.state.jobs.write(lambda: deciding.new(session, article_id, writing, id=id_))

    def drop(self, decision_id: str) -> None:
        """Take a passage out again that nobody had marked, or whose members are gone."""
        self._decide(decision_id, lambda: self._deciding.drop(self._session, decision_id))

    def explain(self, id_: str, why: Why) -> None:
        """Change why something was decided."""
        other, deciding, session = self._review.others.get(id_), self._deciding, self._session
        decision = other.decision if other is not None else self._review.clusters[id_].decision
        if decision is not None:
            self._write(id_, lambda: deciding.explain(session, decision.id, **_given(why)))

    def accept_unanimous(self, article_id: str | None = None) -> None:
        """Take everything that all have alike."""
        deciding, session = self._deciding, self._session
        self._review.state.jobs.write(lambda: deciding.accept_unanimous(session, article_id))

    def take_all(self, analyst_id: str, tag_id: str) -> None:
        """Take an analyst's version wherever they gave a tag and nothing is decided."""
        deciding, session = self._deciding, self._session
        self._review.state.jobs.write(lambda: deciding.take_all(session, analyst_id, tag_id))

    def vote(self, id_: str, voter: str, choice: str | Vote) -> None:
        """Note a vote of a meeting."""
        found = self._review.clusters[id_]
        deciding, session = self._deciding, self._session
        self._write(id_, lambda: deciding.vote(session, found.key, voter, choice))

    def unvote(self, id_: str) -> None:
        """Take all votes back, to vote again."""
        found = self._review.clusters[id_]
        deciding, session = self._deciding, self._session
        self._write(id_, lambda: deciding.unvote(session, found.key))

    def comment(self, id_: str, text: str, parent_id: str | None) -> None:
        """Say something about a disagreement, or answer what was said."""
        passages = self._review.passages(id_)
        comments, article_id = self._review.state.project.comments, self._review.article_of(id_)
        if parent_id is not None:
            work = partial(comments.add, article_id, text, parent_id=parent_id)
        elif passages:
            work = partial(comments.add, article_id, text, annotation_id=passages[0].id)
        else:
            return
        self._write(id_, work)

    def resolve(self, comment_id: str, resolved: bool) -> None:
        """Say that a thread is dealt with, or open again."""
        comments = self._review.state.project.comments
        self._review.state.jobs.write(lambda: comments.resolve(comment_id, resolved=resolved))

    @property
    def _session(self) -> str:
        return self._review.session_id

    def _decide(self, id_: str, work: Callable[[], object], *, stays: bool = False) -> None:
        self._write(id_, work)
        if not stays:
            self.began.emit(id_)

    def _write(self, id_: str, work: Callable[[], object]) -> None:
        """Write off the UI thread; what goes wrong is shown by the window."""
        review = self._review
        review.pending.add(id_)
        review.touched.emit(frozenset({id_}))
        review.state.jobs.write(work, done=lambda _result: self._settle(id_), failed=lambda _error: self._settle(id_))

    def _settle(self, id_: str) -> None:
        self._review.pending.discard(id_)
        self._review.touched.emit(frozenset({id_}))


def _given(why: Why) -> dict[str, Any]:
    return {"reason_code": why.reason_code, "comment": why.comment, "codebook_flag": why.codebook_flag}
