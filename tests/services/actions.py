"""Random things that people do in a project, for properties that must hold whatever they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from annotator.domain.annotations import Role, Stance
from annotator.domain.entities import ENTITIES
from annotator.domain.errors import UserError
from annotator.domain.relations import RelationKind
from annotator.domain.versions import content_of
from annotator.services.people import NewPerson
from annotator.services.points import NewPoint
from annotator.services.project import Project

WORDS = ("ferry", "toll", "🌉 bridge", "naïve", "‘secret’", "crown")
Choices = tuple[int, int, int]
State = dict[tuple[str, str], bytes]

choices = st.tuples(st.integers(0, 24), st.integers(0, 40), st.integers(0, 40))
sequences = st.lists(choices, min_size=3, max_size=18)


def state_of(project: Project) -> State:
    """Return everything that is live in a project, as the undo law compares it: without stamps."""
    with project.context.read() as reader:
        return {
            (cls.TYPE, entity.id): content_of(replace(entity, created_at=""))
            for cls in ENTITIES
            for entity in reader.all(cls)
        }


def act(project: Project, choice: Choices, before: State) -> State:
    """Do what a choice stands for, if it can be done here, and return the state after it.

    What is refused must leave the state as it was ``before``.
    """
    done = attempt(project, choice)
    after = state_of(project)
    assert done or after == before
    return after


def attempt(project: Project, choice: Choices) -> bool:
    """Do what a choice stands for; return whether it could be done here."""
    kind, one, other = choice
    try:
        ACTIONS[kind % len(ACTIONS)](project, one, other)
    except (UserError, _NothingThereError):
        return False
    return True


class _NothingThereError(Exception):
    """There is nothing to do this to."""


def _pick(things: Sequence[Any], number: int) -> Any:
    if not things:
        raise _NothingThereError
    return things[number % len(things)]


def _article(project: Project, one: int) -> Any:
    return _pick(project.articles.list(), one)


def _add_article(project: Project, one: int, other: int) -> None:
    text = " ".join(WORDS[(one + n) % len(WORDS)] for n in range(8)) + f" {other}.\n"
    project.articles.add_text(text, title=f"Article {other}")


def _mark(project: Project, one: int, other: int) -> None:
    article = _article(project, one)
    length = len(project.articles.text(article.id).text)
    start = other % (length - 2)
    people = [(NewPerson(name=f"Speaker {one}"), Role.SPEAKER)] if other % 3 else []
    tag = _pick(project.codebook.tags(), one)
    project.annotations.add(article.id, start=start, end=min(length, start + 1 + one), tag=tag.id, people=people)


def _own(project: Project, one: int) -> Any:
    return _pick(project.annotations.list(layer="mine"), one)


def _retag(project: Project, one: int, other: int) -> None:
    project.annotations.edit(_own(project, one).id, tag=_pick(project.codebook.tags(), other).id)


def _note(project: Project, one: int, other: int) -> None:
    project.annotations.edit(_own(project, one).id, note=f"note {other}", unsure=bool(other % 2))


def _move(project: Project, one: int, other: int) -> None:
    annotation = _own(project, one)
    project.annotations.move(annotation.id, max(0, annotation.start - other % 3), annotation.end)


def _link_person(project: Project, one: int, other: int) -> None:
    person = _pick([*project.people.list(), NewPerson(name=f"Person {other}")], other)
    project.annotations.add_person(_own(project, one).id, person, _pick(list(Role), other))


def _unlink_person(project: Project, one: int, other: int) -> None:
    annotation = _own(project, one)
    project.annotations.remove_person(annotation.id, _pick(annotation.people, other).person_id)


def _link_point(project: Project, one: int, other: int) -> None:
    project.annotations.add_point(_own(project, one).id, NewPoint(f"Point {other}"), _pick(list(Stance), one))


def _unmark(project: Project, one: int, other: int) -> None:
    own = [a.id for a in project.annotations.list(layer="mine")]
    project.annotations.delete([_pick(own, one), _pick(own, other)])


def _relate(project: Project, one: int, other: int) -> None:
    every = project.annotations.list()
    kind = _pick([None, *RelationKind], one + other)
    project.relations.add(_pick(every, one).id, _pick(every, other).id, kind)


def _turn(project: Project, one: int, other: int) -> None:
    project.relations.reverse(_pick(project.relations.list(), one).id)


def _unrelate(project: Project, one: int, other: int) -> None:
    project.relations.delete(_pick(project.relations.list(), one).id)


def _add_person(project: Project, one: int, other: int) -> None:
    project.people.add(f"Person {one}", aliases=[f"P{other}"])


def _edit_person(project: Project, one: int, other: int) -> None:
    project.people.edit(_pick(project.people.list(), one).id, name=f"Person {other}", note=str(one))


def _merge_people(project: Project, one: int, other: int) -> None:
    people = project.people.list()
    project.people.merge(_pick(people, one).id, _pick(people, other).id)


def _delete_person(project: Project, one: int, other: int) -> None:
    project.people.delete(_pick(project.people.list(), one).id)


def _add_tag(project: Project, one: int, other: int) -> None:
    parent = _pick([None, *project.codebook.tags()], other)
    project.codebook.add(f"Tag {one}", parent=parent.id if parent else None, key=_pick(["", "T", "Z", "F"], other))


def _retire(project: Project, one: int, other: int) -> None:
    tag = _pick(project.codebook.tags(retired=True), one)
    (project.codebook.restore if tag.retired else project.codebook.retire)(tag.id)


def _move_tag(project: Project, one: int, other: int) -> None:
    tags = project.codebook.tags()
    parent = _pick([None, *tags], other)
    project.codebook.move(_pick(tags, one).id, parent_id=parent.id if parent else None, index=other % 3)


def _merge_tags(project: Project, one: int, other: int) -> None:
    tags = project.codebook.tags()
    project.codebook.merge(_pick(tags, one).id, _pick(tags, other).id)


def _correct(project: Project, one: int, other: int) -> None:
    article = _article(project, one)
    text = project.articles.text(article.id).text
    at = other % len(text)
    project.articles.correct_text(article.id, f"{text[:at]}{WORDS[one % len(WORDS)]}{text[at:]}")


def _delete_article(project: Project, one: int, other: int) -> None:
    project.articles.delete(_article(project, one).id)


def _comment(project: Project, one: int, other: int) -> None:
    project.comments.add(_article(project, one).id, f"Comment {other}")


def _edit_project(project: Project, one: int, other: int) -> None:
    project.edit(description=f"Description {one}")


ACTIONS: tuple[Callable[[Project, int, int], None], ...] = (
    _mark,
    _add_article,
    _retag,
    _note,
    _move,
    _link_person,
    _unlink_person,
    _link_point,
    _unmark,
    _relate,
    _turn,
    _unrelate,
    _add_person,
    _edit_person,
    _merge_people,
    _delete_person,
    _add_tag,
    _retire,
    _move_tag,
    _merge_tags,
    _correct,
    _delete_article,
    _comment,
    _edit_project,
    _mark,
)
