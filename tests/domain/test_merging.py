from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.merging import merged_into, resolve
from tests.factories import make_person

ids = st.sampled_from("abcdef")
merges = st.dictionaries(ids, ids, max_size=6)


def test_chain_ends_at_the_last_one_and_a_circle_at_its_lowest() -> None:
    assert resolve("a", {}) == "a"
    assert resolve("a", {"a": "b", "b": "c"}) == "c"
    assert {resolve(id_, {"b": "c", "c": "b", "a": "c"}) for id_ in "abc"} == {"b"}
    assert resolve("a", {"a": "a"}) == "a"


@given(ids, merges)
def test_who_stands_stands_for_itself(id_: str, merges: dict[str, str]) -> None:
    winner = resolve(id_, merges)
    assert resolve(winner, merges) == winner


def test_tombstones_merge_nothing() -> None:
    loser = make_person(merged_into="x")
    assert merged_into([loser, make_person()]) == {loser.id: "x"}
    assert merged_into([replace(loser, deleted_at="2026-01-01T00:00:00.000Z")]) == {}
