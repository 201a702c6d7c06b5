"""Which people are proposed as one."""

from __future__ import annotations

import pytest

from annotator.domain.matching import group_people
from annotator.domain.people import Alias, Person, PersonKind


def person(
    id_: str, name: str, *aliases: str | Alias, kind: PersonKind = PersonKind.PERSON, article: str = ""
) -> Person:
    given = tuple(Alias(text=a) if isinstance(a, str) else a for a in aliases)
    return Person(id=id_, name=name, aliases=given, kind=kind, article_id=article or None)


def proposed(*people: Person, **added_by: str) -> tuple[dict[str, set[str]], set[str]]:
    groups, asked = group_people(people, added_by)
    return {g.winner.id: {p.id for p in g.losers} for g in groups}, {p.id for p in asked}


def test_what_three_added_under_one_name_is_one() -> None:
    three = (person("a", "Nora Vale"), person("b", "NORA  VALE"), person("c", "Ms Vale", "Nora Vale"))
    assert proposed(*three, a="ann", b="ben", c="cy") == ({"a": {"b", "c"}}, set())


def test_the_entry_of_the_register_stays() -> None:
    people = (person("r", "Ivo Brandt", "the mayor"), person("a", "The Mayor"), person("b", "Ivo Brandt"))
    assert proposed(*people, a="ann", b="ben") == ({"r": {"a", "b"}}, set())


@pytest.mark.parametrize(
    "people",
    [
        (person("r", "John Smith", "Mr Smith"), person("s", "Jim Smith", "Mr Smith"), person("a", "Mr Smith")),
        (person("a", "Jo Smith", "Mr Smith"), person("b", "Jim Smith", "Mr Smith")),
    ],
    ids=["register", "analyst"],
)
def test_two_whom_somebody_keeps_apart_are_asked_about(people: tuple[Person, ...]) -> None:
    added_by = {p.id: "ann" for p in people if p.id in "ab"}
    assert proposed(*people, **added_by) == ({}, set(added_by))


def test_kinds_stay_apart_and_unnamed_sources_are_of_one_article() -> None:
    unnamed = PersonKind.UNNAMED
    people = (
        person("a", "The Ferry"),
        person("b", "The Ferry", kind=PersonKind.ORGANISATION),
        person("c", "a source", kind=unnamed, article="x"),
        person("d", "a source", kind=unnamed, article="y"),
        person("e", "A source", kind=unnamed, article="x"),
    )
    assert proposed(*people, a="ann", b="ben", c="ann", d="ben", e="cy") == ({"c": {"e"}}, {"a", "b", "d"})


def test_an_alias_of_other_years_is_another_name() -> None:
    old = Alias(text="the Prime Minister", valid_to="2022-09")
    new = Alias(text="the Prime Minister", valid_from="2022-10-25")
    people = (person("a", "One", old), person("b", "Two", new), person("c", "Three", new))
    assert proposed(*people, a="ann", b="ben", c="cy") == ({"b": {"c"}}, {"a"})


def test_whom_nobody_else_has_is_asked_about() -> None:
    assert proposed(person("r", "Ivo Brandt"), person("a", "Ivo Brand"), a="ann") == ({}, {"a"})
