"""Agreement coefficients against published figures, and against the textbook's loops on random labels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product
from math import isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.domain.agreement import WORDS, Figure, Reason, cohen_kappa, f_measure, fleiss_kappa, nominal_alpha, share

NEAR = pytest.approx


def times(**cells: int) -> list[tuple[str, str]]:
    """Pairs of labels from a table: ``ab=3`` are three pairs of a and b."""
    return [(name[0], name[1]) for name, number in cells.items() for _ in range(number)]


def by_unit(*rows: str) -> list[list[str]]:
    """Units from rows of coders, a point for what is missing."""
    return [[label for label in column if label != "."] for column in zip(*(row.split() for row in rows), strict=True)]


def characters(length: int, *layers: list[tuple[int, int, str]]) -> list[tuple[str, ...]]:
    return [
        tuple(next((tag for start, end, tag in layer if start <= at < end), "") for layer in layers)
        for at in range(length)
    ]


def value(figure: Figure, digits: int = 3) -> float:
    assert figure.value is not None
    return round(figure.value, digits)


FOUR_CODERS = by_unit(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
THREE_CODERS = by_unit(
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)
BERTHA_AND_BILL = characters(24, [(2, 10, "x"), (14, 20, "x")], [(4, 8, "x"), (15, 17, "x")])
COHEN = times(aa=88, ab=14, ac=18, ba=10, bb=40, bc=10, ca=2, cb=6, cc=12)
STAT_IREQ = times(ss=20, is_=20, si=10, ii=50)
STAT_IREQ_CHCK = times(ss=46, is_=6, ii=32, ic=6, cc=10)
FLEISS = """
444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445
333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555
"""


def test_published_alphas() -> None:
    """Krippendorff 1980 p. 139; 2004 pp. 224, 227, 230; 2011 section C; Artstein and Poesio 2008 p. 568."""
    assert value(nominal_alpha(FOUR_CODERS), 4) == 0.7434
    assert value(nominal_alpha(THREE_CODERS), 4) == 0.6914
    assert value(nominal_alpha(by_unit("1 1 0 0 0 0 0 0 0 0", "0 1 1 0 0 1 0 1 0 0"))) == 0.095
    assert value(nominal_alpha(by_unit("a a b b b b b c c c c c", "a b b b b b c c c c c c"))) == 0.734
    assert nominal_alpha(STAT_IREQ_CHCK).value == NEAR(0.8, abs=0.001)
    assert nominal_alpha(["111", "122", "222", "444", "144", "222", "123", "333", "222"]).value == NEAR(
        0.642, abs=0.001
    )
    assert value(nominal_alpha(BERTHA_AND_BILL)) == 0.329


def test_published_kappas() -> None:
    """Cohen 1960 p. 45; Artstein and Poesio 2008 pp. 558, 568; Krippendorff 2004 pp. 224, 246."""
    assert value(cohen_kappa(COHEN)) == 0.492
    assert value(cohen_kappa(STAT_IREQ)) == 0.348
    assert value(cohen_kappa(STAT_IREQ_CHCK)) == 0.801
    assert value(cohen_kappa(times(aa=12, ab=9, ac=9, ba=9, bb=14, bc=9, ca=9, cb=9, cc=20))) == 0.186
    assert value(cohen_kappa(times(aa=12, ab=18, ac=18, bb=14, bc=18, cc=20))) == 0.258
    assert value(cohen_kappa(list(zip("1100000000", "0110010100", strict=True))), 4) == 0.0909
    assert value(cohen_kappa([(a, b) for a, b in BERTHA_AND_BILL])) == 0.385


def test_published_fleiss_kappas() -> None:
    """Fleiss 1971 p. 379; of two raters it is Scott's pi: Artstein and Poesio 2008 pp. 558, 568."""
    assert value(fleiss_kappa(FLEISS.split())) == 0.430
    assert value(fleiss_kappa(STAT_IREQ)) == 0.341
    assert value(fleiss_kappa(STAT_IREQ_CHCK), 4) == 0.7995
    assert value(fleiss_kappa(BERTHA_AND_BILL)) == 0.314


def test_one_example_by_characters_depends_on_the_length_of_the_text() -> None:
    one = [(10, 60, "c"), (100, 180, "d"), (300, 350, "e")]
    other = [(12, 60, "c"), (100, 170, "c"), (305, 350, "e"), (400, 430, "e")]
    assert value(cohen_kappa([(a, b) for a, b in characters(1000, one, other)])) == 0.644
    found = {length: value(nominal_alpha(characters(length, one, other))) for length in (500, 1000, 10_000)}
    assert found == {500: 0.580, 1000: 0.641, 10_000: 0.682}


def test_f_measure_and_share() -> None:
    assert f_measure(3, 3, 4, Reason.NOTHING_MARKED) == Figure(value=6 / 7, n=7)
    assert f_measure(0, 3, 0, Reason.NOTHING_MARKED) == Figure(value=0.0, n=3)
    assert f_measure(0, 0, 0, Reason.NO_PEOPLE) == Figure(reason=Reason.NO_PEOPLE)
    assert share(1, 4, Reason.NOTHING_IN_COMMON) == Figure(value=0.25, n=4)
    assert share(0, 0, Reason.NOTHING_IN_COMMON) == Figure(reason=Reason.NOTHING_IN_COMMON)


def test_degenerate_cases_are_undefined_with_a_reason() -> None:
    assert cohen_kappa([]) == Figure(reason=Reason.NOTHING_IN_COMMON)
    assert cohen_kappa(times(aa=5)) == Figure(reason=Reason.ONE_TAG, n=5)
    assert cohen_kappa(times(aa=9, ab=1)) == Figure(reason=Reason.ONE_TAG_BY_ONE, n=10)
    assert fleiss_kappa([]) == Figure(reason=Reason.NOT_ALL_IN_COMMON)
    assert fleiss_kappa(["aaa", "aaa"]) == Figure(reason=Reason.ONE_TAG, n=2)
    assert nominal_alpha([]) == Figure(reason=Reason.NOTHING_IN_COMMON)
    assert nominal_alpha(["a", "b", ""]) == Figure(reason=Reason.NOTHING_IN_COMMON)
    assert nominal_alpha(["aa", "aaa", "b"]) == Figure(reason=Reason.ONE_TAG, n=2)
    assert set(WORDS) == set(Reason)


@pytest.mark.parametrize("units", [["aa", "aab"], ["a", "b"]])
def test_fleiss_refuses_missing_labels(units: list[str]) -> None:
    with pytest.raises(ValueError, match="every unit"):
        fleiss_kappa(units)


labels = st.sampled_from("abc")
pairs_of_labels = st.lists(st.tuples(labels, labels), min_size=1, max_size=20)


@given(pairs_of_labels)
def test_cohen_is_the_textbooks(pairs: list[tuple[str, str]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    assume(len(set(one)) > 1 and len(set(other)) > 1)
    observed = sum(a == b for a, b in pairs) / len(pairs)
    expected = sum(a == b for a, b in product(one, other)) / len(pairs) ** 2
    found = cohen_kappa(pairs).value
    assert found == NEAR((observed - expected) / (1 - expected))
    assert found == NEAR(cohen_kappa([(b, a) for a, b in pairs]).value)


@given(st.lists(st.lists(labels, min_size=3, max_size=3), min_size=1, max_size=12))
def test_fleiss_is_the_textbooks(units: list[list[str]]) -> None:
    everything = [label for unit in units for label in unit]
    assume(len(set(everything)) > 1)
    observed = sum(sum(a == b for a, b in permutations(unit, 2)) / 6 for unit in units) / len(units)
    expected = sum((everything.count(label) / len(everything)) ** 2 for label in "abc")
    assert fleiss_kappa(units).value == NEAR((observed - expected) / (1 - expected))


def slow_alpha(units: Sequence[Sequence[str]]) -> float:
    """1 - Do / De over all pairs of values, within units and of everything."""
    paired = [unit for unit in units if len(unit) > 1]
    everything = [label for unit in paired for label in unit]
    observed = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in paired) / len(everything)
    expected = sum(a != b for a, b in permutations(everything, 2)) / (len(everything) * (len(everything) - 1))
    return 1 - observed / expected


@given(st.lists(st.lists(labels, max_size=4), max_size=12))
def test_alpha_is_the_textbooks_with_missing_labels(units: list[list[str]]) -> None:
    assume(len({label for unit in units if len(unit) > 1 for label in unit}) > 1)
    assert nominal_alpha(units).value == NEAR(slow_alpha(units))


@given(st.lists(st.lists(labels, min_size=2, max_size=2), min_size=1, max_size=12))
def test_whoever_agrees_in_everything_has_one(units: list[list[str]]) -> None:
    same = [[first, first] for first, _ in units]
    assume(len({first for first, _ in same}) > 1)
    for figure in (nominal_alpha(same), fleiss_kappa(same), cohen_kappa([(a, b) for a, b in same])):
        assert figure.value is not None
        assert isclose(figure.value, 1)
