"""The people and points of a passage: brought from what callers give to the parts that are stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.domain.annotations import (
    AnnotationPerson,
    AnnotationPoint,
    Role,
    Span,
    Stance,
)
from annotator.domain.errors import UsageError
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.services.editing import word
from annotator.services.people import NewPerson, PersonRef, person_for
from annotator.services.points import NewPoint, PointRef, point_for
from annotator.store.unit_of_work import UnitOfWork

PersonLink = (
    AnnotationPerson | tuple[PersonRef, Role | str] | tuple[PersonRef, Role | str, Span | tuple[int, int] | None]
)
"""A person in a role: a part as it is stored, or (person, role), or (person, role, the words that name them)."""

PointLink = AnnotationPoint | PointRef | tuple[PointRef, Stance | str]
"""A point: a part as it is stored, the point (then it is asserted), or (point, stance)."""


def people_parts(uow: UnitOfWork, links: Iterable[PersonLink], *, article_id: str) -> tuple[AnnotationPerson, ...]:
    """Return the stored form of people in roles, adding those who are new; one that is named twice counts once."""
    parts = [_person_part(uow, link, article_id) for link in links]
    return tuple({(part.person_id, part.role): part for part in reversed(parts)}.values())[::-1]


def _person_part(uow: UnitOfWork, link: PersonLink, article_id: str) -> AnnotationPerson:
    if isinstance(link, AnnotationPerson):
        return replace(link, person_id=person_for(uow, link.person_id, article_id=article_id).id)
    given: object = link
    if not isinstance(given, tuple) or len(given) not in {2, 3} or not isinstance(given[0], str | Person | NewPerson):
        raise UsageError(f"{given!r} names no person of a passage.", "Give (person, role).")
    person, role, *mention = link
    start, end = _ends(mention[0]) if mention and mention[0] is not None else (None, None)
    return AnnotationPerson(
        person_id=person_for(uow, person, article_id=article_id).id,
        role=word(Role, role),
        mention_start=start,
        mention_end=end,
    )


def _ends(mention: Span | tuple[int, int]) -> tuple[int, int]:
    return (mention.start, mention.end) if isinstance(mention, Span) else mention


def point_parts(uow: UnitOfWork, links: Iterable[PointLink]) -> tuple[AnnotationPoint, ...]:
    """Return the stored form of points, making those that are new; one that is named twice counts once."""
    parts = [_point_part(uow, link) for link in links]
    return tuple({part.point_id: part for part in reversed(parts)}.values())[::-1]


def _point_part(uow: UnitOfWork, link: PointLink) -> AnnotationPoint:
    if isinstance(link, AnnotationPoint):
        return replace(link, point_id=point_for(uow, link.point_id).id)
    point, stance = link if isinstance(link, tuple) else (link, Stance.ASSERTS)
    if not isinstance(point, str | Point | NewPoint):
        raise UsageError(f"{point!r} is no point.")
    return AnnotationPoint(point_id=point_for(uow, point).id, stance=word(Stance, stance))


def without_person(
    parts: Sequence[AnnotationPerson], people: frozenset[str], role: Role | None
) -> tuple[AnnotationPerson, ...]:
    """Return ``parts`` without those of ``people`` in ``role``; in any role when None."""
    return tuple(p for p in parts if p.person_id not in people or (role is not None and p.role != role))
