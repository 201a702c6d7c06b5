from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Span
from annotator.domain.people import Alias, Person, PersonKind
from annotator.domain.statements import what_is_said
from annotator.suggest.people import mentions, propose_speaker


def person(id_: str, name: str, *aliases: str | Alias, kind: PersonKind = PersonKind.PERSON) -> Person:
    return Person(
        id=id_,
        name=name,
        kind=kind,
        aliases=tuple(alias if isinstance(alias, Alias) else Alias(text=alias) for alias in aliases),
    )


QUIST = person("quist", "Oda Quist", "the harbour master")
HOLM = person("holm", "Ida Holm")
FALK = person("falk", "Tor Falk")
BOARD = person("board", "Nessel Harbour Board", "the board", "the Harbour Board", kind=PersonKind.ORGANISATION)
UNION = person("union", "Skippers’ Union", "Mr Falk’s union", kind=PersonKind.ORGANISATION)
REGISTER = [QUIST, HOLM, FALK, BOARD, UNION]


def named(text: str, people: Sequence[Person] = REGISTER, date: str = "") -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.person_id) for m in mentions(text, people, article_date=date)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oda Quist left.", [("Oda Quist", "quist")]),
        ("Oda\u00a0Quist left.", [("Oda\u00a0Quist", "quist")]),
        ("ODA QUIST left.", [("ODA QUIST", "quist")]),
        ("Ms Quist left, said Mr. Falk.", [("Ms Quist", "quist"), ("Mr. Falk", "falk")]),
        ("Quist’s letter and Falk‘s reply", [("Quist", "quist"), ("Falk", "falk")]),
        ("The harbour master and the board", [("The harbour master", "quist"), ("the board", "board")]),
        ("Mr Falk’s union met Mr Falk.", [("Mr Falk’s union", "union"), ("Mr Falk", "falk")]),
        ("the Skippers' Union", [("Skippers' Union", "union")]),
        ("Captain Oda Quist, Sir Tor Falk", [("Captain Oda Quist", "quist"), ("Sir Tor Falk", "falk")]),
        ("the captain Oda Quist", [("Oda Quist", "quist")]),
        ("Quisty, oda quist, Odas and holmes", []),
        ("She met Ida. Holm was late.", [("Holm", "holm")]),
        ("Oda\n\nQuist", [("Quist", "quist")]),
        ("", []),
    ],
)
def test_names_are_found_however_they_are_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_accents_do_not_count_and_combining_marks_do_not_split_a_name() -> None:
    people = [person("o", "Éva Håkansson")]
    assert named("Eva Hakansson, E\u0301va Ha\u030akansson.", people) == [
        ("Eva Hakansson", "o"),
        ("E\u0301va Ha\u030akansson", "o"),
    ]


def test_a_surname_of_two_people_counts_for_the_one_who_is_named_in_full_here() -> None:
    people = [*REGISTER, person("karl", "Karl Holm")]
    assert named("Mr Holm left.", people) == []
    assert named("Karl Holm came. Mr Holm left.", people) == [("Karl Holm", "karl"), ("Mr Holm", "karl")]
    assert named("Karl Holm and Ida Holm came. Holm left.", people)[2:] == []


def test_a_name_that_two_people_have_names_nobody() -> None:
    assert named("Oda Quist left.", [QUIST, replace(QUIST, id="other")]) == []


def test_small_words_belong_to_a_surname() -> None:
    people = [person("v", "Anna van der Meer"), person("s", "Jo Smith-Jones")]
    assert named("Ms van der Meer met Smith-Jones; Meer and Jones did not.", people) == [
        ("Ms van der Meer", "v"),
        ("Smith-Jones", "s"),
    ]


def test_only_a_person_is_found_by_the_last_word() -> None:
    assert named("The Board and the Union met.", [UNION]) == []


def test_an_alias_counts_within_its_dates() -> None:
    people = [
        person("old", "Rolf Aune", Alias(text="the mayor", valid_to="2022")),
        person("new", "Ida Holm", Alias(text="the mayor", valid_from="2023-02")),
    ]
    assert named("the mayor", people, "2021-05-04") == [("the mayor", "old")]
    assert named("the mayor", people, "2023-06") == [("the mayor", "new")]
    assert named("the mayor", people, "2023-01-09") == []
    assert named("the mayor", people) == []


def test_who_was_merged_is_found_as_the_one_that_stands_and_who_was_deleted_is_not() -> None:
    merged = replace(person("second", "O. Quist"), merged_into="quist")
    gone = replace(FALK, deleted_at="2026-01-01T00:00:00.000Z")
    assert named("O. Quist met Tor Falk and Quist.", [QUIST, merged, gone]) == [
        ("O. Quist", "quist"),
        ("Quist", "quist"),
    ]


def test_mentions_carry_the_kind() -> None:
    assert [m.kind for m in mentions("Oda Quist and the board", REGISTER)] == [
        PersonKind.PERSON,
        PersonKind.ORGANISATION,
    ]


@given(st.text(alphabet=st.sampled_from("OdaQuist the bord.’s \u00a0\n\u0301Mr-"), max_size=100) | st.text())
def test_mentions_are_in_order_and_apart(text: str) -> None:
    found = mentions(text, REGISTER)
    edges = [edge for mention in found for edge in (mention.start, mention.end)]
    assert edges == sorted(edges)
    assert all(0 <= m.start < m.end <= len(text) for m in found)


def speaker(marked: str, last: str | None = None) -> str | None:
    text = marked.replace("|", "")
    said = what_is_said(text, marked.index("|"))
    return propose_speaker(text, said, mentions(text, REGISTER), last)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Ida Holm arrived. Oda Quist said the toll was f|air.", "quist"),
        ("Ida Holm met Tor Falk. ‘It is th|eft,’ Ms Quist said.", "quist"),
        ("Ida Holm met Tor Falk. ‘It is th|eft,’ said Ms Quist.", "quist"),
        ("Ms Quist accused Tor Falk of th|eft.", "quist"),
        ("The board denied that Ms Quist kn|ew.", "board"),
        ("Tor Falk, who met Ida Holm, said it was th|eft.", "falk"),
        ("It was th|eft, according to Ms Quist.", "quist"),
        ("Tor Falk said: ‘Ida Holm knew.\n\n‘She w|as there.’\n\nOda Quist left.", "falk"),
        ("‘Ida Holm knew. She w|as there,’ said Tor Falk.", "falk"),
        ("Tor Falk dismissed Ms Quist’s plan. He said it was th|eft.", "falk"),
        ("Tor Falk wrote to Ms Quist. Mr Falk was late. She said it was f|air.", "quist"),
        ("The board met Tor Falk. It said the toll was f|air.", "board"),
        ("Tor Falk said: ‘Ask Oda Quist.’\n\nHe added: ‘It is th|eft.’", "falk"),
        ("Ms Quist called it fair, telling Tor Falk: ‘It is f|air.’", "quist"),
        ("A spokesman for Ms Quist said it was f|air.", None),
        ("Ms Quist’s lawyers said it was f|air.", None),
        ("An aide said it was f|air.", None),
        ("Ms Quist met Tor Falk. There is no evid|ence of theft.", "falk"),
        ("There is no evid|ence of theft.", "last"),
        ("Tor Falk met Ida Holm, who is not Mr Falk’s friend. She said it was f|air.", "holm"),
        ("He said it was th|eft.", "last"),
    ],
)
def test_the_likely_speaker(marked: str, expected: str | None) -> None:
    assert speaker(marked, "last") == expected


@given(
    st.text(alphabet=st.sampled_from("‘’ said:. Ms Quist he\n,"), max_size=80), st.integers(0, 80), st.integers(0, 80)
)
def test_a_proposal_is_somebody_who_is_named(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = mentions(text, REGISTER)
    assert propose_speaker(text, Span(start, end), found) in {None, *(mention.person_id for mention in found)}
