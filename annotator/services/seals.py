"""What blind sessions keep apart in an open project, known without asking the database again and again."""

from __future__ import annotations

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article
from annotator.domain.changes import ChangeSet
from annotator.domain.errors import RuleError
from annotator.domain.reviews import ReviewSession, SessionArticle, SessionMember
from annotator.store.repository import Reader
from annotator.store.sealing import Sealed, read_sealed
from annotator.store.unit_of_work import UnitOfWork

_OF_SESSIONS = frozenset(cls.TYPE for cls in (ReviewSession, SessionMember, SessionArticle))
_DECIDING = _OF_SESSIONS | {Article.TYPE}
"""What seals follow from; articles, which may be merged, only once there are some."""


class Seals:
    """The seals of one project. Nobody else writes a file that we have open for writing: it is asked once.

    ``several_write``: others may write too; then each read looks whether the journal went on.
    """

    def __init__(self, *, several_write: bool) -> None:
        self.known: Sealed | None = None
        self._several_write = several_write
        self._asked = False
        self._seq = -1

    def now(self, reader: Reader) -> Sealed | None:
        """Return what is kept apart as ``reader`` has it, None when nothing is."""
        if self._several_write:
            seq = reader.head_seq()
            if self._asked and seq == self._seq:
                return self.known
            self._seq = seq
        elif self._asked:
            return self.known
        self.known = read_sealed(reader.run)
        self._asked = True
        return self.known

    def take(self, change: ChangeSet) -> None:
        """Ask anew after a change to what seals follow from."""
        types = _OF_SESSIONS if self.known is None else _DECIDING
        if any(edit.entity.TYPE in types for edit in change.edits):
            self._asked = False

    def refuse_to_break(self, uow: UnitOfWork) -> None:
        """Raise RuleError when what was put would show work that is kept apart: only a reveal shows it.

        Taking an article or an author away, making a draft of a session again and the like, also by undo.
        """
        if self.known is None or not uow.puts_any(_DECIDING):
            return
        reader = uow.whole()
        after = read_sealed(reader.run)
        everybody = {*self.known.analysts, None}
        shown = {
            layer
            for viewer in everybody
            for layer in self.known.hidden_from(viewer) - (after.hidden_from(viewer) if after else frozenset())
        }
        if any(reader.count(Annotation, article_id=article, analyst_id=owner) for article, owner in sorted(shown)):
            raise RuleError(
                "This would show work that the session keeps apart until it is revealed.",
                "Reveal the session first, or leave this as it is.",
            )
