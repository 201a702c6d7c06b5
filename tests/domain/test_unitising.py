"""Unitising alpha against the book's example and against counting positions, pair by pair."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.domain.agreement import Figure, Reason
from annotator.domain.unitising import (
    Coincidences,
    Unit,
    added,
    bar_u_alpha,
    coincidences,
    cu_alpha,
    intervals,
    ku_alpha,
    u_alpha,
)

Layers = list[list[Unit]]

ALEX = [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")]
PAUL = [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")]
SUZAN = [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")]


def units(*layers: list[tuple[int, int, str]]) -> Layers:
    return [[Unit(*unit) for unit in layer] for layer in layers]


BOOK = coincidences(60, units(ALEX, PAUL, SUZAN), "1234567")


def value(figure: Figure, digits: int = 3) -> float:
    assert figure.value is not None
    return round(figure.value, digits)


def test_the_books_example() -> None:
    """Krippendorff 2019 p. 340, figure 12.11; the book prints .413 for the second, where we have .4136."""
    assert value(u_alpha(BOOK)) == 0.510
    assert value(bar_u_alpha(BOOK), 4) == 0.4136
    assert value(cu_alpha(BOOK)) == 0.724
    assert {tag: ku_alpha(BOOK, tag).value for tag in "1234567"} == {
        **dict.fromkeys("156", pytest.approx(1)),
        **dict.fromkeys("234", pytest.approx(0)),
        "7": None,
    }
    assert ku_alpha(BOOK, "7").reason is Reason.NOTHING_IN_COMMON
    assert BOOK.of("5")[3] / BOOK.of("5")[0] == pytest.approx(8 / 18)  # 44 % of it lies in units of two observers


def test_two_worked_examples() -> None:
    bertha_and_bill = units([(2, 10, "x"), (14, 20, "x")], [(4, 8, "x"), (15, 17, "x")])
    assert value(u_alpha(coincidences(24, bertha_and_bill, "x")), 4) == 0.3583
    one = [(10, 60, "c"), (100, 180, "d"), (300, 350, "e")]
    other = [(12, 60, "c"), (100, 170, "c"), (305, 350, "e"), (400, 430, "e")]
    assert value(u_alpha(coincidences(1000, units(one, other), "cde"))) == 0.643


def test_degenerate_cases_are_undefined_with_a_reason() -> None:
    nothing = coincidences(50, units([], []), "ab")
    for coefficient in (u_alpha, bar_u_alpha):
        assert coefficient(nothing) == Figure(reason=Reason.NOTHING_MARKED)
    assert cu_alpha(nothing) == Figure(reason=Reason.NOTHING_IN_COMMON)
    everything = coincidences(50, units([(0, 50, "a")], [(0, 50, "a")]), "ab")
    assert u_alpha(everything).reason is bar_u_alpha(everything).reason is Reason.NO_VARIATION
    assert cu_alpha(everything).reason is ku_alpha(everything, "a").reason is Reason.ONE_TAG
    apart = coincidences(50, units([(0, 9, "a")], [(20, 29, "b")]), "ab")
    assert cu_alpha(apart) == Figure(reason=Reason.NOTHING_IN_COMMON)
    lonely = coincidences(50, units([(0, 9, "a")], [], []), "ab")
    assert value(u_alpha(lonely)) <= 0
    with pytest.raises(ValueError, match="no text"):
        added([])


stretches = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.sampled_from("ab")), max_size=3)


def layer_from(given: list[tuple[int, int, str]]) -> list[Unit]:
    made, at = [], 0
    for gap, length, tag in given:
        made.append(Unit(at + gap, at + gap + length, tag))
        at += gap + length
    return made


layers = st.lists(stretches.map(layer_from), min_size=2, max_size=3)
LENGTH = 24


def places(found: Layers) -> list[tuple[str, object, float]]:
    """Each place of each analyst: its tag, its unit (a gap's place is one of its own), its weight where others mark."""
    marked = {at: sum(u.start <= at < u.end for layer in found for u in layer) for at in range(LENGTH)}
    listed: list[tuple[str, object, float]] = []
    for analyst, layer in enumerate(found):
        for at in range(LENGTH):
            unit = next((u for u in layer if u.start <= at < u.end), None)
            key: object = (analyst, unit) if unit else (analyst, at)
            listed.append((unit.tag if unit else "", key, (marked[at] - 1) / (len(found) - 1) if unit else 0.0))
    return listed


def slowly(found: Layers, *, tags: bool, intersecting: bool) -> float | None:
    """1 - observed / expected disagreement by looking at all pairs: of analysts at a place, and of places by chance.

    By chance two places meet unless they are of one unit.
    """
    listed = places(found)
    rows = [listed[i * LENGTH : (i + 1) * LENGTH] for i in range(len(found))]

    def name(tag: str) -> object:
        return tag if tags else bool(tag)

    observed, weight, expected, chances = 0.0, 0.0, 0.0, 0.0
    for column in zip(*rows, strict=True):
        for (a, _, _), (b, _, _) in permutations(column, 2):
            if not intersecting or (a and b):
                weight += 1
                observed += name(a) != name(b)
    for (a, mine, w), (b, theirs, v) in permutations(listed, 2):
        if mine != theirs:
            chance = w * v if intersecting else 1
            chances += chance
            expected += chance * (name(a) != name(b))
    return 1 - (observed / weight) / (expected / chances) if expected else None


@given(layers)
def test_the_coefficients_are_those_of_counting_places(found: Layers) -> None:
    sums = coincidences(LENGTH, found, "ab")
    assume(any(found))
    for figure, slow in (
        (u_alpha(sums), slowly(found, tags=True, intersecting=False)),
        (bar_u_alpha(sums), slowly(found, tags=False, intersecting=False)),
        (cu_alpha(sums), slowly(found, tags=True, intersecting=True)),
    ):
        assert (figure.value is None) == (slow is None)
        assert figure.value == (None if slow is None else pytest.approx(slow))


@given(layers, layers)
def test_texts_that_are_pooled_are_as_one_long_text(one: Layers, other: Layers) -> None:
    assume(len(one) == len(other))
    moved = [[Unit(u.start + LENGTH, u.end + LENGTH, u.tag) for u in layer] for layer in other]
    joined = coincidences(2 * LENGTH, [a + b for a, b in zip(one, moved, strict=True)], "ab")
    pooled = added([coincidences(LENGTH, one, "ab"), coincidences(LENGTH, other, "ab")])
    assert pooled.sums == pytest.approx(joined.sums)


def test_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    other = coincidences(60, units(ALEX, PAUL, [(0, 7, "1"), (20, 30, "2")]), "1234567")
    parts: list[Coincidences] = [BOOK, other, BOOK, other, other]
    ((low, high),) = (found for found in intervals(parts, [u_alpha]) if found)
    assert low < value(u_alpha(added(parts))) < high
    assert intervals(parts, [u_alpha]) == [(low, high)]
    assert intervals([BOOK], [u_alpha, cu_alpha]) == [None, None]
    lonely = coincidences(60, units([(0, 7, "1")], [], []), "1234567")
    assert intervals([lonely, lonely], [cu_alpha]) == [None]
