"""The rules of review sessions: pure checks, each raising RuleError with what to do."""

from __future__ import annotations

from collections.abc import Mapping, Set

from annotator.domain.errors import RuleError
from annotator.domain.reviews import PERCENT, MemberRole, ReviewSession, SessionMode
from annotator.domain.rules import check_named

Roles = Mapping[str, Set[MemberRole]]
"""Analyst id → roles in a session."""


def check_session(session: ReviewSession) -> None:
    """Refuse a session without a name, or with settings that mean nothing."""
    check_named(session.name, "review session")
    if session.required_authors < 1:
        raise RuleError("At least one author has to read an article.", "Give a number from 1 on.")
    if not 0 < session.overlap_percent <= PERCENT:
        raise RuleError("The overlap is a number of per cent from 1 to 100.", "50 is usual.")


def check_team(session: ReviewSession, roles: Roles) -> None:
    """Refuse a session without a lead, a lead who is an author in a blind one, and a peer who checks the own work."""
    if not any(MemberRole.LEAD in given for given in roles.values()):
        raise RuleError("A session needs a lead.", "Give somebody else that role first.")
    for given in roles.values():
        if session.blind and {MemberRole.LEAD, MemberRole.AUTHOR} <= given:
            raise RuleError(
                "Who leads a blind session collects the work, and so cannot be one of its authors.",
                "Let somebody else lead it, or make a session that is not blind.",
            )
        if session.mode is SessionMode.PEER_CHECK and {MemberRole.REVIEWER, MemberRole.AUTHOR} <= given:
            raise RuleError("In a peer check nobody reviews the own work.", "Choose another reviewer.")


def check_to_open(session: ReviewSession, roles: Roles, articles: int) -> None:
    """Refuse to open a session without articles, with too few authors, or with nobody who decides."""
    check_team(session, roles)
    authors = sum(MemberRole.AUTHOR in given for given in roles.values())
    if not articles:
        raise RuleError("The session has no articles.", "Add some before it is opened.")
    if authors < session.required_authors:
        raise RuleError(
            f"Each article needs {session.required_authors} authors, and the session has {authors}.",
            "Add authors, or let fewer be enough.",
        )
    if session.mode is not SessionMode.MEETING and not any(MemberRole.REVIEWER in given for given in roles.values()):
        raise RuleError("The session has nobody who reviews.", "Add a reviewer.")
