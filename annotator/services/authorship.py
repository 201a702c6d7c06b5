"""Who may have written what: versions from elsewhere are refused where somebody else than their owner made them.

A layer has one writer; a submission and a verdict are one person's word; the rows of a review session are the lead's,
and what is decided in it is the reviewers'. A file is judged by what it says of itself: nothing in it is signed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.annotations import Annotation
from annotator.domain.comments import Comment
from annotator.domain.relations import Relation
from annotator.domain.reviews import (
    Decision,
    MemberRole,
    ReviewSession,
    SessionArticle,
    SessionMember,
    Submission,
    SubmissionState,
    Verdict,
)
from annotator.domain.versions import Version
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.reading import Document
from annotator.formats.exchange.state import ProjectState

LAYERS = frozenset({Annotation.TYPE, Relation.TYPE})
FRAME = frozenset({ReviewSession.TYPE, SessionMember.TYPE, SessionArticle.TYPE})
SAID = frozenset({Submission.TYPE, Verdict.TYPE, Decision.TYPE})
"""What people say in a review session."""


class Roles:
    """The roles of the members of each session, former ones too: what they did stays.

    A session that the project knows has the members that it knows, and those whom its lead added; a new one has those
    that the file says.
    """

    def __init__(self, state: ProjectState, document: Document) -> None:
        self.known = frozenset(session.id for session in state.of(ReviewSession))
        self._roles: dict[tuple[str, str], set[MemberRole]] = defaultdict(set)
        for member in state.of(SessionMember):
            self._roles[member.session_id, member.analyst_id].add(member.role)
        told = [v for v in document.versions.values() if v.entity_type == SessionMember.TYPE]
        while told:
            believed = [version for version in told if self._is_lead_over(content(version)["session_id"], version.by)]
            if not believed:
                break
            for version in believed:
                values = content(version)
                role = MemberRole(values.get("role", MemberRole.AUTHOR))
                self._roles[values["session_id"], values["analyst_id"]].add(role)
            told = [version for version in told if version not in believed]

    def _is_lead_over(self, session_id: str, analyst_id: str | None) -> bool:
        """Whether the members whom an analyst names are members: those of a new session are whom its file names."""
        return session_id not in self.known or MemberRole.LEAD in self.of(session_id, analyst_id)

    def of(self, session_id: str, analyst_id: str | None) -> frozenset[MemberRole]:
        """Return the roles of an analyst in a session, none for who is no member."""
        return frozenset(self._roles.get((session_id, analyst_id or ""), ()))

    def decides(self, session_id: str, analyst_id: str | None) -> bool:
        """Whether an analyst decides in a session: its reviewers and its lead do."""
        return bool(self.of(session_id, analyst_id) - {MemberRole.AUTHOR})


def content(version: Version) -> Mapping[str, Any]:
    """Return the content of a version, defaults left out."""
    values: dict[str, Any] = json.loads(version.content or b"{}")
    return values


def new_versions(state: ProjectState, document: Document) -> Iterable[tuple[str, Version]]:
    """Yield the path and the version of everything in a document that the project does not know."""
    for hash_, version in document.versions.items():
        if hash_ not in state.versions:
            yield document.places[hash_], version


def check_authorship(state: ProjectState, document: Document, findings: Findings) -> None:
    """Note every new version that somebody wrote who may not have."""
    owners: dict[str, str] = {}
    for version in state.versions.values():
        if version.owner_id is not None and version.entity_type in LAYERS:
            owners.setdefault(version.entity_id, version.owner_id)
    roles = Roles(state, document)
    for path, version in new_versions(state, document):
        wrong = ""
        if version.entity_type in LAYERS | {Comment.TYPE}:
            wrong = _wrong_in_layer(version, owners)
        if not wrong and is_of_review(version):
            wrong = _wrong_in_review(version, roles)
        if wrong:
            findings.problem(path, wrong)


def is_of_review(version: Version) -> bool:
    """Whether a version is of a review session; of a passage its content tells, which is not parsed for that."""
    return version.entity_type in SAID | FRAME or (
        version.entity_type in LAYERS and b'"session_id":"' in (version.content or b"")
    )


def session_of(version: Version) -> str | None:
    """Return the id of the review session that a version says it is of."""
    session_id: str | None = content(version).get("session_id")
    return version.entity_id if version.entity_type == ReviewSession.TYPE else session_id


def _wrong_in_layer(version: Version, owners: dict[str, str]) -> str:
    """Return why a version may not be: its own analyst did not write it, or it moves to another layer."""
    if version.entity_type == Comment.TYPE and version.revision > 1:
        return ""  # anybody may mark a comment as dealt with
    owner = owners.setdefault(version.entity_id, version.owner_id or "")
    if (version.owner_id or "") == owner and (not owner or version.by == owner):
        return ""
    return "This is in the work of an analyst who did not write it; only its own analyst writes a layer."


def _wrong_in_review(version: Version, roles: Roles) -> str:
    """Return why a version may not be by who wrote it, as far as it is of a review session; empty when it may."""
    type_, values, session_id = version.entity_type, content(version), session_of(version)
    wrong = ""
    if session_id is None:
        return wrong
    if type_ in FRAME:
        if session_id in roles.known and MemberRole.LEAD not in roles.of(session_id, version.by):
            wrong = "Only the lead of a review session changes it, and somebody else wrote this."
    elif type_ == Submission.TYPE:
        wrong = _wrong_submission(version, values, roles)
    elif type_ == Verdict.TYPE:
        wrong = _wrong_verdict(version, values["analyst_id"], session_id, roles)
    elif not roles.decides(session_id, version.by):
        wrong = "Only who reviews in a session decides in it, and somebody else wrote this."
    return wrong


def _wrong_submission(version: Version, values: Mapping[str, Any], roles: Roles) -> str:
    owner, session_id = values["analyst_id"], values["session_id"]
    if MemberRole.AUTHOR not in roles.of(session_id, owner):
        return "This submission is of an analyst who is no author of the session."
    if values.get("state", SubmissionState.SUBMITTED) == SubmissionState.RETURNED:
        return "" if roles.decides(session_id, version.by) else "Only who reviews in a session returns work."
    return "" if version.by == owner else "This submission is in the name of an analyst who did not write it."


def _wrong_verdict(version: Version, voter: str, session_id: str, roles: Roles) -> str:
    """A member says it in person, or who reviews notes it down as that member's vote."""
    if not roles.of(session_id, voter):
        return "This verdict is of an analyst who is no member of the session."
    if version.by != voter and not roles.decides(session_id, version.by):
        return "This verdict is in the name of an analyst who did not write it."
    return ""
