from __future__ import annotations

import itertools
import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.pairing import ANY, EXACT, HALF, Trimmed, overlap, pair, trimmed
from tests.factories import make_analyst, make_annotation, make_article, make_tag, make_text

spans = st.tuples(st.integers(0, 20), st.integers(1, 12), st.sampled_from("ct"))
rules = st.sampled_from((EXACT, HALF, 0.3, ANY))


def passages(prefix: str, given: list[tuple[int, int, str]]) -> list[Trimmed]:
    return [Trimmed(start, start + length, f"{prefix}{n:02}", tag) for n, (start, length, tag) in enumerate(given)]


few = st.lists(spans, max_size=5).map(lambda given: passages("a", given))
others = st.lists(spans, max_size=5).map(lambda given: passages("b", given))


def may(a: Trimmed, b: Trimmed, least: float) -> bool:
    shared = len({*range(a.start, a.end)} & {*range(b.start, b.end)})
    return shared > 0 and shared / len({*range(a.start, a.end)} | {*range(b.start, b.end)}) >= least


def best_by_trying_all(one: list[Trimmed], other: list[Trimmed], least: float, same_tag: bool) -> tuple[int, float]:
    best = (0, 0.0)
    places: list[Trimmed | None] = [*other, *[None] * len(one)]
    for order in itertools.permutations(places, len(one)):
        pairs = [(a, b) for a, b in zip(one, order, strict=True) if b is not None]
        if all(may(a, b, least) and (a.tag_id == b.tag_id or not same_tag) for a, b in pairs):
            best = max(best, (len(pairs), round(sum(overlap(a, b) for a, b in pairs), 9)))
    return best


@given(st.lists(spans, max_size=4).map(lambda given: passages("a", given)), others, rules, st.booleans())
def test_pairs_are_the_most_and_then_the_best(
    one: list[Trimmed], other: list[Trimmed], least: float, same_tag: bool
) -> None:
    found = pair(one, other, least, same_tag=same_tag)
    assert len({a.id for a, _ in found}) == len({b.id for _, b in found}) == len(found)
    assert all(may(a, b, least) and (a.tag_id == b.tag_id or not same_tag) for a, b in found)
    reached = (len(found), round(sum(overlap(a, b) for a, b in found), 9))
    assert reached == pytest.approx(best_by_trying_all(one, other, least, same_tag))


many = st.lists(spans, max_size=30)


@given(many, many, rules, st.randoms())
def test_pairs_depend_neither_on_the_order_nor_on_who_comes_first(
    mine: list[tuple[int, int, str]], theirs: list[tuple[int, int, str]], least: float, dice: Random
) -> None:
    one, other = passages("a", mine), passages("b", theirs)
    found = pair(one, other, least)
    assert sorted((b, a) for a, b in found) == pair(other, one, least)
    dice.shuffle(one)
    dice.shuffle(other)
    assert pair(one, other, least) == found


def test_most_pairs_go_before_the_largest_overlap() -> None:
    one, other = passages("a", [(0, 10, "c"), (4, 10, "c")]), passages("b", [(2, 10, "c"), (12, 6, "c")])
    assert [(a.id, b.id) for a, b in pair(one, other, ANY)] == [("a00", "b00"), ("a01", "b01")]
    assert [(a.id, b.id) for a, b in pair(one, other, HALF)] == [("a00", "b00")]


def test_two_passages_on_the_same_words_are_told_apart_by_their_tags() -> None:
    one, other = passages("a", [(0, 9, "c"), (0, 9, "t")]), passages("b", [(0, 9, "t"), (0, 9, "c")])
    assert [(a.id, b.id) for a, b in pair(one, other)] == [("a00", "b01"), ("a01", "b00")]
    alike = [passage._replace(tag_id="c") for passage in other]
    assert [(a.id, b.id) for a, b in pair([one[0], one[1]._replace(tag_id="c")], alike)] == [
        ("a00", "b00"),
        ("a01", "b01"),
    ]


def test_ends_are_compared_without_marks_and_final_punctuation_and_tags_when_merged() -> None:
    article, analyst = make_article(), make_analyst()
    text = make_text(article, "He said: “All is well.” They left.")
    tag, twin = make_tag(), make_tag("Claim")
    whole = make_annotation(text, tag, analyst, 9, 23)
    bare = make_annotation(text, twin, make_analyst("Bo Carr"), 10, 21)
    (one,), (other,) = (trimmed(text.text, [annotation], {twin.id: tag.id}) for annotation in (whole, bare))
    assert (one.start, one.end, one.tag_id) == (other.start, other.end, other.tag_id) == (10, 21, tag.id)
    assert pair([one], [other], EXACT, same_tag=True) == [(one, other)]


def test_thousands_on_one_text_are_paired_fast() -> None:
    dice = Random(4)
    one = passages("a", [(dice.randrange(60_000), dice.randrange(20, 300), "c") for _ in range(2000)])
    other = passages("b", [(dice.randrange(60_000), dice.randrange(20, 300), "c") for _ in range(2000)])
    started = time.process_time()
    found = pair(one, other, ANY)
    assert len(found) > 1700
    assert time.process_time() - started < 3
