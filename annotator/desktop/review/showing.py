"""Turns a session under review into what its screens show: rows of the queue, the card, and whose work it is."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from annotator.desktop.review.authors import Author, authors_of
from annotator.desktop.review.review_state import ReviewState
from annotator.desktop.review.shown_card import ShownCard, moment, notices_of, outcome_words, threads, verdict_lines
from annotator.desktop.review.shown_cluster import Describer, QueueRow, Standing, cluster_id, shortened, standing_of
from annotator.domain.articles import Article
from annotator.domain.clusters import Difference
from annotator.domain.letters import letters
from annotator.domain.reviews import MemberRole, SessionState
from annotator.services.under_review import ClusterUnderReview, FinalPassage

_tr = QCoreApplication.translate
_QUEUE_QUOTE = 90
_DECIDING = frozenset({MemberRole.REVIEWER, MemberRole.LEAD})


class _Kept(NamedTuple):
    """A row of the queue that was made: what it shows, and its place by article and within it."""

    shows: object
    article: int
    start: int
    row: QueueRow


class Showing:
    """Makes what is shown of a :class:`ReviewState`."""

    def __init__(self, review: ReviewState) -> None:
        self._review = review
        self._known: dict[str, _Kept] = {}

    @property
    def usable(self) -> bool:
        """Whether who works here decides in this session, and it is open."""
        review = self._review
        if review.read is None or review.state.project.read_only:
            return False
        analyst = review.state.analyst
        roles = review.read.roles.get(analyst.id, frozenset()) if analyst is not None else frozenset()
        return review.read.review.session.state is SessionState.OPEN and bool(roles & _DECIDING)

    @property
    def hidden(self) -> bool:
        """Whether letters stand for the analysts."""
        session = self._review.session
        return session is not None and session.hide_names

    def authors(self, article_id: str) -> tuple[Author, ...]:
        """Return the authors as they are shown on an article, in the order of their keys."""
        read = self._review.read
        if read is None:
            return ()
        hidden = letters(read.review.session.id, article_id, read.authors) if self.hidden else None
        return authors_of(read.authors, self._review.state.analysts, hidden)

    def filter_authors(self) -> tuple[Author, ...]:
        """Return the authors that the queue can be filtered by: none where letters differ from article to article."""
        return () if self.hidden else self.authors("")

    def any_article(self) -> str:
        """Return an article to show while no disagreement is looked at, empty when the session has none."""
        read = self._review.read
        return next(iter(read.articles), "") if read is not None else ""

    def tags(self) -> dict[str, str]:
        """Return the names of the tags that somebody gave, by id."""
        given = {tag for found in self._review.clusters.values() for side in found.cluster.sides for tag in side.tags}
        return {tag.id: tag.name for tag in self._review.state.tags.values() if tag.id in given}

    def rows(self) -> list[QueueRow]:
        """Return a row for each disagreement, in the order of reading.

        Most are as they were: a row is made anew only when what it shows was.
        """
        known, self._known = self._known, {}
        authors: dict[str, dict[str, Author]] = {}
        order: dict[str, int] = {}
        for id_, found in self._review.clusters.items():
            at = order.setdefault(found.article_id, len(order))
            kept = known.get(id_)
            if kept is None or kept.shows is not found:
                if found.article_id not in authors:
                    authors[found.article_id] = {one.analyst_id: one for one in self.authors(found.article_id)}
                row = self._row(0, found, authors[found.article_id])
                kept = _Kept(found, at, found.cluster.span.start, row)
            self._known[id_] = kept
        for id_, other in self._review.others.items():
            at = order.setdefault(other.article_id, len(order))
            start = other.final[0].start if other.final else 0
            self._known[id_] = _Kept(other, at, start, self._other_row(other))
        ordered = sorted(self._known.values(), key=lambda kept: (kept.article, kept.start))
        return [
            kept.row if kept.row.place == place else replace(kept.row, place=place)
            for place, kept in enumerate(ordered)
        ]

    def forget(self) -> None:
        """Make all rows anew at the next asking: names, tags or titles have changed."""
        self._known = {}

    def card(self) -> ShownCard | None:
        """Return the card of what is looked at."""
        if self._review.other is not None:
            return self._other_card(self._review.other)
        found, read, text = self._review.found, self._review.read, None
        if found is not None and read is not None:
            text = read.texts.get(found.cluster.text_id)
        if found is None or read is None or text is None:
            return None
        authors = self.authors(found.article_id)
        by_id = {author.analyst_id: author for author in authors}
        names = self._names(by_id)
        describer = Describer(self._review.state, text.text, self._review.quote, authors)
        owners = {a.id: by_id[a.analyst_id] for a in found.cluster.annotations if a.analyst_id in by_id}
        waiting = read.review.waiting_for.get(found.article_id, ())
        decision = found.decision
        concerned = {*found.cluster.missing, *(side.analyst_id for side in found.cluster.sides)}
        return ShownCard(
            id=cluster_id(found.key),
            standing=standing_of(found),
            heading=self._heading(found),
            notices=notices_of(found, [names.get(id_, "–") for id_ in waiting]),
            outcome=outcome_words(found, by_id, names),
            rows=describer.rows(found, self._review.links_from(found.final)),
            authors=tuple(author for author in authors if author.analyst_id in concerned),
            missing=tuple(by_id[id_] for id_ in found.cluster.missing if id_ in by_id),
            reason_code=decision.reason_code if decision is not None else None,
            comment=decision.comment if decision is not None else "",
            flag=decision is not None and decision.codebook_flag,
            verdicts=verdict_lines(found.verdicts, owners, names),
            comments=threads(found.comments, names),
            proposed=not found.decided,
            usable=self.usable,
        )

    def _other_card(self, other: FinalPassage) -> ShownCard | None:
        """Return the card of a passage of the final version that no disagreement stands behind."""
        read = self._review.read
        text = read.texts.get(other.decision.text_id) if read is not None else None
        if text is None:
            return None
        describer = Describer(self._review.state, text.text, self._review.quote, ())
        names = self._names({})
        notices = (_tr("Showing", "The passages that this was decided on are gone. A keeps it, X takes it out."),)
        who = names.get(other.decision.updated_by or "", "")
        return ShownCard(
            id=other.decision.id,
            standing=Standing.STALE if other.stale else Standing.DECIDED,
            heading=_tr("Showing", "Marked by nobody but in the final version"),
            notices=notices if other.stale else (),
            outcome=" · ".join(part for part in (who, moment(other.decision.updated_at)) if part),
            rows=describer.final_rows(other.final, self._review.links_from(other.final)),
            authors=(),
            missing=(),
            reason_code=other.decision.reason_code,
            comment=other.decision.comment,
            flag=other.decision.codebook_flag,
            verdicts=(),
            comments=threads(other.comments, names),
            proposed=False,
            usable=self.usable,
        )

    def _other_row(self, other: FinalPassage) -> QueueRow:
        read = self._review.read
        assert read is not None
        article = read.articles.get(other.article_id)
        tags = frozenset(annotation.tag_id for annotation in other.final)
        tag = self._review.state.tag(min(tags)) if len(tags) == 1 else None
        return QueueRow(
            id=other.decision.id,
            article_id=other.article_id,
            article=_title(article) if article is not None else "",
            place=0,
            quote=shortened(other.final[0].quote, _QUEUE_QUOTE) if other.final else "–",
            standing=Standing.STALE if other.stale else Standing.DECIDED,
            differences=(),
            disagreement=0.0,
            tag_ids=tags,
            colour=tag.colour if tag is not None else "",
            authors=(),
            missing=(),
            unanimous=False,
            added=True,
        )

    def _names(self, authors: dict[str, Author]) -> dict[str, str]:
        """Return what everybody is called here: authors by their letters where names are hidden."""
        names = {analyst.id: analyst.name for analyst in self._review.state.analysts.values()}
        return names | {id_: author.name for id_, author in authors.items()}

    def _heading(self, found: ClusterUnderReview) -> str:
        """Say in what its analysts differ; how far one is, the bar and the queue show, whatever its order."""
        words = self._row(0, found, {author.analyst_id: author for author in self.authors(found.article_id)}).detail
        return words[:1].upper() + words[1:]

    def _row(self, place: int, found: ClusterUnderReview, authors: dict[str, Author]) -> QueueRow:
        read, cluster = self._review.read, found.cluster
        assert read is not None
        article = read.articles[found.article_id]
        tag_ids = frozenset(tag for side in cluster.sides for tag in side.tags)
        first = self._review.state.tag(min(tag_ids)) if len(tag_ids) == 1 else None
        text = read.texts[cluster.text_id].text
        return QueueRow(
            id=cluster_id(found.key),
            article_id=found.article_id,
            article=_title(article),
            place=place,
            quote=shortened(text[cluster.span.start : cluster.span.end], _QUEUE_QUOTE),
            standing=standing_of(found),
            differences=tuple(difference for difference in Difference if difference in cluster.differences),
            disagreement=cluster.disagreement,
            tag_ids=tag_ids,
            colour=first.colour if first is not None else "",
            authors=tuple(
                sorted(
                    (authors[side.analyst_id] for side in cluster.sides if side.analyst_id in authors),
                    key=lambda author: author.number,
                )
            ),
            missing=tuple(authors[id_] for id_ in cluster.missing if id_ in authors),
            unanimous=found.unanimous,
        )


def _title(article: Article) -> str:
    return article.title or article.outlet or _tr("Showing", "Untitled article")
