"""Whether a passage is what a filter asks for, as far as the database cannot tell."""

from __future__ import annotations

from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.codebook import Tag
from annotator.domain.dates import may_lie_within
from annotator.domain.folding import fold
from annotator.domain.passages import PassageFilter
from annotator.services.passage_register import Register


def fits(annotation: Annotation, wanted: PassageFilter, register: Register) -> bool:
    """Whether a passage has the tag, the date, the words and the people that are wanted.

    Layer, final version and article are not looked at: the database tells those.
    """
    tag = register.tags.get(register.standing(annotation.tag_id))
    if tag is None or (wanted.kind is not None and tag.kind is not wanted.kind):
        return False
    if wanted.tag_id is not None and not _under(tag, register.standing(wanted.tag_id), register):
        return False
    date = register.article(annotation.article_id).published_at
    if not may_lie_within(date, wanted.date_from, wanted.date_to):
        return False
    if wanted.text and not _has_words(annotation, wanted.text):
        return False
    return (not wanted.person_id and not wanted.roles) or _has_person(annotation, wanted, register)


def _has_words(annotation: Annotation, text: str) -> bool:
    folded = fold(f"{annotation.quote} {annotation.note}")
    return all(word in folded for word in fold(text).split())


def _under(tag: Tag, wanted_id: str, register: Register) -> bool:
    seen: set[str] = set()
    here: Tag | None = tag
    while here is not None and here.id not in seen:
        if here.id == wanted_id:
            return True
        seen.add(here.id)
        here = register.tags.get(register.standing(here.parent_id)) if here.parent_id else None
    return False


def _has_person(annotation: Annotation, wanted: PassageFilter, register: Register) -> bool:
    standing = register.standing(wanted.person_id) if wanted.person_id else None
    return any(_is_meant(entry, standing, wanted, register) for entry in annotation.people)


def _is_meant(entry: AnnotationPerson, standing: str | None, wanted: PassageFilter, register: Register) -> bool:
    """Whether one link to a person is what the filter asks for; a principal counts as the speaker of a spokesman."""
    speaks_for = wanted.with_members and entry.role is Role.ON_BEHALF_OF and Role.SPEAKER in wanted.roles
    if wanted.roles and entry.role not in wanted.roles and not speaks_for:
        return False
    if standing is None:
        return True
    person = register.standing(entry.person_id)
    if person == standing:
        return True
    return wanted.with_members and register.belongs(person, standing)
