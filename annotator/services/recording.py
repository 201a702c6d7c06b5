"""What was decided of each passage of a session, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotator.domain.clusters import Difference
from annotator.domain.deciding import Source, sources_of
from annotator.domain.reviews import CardRow, Decision, DecisionOutcome
from annotator.formats.review_record import OUTCOMES, REASONS, Recorded
from annotator.services.review_words import ReviewWords, moment
from annotator.services.under_review import ClusterUnderReview, FinalPassage
from annotator.services.verdicts import Vote, ballots

_DIFFERENCES = {
    Difference.MISSING: "who marked it",
    Difference.CUT: "pieces",
    Difference.BOUNDARY: "ends",
    Difference.TAG: "tag",
    Difference.PEOPLE: "people",
    Difference.ATTRIBUTION: "how it was said",
    Difference.RELATION: "links",
}
ROWS = {
    CardRow.ENDS: "ends",
    CardRow.TAG: "tag",
    CardRow.PEOPLE: "people",
    CardRow.ATTRIBUTION: "how it was said",
    CardRow.RELATIONS: "links",
}
"""The rows of the review card, in words."""


def recorded(found: ClusterUnderReview, words: ReviewWords) -> Recorded:
    """Return a cluster with what was decided of it."""
    cluster, article_id = found.cluster, found.article_id
    return replace(
        _decided(found.decision, article_id, words),
        place=words.place(cluster.text_id, cluster.span.start),
        changed=found.stale,
        final=words.wordings(found.final) if found.final else None,
        versions=tuple(
            (words.name(side.analyst_id, article_id), words.wordings(side.annotations)) for side in cluster.sides
        ),
        missing=tuple(words.name(id_, article_id) for id_ in cluster.missing),
        differs=tuple(_DIFFERENCES[difference] for difference in Difference if difference in cluster.differences),
        own=found.decision is not None and found.decision.updated_by in cluster.members,
        votes=tuple(_votes(found, words)),
        comments=words.said(found.comments, article_id),
    )


def recorded_alone(other: FinalPassage, words: ReviewWords) -> Recorded:
    """Return a decision that no cluster stands behind."""
    return replace(
        _decided(other.decision, other.article_id, words),
        place=words.place(other.decision.text_id, other.final[0].start) if other.final else "",
        changed=other.stale,
        final=words.wordings(other.final) if other.final else None,
        comments=words.said(other.comments, other.article_id),
    )


def _decided(decision: Decision | None, article_id: str, words: ReviewWords) -> Recorded:
    if decision is None:
        return Recorded(place="", outcome=None, decided="", changed=False, final=None, versions=())
    return Recorded(
        place="",
        outcome=decision.outcome,
        decided=_outcome(decision, article_id, words),
        changed=False,
        final=None,
        versions=(),
        reason=REASONS[decision.reason_code] if decision.reason_code else "",
        comment=decision.comment,
        codebook_flag=decision.codebook_flag,
        by=words.name(decision.updated_by),
        at=moment(decision.updated_at),
    )


def _outcome(decision: Decision, article_id: str, words: ReviewWords) -> str:
    """Return what was decided, and where each row came from."""
    if decision.outcome is DecisionOutcome.TAKE:
        return f"{words.name(decision.taken_from, article_id)}’s version, as it is"
    if decision.outcome is not DecisionOutcome.EDIT:
        return OUTCOMES[decision.outcome]
    by_source: dict[str | Source, list[str]] = {}
    for row, source in sources_of(decision).items():
        by_source.setdefault(source, []).append(ROWS[row])
    parts = [f"{', '.join(rows)} {_source(source, article_id, words)}" for source, rows in by_source.items()]
    return f"edited: {'; '.join(parts)}"


def _source(source: str | Source, article_id: str, words: ReviewWords) -> str:
    if source is Source.ALL:
        return "of all together"
    if source is Source.HAND:
        return "by the reviewer"
    assert isinstance(source, str)
    return f"from {words.name(source, article_id)}"


def _votes(found: ClusterUnderReview, words: ReviewWords) -> Iterator[tuple[str, str]]:
    for ballot in ballots(found):
        wanted = " or ".join(words.name(id_, found.article_id) for id_ in ballot.versions)
        other = {Vote.NOTHING: "nothing here", Vote.EDIT: "another version", None: ""}[ballot.other]
        yield words.name(ballot.voter_id), wanted or other
