"""Submissions: an analyst says to have read an article, takes that back, or gets the work returned with a reason."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.errors import RuleError
from annotator.domain.passages import PassageFilter, PassageRow
from annotator.domain.reviews import (
    MemberRole,
    SessionArticle,
    SessionState,
    Submission,
    SubmissionState,
    submission_id,
)
from annotator.services.context import Context, live
from annotator.services.layers import writer
from annotator.services.passages import Passages
from annotator.services.references import shortened
from annotator.services.session_access import Team, article_of_session, session_of
from annotator.services.texts import Texts
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork


class Submissions:
    """What the authors of review sessions say of their work."""

    def __init__(self, context: Context, texts: Texts) -> None:
        self._context = context
        self._texts = texts

    def submit(self, session_id: str, article_id: str) -> Submission:
        """Say that who is writing has read the article and marked the passages that are there now, if any."""
        with self._context.write() as uow:
            held, known = self._own(uow, session_id, article_id)
            count = _passages(uow, held, writer(uow))
            made = known or Submission(
                id=submission_id(session_id, held.text_id, writer(uow)),
                session_id=session_id,
                text_id=held.text_id,
                analyst_id=writer(uow),
                created_at=uow.at,
            )
            submission = uow.put(
                replace(made, count=count, state=SubmissionState.SUBMITTED, reason="", deleted_at=None)
            )
            number = "1 passage" if count == 1 else f"{count} passages"
            self._context.commit(uow, f"Submit “{_title(uow, held)}” with {number}")
        return submission

    def withdraw(self, session_id: str, article_id: str) -> Submission:
        """Take an own submission back, to go on with the work; until the session is revealed."""
        with self._context.write() as uow:
            held, known = self._own(uow, session_id, article_id)
            if known is None or known.state is not SubmissionState.SUBMITTED:
                raise RuleError("This article is not submitted.", "You can go on with it.")
            if session_of(uow, session_id).revealed:
                raise RuleError(
                    "The session is revealed: the work is being reviewed.", "Ask a reviewer to send it back to you."
                )
            submission = uow.put(replace(known, state=SubmissionState.WITHDRAWN))
            self._context.commit(uow, f"Withdraw “{_title(uow, held)}”")
        return submission

    def send_back(self, session_id: str, article_id: str, who: str, reason: str) -> Submission:
        """Return an author's work with a reason; a reviewer or the lead of the session may.

        ``who``: the author's id.
        """
        if not reason.strip():
            raise RuleError("Work is returned with a reason.", "Say what is missing.")
        with self._context.write() as uow:
            session_of(uow, session_id, SessionState.OPEN)
            Team.of(uow, session_id).need(uow.analyst_id, MemberRole.REVIEWER, MemberRole.LEAD)
            held = article_of_session(uow, session_id, article_id)
            author = live(uow, Analyst, who, "analyst")
            known = uow.whole().get(Submission, submission_id(session_id, held.text_id, author.id))
            if known is None or known.state is not SubmissionState.SUBMITTED:
                raise RuleError(f"{author.name} has not submitted this article.")
            submission = uow.put(replace(known, state=SubmissionState.RETURNED, reason=reason.strip()))
            self._context.commit(uow, f"Return “{_title(uow, held)}” to {author.name}")
        return submission

    def get(self, session_id: str, article_id: str) -> Submission | None:
        """Return what who is writing said last of an article, None when nothing yet."""
        with self._context.read() as reader:
            held = article_of_session(reader, session_id, article_id)
            who = self._context.needed_analyst(reader)
            return reader.get(Submission, submission_id(session_id, held.text_id, who.id))

    def count(self, session_id: str, article_id: str) -> int:
        """Return how many passages of who is writing would be submitted."""
        with self._context.read() as reader:
            held = article_of_session(reader, session_id, article_id)
            return _passages(reader, held, self._context.needed_analyst(reader).id)

    def to_finish(self, session_id: str, article_id: str) -> list[PassageRow]:
        """Return the own passages of an article that are not finished; they do not hinder submitting."""
        with self._context.read() as reader:
            held = article_of_session(reader, session_id, article_id)
        wanted = PassageFilter(article_id=held.article_id, layer="mine", to_finish=True)
        return Passages(self._context, self._texts).query(wanted)

    def _own(self, uow: UnitOfWork, session_id: str, article_id: str) -> tuple[SessionArticle, Submission | None]:
        """Return the article's place and what the author who is writing said last of it."""
        session_of(uow, session_id, SessionState.OPEN)
        Team.of(uow, session_id).need(uow.analyst_id, MemberRole.AUTHOR)
        held = article_of_session(uow, session_id, article_id)
        return held, uow.get(Submission, submission_id(session_id, held.text_id, writer(uow)))


def _passages(reader: Reader, held: SessionArticle, analyst_id: str) -> int:
    """Return how many live passages an analyst has on the text that the session pins, or on one with the same words."""
    return reader.count(Annotation, text_id=_same_words(reader, held), analyst_id=analyst_id, session_id=None)


def _same_words(reader: Reader, held: SessionArticle) -> tuple[str, ...]:
    text = live(reader, TextVersion, held.text_id, "text")
    return tuple(id_ for id_, _ in reader.texts_with_hash(text.sha256))


def _title(reader: Reader, held: SessionArticle) -> str:
    return shortened(live(reader, Article, held.article_id, "article").title)
