"""Who may see whose layer while a blind session is not revealed.

:func:`may_see` is the whole rule. Every read goes by it (:mod:`annotator.store.veil`), and so will a server's policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.changes import ChangeSet, Edit
from annotator.domain.reviews import MemberRole, ReviewSession, SessionArticle, SessionMember


@dataclass(frozen=True, slots=True)
class Seal:
    """What a blind session keeps apart until it is revealed: the layers of ``authors`` on ``articles`` (ids)."""

    session_id: str
    articles: frozenset[str]
    authors: frozenset[str]


def may_see(viewer: str | None, owner: str | None, article_id: str | None, seals: Iterable[Seal]) -> bool:
    """Whether ``viewer`` may see what ``owner`` made on an article: passages, links, comments, counts and figures.

    ``viewer``: an analyst's id, None when nobody is named. ``owner``: None for what the team shares. An author of an
    unrevealed blind session that holds the article sees the own layer there and no other; who is no author there sees
    no author's layer.
    """
    if owner is None or owner == viewer:
        return True
    return not any(article_id in seal.articles and seal.authors & {viewer, owner} for seal in seals)


def seals_of(
    sessions: Iterable[ReviewSession], members: Iterable[SessionMember], articles: Iterable[SessionArticle]
) -> tuple[Seal, ...]:
    """Return the seals of the sessions that are sealed now; tombstones among members and articles do not count."""
    held: dict[str, set[str]] = {session.id: set() for session in sessions if session.sealed}
    authors: dict[str, set[str]] = {session_id: set() for session_id in held}
    for article in articles:
        if article.session_id in held and not article.deleted:
            held[article.session_id].add(article.article_id)
    for member in members:
        if member.session_id in authors and member.role is MemberRole.AUTHOR and not member.deleted:
            authors[member.session_id].add(member.analyst_id)
    return tuple(Seal(id_, frozenset(held[id_]), frozenset(authors[id_])) for id_ in sorted(held))


def changes_sight(change: ChangeSet) -> bool:
    """Whether a change may hide what was seen, or show what was hidden: a session was opened or revealed."""
    return any(_changes_sight(edit) for edit in change.edits)


def _changes_sight(edit: Edit) -> bool:
    if isinstance(edit.entity, ReviewSession):
        states = (edit.before, edit.after)
        sealed = [isinstance(state, ReviewSession) and state.sealed for state in states]
        return sealed[0] != sealed[1]
    return isinstance(edit.entity, SessionMember | SessionArticle)
