"""What a person enters about a review session, and what it takes to make the session so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.domain.reviews import PERCENT, MemberRole, ReviewSession, SessionMode

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.services.session_overview import SessionOverview

Roles = Mapping[str, frozenset[MemberRole]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFields:
    """A session as it stands in the dialog.

    ``members``: analyst id → roles, of those who have any. ``added``: names of analysts who are new in the project,
    by the id that they get. ``overlap_percent``: from this IoU on, in per cent, two passages are the same.
    """

    name: str = ""
    mode: SessionMode = SessionMode.DOUBLE_BLIND
    articles: tuple[str, ...] = ()
    members: Roles = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)
    required_authors: int = 2
    blind: bool = True
    reason_on_reject: bool = True
    hide_names: bool = False
    overlap_percent: int = PERCENT // 2

    @property
    def settings(self) -> dict[str, Any]:
        """The fields of the session itself, by name."""
        return {
            "name": self.name,
            "mode": self.mode,
            "required_authors": self.required_authors,
            "blind": self.blind,
            "reason_on_reject": self.reason_on_reject,
            "hide_names": self.hide_names,
            "overlap_percent": self.overlap_percent,
        }

    def as_session(self) -> ReviewSession:
        """Return a session with these settings, to hold against the rules."""
        return ReviewSession(
            id="",
            name=self.name,
            mode=self.mode,
            required_authors=self.required_authors,
            blind=self.blind,
            overlap_percent=self.overlap_percent,
        )


def usual_settings(mode: SessionMode) -> tuple[int, bool]:
    """Return how many authors an article needs in a mode, and whether they work blind."""
    return (1, False) if mode is SessionMode.PEER_CHECK else (2, True)


def fields_of(overview: SessionOverview) -> SessionFields:
    """Return a session that there is, as it stands in the dialog."""
    session = overview.session
    return SessionFields(
        name=session.name,
        mode=session.mode,
        articles=tuple(row.article.id for row in overview.articles),
        members={member.analyst_id: member.roles for member in overview.members},
        required_authors=session.required_authors,
        blind=session.blind,
        reason_on_reject=session.reason_on_reject,
        hide_names=session.hide_names,
        overlap_percent=session.overlap_percent,
    )


def make_session(project: Project, wanted: SessionFields) -> str:
    """Make a session, and first the analysts who are new in the project; return its id. Not for the UI thread."""
    _add_analysts(project, wanted)
    settings = wanted.settings
    session = project.reviews.create(
        str(settings.pop("name")),
        mode=wanted.mode,
        articles=wanted.articles,
        members=[(who, role) for who, roles in wanted.members.items() for role in sorted(roles)],
        **{name: value for name, value in settings.items() if name != "mode"},
    )
    return session.id


def change_session(project: Project, session_id: str, before: SessionFields, wanted: SessionFields) -> None:
    """Make a session what it is to be; only what differs is written. Not for the UI thread.

    Members go before settings change and come after, so that the rules hold at each step; leads go last.
    """
    reviews = project.reviews
    _add_analysts(project, wanted)
    going = _not_in(before.members, wanted.members)
    for who, role in going:
        if role is not MemberRole.LEAD:
            reviews.remove_member(session_id, who, role)
    changed = {name: value for name, value in wanted.settings.items() if before.settings[name] != value}
    if changed:
        reviews.edit(session_id, **changed)
    for who, role in _not_in(wanted.members, before.members):
        reviews.add_member(session_id, who, role)
    for who, role in going:
        if role is MemberRole.LEAD:
            reviews.remove_member(session_id, who, role)
    _change_articles(project, session_id, before.articles, wanted.articles)


def _change_articles(project: Project, session_id: str, before: Sequence[str], wanted: Sequence[str]) -> None:
    for article_id in before:
        if article_id not in wanted:
            project.reviews.remove_article(session_id, article_id)
    new = [article_id for article_id in wanted if article_id not in before]
    if new:
        project.reviews.add_articles(session_id, new)


def _not_in(members: Roles, others: Roles) -> list[tuple[str, MemberRole]]:
    """Return the roles that members have in the one and not in the other."""
    return [(who, role) for who, roles in members.items() for role in sorted(roles - others.get(who, frozenset()))]


def _add_analysts(project: Project, wanted: SessionFields) -> None:
    for id_, name in wanted.added.items():
        if wanted.members.get(id_):
            project.analysts.add(name, id=id_)
