"""What modes, roles and states of review sessions are called on screen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from annotator.desktop.plurals import plural_text
from annotator.domain.reviews import MemberRole, ReviewSession, SessionMode, SessionState
from annotator.domain.session_states import ArticleState, WorkState

_tr = QCoreApplication.translate


def mode_text(mode: SessionMode) -> str:
    """Return what a mode is called."""
    return {
        SessionMode.PEER_CHECK: _tr("Sessions", "Peer check"),
        SessionMode.DOUBLE_BLIND: _tr("Sessions", "Double blind"),
        SessionMode.MEETING: _tr("Sessions", "Meeting"),
    }[mode]


def mode_meaning(mode: SessionMode) -> str:
    """Return what a mode means, in one sentence."""
    return {
        SessionMode.PEER_CHECK: _tr(
            "Sessions", "One author marks each article; one reviewer accepts or rejects every passage."
        ),
        SessionMode.DOUBLE_BLIND: _tr(
            "Sessions",
            "Several authors mark the same articles unseen by each other; a reviewer decides where they differ.",
        ),
        SessionMode.MEETING: _tr(
            "Sessions",
            "Several authors mark the same articles; the team walks the disagreements together on one screen.",
        ),
    }[mode]


def member_role_text(role: MemberRole) -> str:
    """Return what a member is in a session."""
    return {
        MemberRole.AUTHOR: _tr("Sessions", "author"),
        MemberRole.REVIEWER: _tr("Sessions", "reviewer"),
        MemberRole.LEAD: _tr("Sessions", "lead"),
    }[role]


def roles_text(roles: Iterable[MemberRole]) -> str:
    """Return all that a member is, in a fixed order."""
    held = frozenset(roles)
    return ", ".join(member_role_text(role) for role in MemberRole if role in held)


def session_state_text(session: ReviewSession) -> str:
    """Return how far a session is, in a word or two."""
    if session.state is SessionState.DRAFT:
        return _tr("Sessions", "being prepared")
    if session.state is SessionState.CLOSED:
        return _tr("Sessions", "closed, signed by {0}").format(session.signed_by)
    if session.sealed:
        return _tr("Sessions", "open, not revealed yet")
    return _tr("Sessions", "open, revealed") if session.revealed else _tr("Sessions", "open")


def article_state_text(state: ArticleState) -> str:
    """Return how far an article is."""
    return {
        ArticleState.WAITING: _tr("Sessions", "waiting"),
        ArticleState.READY: _tr("Sessions", "ready"),
        ArticleState.IN_REVIEW: _tr("Sessions", "in review"),
        ArticleState.DECIDED: _tr("Sessions", "decided"),
        ArticleState.FINAL: _tr("Sessions", "final"),
    }[state]


def work_state_text(state: WorkState | None) -> str:
    """Return how far an author is with an article; None: who is asking may not know."""
    if state is None:
        return _tr("Sessions", "hidden until the reveal")
    return {
        WorkState.WORKING: _tr("Sessions", "working"),
        WorkState.SUBMITTED: _tr("Sessions", "submitted"),
        WorkState.RETURNED: _tr("Sessions", "returned"),
    }[state]


def passages_text(count: int) -> str:
    """Return a number of passages in words."""
    return plural_text("Sessions", "1 passage", "{0} passages", count)
