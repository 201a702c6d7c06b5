"""Comments: what members of the team say to each other about an article, some words of it, or a passage."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.comments import Comment
from annotator.domain.entity import now
from annotator.domain.errors import RuleError, UsageError
from annotator.domain.ids import new_id
from annotator.domain.reviews import MemberRole, SessionArticle
from annotator.domain.rules import check_span
from annotator.services.clusters import cuts_cluster
from annotator.services.context import Context, live
from annotator.services.layers import own, writer
from annotator.services.merges import Merges
from annotator.services.session_access import Team
from annotator.services.texts import Texts
from annotator.store.unit_of_work import UnitOfWork


class Comments:
    """The comments of a project."""

    def __init__(self, context: Context, texts: Texts) -> None:
        self._context = context
        self._texts = texts

    def add(
        self,
        article_id: str,
        text: str,
        *,
        annotation_id: str | None = None,
        span: tuple[int, int] | None = None,
        parent_id: str | None = None,
        id: str | None = None,
    ) -> Comment:
        """Comment on an article, on a ``span`` of its current text (code points), or on a passage.

        ``parent_id``: the comment that is answered; the answer stands where that one does. The comment keeps the words
        it is about, so that it outlives them.
        """
        if annotation_id is not None and span is not None:
            raise UsageError("A comment is about a passage or about a span, not both.")
        with self._context.write() as uow:
            comment = Comment(
                id=id or new_id(),
                article_id=article_id,
                text=_words(text),
                parent_id=parent_id,
                analyst_id=writer(uow),
                created_at=now(),
            )
            comment = uow.put(self._anchored(uow, comment, annotation_id, span))
            self._context.commit(uow, "Add comment")
        return comment

    def _anchored(
        self, uow: UnitOfWork, comment: Comment, annotation_id: str | None, span: tuple[int, int] | None
    ) -> Comment:
        if comment.parent_id is not None:
            parent = live(uow, Comment, comment.parent_id, "comment")
            return replace(
                comment,
                article_id=parent.article_id,
                text_id=parent.text_id,
                annotation_id=parent.annotation_id,
                start=parent.start,
                end=parent.end,
                quote=parent.quote,
            )
        if annotation_id is not None:
            passage = live(uow, Annotation, annotation_id, "passage")
            return replace(
                comment,
                article_id=passage.article_id,
                text_id=passage.text_id,
                annotation_id=passage.id,
                start=passage.start,
                end=passage.end,
                quote=passage.quote,
            )
        texts = self._texts.of_article(uow, comment.article_id)
        whole = replace(comment, article_id=texts.article_ids[0], text_id=texts.current_id)
        if span is None:
            return whole
        text = self._texts.text(uow, texts.current_id)
        check_span(*span, text, cuts_cluster)
        return replace(whole, start=span[0], end=span[1], quote=text[span[0] : span[1]])

    def edit(self, id_: str, text: str, *, expected: str | None = None) -> ChangeSet:
        """Change the words of an own comment."""
        with self._context.write() as uow:
            uow.put(replace(own(uow, Comment, id_, expected), text=_words(text)))
            return self._context.commit(uow, "Edit comment")

    def resolve(self, id_: str, *, resolved: bool = True) -> ChangeSet:
        """Mark the thread of a comment as dealt with, or as open again.

        Anybody may, but for an article of a review session: there who opened the thread, and who reviews or leads.
        Raises RuleError for others.
        """
        with self._context.write() as uow:
            comment = _opening(uow, live(uow, Comment, id_, "comment"))
            _refuse_meddling(uow, comment)
            uow.put(replace(comment, resolved_at=(comment.resolved_at or now()) if resolved else None))
            return self._context.commit(uow, "Resolve comment" if resolved else "Reopen comment")

    def delete(self, id_: str) -> ChangeSet:
        """Delete an own comment that nobody has answered."""
        with self._context.write() as uow:
            comment = own(uow, Comment, id_)
            if uow.count(Comment, parent_id=id_):
                raise RuleError("Somebody has answered this comment.", "Edit or resolve it instead.")
            uow.delete(comment)
            return self._context.commit(uow, "Delete comment")

    def list(self, *, article_id: str | None = None, annotation_id: str | None = None) -> list[Comment]:
        """Return comments in the order of writing: of the project, an article or a passage."""
        with self._context.read() as reader:
            where: dict[str, Any] = {}
            if article_id is not None:
                where["article_id"] = Merges.of(reader).article_group(article_id)
            if annotation_id is not None:
                where["annotation_id"] = annotation_id
            return reader.all(Comment, **where)


def _opening(uow: UnitOfWork, comment: Comment) -> Comment:
    """Return the comment that a thread began with; one whose beginning is gone is its own."""
    seen: set[str] = set()
    while comment.parent_id is not None and comment.id not in seen:
        seen.add(comment.id)
        parent = uow.get(Comment, comment.parent_id)
        if parent is None or parent.deleted:
            break
        comment = parent
    return comment


def _refuse_meddling(uow: UnitOfWork, opening: Comment) -> None:
    """Refuse to close somebody else's thread about an article of a session to whom does not review there."""
    if opening.analyst_id == uow.analyst_id:
        return
    group = Merges.of(uow).article_group(opening.article_id)
    sessions = {held.session_id for held in uow.all(SessionArticle, article_id=group)}
    teams = [Team.of(uow, id_) for id_ in sorted(sessions)]
    if teams and not any(team.has(uow.analyst_id, MemberRole.REVIEWER, MemberRole.LEAD) for team in teams):
        raise RuleError(
            "Only who opened this thread, or who reviews, closes it or opens it again.", "Answer it instead."
        )


def _words(text: str) -> str:
    if not text.strip():
        raise RuleError("A comment needs words.")
    return text.strip()
