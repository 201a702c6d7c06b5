"""Reads a session for the screens of a review, off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.articles import Article, TextVersion
from annotator.domain.relations import Relation
from annotator.domain.reviews import MemberRole
from annotator.services.under_review import Review

if TYPE_CHECKING:
    from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class ReadReview:
    """A session as it was read: its disagreements, the texts they lie on, and the links of its final version."""

    review: Review
    authors: tuple[str, ...]
    roles: dict[str, frozenset[MemberRole]]
    articles: dict[str, Article]
    texts: dict[str, TextVersion]
    links: tuple[Relation, ...]


def read_review(project: Project, session_id: str) -> ReadReview:
    """Read a session; called off the UI thread. Raises RuleError while it is sealed or being prepared."""
    review = project.deciding.review(session_id)
    final = project.deciding.final(session_id)
    members = project.reviews.members(session_id)
    roles: dict[str, frozenset[MemberRole]] = {}
    for member in members:
        roles[member.analyst_id] = roles.get(member.analyst_id, frozenset()) | {member.role}
    return ReadReview(
        review=review,
        authors=tuple(m.analyst_id for m in members if m.role is MemberRole.AUTHOR),
        roles=roles,
        articles={id_: project.articles.get(id_) for id_ in review.texts},
        texts={id_: project.articles.text_version(id_) for id_ in review.texts.values()},
        links=final.relations,
    )
