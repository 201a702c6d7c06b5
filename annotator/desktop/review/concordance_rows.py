"""Makes the rows of a concordance: how each analyst had a passage, and what was decided, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.desktop.review.concordance_model import ConcordanceRow
from annotator.desktop.review.review_state import ReviewState
from annotator.desktop.review.showing import Showing
from annotator.desktop.review.shown_card import outcome_words
from annotator.desktop.review.shown_cluster import standing_of
from annotator.domain.annotations import Role
from annotator.domain.clusters import Side
from annotator.services.under_review import ClusterUnderReview

_tr = QCoreApplication.translate


class ConcordanceRows:
    """Makes rows of a session under review; holds nothing."""

    def __init__(self, review: ReviewState, showing: Showing) -> None:
        self._review = review
        self._showing = showing

    def headings(self) -> list[str]:
        """Return what the analysts are called, in the order of their keys."""
        return [author.name for author in self._showing.authors(self._showing.any_article())]

    def row(self, id_: str, found: ClusterUnderReview) -> ConcordanceRow:
        """Return the row of a disagreement."""
        authors = self._showing.authors(found.article_id)
        by_id = {author.analyst_id: author for author in authors}
        names = {analyst.id: analyst.name for analyst in self._review.state.analysts.values()}
        names |= {author.analyst_id: author.name for author in authors}
        read = self._review.read
        article = read.articles.get(found.article_id) if read is not None else None
        widest = max(found.cluster.sides, key=lambda side: side.whole.end - side.whole.start)
        return ConcordanceRow(
            id=id_,
            quote=_quote(widest),
            article=article.title if article is not None else "",
            versions=tuple(self._version(found, author.analyst_id, widest) for author in authors),
            analysts=tuple(author.analyst_id for author in authors),
            standing=standing_of(found),
            outcome=outcome_words(found, by_id, names) or _tr("Concordance", "not decided"),
        )

    def _version(self, found: ClusterUnderReview, analyst_id: str, widest: Side) -> str:
        """Return how an analyst had a passage: tag, speakers, and the words where they are not the widest."""
        side = found.cluster.side(analyst_id)
        if side is None:
            return "" if analyst_id in found.cluster.missing else _tr("Concordance", "not submitted")
        state = self._review.state
        tags = [tag.name for id_ in sorted(side.tags) if (tag := state.tag(id_)) is not None]
        people = [state.person(id_) for role, id_ in side.people if role is Role.SPEAKER]
        speakers = sorted(person.name for person in people if person is not None)
        words = f"“{_quote(side)}”" if side.ends != widest.ends else ""
        return " · ".join(filter(None, ("/".join(tags), ", ".join(speakers), words)))


def _quote(side: Side) -> str:
    return " … ".join(annotation.quote for annotation in side.annotations).replace("\n", " ")
