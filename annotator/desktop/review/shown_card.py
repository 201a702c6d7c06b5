"""The card of a disagreement as it is shown: frozen, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QDateTime, Qt

from annotator.desktop.moments import moment_text
from annotator.desktop.review.authors import Author
from annotator.desktop.review.review_words import outcome_text, reason_code_text, verdict_text
from annotator.desktop.review.shown_cluster import ShownRow, Standing, standing_of
from annotator.domain.comments import Comment
from annotator.domain.reviews import Decision, DecisionOutcome, ReasonCode
from annotator.services.under_review import ClusterUnderReview, VerdictUnderReview

_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment. ``depth``: 0 begins a thread, 1 answers in it; only what begins one is resolved."""

    id: str
    who: str
    when: str
    text: str
    depth: int
    resolved: bool


@dataclass(frozen=True, slots=True)
class ShownCard:
    """Everything on the card.

    ``notices``: what has to be known before deciding. ``outcome``: what was decided, by whom and when. ``authors``: all
    whose version, or “nothing here”, can be taken; ``missing``: those of them who did not mark it. ``proposed``: the
    final column shows what would be taken. ``usable``: something may be decided here.
    """

    id: str
    standing: Standing
    heading: str
    notices: tuple[str, ...]
    outcome: str
    rows: tuple[ShownRow, ...]
    authors: tuple[Author, ...]
    missing: tuple[Author, ...]
    reason_code: ReasonCode | None
    comment: str
    flag: bool
    verdicts: tuple[str, ...]
    comments: tuple[ShownComment, ...]
    proposed: bool
    usable: bool


def outcome_words(found: ClusterUnderReview, authors: Mapping[str, Author], names: Mapping[str, str]) -> str:
    """Return what was decided, by whom and when; empty while nothing was. ``names``: of all analysts, by id."""
    decision = found.decision
    if decision is None:
        return ""
    return " · ".join(
        part
        for part in (
            _outcome(decision, authors),
            names.get(decision.updated_by or "", ""),
            moment(decision.updated_at),
        )
        if part
    )


def _outcome(decision: Decision, authors: Mapping[str, Author]) -> str:
    words = outcome_text(decision.outcome)
    author = authors.get(decision.taken_from or "")
    if author is None or decision.outcome in (DecisionOutcome.NOTHING, DecisionOutcome.PARKED):
        return words
    return _tr("ShownCard", "{0}: {1}").format(words, author.sign)


def notices_of(found: ClusterUnderReview, waiting: Sequence[str]) -> tuple[str, ...]:
    """Return what has to be known before deciding; ``waiting``: the names of those who have not submitted yet."""
    notices = []
    if waiting:
        early = _tr("ShownCard", "Begun early: {0} has not submitted this article yet.")
        several = _tr("ShownCard", "Begun early: {0} have not submitted this article yet.")
        notices.append((early if len(waiting) == 1 else several).format(", ".join(waiting)))
    if found.stale:
        notices.append(
            _tr(
                "ShownCard",
                "A passage has been changed since this was decided. A lets it stand; anything else decides anew.",
            )
        )
    if standing_of(found) is Standing.PARKED and found.decision is not None:
        reason = found.decision.comment
        parked = (
            _tr("ShownCard", "Parked for the meeting: {0}") if reason else _tr("ShownCard", "Parked for the meeting.")
        )
        notices.append(parked.format(reason))
    return tuple(notices)


def verdict_lines(
    verdicts: Iterable[VerdictUnderReview], owners: Mapping[str, Author], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what reviewers said of single versions; ``owners``: whose each passage is, by its id."""
    lines = []
    for given in verdicts:
        verdict = given.verdict
        owner = owners.get(verdict.annotation_id)
        words = [f"{names.get(verdict.analyst_id, '–')} {verdict_text(verdict.outcome)} {owner.sign if owner else '–'}"]
        if verdict.reason_code is not None:
            words.append(reason_code_text(verdict.reason_code))
        if verdict.comment:
            words.append(f"“{verdict.comment}”")
        if given.stale:
            words.append(_tr("ShownCard", "changed since"))
        lines.append(" · ".join(words))
    return tuple(lines)


def threads(comments: Iterable[Comment], names: Mapping[str, str]) -> tuple[ShownComment, ...]:
    """Return comments thread by thread, each in the order of writing; ``names``: of all analysts, by id."""
    known = {comment.id: comment for comment in comments}
    answers: dict[str, list[Comment]] = {}
    for comment in known.values():
        answers.setdefault(_root(comment, known), []).append(comment)
    found = [
        (comment, root)
        for root in sorted(answers)
        for comment in sorted(answers[root], key=lambda one: (one.id != root, one.id))
    ]
    return tuple(
        ShownComment(
            id=comment.id,
            who=names.get(comment.analyst_id, "–"),
            when=moment(comment.created_at),
            text=comment.text,
            depth=int(comment.id != root),
            resolved=known[root].resolved_at is not None,
        )
        for comment, root in found
    )


def _root(comment: Comment, known: Mapping[str, Comment]) -> str:
    """Return the id of the comment that begins a thread."""
    seen = {comment.id}
    while (parent := known.get(comment.parent_id or "")) is not None and parent.id not in seen:
        comment = parent
        seen.add(comment.id)
    return comment.id


def moment(at: str) -> str:
    """Return a moment (UTC) in the user's own time zone and notation, without the day when it is today."""
    when = QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return moment_text(when, today=False) if when.isValid() else ""
