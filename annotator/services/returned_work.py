"""What a review changed in one analyst's work, and why: what comes back to the analyst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from annotator.domain.annotations import Annotation
from annotator.domain.deciding import nearest
from annotator.domain.entity import now
from annotator.domain.errors import RuleError
from annotator.domain.projects import Project
from annotator.domain.reviews import Decision, MemberRole, SessionState
from annotator.formats import returned_work_html
from annotator.formats.review_record import REASONS, Fate, Returned, ReturnedArticle, ReturnedWork, Wordings
from annotator.services.analysts import find_analyst
from annotator.services.context import Context
from annotator.services.review_desk import revealed
from annotator.services.review_words import ReviewWords, moment
from annotator.services.session_access import Team, session_of
from annotator.services.under_review import (
    ClusterUnderReview,
    FinalPassage,
    Gathered,
    Review,
    clusters_of,
    gather,
    review_of,
)
from annotator.services.whole_files import write_whole


class ReturnedWorks:
    """Makes the page that goes back to an analyst."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, session_id: str, who: str | None = None) -> ReturnedWork:
        """Return what became of the work of an author (id, name or initials; who is asking when None).

        Raises RuleError while the session is sealed, and for who is no author in it.
        """
        with self._context.read() as reader:
            session = revealed(session_of(reader, session_id, SessionState.OPEN, SessionState.CLOSED))
            analyst = self._context.needed_analyst(reader) if who is None else find_analyst(reader, who)
            if not Team.of(reader, session_id).has(analyst.id, MemberRole.AUTHOR):
                raise RuleError(f"{analyst.name} is no author in this session.", "Only an author's work is reviewed.")
            hidden = session.hide_names and session.state is not SessionState.CLOSED
            if hidden and analyst.id != self._context.needed_analyst(reader).id:
                raise RuleError("Names are hidden in this session.", "Whose work it is is told once it is closed.")
            gathered = gather(reader, session)
            words = ReviewWords.of(reader, gathered)
            (project,) = reader.all(Project)
        review = review_of(gathered, clusters_of(gathered))
        return ReturnedWork(
            project=project.name,
            session=session.name,
            analyst=analyst.name,
            made_at=moment(now()),
            closed=session.state is SessionState.CLOSED,
            articles=tuple(_articles(gathered, review, words, analyst.id)),
        )

    def render(self, session_id: str, who: str | None = None) -> bytes:
        """Return the page in UTF-8; it loads nothing from anywhere."""
        return returned_work_html.render(self.of(session_id, who))

    def write(self, path: str | Path, session_id: str, who: str | None = None) -> None:
        """Write the page to a file; raises StorageError when it cannot be written."""
        write_whole(Path(path), self.render(session_id, who))


def _articles(gathered: Gathered, review: Review, words: ReviewWords, analyst_id: str) -> Iterator[ReturnedArticle]:
    """Yield the articles that the analyst has submitted."""
    submitted = {read.text_id for read in gathered.work.texts if analyst_id in read.layers}
    links = _Links(review, words)
    for place in gathered.places:
        if place.text_id not in submitted:
            continue
        article = words.articles[place.article_id]
        clusters = [found for found in review.clusters if found.article_id == article.id]
        others = [o for o in review.others if o.article_id == article.id and o.final and not o.stale]
        found = [(one.cluster.span.start, _cluster(one, words, links, analyst_id)) for one in clusters]
        found += [(other.final[0].start, _added(other, words)) for other in others]
        yield ReturnedArticle(
            id=article.id,
            title=article.title,
            source=words.source(article),
            language=article.language,
            passages=tuple(one for _, one in sorted(found, key=lambda pair: pair[0]) if one is not None),
        )


def _cluster(found: ClusterUnderReview, words: ReviewWords, links: _Links, analyst_id: str) -> Returned | None:
    """Return what became of a cluster for an analyst; None where nothing did that concerns the analyst."""
    side = found.cluster.side(analyst_id)
    mine = None if side is None else words.wordings(side.annotations)
    final = words.wordings(found.final) if found.final and found.decided else None
    rows: tuple[tuple[str, str, str], ...] = ()
    if side is not None and mine is not None and final is not None:
        same_links = links.of(side.annotations) == links.of(found.final)
        rows = tuple(_rows(mine, replace(final, links=mine.links) if same_links else final))
    fate = _fate(found, mine, final, rows)
    if fate is None:
        return None
    decision = found.decision if found.decided or found.parked else None
    why = _Why.of(decision, words)
    return Returned(
        place=words.place(found.cluster.text_id, found.cluster.span.start),
        start=found.cluster.span.start,
        end=found.cluster.span.end,
        annotation_id="" if side is None else side.annotations[0].id,
        fate=fate,
        mine=mine,
        final=final,
        rows=rows,
        reason=why.reason,
        comment=why.comment,
        by=why.by,
        at=why.at,
        comments=words.said(found.comments, found.article_id),
    )


class _Links:
    """What passages are linked to, in terms in which a layer and the final version can be compared."""

    def __init__(self, review: Review, words: ReviewWords) -> None:
        self._words = words
        self._stands_for = {
            member.id: nearest(found.final, member.span).id
            for found in review.clusters
            if found.decided and found.final
            for member in found.cluster.annotations
        }
        self._final = {annotation.id for found in review.clusters for annotation in found.final}
        self._final |= {annotation.id for other in review.others for annotation in other.final}

    def of(self, annotations: Sequence[Annotation]) -> frozenset[tuple[str, str]]:
        """Return (what, to what) of passages: links to what is in the final version, and stances on points."""
        ids = {self._stands_for.get(annotation.id, annotation.id) for annotation in annotations}
        found = set()
        for annotation in annotations:
            for relation in self._words.outgoing.get(annotation.id, ()):
                target = self._stands_for.get(relation.target_id, relation.target_id)
                if target in self._final - ids:
                    found.add((relation.kind.value, target))
            found |= {(part.stance.value, self._words.merges.point(part.point_id)) for part in annotation.points}
        return frozenset(found)


def _fate(
    found: ClusterUnderReview, mine: Wordings | None, final: Wordings | None, rows: tuple[tuple[str, str, str], ...]
) -> Fate | None:
    if not found.decided:
        return None if mine is None else Fate.OPEN
    if mine is None:
        return None if final is None else Fate.ADDED
    if final is None:
        return Fate.REJECTED
    return Fate.CHANGED if rows else Fate.KEPT


def _added(other: FinalPassage, words: ReviewWords) -> Returned:
    why = _Why.of(other.decision, words)
    return Returned(
        place=words.place(other.decision.text_id, other.final[0].start),
        start=other.final[0].start,
        end=other.final[0].end,
        annotation_id="",
        fate=Fate.ADDED,
        mine=None,
        final=words.wordings(other.final),
        reason=why.reason,
        comment=why.comment,
        by=why.by,
        at=why.at,
        comments=words.said(other.comments, other.article_id),
    )


class _Why(NamedTuple):
    """Why something was decided, by whom and when, in words."""

    reason: str = ""
    comment: str = ""
    by: str = ""
    at: str = ""

    @classmethod
    def of(cls, decision: Decision | None, words: ReviewWords) -> _Why:
        """Return why a decision was made; nothing when there is none."""
        if decision is None:
            return cls()
        reason = REASONS[decision.reason_code] if decision.reason_code else ""
        return cls(reason, decision.comment, words.name(decision.updated_by), moment(decision.updated_at))


def _rows(mine: Wordings, final: Wordings) -> Iterator[tuple[str, str, str]]:
    """Yield the rows in which the final version differs: what it is called, how it was, how it is."""
    pairs = (
        ("ends", " … ".join(mine.quotes), " … ".join(final.quotes)),
        ("tag", mine.tag, final.tag),
        ("people", _people(mine), _people(final)),
        ("how it was said", mine.attribution, final.attribution),
        ("links", "; ".join(sorted(mine.links)), "; ".join(sorted(final.links))),
    )
    for row, before, after in pairs:
        if before != after:
            yield row, before or "–", after or "–"


def _people(wordings: Wordings) -> str:
    return "; ".join(f"{role}: {name}" for role, name in sorted(wordings.people))
