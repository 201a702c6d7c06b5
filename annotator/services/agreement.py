"""How far the analysts of a review session agree, now and as it was frozen at the reveal and at the close."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article
from annotator.domain.codebook import Tag
from annotator.domain.entity import Entity
from annotator.domain.errors import RuleError
from annotator.domain.letters import letters
from annotator.domain.reviews import ReviewSession, SessionState
from annotator.domain.team_figures import Scope, TeamFigures, team_figures
from annotator.services.context import Context
from annotator.services.merges import Merges
from annotator.services.session_access import Team
from annotator.services.session_figures import kept_figures
from annotator.services.session_work import find_session, read_work
from annotator.store.repository import Reader

_UNKNOWN = "?"
"""The name of what figures from elsewhere speak of and is not in this project."""

E = TypeVar("E", bound=Entity)
Made = Generator[tuple[int, int], None, "Agreement"]
"""Yields how much is done of how much, and returns the figures; closing it stops the work."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of a session (of the whole project when ``session`` is None), with the names to show them by.

    ``now``: of the layers as they are. ``at_reveal``, ``at_close``: as frozen, None while there are none.
    """

    session: ReviewSession | None
    now: TeamFigures
    at_reveal: TeamFigures | None
    at_close: TeamFigures | None
    analysts: Mapping[str, Analyst]
    tags: Mapping[str, Tag]
    articles: Mapping[str, Article]

    @property
    def names_hidden(self) -> bool:
        """Whether the session keeps from who decides whose work is whose: until it is closed."""
        return hides_names(self.session)

    def pairs(self, figures: TeamFigures) -> tuple[Scope, ...]:
        """Return the figures of each two analysts; none where names are hidden, for they would tell who is who."""
        return () if self.names_hidden else figures.pairs

    def name(self, scope: Scope) -> str:
        """Return what a scope is of: an article's title, a tag's name, or analysts' names where they may be told."""
        if scope.article_id is not None:
            article = self.articles.get(scope.article_id)
            return article.title if article else _UNKNOWN
        if scope.tag_id is not None:
            return self.tag(scope.tag_id)
        return "" if self.names_hidden else ", ".join(map(self.analyst, scope.analysts))

    def tag(self, tag_id: str) -> str:
        """Return the name of a tag."""
        tag = self.tags.get(tag_id)
        return tag.name if tag else _UNKNOWN

    def analyst(self, analyst_id: str) -> str:
        """Return the name of an analyst."""
        analyst = self.analysts.get(analyst_id)
        return analyst.name if analyst else _UNKNOWN


@dataclass(frozen=True, slots=True)
class PassageBehind:
    """One of the passages behind a figure, with the names to show it by."""

    annotation: Annotation
    analyst: str
    tag: Tag
    article: Article


class AgreementFigures:
    """Makes the agreement figures of review sessions."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def steps(self, session: str | None = None) -> Made:
        """Make the figures step by step.

        ``session``: id or name; None: the only session, or the whole project when it has none, where whoever marked
        something in an article counts as having read it. Raises NotFoundError, UsageError when several sessions fit,
        RuleError before a blind session is revealed.
        """
        with self._context.read() as reader:
            found = find_session(reader, session)
            refuse_sealed(found)
            work = read_work(reader, found)
            analysts, tags, articles = _by_id(reader, Analyst), _by_id(reader, Tag), _by_id(reader, Article)
        now = yield from team_figures(work.texts, work.relations, work.tags, work.merged, work.least)
        return Agreement(
            session=found,
            now=now,
            at_reveal=kept_figures(found.figures_at_reveal) if found else None,
            at_close=kept_figures(found.figures_at_close) if found else None,
            analysts=analysts,
            tags=tags,
            articles=articles,
        )

    def measure(self, session: str | None = None) -> Agreement:
        """Make the figures at once; see :meth:`steps`."""
        return finish(self.steps(session))

    def passages(self, ids: Collection[str], session: ReviewSession | None = None) -> list[PassageBehind]:
        """Return the live passages with these ids by article date, article and place; what is gone is left out.

        ``session``: whose figures they are behind; where it hides names, letters stand for the analysts.
        """
        with self._context.read() as reader:
            authors = Team.of(reader, session.id).authors if session is not None and hides_names(session) else ()
            merges = Merges.of(reader)
            found = [merges.shown(a) for a in reader.get_many(Annotation, ids).values() if not a.deleted]
            analysts, tags, articles = _by_id(reader, Analyst), _by_id(reader, Tag), _by_id(reader, Article)
        rows = [PassageBehind(a, analysts[a.analyst_id].name, tags[a.tag_id], articles[a.article_id]) for a in found]
        if session is not None and authors:
            rows = [replace(row, analyst=_letter(session, row.annotation, authors)) for row in rows]
        return sorted(rows, key=_place)


def hides_names(session: ReviewSession | None) -> bool:
    """Whether a session keeps from who decides whose work is whose: until it is closed."""
    return session is not None and session.hide_names and session.state is not SessionState.CLOSED


def _letter(session: ReviewSession, annotation: Annotation, authors: Collection[str]) -> str:
    return f"Analyst {letters(session.id, annotation.article_id, authors).get(annotation.analyst_id, '–')}"


def _place(row: PassageBehind) -> tuple[str, str, int, int, str]:
    return row.article.published_at, row.article.id, row.annotation.start, row.annotation.end, row.analyst


def finish(steps: Made, progress: Callable[[int, int], object] | None = None) -> Agreement:
    """Take all steps and return the figures; ``progress`` is told each and may raise to stop."""
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            agreement: Agreement = end.value
            return agreement
        if progress is not None:
            progress(done, total)


def _by_id(reader: Reader, cls: type[E]) -> dict[str, E]:
    return {entity.id: entity for entity in reader.all(cls, deleted=True)}


def refuse_sealed(session: ReviewSession | None) -> None:
    """Raise RuleError when a session is blind and not revealed: nobody sees its figures before."""
    if session is not None and session.sealed:
        raise RuleError(
            f"“{session.name}” is blind and has not been revealed: there are no figures to be seen yet.",
            "The lead reveals it when all who take part have submitted.",
        )
