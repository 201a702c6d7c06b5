"""When a file stays sealed: it has a colleague's work in a blind session, and the own is not submitted.

Sealed means not taken in, and nothing told of what is in it; it does not mean encrypted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.comments import Comment
from annotator.domain.entities import owner_of
from annotator.domain.entity import Entity
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.relations import Relation
from annotator.domain.reviews import ReviewSession, SessionArticle, SessionMember, Submission, SubmissionState
from annotator.domain.versions import Version, entity_from, heads_of
from annotator.domain.visibility import Seal, may_see, seals_of
from annotator.formats.exchange.reading import Document
from annotator.formats.exchange.state import ProjectState
from annotator.services.authorship import LAYERS, SAID, content, new_versions

E = TypeVar("E", bound=Entity)


def sealed(state: ProjectState, document: Document, me: Analyst | None) -> str:
    """Return why a file stays sealed here, empty when it may be taken in.

    Who is no author of a session is not kept from collecting the work in it. A file that brings the reveal itself is
    open.
    """
    if me is None:
        return ""
    for seal in _seals(state, document):
        if me.id in seal.authors and _has_work_of_others(state, document, seal, me.id):
            left = len(seal.articles - _submitted(state, seal, me.id))
            if left:
                return (
                    "It has work of others in a blind review session, and stays sealed until you have submitted your "
                    f"own: {left} of {len(seal.articles)} articles to go."
                )
    return ""


def kept_apart(state: ProjectState, document: Document, me: Analyst | None) -> frozenset[str]:
    """Return the ids of what is in a file and must not be told of here, though it is taken in: who collects is blind.

    These are the layers that a seal keeps apart, comments in them, and what their authors added to the register.
    """
    seals = _seals(state, document)
    if not seals:
        return frozenset()
    viewer = None if me is None else me.id
    if document.packet is not None:
        viewer = document.packet.receiver  # in an empty project nobody has that id yet
    articles = {annotation.id: annotation.article_id for annotation in state.of(Annotation)}
    articles |= {e.entity.id: e.entity.article_id for e in document.of(Annotation) if isinstance(e.entity, Annotation)}
    return frozenset(
        entry.entity.id
        for entry in document.entries.values()
        if (made := _made_by(entry.entity, articles)) and not may_see(viewer, *made, seals)
    ) | _proposed(document, seals, viewer)


def _made_by(entity: Entity, articles: Mapping[str, str]) -> tuple[str | None, str | None] | None:
    """Return whose it is and on which article, None for what is nobody's."""
    if isinstance(entity, Annotation | Comment):
        return owner_of(entity), entity.article_id
    if isinstance(entity, Relation):
        return owner_of(entity), articles.get(entity.source_id)
    return None


def _proposed(document: Document, seals: Iterable[Seal], viewer: str | None) -> frozenset[str]:
    """Return the ids of people and points that other authors add; to an author, of what others submit too."""
    found: set[str] = set()
    for seal in seals:
        others = seal.authors - {viewer}
        types = {Person.TYPE, Point.TYPE} | ({Submission.TYPE} if viewer in seal.authors else set())
        made = (v for v in document.versions.values() if v.entity_type in types and v.revision == 1)
        found.update(version.entity_id for version in made if version.by in others)
    return frozenset(found)


def _seals(state: ProjectState, document: Document) -> tuple[Seal, ...]:
    """Return the seals that stand once the document is taken in."""
    known: dict[str, dict[str, Version]] = defaultdict(dict)
    types = {cls.TYPE for cls in (ReviewSession, SessionMember, SessionArticle)}
    for versions in (state.versions, document.versions):
        for version in versions.values():
            if version.entity_type in types:
                known[version.entity_id][version.hash] = version
    shown = [entity_from(heads[0]) for versions in known.values() if (heads := heads_of(versions))]
    return seals_of(_of(shown, ReviewSession), _of(shown, SessionMember), _of(shown, SessionArticle))


def _of(entities: Iterable[Entity], cls: type[E]) -> list[E]:
    return [entity for entity in entities if isinstance(entity, cls)]


def _has_work_of_others(state: ProjectState, document: Document, seal: Seal, me: str) -> bool:
    """Whether a file has something new of another author that the seal keeps apart."""
    others = seal.authors - {me}
    articles = {e.entity.id: e.entity.article_id for e in document.of(Annotation) if isinstance(e.entity, Annotation)}
    articles |= {annotation.id: annotation.article_id for annotation in state.of(Annotation)}
    for _path, version in new_versions(state, document):
        if version.by in others and version.entity_type in LAYERS | SAID | {Comment.TYPE}:
            values = content(version)
            article_id = values.get("article_id") or articles.get(values.get("source_id", ""))
            if article_id in seal.articles or values.get("session_id") == seal.session_id:
                return True
    return False


def _submitted(state: ProjectState, seal: Seal, me: str) -> frozenset[str]:
    article_of = {text.id: text.article_id for text in state.of(TextVersion)}
    return frozenset(
        article_of[submission.text_id]
        for submission in state.of(Submission)
        if (submission.session_id, submission.analyst_id) == (seal.session_id, me)
        and submission.state is SubmissionState.SUBMITTED
        and not submission.deleted
    )
