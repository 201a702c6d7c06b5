"""How far a review session is: its members, its articles, and each author's work, as who is asking may know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.domain.analysts import Analyst
from annotator.domain.articles import Article
from annotator.domain.counting import counted
from annotator.domain.reviews import (
    MemberRole,
    ReviewSession,
    SessionArticle,
    SessionState,
    Submission,
    submission_id,
)
from annotator.domain.session_states import ArticleState, Progress, WorkState, article_state, work_state
from annotator.services.merges import Merges
from annotator.services.references import shortened
from annotator.services.session_access import Team, names_of_analysts, session_of
from annotator.services.under_review import (
    ClusterUnderReview,
    FinalPassage,
    Review,
    clusters_of,
    gather,
    review_of,
)
from annotator.store.repository import Reader


@dataclass(frozen=True, slots=True)
class MemberOverview:
    """One member with all roles."""

    analyst_id: str
    name: str
    initials: str
    colour: str
    roles: frozenset[MemberRole]


@dataclass(frozen=True, slots=True)
class AuthorWork:
    """How far an author is with an article.

    ``state``: None while who is asking may not know. ``count``: the passages that the author said to have marked, None
    while working or unknown. ``reason``: why it was returned. ``at``: when that was said (UTC), empty while working.
    """

    analyst_id: str
    state: WorkState | None
    count: int | None
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class ArticleOverview:
    """An article of a session.

    ``submitted`` of ``required`` authors have read it; None when who is asking may not know. ``clusters``: how many
    passages there are to decide, None while nobody may know; ``decided`` and ``parked`` of them.
    """

    article: Article
    text_id: str
    state: ArticleState
    submitted: int | None
    required: int
    authors: tuple[AuthorWork, ...]
    clusters: int | None
    decided: int
    parked: int


@dataclass(frozen=True, slots=True)
class SessionOverview:
    """A session as it stands. ``mine``: the roles of who is asking; ``sealed``: nothing of the others is shown yet."""

    session: ReviewSession
    sealed: bool
    mine: frozenset[MemberRole]
    members: tuple[MemberOverview, ...]
    articles: tuple[ArticleOverview, ...]

    @property
    def clusters(self) -> int | None:
        """How many passages there are to decide, None while nobody may know."""
        known = [article.clusters for article in self.articles if article.clusters is not None]
        return sum(known) if len(known) == len(self.articles) else None

    @property
    def decided(self) -> int:
        """How many of them are decided."""
        return sum(article.decided for article in self.articles)

    @property
    def complete(self) -> bool:
        """Whether every article has been submitted by as many authors as must."""
        return all(one.submitted is not None and one.submitted >= one.required for one in self.articles)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said in a session, read in one transaction."""

    submissions: Mapping[str, Submission]
    review: Review | None
    """What there is to decide; None while nobody may know."""

    def clusters(self, text_id: str) -> list[ClusterUnderReview]:
        """Return the clusters of a text."""
        return [] if self.review is None else [c for c in self.review.clusters if c.cluster.text_id == text_id]

    def others(self, text_id: str) -> list[FinalPassage]:
        """Return what was decided on a text without a cluster, or on one that is gone."""
        return [] if self.review is None else [o for o in self.review.others if o.decision.text_id == text_id]


def overview_of(reader: Reader, session_id: str, viewer: Analyst | None) -> SessionOverview:
    """Return how far a session is. ``reader`` sees everything: what ``viewer`` may not know is left out here."""
    session = session_of(reader, session_id)
    team = Team.of(reader, session_id)
    viewer_id = None if viewer is None else viewer.id
    held = reader.all(SessionArticle, session_id=session_id)
    merges = Merges.of(reader)
    articles = reader.get_many(Article, [merges.article(one.article_id) for one in held])
    said = _said(reader, session)
    names = names_of_analysts(reader)
    rows = [
        _article(session, team, articles[merges.article(one.article_id)], one.text_id, said, viewer_id) for one in held
    ]
    rows.sort(
        key=lambda row: (row.article.published_at == "", row.article.published_at, row.article.title, row.text_id)
    )
    return SessionOverview(
        session=session,
        sealed=session.sealed,
        mine=team.roles.get(viewer_id or "", frozenset()),
        members=tuple(_members(team, names)),
        articles=tuple(rows),
    )


def _said(reader: Reader, session: ReviewSession) -> _Said:
    submissions = {one.id: one for one in reader.all(Submission, session_id=session.id)}
    if session.sealed or session.state is SessionState.DRAFT:
        return _Said(submissions, None)
    gathered = gather(reader, session)
    return _Said(submissions, review_of(gathered, clusters_of(gathered)))


def _members(team: Team, names: Mapping[str, Analyst]) -> Iterable[MemberOverview]:
    for id_ in sorted(team.roles, key=lambda id_: (names[id_].name, id_)):
        analyst = names[id_]
        yield MemberOverview(id_, analyst.name, analyst.initials, analyst.colour, team.roles[id_])


def _article(
    session: ReviewSession, team: Team, article: Article, text_id: str, said: _Said, viewer_id: str | None
) -> ArticleOverview:
    own_only = session.sealed and team.has(viewer_id, MemberRole.AUTHOR)
    works = {author: said.submissions.get(submission_id(session.id, text_id, author)) for author in team.authors}
    submitted = sum(work_state(work) is WorkState.SUBMITTED for work in works.values())
    clusters, others = said.clusters(text_id), said.others(text_id)
    left_over = sum(one.stale for one in others)  # decided on passages that are gone: to be kept or dropped
    progress = Progress(
        submitted=0 if own_only else submitted,
        required=session.required_authors,
        clusters=None if said.review is None else len(clusters) + left_over,
        decided=sum(one.decided for one in clusters),
        begun=bool(others) or any(one.decision is not None for one in clusters),
        closed=session.state is SessionState.CLOSED,
    )
    return ArticleOverview(
        article=article,
        text_id=text_id,
        state=article_state(progress),
        submitted=None if own_only else submitted,
        required=session.required_authors,
        authors=tuple(
            _work(author, work, sealed=session.sealed and author != viewer_id, unknown=own_only and author != viewer_id)
            for author, work in works.items()
        ),
        clusters=progress.clusters,
        decided=progress.decided,
        parked=sum(one.parked for one in clusters),
    )


def _work(author: str, work: Submission | None, *, sealed: bool, unknown: bool) -> AuthorWork:
    """Return an author's work; ``sealed``: no count is told; ``unknown``: nothing is."""
    if unknown:
        return AuthorWork(author, None, None, "", "")
    state = work_state(work)
    if work is None or state is WorkState.WORKING:
        return AuthorWork(author, state, None, "", "")
    count = work.count if state is WorkState.SUBMITTED and not sealed else None
    return AuthorWork(author, state, count, work.reason if state is WorkState.RETURNED else "", work.updated_at)


def unfinished(overview: SessionOverview) -> list[str]:
    """Return what is not decided yet, one sentence an article; empty when the session can be closed."""
    found = []
    for row in overview.articles:
        title = f"“{shortened(row.article.title)}”"
        if row.submitted is not None and row.submitted < row.required:
            found.append(f"{title} was submitted by {row.submitted} of {row.required} authors")
        elif row.clusters is None:
            found.append(f"{title} is not revealed")
        elif row.decided < row.clusters:
            parked = f", {row.parked} of them parked" if row.parked else ""
            found.append(f"{title} has {counted(row.clusters - row.decided, 'undecided passage')}{parked}")
    return found
