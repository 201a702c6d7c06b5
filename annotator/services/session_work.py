"""The work of a review session as it is compared: each pinned text with the layers of those who submitted it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.comparisons import ReadText
from annotator.domain.errors import NotFoundError, UsageError
from annotator.domain.folding import fold
from annotator.domain.pairing import HALF
from annotator.domain.relations import Relation
from annotator.domain.reviews import (
    PERCENT,
    ReviewSession,
    SessionArticle,
    Submission,
    SubmissionState,
)
from annotator.domain.rules import in_use
from annotator.services.codebook import in_tree_order
from annotator.services.merges import Merges
from annotator.services.session_access import Team
from annotator.store.repository import Reader


@dataclass(frozen=True, slots=True)
class SessionWork:
    """What the clusters and the figures of a session are made of, read in one transaction.

    ``tags``: ids of the codebook's tags in use, in its order. ``merged``: loser → winner of people, tags and points.
    ``least``: the intersection over union from which on passages are the same.
    """

    texts: Sequence[ReadText]
    relations: Sequence[Relation]
    tags: Sequence[str]
    merged: Mapping[str, str]
    least: float


def read_work(reader: Reader, session: ReviewSession | None, text_ids: Collection[str] | None = None) -> SessionWork:
    """Read the work of a session; of a whole project when None, where who marked something has read the article.

    ``text_ids``: only that on these of the session's texts.
    """
    merges = Merges.of(reader)
    if session is None:
        scope = [(a.current_text_id, a.id) for a in reader.all(Article, merged_into=None) if a.current_text_id]
        submitted = None
    else:
        articles = reader.all(SessionArticle, session_id=session.id)
        articles = [pinned for pinned in articles if text_ids is None or pinned.text_id in text_ids]
        scope = [(pinned.text_id, merges.article(pinned.article_id)) for pinned in articles]
        submitted = submissions(reader, session.id)
    texts = [_read_text(reader, text_id, article_id, submitted) for text_id, article_id in scope]
    found = [text for text in texts if text is not None]
    own = {a.article_id for text in found for layer in text.layers.values() for a in layer}
    return SessionWork(
        texts=found,
        relations=[relation for relation in reader.relations_at_articles(own) if relation.session_id is None],
        tags=[tag.id for tag in in_tree_order(reader.all(Tag)) if in_use(tag)],
        merged=merges.tags | merges.people | merges.points,
        least=HALF if session is None else session.overlap_percent / PERCENT,
    )


def submissions(reader: Reader, session_id: str) -> dict[str, frozenset[str]]:
    """Return for each pinned text the authors of a session who have submitted it and not had it back."""
    authors = Team.of(reader, session_id).authors
    found: dict[str, set[str]] = {}
    for said in reader.all(Submission, session_id=session_id, state=SubmissionState.SUBMITTED):
        if said.analyst_id in authors:
            found.setdefault(said.text_id, set()).add(said.analyst_id)
    return {text_id: frozenset(who) for text_id, who in found.items()}


def find_session(reader: Reader, who: str | None) -> ReviewSession | None:
    """Return the session with this id or name; when None the only one there is, None when there is none.

    Raises NotFoundError, or UsageError when several fit.
    """
    sessions = reader.all(ReviewSession)
    if who is None:
        fitting = sessions
    else:
        fitting = [s for s in sessions if s.id == who] or [s for s in sessions if fold(s.name) == fold(who)]
    if len(fitting) > 1:
        names = ", ".join(f"“{session.name}” ({session.id})" for session in fitting)
        raise UsageError(f"Several review sessions fit: {names}.", "Name one of them, by its id if need be.")
    if who is not None and not fitting:
        names = ", ".join(f"“{session.name}”" for session in sessions) or "none yet"
        raise NotFoundError(f"There is no review session “{who}” in this project.", f"Its sessions: {names}.")
    return fitting[0] if fitting else None


def _read_text(
    reader: Reader, text_id: str, article_id: str, submitted: Mapping[str, Collection[str]] | None
) -> ReadText | None:
    """Read a text and its layers; None when the text is gone. Marks on an equal text of a merged article count too."""
    version = reader.get(TextVersion, text_id)
    if version is None or version.deleted:
        return None
    equal = tuple(id_ for id_, _ in reader.texts_with_hash(version.sha256)) or (text_id,)
    stored = [
        replace(annotation, text_id=text_id, article_id=article_id)
        for annotation in reader.all(Annotation, text_id=equal, session_id=None)
    ]
    analysts: Iterable[str]
    analysts = {a.analyst_id for a in stored} if submitted is None else submitted.get(text_id, ())
    layers = {who: [a for a in stored if a.analyst_id == who] for who in sorted(analysts)}
    return ReadText(text_id, article_id, version.text, layers)
