"""Relations: typed links from one passage to another, each in the layer of the analyst who made it."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.entity import now
from annotator.domain.errors import RuleError
from annotator.domain.ids import new_id
from annotator.domain.relating import Proposal, propose, propose_kind
from annotator.domain.relations import Relation, RelationKind
from annotator.domain.repeats import nearly_equal
from annotator.domain.rules import check_relation
from annotator.services.context import Context, live
from annotator.services.editing import edit_label, word
from annotator.services.layers import own, writer
from annotator.services.merges import Merges
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork

_LABELS = {"note": "Change note on link", "kind": "Change kind of link"}


class Relations:
    """The relations of a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, id_: str) -> Relation:
        """Return a relation by id; raises NotFoundError."""
        with self._context.read() as reader:
            return live(reader, Relation, id_, "link")

    def of(self, annotation_id: str) -> tuple[list[Relation], list[Relation]]:
        """Return (those that start at a passage, those that lead to it), each in the order of making."""
        with self._context.read() as reader:
            return (
                reader.all(Relation, source_id=annotation_id, session_id=None),
                reader.all(Relation, target_id=annotation_id, session_id=None),
            )

    def for_article(self, article_id: str) -> list[Relation]:
        """Return the relations with at least one end at a passage of an article, in the order of making."""
        with self._context.read() as reader:
            return reader.relations_at_articles(Merges.of(reader).article_group(article_id))

    def propose(self, current_id: str, other_id: str) -> Proposal:
        """Return the likely kind of relation between the current passage and another, and whether it is turned."""
        with self._context.read() as reader:
            current, other = (live(reader, Annotation, id_, "passage") for id_ in (current_id, other_id))
            kinds = _kind(reader, current), _kind(reader, other)
        first = current.article_id == other.article_id and current.start < other.start
        return propose(*kinds, quotes=(current.quote, other.quote), current_first=first)

    def add(
        self,
        source_id: str,
        target_id: str,
        kind: RelationKind | str | None = None,
        *,
        note: str = "",
        id: str | None = None,
    ) -> Relation:
        """Link a passage to another one; the kind is proposed from their tags and quotes when None."""
        with self._context.write() as uow:
            source, target = (_of_a_layer(uow, end) for end in (source_id, target_id))
            relation = Relation(
                id=id or new_id(),
                source_id=source.id,
                target_id=target.id,
                kind=_proposed(uow, source, target) if kind is None else word(RelationKind, kind),
                note=note,
                analyst_id=writer(uow),
                created_at=now(),
            )
            _check(uow, relation)
            relation = uow.put(relation)
            self._context.commit(uow, f"Link as “{relation.kind}”")
        return relation

    def edit(
        self,
        id_: str,
        *,
        kind: RelationKind | str | None = None,
        note: str | None = None,
        expected: str | None = None,
    ) -> ChangeSet:
        """Change the kind or the note of a link; what is None stays."""
        with self._context.write() as uow:
            before = own(uow, Relation, id_, expected)
            after = replace(
                before,
                kind=before.kind if kind is None else word(RelationKind, kind),
                note=before.note if note is None else note,
            )
            return self._put(uow, before, after, edit_label(before, after, _LABELS, "Edit link"))

    def reverse(self, id_: str, *, expected: str | None = None) -> ChangeSet:
        """Turn a link round: its target becomes its source."""
        with self._context.write() as uow:
            before = own(uow, Relation, id_, expected)
            after = replace(before, source_id=before.target_id, target_id=before.source_id)
            return self._put(uow, before, after, "Turn the link round")

    def _put(self, uow: UnitOfWork, before: Relation, after: Relation, label: str) -> ChangeSet:
        if after != before:
            _check(uow, after)
        uow.put(after)
        return self._context.commit(uow, label)

    def delete(self, id_: str, *, expected: str | None = None) -> ChangeSet:
        """Delete a link."""
        with self._context.write() as uow:
            uow.delete(own(uow, Relation, id_, expected))
            return self._context.commit(uow, "Delete link")

    def list(self) -> list[Relation]:
        """Return all relations of the layers, in the order of making."""
        with self._context.read() as reader:
            return reader.all(Relation, session_id=None)


def _of_a_layer(uow: UnitOfWork, id_: str) -> Annotation:
    annotation = live(uow, Annotation, id_, "passage")
    if annotation.session_id is not None:
        raise RuleError("This passage belongs to the final version.", "Its links are decided in the review.")
    return annotation


def _check(uow: UnitOfWork, relation: Relation) -> None:
    check_relation(relation, uow.all(Relation, source_id=relation.source_id))


def _proposed(reader: Reader, source: Annotation, target: Annotation) -> RelationKind:
    kinds = _kind(reader, source), _kind(reader, target)
    return propose_kind(*kinds, alike=kinds[0] == kinds[1] and nearly_equal(source.quote, target.quote))


def _kind(reader: Reader, annotation: Annotation) -> TagKind:
    return live(reader, Tag, Merges.of(reader).tag(annotation.tag_id), "tag").kind
