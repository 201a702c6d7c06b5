"""Whom a passage is proposed to: a name that only the article knows counts like one of the register."""

from __future__ import annotations

import pytest

from annotator.domain.annotations import Span
from annotator.domain.people import Person
from annotator.suggest.names import names_near
from annotator.suggest.people import mentions
from annotator.suggest.proposals import Proposal, propose

VELT = Person(id="velt", name="Tomas Velt")
TEXT = (
    "The board met on Tuesday.\n\n"
    "Port clerk Tomas Velt told the Wrenmouth Observer that the books were in good order. “They lay on my desk,” he "
    "said. “On Monday the desk was empty.”\n\n"
    "The treasurer, Agnes Dorling, rejected the accusation. “I never held a key,” she said. “Mr Velt knows it.”\n\n"
    "The register is old, and nobody in New Wrenmouth reads it.\n\n"
    "“I locked the door,” Mr Velt said."
)


def proposed(words: str, *register: Person) -> Proposal:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    known = {person.name for person in register}
    names = [name for name in names_near(TEXT, span) if name not in known]
    return propose(TEXT, span, mentions(TEXT, register), names)


@pytest.mark.parametrize("words", ["“I never held a key,”", "“Mr Velt knows it.”"])
def test_who_is_named_nearest_goes_before_the_only_one_whom_the_register_knows(words: str) -> None:
    assert proposed(words, VELT) == Proposal(name="Agnes Dorling")


def test_who_is_told_something_is_not_proposed_for_saying_it() -> None:
    assert proposed("“On Monday the desk was empty.”") == Proposal(name="Tomas Velt")
    assert proposed("“On Monday the desk was empty.”", VELT) == Proposal(person_id="velt")


def test_a_person_of_the_register_is_found_by_the_surname_and_the_verb() -> None:
    assert proposed("“I locked the door,”", VELT) == Proposal(person_id="velt")


def test_a_place_is_no_speaker() -> None:
    assert proposed("reads it", VELT).name != "New Wrenmouth"


def test_nobody_is_proposed_where_nobody_is_named() -> None:
    assert propose("It rained.", Span(0, 10), [], []) == Proposal()
