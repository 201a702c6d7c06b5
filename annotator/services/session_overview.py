"""How far a review session is: its members, its articles, and each author's work, as who is asking may know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from annotator.services.under_review import Gathered, Review, clusters_of, gather, places_of, review_of
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
class OverviewRead:
    """What was read of a session for its overview, before anything is computed from it.

    ``articles``: by the id under which the session holds them. ``submissions``: by id. ``names``: of all analysts.
    ``gathered``: what there is to decide, None while nobody may know.
    """

    session: ReviewSession
    team: Team
    viewer_id: str | None
    places: Sequence[SessionArticle]
    articles: Mapping[str, Article]
    submissions: Mapping[str, Submission]
    names: Mapping[str, Analyst]
    gathered: Gathered | None


def read_overview(reader: Reader, session_id: str, viewer: Analyst | None) -> OverviewRead:
    """Read what an overview is made of, as ``viewer`` may see it; of submissions of others also that they are there."""
    session = session_of(reader, session_id)
    places = places_of(reader, session_id)
    merges = Merges.of(reader)
    standing = reader.get_many(Article, [merges.article(place.article_id) for place in places])
    hidden = session.sealed or session.state is SessionState.DRAFT
    return OverviewRead(
        session=session,
        team=Team.of(reader, session_id),
        viewer_id=None if viewer is None else viewer.id,
        places=places,
        articles={place.article_id: standing[merges.article(place.article_id)] for place in places},
        submissions={said.id: said for said in reader.whole().all(Submission, session_id=session_id)},
        names=names_of_analysts(reader),
        gathered=None if hidden else gather(reader, session),
    )


def overview_of(read: OverviewRead) -> SessionOverview:
    """Return how far a session is, as who is asking may know it."""
    session, team = read.session, read.team
    review = None if read.gathered is None else review_of(read.gathered, clusters_of(read.gathered))
    return SessionOverview(
        session=session,
        sealed=session.sealed,
        mine=team.roles.get(read.viewer_id or "", frozenset()),
        members=tuple(_members(team, read.names)),
        articles=tuple(_article(read, place, review) for place in read.places),
    )


def _members(team: Team, names: Mapping[str, Analyst]) -> Iterable[MemberOverview]:
    for id_ in sorted(team.roles, key=lambda id_: (names[id_].name, id_)):
        analyst = names[id_]
        yield MemberOverview(id_, analyst.name, analyst.initials, analyst.colour, team.roles[id_])


def _article(read: OverviewRead, place: SessionArticle, review: Review | None) -> ArticleOverview:
    session = read.session
    own_only = session.sealed and read.team.has(read.viewer_id, MemberRole.AUTHOR)
    works = {
        author: read.submissions.get(submission_id(session.id, place.text_id, author)) for author in read.team.authors
    }
    submitted = None if own_only else sum(work_state(work) is WorkState.SUBMITTED for work in works.values())
    found = [] if review is None else [one for one in review.clusters if one.article_id == place.article_id]
    others = [] if review is None else [one for one in review.others if one.article_id == place.article_id]
    left_over = sum(one.stale for one in others)  # decided on passages that are gone: to be kept or dropped
    progress = Progress(
        submitted=submitted or 0,
        required=session.required_authors,
        clusters=None if review is None else len(found) + left_over,
        decided=sum(one.decided for one in found),
        begun=bool(others) or any(one.decision is not None for one in found),
        closed=session.state is SessionState.CLOSED,
    )
    return ArticleOverview(
        article=read.articles[place.article_id],
        text_id=place.text_id,
        state=article_state(progress),
        submitted=submitted,
        required=progress.required,
        authors=tuple(
            _work(author, work, sealed=session.sealed and author != read.viewer_id, unknown=own_only)
            for author, work in works.items()
        ),
        clusters=progress.clusters,
        decided=progress.decided,
        parked=sum(one.parked for one in found),
    )


def _work(author: str, work: Submission | None, *, sealed: bool, unknown: bool) -> AuthorWork:
    """Return an author's work; ``sealed``: it is another's, and no count is told; ``unknown``: nothing then."""
    if sealed and unknown:
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
