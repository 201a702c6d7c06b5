"""Passages: made, read, edited and deleted by the analyst in whose layer they lie."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotator.domain.annotations import (
    Annotation,
    Attribution,
    Origin,
    Span,
)
from annotator.domain.changes import ChangeSet
from annotator.domain.entity import now
from annotator.domain.errors import RuleError
from annotator.domain.ids import new_id
from annotator.domain.marks import Mark, MarkLabel
from annotator.domain.people import Person
from annotator.domain.relations import Relation
from annotator.domain.rules import check_span
from annotator.domain.shown import label_of_links
from annotator.services.analysts import layer_of
from annotator.services.annotation_links import AnnotationLinks
from annotator.services.clusters import cuts_cluster
from annotator.services.codebook import tag_to_give
from annotator.services.context import live
from annotator.services.editing import word
from annotator.services.layers import own, writer
from annotator.services.links import PersonLink, PointLink, people_parts, point_parts
from annotator.services.merges import Merges
from annotator.services.passage import checked, derived_again, marked, passage_label, tag_label, with_attribution
from annotator.services.references import OUTLIVING, named, referring
from annotator.services.texts import placed
from annotator.store.unit_of_work import UnitOfWork


class Annotations(AnnotationLinks):
    """The passages of a project."""

    def get(self, id_: str) -> Annotation:
        """Return a passage with its links resolved, as it is shown on the current text; raises NotFoundError."""
        with self._context.read() as reader:
            annotation = live(reader, Annotation, id_, "passage")
            merges = Merges.of(reader)
            texts = self._texts.of_article(reader, annotation.article_id, merges)
            return self._texts.shown(reader, texts, [annotation], merges)[0]

    def get_many(self, ids: Iterable[str]) -> dict[str, Annotation]:
        """Return the live passages among ``ids`` by id, as :meth:`get` gives them."""
        with self._context.read() as reader:
            stored = [a for a in reader.get_many(Annotation, ids).values() if not a.deleted]
            shown = self._texts.shown_anywhere(reader, stored, Merges.of(reader))
        return {annotation.id: annotation for annotation in shown}

    def marks(self, article_id: str) -> list[Mark]:
        """Return the marks of an article on its current text, by start, end and id (code points)."""
        with self._context.read() as reader:
            merges = Merges.of(reader)
            return self._texts.marks(reader, self._texts.of_article(reader, article_id, merges), merges)

    def labels(self, article_id: str) -> dict[str, MarkLabel]:
        """Return what stands beside each passage of an article, by annotation id."""
        with self._context.read() as reader:
            merges = Merges.of(reader)
            texts = self._texts.of_article(reader, article_id, merges)
            links: dict[str, dict[tuple[str, str], None]] = {}
            for annotation_id, person_id, role in reader.links_to_people(texts.article_ids):
                links.setdefault(annotation_id, {})[merges.person(person_id), role] = None
            names = {person.id: person.name for person in reader.all(Person)}
            ids = [mark.id for mark in self._texts.marks(reader, texts, merges)]
        return {id_: label_of_links(links.get(id_, {}), names) for id_ in ids}

    def add(  # noqa: PLR0913  (what a passage is)
        self,
        article_id: str,
        *,
        start: int,
        end: int,
        tag: str,
        people: Iterable[PersonLink] = (),
        points: Iterable[PointLink] = (),
        note: str = "",
        unsure: bool = False,
        attribution: Attribution | str | None = None,
        stated_on: str = "",
        occasion: str = "",
        origin: Origin | str = Origin.MANUAL,
        id: str | None = None,
    ) -> Annotation:
        """Mark ``[start, end)`` (code points of the current text) with a tag, in the layer of who is writing.

        ``tag``: id or name. ``people``: (person, role) or (person, role, the words that name them); a person is an id,
        a name or a :class:`~annotator.services.people.NewPerson`; a name that nobody has is added to the register by
        the same action. ``points`` likewise. ``attribution`` is derived from the quotation marks when None.
        """
        with self._context.write() as uow:
            texts = self._texts.of_article(uow, article_id)
            article_id, text_id = texts.article_ids[0], texts.current_id
            text, span, given_tag = self._texts.text(uow, text_id), Span(start, end), tag_to_give(uow, tag)
            annotation = replace(
                marked(id or new_id(), article_id, text_id, text, span, given_tag.id, writer(uow)),
                note=note,
                unsure=unsure,
                stated_on=stated_on,
                occasion=occasion,
                origin=word(Origin, origin),
                people=people_parts(uow, people, article_id=article_id),
                points=point_parts(uow, points),
                created_at=now(),
            )
            annotation = checked(with_attribution(annotation, attribution, text), text)
            annotation = uow.put(annotation)
            self._context.commit(uow, tag_label(given_tag))
        return annotation

    def edit(  # noqa: PLR0913  (what can be edited of a passage)
        self,
        id_: str,
        *,
        tag: str | None = None,
        note: str | None = None,
        unsure: bool | None = None,
        attribution: Attribution | str | None = None,
        stated_on: str | None = None,
        occasion: str | None = None,
        label: str | None = None,
        amends: str | None = None,
        expected: str | None = None,
    ) -> ChangeSet:
        """Change fields of a passage; those that are None stay. ``attribution``: a word, or ``derived``.

        ``label`` names the change in the history; ``expected``: the version the caller saw. ``amends``: the id of a
        change that this one goes on with (more typed in the same stay in a field); as long as it is the newest, the two
        are one step and one revision. Raises ConflictError, RuleError for a passage of another analyst.
        """
        with self._context.write() as uow:
            if amends is not None:
                uow.amend(amends)
            before = own(uow, Annotation, id_, expected)
            text = self._texts.text(uow, before.text_id)
            given_tag = None if tag is None else tag_to_give(uow, tag)
            after = replace(
                before,
                tag_id=before.tag_id if given_tag is None else given_tag.id,
                note=before.note if note is None else note,
                unsure=before.unsure if unsure is None else unsure,
                stated_on=before.stated_on if stated_on is None else stated_on,
                occasion=before.occasion if occasion is None else occasion,
            )
            if attribution is not None:
                after = with_attribution(after, attribution, text)
            uow.put(checked(after, text))
            retagged = given_tag is not None and after.tag_id != before.tag_id
            named = tag_label(given_tag) if retagged and given_tag else passage_label(before, after)
            return self._context.commit(uow, label or named)

    def move(self, id_: str, start: int, end: int, *, expected: str | None = None) -> ChangeSet:
        """Move the ends of a passage to ``[start, end)`` of the current text (code points)."""
        with self._context.write() as uow:
            before = own(uow, Annotation, id_, expected)
            texts = self._texts.of_article(uow, before.article_id)
            text = self._texts.text(uow, texts.current_id)
            check_span(start, end, text, cuts_cluster)
            here = before if before.text_id not in texts.same else replace(before, text_id=texts.current_id)
            after = derived_again(placed(here, texts.current_id, text, Span(start, end)), text)
            uow.put(checked(after, text))
            return self._context.commit(uow, "Move the ends")

    def delete(self, ids: str | Collection[str], *, expected: str | None = None) -> ChangeSet:
        """Delete one passage or several, with the own relations at them, as one change.

        Comments stay: they keep their quote; verdicts and decisions too, and become stale. Raises RuleError when a
        colleague's relation leads to one of them.
        """
        wanted = [ids] if isinstance(ids, str) else list(dict.fromkeys(ids))
        with self._context.write() as uow:
            going = [own(uow, Annotation, id_, expected) for id_ in wanted]
            relations = _relations_at(uow, going)
            for annotation in going:
                _refuse_needed(uow, annotation, {*wanted, *(relation.id for relation in relations)})
            for relation in relations:
                uow.delete(relation)
            for annotation in going:
                uow.delete(annotation)
            label = "Delete passage" if len(going) == 1 else f"Delete {len(going)} passages"
            return self._context.commit(uow, label)

    def list(self, article_id: str | None = None, *, layer: str | None = None) -> list[Annotation]:
        """Return the passages of the layers, by article and place in the text.

        ``article_id``: of one article (None: of all). ``layer``: None for all, ``mine``, else an analyst's id, name or
        initials.
        """
        with self._context.read() as reader:
            where: dict[str, Any] = {"session_id": None}
            analyst_id = layer_of(reader, layer, self._context.analyst(reader) if layer == "mine" else None)
            if analyst_id is not None:
                where["analyst_id"] = analyst_id
            if article_id is not None:
                where["article_id"] = self._texts.of_article(reader, article_id).article_ids
            found = self._texts.shown_anywhere(reader, reader.all(Annotation, **where), Merges.of(reader))
        return sorted(found, key=lambda a: (a.article_id, a.start, a.end, a.id))


def _relations_at(uow: UnitOfWork, annotations: Sequence[Annotation]) -> list[Relation]:
    """Return the own live relations at passages."""
    ids = tuple(annotation.id for annotation in annotations)
    ends = (*uow.all(Relation, source_id=ids), *uow.all(Relation, target_id=ids))
    relations = {relation.id: relation for relation in ends if relation.analyst_id == uow.analyst_id}
    return list(relations.values())


def _refuse_needed(uow: UnitOfWork, annotation: Annotation, going: set[str]) -> None:
    for other in referring(uow, annotation, apart_from=going):
        if other[0] in OUTLIVING:
            continue
        raise RuleError(f"A colleague's {named(uow, other)} leads to this passage.", "Ask them to take it away first.")
