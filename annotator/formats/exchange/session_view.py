"""A project's history as seen from one of its review sessions: who is in it, what belongs to it, what is submitted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from annotator.domain.articles import Article, TextVersion
from annotator.domain.reviews import MemberRole, SessionArticle, SessionMember, Submission, SubmissionState
from annotator.domain.versions import Version, heads_of
from annotator.domain.visibility import Seal
from annotator.formats.exchange.selecting import Values, values_of
from annotator.formats.exchange.state import ProjectHistory


class Known(NamedTuple):
    """One version and its content."""

    version: Version
    values: Values


@dataclass(frozen=True)
class SessionView:
    """A project as seen from one of its review sessions.

    ``seals``: of the sessions that are sealed now.
    """

    history: ProjectHistory
    session_id: str
    seals: Sequence[Seal] = ()

    @cached_property
    def entities(self) -> Mapping[str, Sequence[Known]]:
        """All versions by the id of their entity, the oldest first."""
        found: dict[str, list[Known]] = defaultdict(list)
        for version in self.history.versions:
            if version.known:
                found[version.entity_id].append(Known(version, values_of(version)))
        for known in found.values():
            known.sort(key=lambda one: (one.version.revision, one.version.hash))
        return found

    @cached_property
    def roles(self) -> Mapping[str, frozenset[MemberRole]]:
        """The roles of the session's members, of former ones too: what they did stays."""
        found: dict[str, set[MemberRole]] = defaultdict(set)
        for known in self._of(SessionMember.TYPE):
            values = known.values
            if values["session_id"] == self.session_id:
                found[values["analyst_id"]].add(MemberRole(values.get("role", MemberRole.AUTHOR)))
        return defaultdict(frozenset, {id_: frozenset(roles) for id_, roles in found.items()})

    @cached_property
    def articles(self) -> frozenset[str]:
        """The articles of the session, with those that were merged with them."""
        found = {
            known.values["article_id"]
            for known in self._of(SessionArticle.TYPE)
            if known.values["session_id"] == self.session_id
        }
        merges = [
            (k.version.entity_id, k.values["merged_into"])
            for k in self._of(Article.TYPE)
            if k.values.get("merged_into")
        ]
        grown = True
        while grown:
            more = {id_ for pair in merges if found & set(pair) for id_ in pair} - found
            found |= more
            grown = bool(more)
        return frozenset(found)

    @cached_property
    def sealed(self) -> bool:
        """Whether this session is."""
        return any(seal.session_id == self.session_id for seal in self.seals)

    def article_of(self, values: Values) -> str | None:
        """Return the article that the content of a version belongs to; a relation to its source's."""
        article_id: str | None = values.get("article_id")
        if article_id is None and "source_id" in values:
            source = self.entities.get(values["source_id"])
            article_id = source[0].values.get("article_id") if source else None
        return article_id

    def submitted_by(self, analyst_id: str) -> frozenset[str]:
        """Return the articles of the session that an analyst has submitted and not taken back."""
        shown = [
            values_of(heads_of({one.version.hash: one.version for one in known})[0])
            for known in self.entities.values()
            if known[0].version.entity_type == Submission.TYPE and known[0].values["analyst_id"] == analyst_id
        ]
        submitted = {
            values["text_id"]
            for values in shown
            if values["session_id"] == self.session_id
            and values.get("deleted_at") is None
            and values.get("state", SubmissionState.SUBMITTED) == SubmissionState.SUBMITTED
        }
        return frozenset(
            known.values["article_id"] for known in self._of(TextVersion.TYPE) if known.version.entity_id in submitted
        )

    def has_said(self, analyst_id: str) -> bool:
        """Whether an analyst has submitted anything in the session, and be it taken back since."""
        return any(
            one.values["session_id"] == self.session_id and one.values["analyst_id"] == analyst_id
            for one in self._of(Submission.TYPE)
        )

    def _of(self, type_: str) -> Iterable[Known]:
        return (one for known in self.entities.values() if known[0].version.entity_type == type_ for one in known)
