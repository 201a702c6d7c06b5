"""The people and points of a passage: linked, unlinked, set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.annotations import Annotation, AnnotationPerson, AnnotationPoint, Role, Span, Stance
from annotator.domain.changes import ChangeSet
from annotator.domain.codebook import Tag
from annotator.domain.people import Person
from annotator.services.context import Context, live
from annotator.services.editing import word
from annotator.services.layers import own
from annotator.services.links import PersonLink, PointLink, people_parts, point_parts, without_person
from annotator.services.merges import Merges
from annotator.services.passage import checked, derived_again, role_word, usual_stance
from annotator.services.people import PersonRef, find_person, person_for
from annotator.services.points import PointRef, point_for
from annotator.services.texts import Texts
from annotator.store.unit_of_work import UnitOfWork


class AnnotationLinks:
    """Linking passages to people and points; somebody or something new is made by the same change."""

    def __init__(self, context: Context, texts: Texts) -> None:
        self._context = context
        self._texts = texts

    def set_people(self, id_: str, people: Iterable[PersonLink], *, expected: str | None = None) -> ChangeSet:
        """Give a passage exactly these people, in this order."""
        with self._context.write() as uow:
            before = own(uow, Annotation, id_, expected)
            parts = people_parts(uow, people, article_id=before.article_id)
            return self._put_people(uow, before, parts, "Change people")

    def add_person(
        self,
        id_: str,
        person: PersonRef,
        role: Role | str,
        *,
        mention: Span | tuple[int, int] | None = None,
        expected: str | None = None,
    ) -> ChangeSet:
        """Link a person to a passage, adding them to the register by the same change when they are new."""
        with self._context.write() as uow:
            before = own(uow, Annotation, id_, expected)
            found = person_for(uow, person, article_id=before.article_id)
            given = word(Role, role)
            added = people_parts(uow, [(found, given, mention)], article_id=before.article_id)
            group = Merges.of(uow).person_group(found.id)
            others = without_person(before.people, group, given)
            return self._put_people(uow, before, (*others, *added), f"Add {role_word(given)} {found.name}")

    def remove_person(
        self, id_: str, person: str | Person, role: Role | str | None = None, *, expected: str | None = None
    ) -> ChangeSet:
        """Take a person off a passage, in one role or (None) in all."""
        with self._context.write() as uow:
            before = own(uow, Annotation, id_, expected)
            who = person.id if isinstance(person, Person) else person
            found = find_person(uow, who, article_id=before.article_id)
            given = None if role is None else word(Role, role)
            parts = without_person(before.people, Merges.of(uow).person_group(found.id), given)
            named = "person" if given is None else role_word(given)
            return self._put_people(uow, before, parts, f"Remove {named} {found.name}")

    def _put_people(
        self, uow: UnitOfWork, before: Annotation, parts: tuple[AnnotationPerson, ...], label: str
    ) -> ChangeSet:
        text = self._texts.text(uow, before.text_id)
        uow.put(checked(derived_again(replace(before, people=parts), text), text))
        return self._context.commit(uow, label)

    def set_points(self, id_: str, points: Iterable[PointLink], *, expected: str | None = None) -> ChangeSet:
        """Give a passage exactly these points, in this order."""
        with self._context.write() as uow:
            before = own(uow, Annotation, id_, expected)
            return self._put_points(uow, before, point_parts(uow, points), "Change points")

    def add_point(
        self, id_: str, point: PointRef, stance: Stance | str | None = None, *, expected: str | None = None
    ) -> ChangeSet:
        """Link a passage to a point, making it by the same change when it is new.

        Without a ``stance`` a denial denies, evidence supports, everything else asserts.
        """
        with self._context.write() as uow:
            before = own(uow, Annotation, id_, expected)
            found = point_for(uow, point)
            given = (
                usual_stance(live(uow, Tag, Merges.of(uow).tag(before.tag_id), "tag"))
                if stance is None
                else word(Stance, stance)
            )
            others = tuple(part for part in before.points if part.point_id != found.id)
            parts = (*others, AnnotationPoint(point_id=found.id, stance=given))
            return self._put_points(uow, before, parts, "Link to a point")

    def remove_point(self, id_: str, point: str, *, expected: str | None = None) -> ChangeSet:
        """Take a point off a passage."""
        with self._context.write() as uow:
            before = own(uow, Annotation, id_, expected)
            merges = Merges.of(uow)
            gone = merges.point(point)
            parts = tuple(part for part in before.points if merges.point(part.point_id) != gone)
            return self._put_points(uow, before, parts, "Remove point")

    def _put_points(
        self, uow: UnitOfWork, before: Annotation, parts: tuple[AnnotationPoint, ...], label: str
    ) -> ChangeSet:
        text = self._texts.text(uow, before.text_id)
        uow.put(checked(replace(before, points=parts), text))
        return self._context.commit(uow, label)
