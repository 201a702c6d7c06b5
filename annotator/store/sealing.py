"""What blind sessions keep apart now, read in SQL that SQLite and PostgreSQL both understand.

Like :mod:`annotator.store.article_rows` it is run by whoever has a connection, so that the glance at the start goes by
the same seals as the open project.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.domain.merging import resolve
from annotator.domain.reviews import MemberRole, ReviewSession, SessionArticle, SessionMember, SessionState
from annotator.domain.visibility import Seal, may_see, seals_of
from annotator.store.article_rows import Run
from annotator.store.veil import Proposer, Veil

_SESSIONS = "SELECT id, blind, state, revealed_at FROM review_session WHERE deleted_at IS NULL"
_MEMBERS = "SELECT id, session_id, analyst_id, role FROM session_member WHERE deleted_at IS NULL"
_ARTICLES = "SELECT id, session_id, article_id, text_id FROM session_article WHERE deleted_at IS NULL"
_MERGED = "SELECT id, merged_into FROM article WHERE merged_into IS NOT NULL AND deleted_at IS NULL"
_ANALYSTS = "SELECT id FROM analyst"
_STATES = (
    "SELECT v.entity_id, v.at, c.seq, v.content FROM version v LEFT JOIN change c ON c.id = v.change_id "
    "WHERE v.entity_type = 'review_session' ORDER BY v.revision, v.at"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """When a session was opened: its place in the journal, None when that is not known here, and the time (UTC)."""

    seq: int | None
    at: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is kept apart in a project now. ``analysts``: everybody whose layer there may be."""

    seals: tuple[Seal, ...]
    analysts: tuple[str, ...]
    opened: Mapping[str, Opened]

    @property
    def articles(self) -> frozenset[str]:
        """The articles on which something is kept apart."""
        return frozenset().union(*(seal.articles for seal in self.seals))

    def hidden_from(self, viewer: str | None) -> frozenset[tuple[str, str]]:
        """Return (article id, analyst id) of the layers that ``viewer`` may not see."""
        return frozenset(
            (article, owner)
            for article in self.articles
            for owner in self.analysts
            if not may_see(viewer, owner, article, self.seals)
        )

    def veil(self, viewer: str | None) -> Veil:
        """Return what keeps from ``viewer`` what is kept apart."""
        proposers = [
            Proposer(author, self.opened[seal.session_id].seq, self.opened[seal.session_id].at)
            for seal in self.seals
            for author in sorted(seal.authors - {viewer})
        ]
        sessions = tuple(seal.session_id for seal in self.seals)
        return Veil(viewer or "", tuple(sorted(self.hidden_from(viewer))), sessions, tuple(proposers))


def read_sealed(run: Run) -> Sealed | None:
    """Return what is kept apart now, None when nothing is: one look at a short table."""
    sessions = [
        ReviewSession(id=id_, blind=bool(blind), state=SessionState(state), revealed_at=revealed_at)
        for id_, blind, state, revealed_at in run(_SESSIONS, {})
    ]
    if not any(session.sealed for session in sessions):
        return None
    members = (
        SessionMember(id=id_, session_id=session_id, analyst_id=analyst_id, role=MemberRole(role))
        for id_, session_id, analyst_id, role in run(_MEMBERS, {})
    )
    articles = [
        SessionArticle(id=id_, session_id=session_id, article_id=article_id, text_id=text_id)
        for id_, session_id, article_id, text_id in run(_ARTICLES, {})
    ]
    merged = {row[0]: row[1] for row in run(_MERGED, {})}
    seals = seals_of(sessions, members, _with_merged(articles, merged))
    analysts = tuple(sorted(row[0] for row in run(_ANALYSTS, {})))
    return Sealed(seals, analysts, _opened(run(_STATES, {})))


def _with_merged(held: Sequence[SessionArticle], merged: Mapping[str, str]) -> Iterable[SessionArticle]:
    """Yield the articles of sessions, and those that are shown together with one of them."""
    yield from held
    ids = {*merged, *merged.values()}
    for place in held:
        standing = resolve(place.article_id, merged)
        for id_ in ids:
            if id_ != place.article_id and resolve(id_, merged) == standing:
                yield SessionArticle(id=place.id, session_id=place.session_id, article_id=id_, text_id=place.text_id)


def _opened(states: Iterable[Sequence[Any]]) -> dict[str, Opened]:
    """Return when each session was first said to be open, from its versions in the order of revision."""
    found: dict[str, Opened] = {}
    for id_, at, seq, content in states:
        if id_ not in found and json.loads(bytes(content)).get("state") == SessionState.OPEN:
            found[id_] = Opened(seq, at)
    return found
