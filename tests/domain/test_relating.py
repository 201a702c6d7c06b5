from __future__ import annotations

import random

import pytest

from annotator.domain.codebook import TagKind
from annotator.domain.relating import Proposal, propose, propose_kind
from annotator.domain.relations import RelationKind
from annotator.domain.repeats import nearly_equal

C, D, E, O = TagKind.CLAIM, TagKind.DENIAL, TagKind.EVIDENCE, TagKind.OTHER  # noqa: E741  (the four kinds in a row)


@pytest.mark.parametrize(
    ("source", "target", "alike", "kind"),
    [
        (D, C, False, RelationKind.REBUTS),
        (D, D, False, RelationKind.REBUTS),
        (D, E, False, RelationKind.REBUTS),
        (C, D, False, RelationKind.REBUTS),
        (C, C, False, RelationKind.SUPPORTS),
        (C, C, True, RelationKind.REPEATS),
        (D, D, True, RelationKind.REPEATS),
        (C, D, True, RelationKind.REBUTS),
        (E, C, False, RelationKind.SUPPORTS),
        (E, D, False, RelationKind.SUPPORTS),
        (O, C, False, RelationKind.ANSWERS),
    ],
)
def test_kind_is_proposed_from_the_two_tags(source: TagKind, target: TagKind, alike: bool, kind: RelationKind) -> None:
    assert propose_kind(source, target, alike=alike) == kind


@pytest.mark.parametrize(
    ("current", "other", "first", "proposal"),
    [
        (D, C, False, Proposal(RelationKind.REBUTS, False)),
        (C, D, True, Proposal(RelationKind.REBUTS, True)),
        (C, D, False, Proposal(RelationKind.REBUTS, False)),
        (C, E, True, Proposal(RelationKind.SUPPORTS, True)),
        (C, E, False, Proposal(RelationKind.SUPPORTS, True)),
        (E, C, True, Proposal(RelationKind.SUPPORTS, False)),
        (C, O, True, Proposal(RelationKind.ANSWERS, True)),
    ],
)
def test_relation_is_turned_when_the_current_one_is_answered(
    current: TagKind, other: TagKind, first: bool, proposal: Proposal
) -> None:
    assert propose(current, other, quotes=("one thing", "quite another"), current_first=first) == proposal


def test_later_of_two_alike_repeats_the_earlier() -> None:
    quotes = ("The tolls were doubled", "the tolls were doubled.")
    assert propose(C, C, quotes=quotes, current_first=True) == Proposal(RelationKind.REPEATS, True)
    assert propose(C, C, quotes=quotes, current_first=False) == Proposal(RelationKind.REPEATS, False)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("‘Nobody asked us,’", "nobody asked us", True),
        ("the council doubled the tolls in secret last week", "The council doubled tolls in secret last week", True),
        ("the council doubled the tolls", "the council halved the fares", False),
        ("…", "—", False),
        ("", "", False),
    ],
)
def test_nearly_equal_quotes(one: str, other: str, alike: bool) -> None:
    assert nearly_equal(one, other) is alike


def test_whole_articles_are_compared_by_their_beginning_and_at_once() -> None:
    """Compared word by word in full, these two would take minutes, on the thread of the window."""
    chance = random.Random(3)
    words = ["the", "harbour", "council", "said", "it", "had", "never", "been", "asked", "about", "tolls"]
    one, other = (" ".join(chance.choices(words, k=40_000)) for _ in range(2))
    assert not nearly_equal(one, other)
    assert nearly_equal(one, f"{one} indeed")
