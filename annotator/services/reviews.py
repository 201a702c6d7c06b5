"""Review sessions: prepared, opened, revealed, closed and opened again by their lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from annotator.domain.changes import ChangeSet
from annotator.domain.codebook import Tag
from annotator.domain.entity import now, to_plain
from annotator.domain.errors import ConflictError, NotFoundError, RuleError
from annotator.domain.ids import new_id
from annotator.domain.reviews import (
    Decision,
    MemberRole,
    ReviewSession,
    SessionArticle,
    SessionMember,
    SessionMode,
    SessionState,
    member_id,
    session_article_id,
)
from annotator.domain.rules import check_named
from annotator.domain.session_rules import check_session, check_team, check_to_open
from annotator.domain.versions import canonical
from annotator.services.analysts import find_analyst
from annotator.services.care import Care
from annotator.services.context import Context, expect
from annotator.services.editing import changed, edit_label, word
from annotator.services.layers import writer
from annotator.services.session_access import Team, article_of_session, live_articles, session_of
from annotator.services.session_figures import frozen_figures
from annotator.services.session_overview import SessionOverview, overview_of, read_overview, unfinished
from annotator.services.session_work import find_session
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork

MemberRef = tuple[str, MemberRole | str]
"""A member as callers name one: an analyst (id, name or initials) and the role."""

_DRAFT_ONLY = ("mode", "blind", "overlap_percent")
_EDITABLE = ("name", "required_authors", "reason_on_reject", "hide_names", *_DRAFT_ONLY)
_LABELS = {"name": "Rename session", "required_authors": "Change required authors"}


class Reviews:
    """The review sessions of a project. All writes are the lead's; whoever makes a session is its lead."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def create(
        self,
        name: str,
        *,
        mode: SessionMode | str = SessionMode.DOUBLE_BLIND,
        articles: Collection[str] = (),
        members: Iterable[MemberRef] = (),
        id: str | None = None,
        **settings: object,
    ) -> ReviewSession:
        """Prepare a session; who makes it is its lead.

        ``articles``: ids. ``members``: (analyst, role). ``settings``: required_authors, blind, reason_on_reject,
        hide_names, overlap_percent; what is left out follows from the mode.
        """
        chosen = word(SessionMode, mode)
        peer = chosen is SessionMode.PEER_CHECK
        usual = {"required_authors": 1 if peer else 2, "blind": not peer}
        session = ReviewSession(id=id or new_id(), name=name.strip(), mode=chosen, created_at=now())
        session = changed(session, {**usual, **settings}, _EDITABLE)
        check_session(session)
        with self._context.write() as uow:
            session = uow.put(session)
            _put_member(uow, session.id, writer(uow), MemberRole.LEAD)
            for who, role in members:
                _put_member(uow, session.id, find_analyst(uow, who).id, word(MemberRole, role))
            check_team(session, Team.of(uow, session.id).roles)
            for article in live_articles(uow, articles):
                _put_article(uow, session.id, article.id, article.current_text_id)
            self._context.commit(uow, f"Prepare session {session.name}")
        return session

    def edit(self, session_id: str, *, expected: str | None = None, **fields: object) -> ChangeSet:
        """Change the name or the settings; mode, blindness and overlap only while it is being prepared."""
        with self._context.write() as uow:
            before = self._own(uow, session_id, SessionState.DRAFT, SessionState.OPEN)
            expect(before, expected, "review session")
            after = changed(before, fields, _EDITABLE)
            after = replace(after, name=after.name.strip())
            fixed = [name for name in _DRAFT_ONLY if getattr(before, name) != getattr(after, name)]
            if fixed and before.state is not SessionState.DRAFT:
                raise RuleError(f"“{fixed[0]}” cannot be changed once a session is open.", "Prepare another session.")
            check_session(after)
            check_team(after, Team.of(uow, session_id).roles)
            uow.put(after)
            return self._context.commit(uow, edit_label(before, after, _LABELS, "Change session's settings"))

    def delete(self, session_id: str) -> ChangeSet:
        """Delete a session that was never opened, with its members and articles."""
        with self._context.write() as uow:
            session = self._own(uow, session_id, SessionState.DRAFT)
            going = (
                *uow.all(SessionMember, session_id=session_id),
                *uow.all(SessionArticle, session_id=session_id),
                session,
            )
            for entity in going:
                uow.delete(entity)
            return self._context.commit(uow, f"Delete session {session.name}")

    def add_member(self, session_id: str, who: str, role: MemberRole | str) -> ChangeSet:
        """Give an analyst (id, name or initials) a role in the session."""
        with self._context.write() as uow:
            session = self._own(uow, session_id, SessionState.DRAFT, SessionState.OPEN)
            analyst = find_analyst(uow, who)
            _put_member(uow, session_id, analyst.id, word(MemberRole, role))
            check_team(session, Team.of(uow, session_id).roles)
            return self._context.commit(uow, f"Add {word(MemberRole, role)} {analyst.name}")

    def remove_member(self, session_id: str, who: str, role: MemberRole | str | None = None) -> ChangeSet:
        """Take an analyst out of the session: one role, or all when None."""
        with self._context.write() as uow:
            session = self._own(uow, session_id, SessionState.DRAFT, SessionState.OPEN)
            analyst = find_analyst(uow, who)
            given = None if role is None else word(MemberRole, role)
            going = [
                member
                for member in uow.all(SessionMember, session_id=session_id, analyst_id=analyst.id)
                if given in {None, member.role}
            ]
            if not going:
                raise RuleError(f"{analyst.name} is not that in this session.")
            for member in going:
                uow.delete(member)
            check_team(session, Team.of(uow, session_id).roles)
            return self._context.commit(uow, f"Remove {given or 'member'} {analyst.name}")

    def add_article(self, session_id: str, article_id: str) -> ChangeSet:
        """Add an article; its present text is the one that is reviewed."""
        return self.add_articles(session_id, [article_id])

    def add_articles(self, session_id: str, article_ids: Collection[str]) -> ChangeSet:
        """Add several articles as one change; those that are in the session already stay as they are."""
        with self._context.write() as uow:
            self._own(uow, session_id, SessionState.DRAFT, SessionState.OPEN)
            found = live_articles(uow, article_ids)
            for article in found:
                _put_article(uow, session_id, article.id, article.current_text_id)
            number = "article" if len(found) == 1 else f"{len(found)} articles"
            return self._context.commit(uow, f"Add {number} to session")

    def remove_article(self, session_id: str, article_id: str) -> ChangeSet:
        """Take an article out of the session; refused once something was decided about it."""
        with self._context.write() as uow:
            self._own(uow, session_id, SessionState.DRAFT, SessionState.OPEN)
            held = article_of_session(uow, session_id, article_id)
            if uow.count(Decision, session_id=session_id, text_id=held.text_id):
                raise RuleError("Something has been decided about this article.", "Take the decisions back first.")
            uow.delete(held)
            return self._context.commit(uow, "Remove article from session")

    def open(self, session_id: str) -> ChangeSet:
        """Begin the session: the texts are pinned as they are now, and the codebook is kept as it is now."""
        with self._context.write() as uow:
            session = self._own(uow, session_id, SessionState.DRAFT)
            held = uow.all(SessionArticle, session_id=session_id)
            check_to_open(session, Team.of(uow, session_id).roles, len(held))
            for place in held:
                (article,) = live_articles(uow, [place.article_id])
                uow.put(replace(place, text_id=article.current_text_id or place.text_id))
            uow.put(replace(session, state=SessionState.OPEN, codebook=_codebook(uow)))
            return self._context.commit(uow, f"Open session {session.name}")

    def reveal(self, session_id: str) -> ChangeSet:
        """Let everybody see everybody's work; the figures are frozen first. Not undoable; a backup is made before."""
        with self._context.read() as reader:
            self._own(reader, session_id, SessionState.OPEN)
        Care(self._context).backup_before("reveal")
        figures = frozen_figures(self._context, session_id)
        with self._context.write() as uow:
            session = self._own(uow, session_id, SessionState.OPEN)
            if session.revealed:
                raise ConflictError("This session is revealed already.")
            uow.put(replace(session, revealed_at=uow.at, figures_at_reveal=figures))
            return self._context.commit(uow, f"Reveal session {session.name}")

    def close(self, session_id: str, signed_by: str, *, unfinished: bool = False) -> ChangeSet:
        """Sign the session off under a name; the figures are frozen. Not undoable; a backup is made before.

        Raises RuleError that says what is not decided, unless ``unfinished`` allows it.
        """
        check_named(signed_by.strip(), "signature")
        with self._context.read() as reader:
            self._closable(self._own(reader, session_id, SessionState.OPEN))
        missing = self.unfinished(session_id)
        if missing and not unfinished:
            raise RuleError(f"Not everything is decided: {'; '.join(missing)}.", "Decide it, or close it unfinished.")
        Care(self._context).backup_before("close")
        figures = frozen_figures(self._context, session_id)
        with self._context.write() as uow:
            session = self._closable(self._own(uow, session_id, SessionState.OPEN))
            uow.put(
                replace(
                    session,
                    state=SessionState.CLOSED,
                    closed_at=uow.at,
                    signed_by=signed_by.strip(),
                    figures_at_close=figures,
                )
            )
            return self._context.commit(uow, f"Close session {session.name}")

    def reopen(self, session_id: str, reason: str) -> ChangeSet:
        """Go on with a closed session; everything stays. Not undoable; a backup is made before."""
        if not reason.strip():
            raise RuleError("Opening a session again needs a reason.", "Say why, for the minutes.")
        with self._context.read() as reader:
            self._own(reader, session_id, SessionState.CLOSED)
        Care(self._context).backup_before("reopen")
        with self._context.write() as uow:
            session = self._own(uow, session_id, SessionState.CLOSED)
            uow.put(replace(session, state=SessionState.OPEN, closed_at=None, signed_by="", reason=reason.strip()))
            return self._context.commit(uow, f"Re-open session {session.name}")

    def get(self, session_id: str) -> ReviewSession:
        """Return a session; raises NotFoundError."""
        with self._context.read() as reader:
            return session_of(reader, session_id)

    def members(self, session_id: str) -> list[SessionMember]:
        """Return the members of a session, one entry for each role."""
        with self._context.read() as reader:
            return reader.all(SessionMember, session_id=session_id)

    def overview(self, session_id: str) -> SessionOverview:
        """Return how far a session is, as who is asking may know it; raises NotFoundError."""
        with self._context.read() as reader:
            read = read_overview(reader, session_id, self._context.analyst(reader))
        return overview_of(read)

    def unfinished(self, session_id: str) -> list[str]:
        """Return what is not decided yet, one sentence an article; empty when the session can be closed."""
        return unfinished(self.overview(session_id))

    def _own(self, reader: Reader, session_id: str, *states: SessionState) -> ReviewSession:
        """Return a session that is in one of the states, for its lead."""
        session = session_of(reader, session_id, *states)
        who = self._context.needed_analyst(reader)
        Team.of(reader, session_id).need(who.id, MemberRole.LEAD)
        return session

    @staticmethod
    def _closable(session: ReviewSession) -> ReviewSession:
        if session.sealed:
            raise RuleError("The session is not revealed.", "Reveal it first: nothing has been decided before that.")
        return session

    def find(self, who: str | None = None) -> ReviewSession:
        """Return the session with this id or name; when None the only one there is.

        Raises NotFoundError, or UsageError when several fit.
        """
        with self._context.read() as reader:
            session = find_session(reader, who)
        if session is None:
            raise NotFoundError("There is no review session in this project yet.", "Its lead prepares one.")
        return session

    def list(self) -> list[ReviewSession]:
        """Return the sessions in the order of making."""
        with self._context.read() as reader:
            return reader.all(ReviewSession)


def _put_member(uow: UnitOfWork, session_id: str, analyst_id: str, role: MemberRole) -> None:
    id_ = member_id(session_id, analyst_id, role)
    known = uow.get(SessionMember, id_)
    if known is None:
        known = SessionMember(id=id_, session_id=session_id, analyst_id=analyst_id, role=role, created_at=uow.at)
    uow.put(replace(known, deleted_at=None))


def _put_article(uow: UnitOfWork, session_id: str, article_id: str, text_id: str | None) -> None:
    if text_id is None:
        raise RuleError("An article without a text cannot be reviewed.")
    id_ = session_article_id(session_id, article_id)
    known = uow.get(SessionArticle, id_)
    if known is not None and not known.deleted:
        return
    if known is None:
        known = SessionArticle(id=id_, session_id=session_id, article_id=article_id, text_id=text_id, created_at=uow.at)
    uow.put(replace(known, text_id=text_id, deleted_at=None))


def _codebook(uow: UnitOfWork) -> str:
    """Return the tags as they are now, as JSON: the list of :func:`annotator.domain.entity.to_plain` of each."""
    return canonical([to_plain(tag) for tag in uow.all(Tag)]).decode()
