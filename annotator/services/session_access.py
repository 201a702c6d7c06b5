"""What every service of review sessions asks first: which session, in what state, and who is asking."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from annotator.domain.analysts import Analyst
from annotator.domain.articles import Article
from annotator.domain.errors import NotFoundError, RuleError
from annotator.domain.reviews import (
    MemberRole,
    ReviewSession,
    SessionArticle,
    SessionMember,
    SessionState,
    session_article_id,
)
from annotator.services.context import live
from annotator.services.merges import Merges
from annotator.store.repository import Reader

_ROLES = {MemberRole.AUTHOR: "an author", MemberRole.REVIEWER: "a reviewer", MemberRole.LEAD: "the lead"}


@dataclass(frozen=True, slots=True)
class Team:
    """The live members of a session: analyst id → roles."""

    roles: Mapping[str, frozenset[MemberRole]]

    @classmethod
    def of(cls, reader: Reader, session_id: str) -> Team:
        """Read the members of a session."""
        found: dict[str, set[MemberRole]] = {}
        for member in reader.all(SessionMember, session_id=session_id):
            found.setdefault(member.analyst_id, set()).add(member.role)
        return cls({id_: frozenset(roles) for id_, roles in found.items()})

    def having(self, role: MemberRole) -> tuple[str, ...]:
        """Return the ids of the analysts who have a role, in order."""
        return tuple(sorted(id_ for id_, roles in self.roles.items() if role in roles))

    @property
    def authors(self) -> tuple[str, ...]:
        """The ids of the authors."""
        return self.having(MemberRole.AUTHOR)

    def has(self, analyst_id: str | None, *roles: MemberRole) -> bool:
        """Whether an analyst has one of the roles."""
        return not self.roles.get(analyst_id or "", frozenset()).isdisjoint(roles)

    def need(self, analyst_id: str | None, *roles: MemberRole) -> None:
        """Raise RuleError unless the analyst has one of the roles."""
        if not self.has(analyst_id, *roles):
            words = " or ".join(_ROLES[role] for role in roles)
            raise RuleError(f"Only {words} of this session may do that.", "Ask the lead of the session.")


def session_of(reader: Reader, session_id: str, *states: SessionState) -> ReviewSession:
    """Return a live session; raises NotFoundError, or RuleError unless it is in one of ``states`` (any when none)."""
    session = live(reader, ReviewSession, session_id, "review session")
    if states and session.state not in states:
        raise RuleError(
            f"The session “{session.name}” is {_STATES[session.state]}.",
            _ADVICE[session.state],
        )
    return session


_STATES = {
    SessionState.DRAFT: "being prepared still",
    SessionState.OPEN: "open",
    SessionState.CLOSED: "closed",
}
_ADVICE = {
    SessionState.DRAFT: "Its lead opens it when everything is ready.",
    SessionState.OPEN: "",
    SessionState.CLOSED: "Its lead can open it again, with a reason.",
}


def leads_sealed(reader: Reader, analyst_id: str | None) -> bool:
    """Whether an analyst leads a session that is sealed now, and so collects work that nobody sees yet."""
    sealed = tuple(session.id for session in reader.all(ReviewSession) if session.sealed)
    return bool(
        sealed
        and analyst_id
        and reader.count(SessionMember, session_id=sealed, analyst_id=analyst_id, role=MemberRole.LEAD)
    )


def article_of_session(reader: Reader, session_id: str, article_id: str) -> SessionArticle:
    """Return an article's place in a session; the article is named by its id or one that was merged with it."""
    merges = Merges.of(reader)
    standing = merges.article(article_id)
    direct = reader.get(SessionArticle, session_article_id(session_id, article_id))
    if direct is not None and not direct.deleted:
        return direct
    for held in reader.all(SessionArticle, session_id=session_id):
        if merges.article(held.article_id) == standing:
            return held
    raise NotFoundError("This article is not in the session.", "Its lead can add it.")


def live_articles(reader: Reader, ids: Collection[str]) -> list[Article]:
    """Return the live articles that stand for ``ids``, each once, in the order given; raises NotFoundError."""
    merges = Merges.of(reader)
    return [live(reader, Article, id_, "article") for id_ in dict.fromkeys(merges.article(id_) for id_ in ids)]


def names_of_analysts(reader: Reader) -> dict[str, Analyst]:
    """Return all analysts by id, those who were deleted too."""
    return {analyst.id: analyst for analyst in reader.all(Analyst, deleted=True)}
