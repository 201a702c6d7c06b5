from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span_index import Entry, SpanIndex, length_class

lengths = st.one_of(st.integers(1, 280), st.sampled_from([511, 512, 513, 1023, 1024, 5000]))
spans = st.tuples(st.integers(0, 300), lengths).map(lambda pair: (pair[0], pair[0] + pair[1]))
entries = st.lists(spans, max_size=60).map(lambda found: [(a, b, f"m{i}") for i, (a, b) in enumerate(found)])
edge = st.integers(-5, 1600)


def by_scan(given_entries: list[tuple[int, int, str]], start: int, end: int) -> list[Entry]:
    return sorted(entry for entry in given_entries if entry[0] < end and entry[1] > start)


@given(entries, edge, st.integers(1, 200))
def test_a_range_finds_what_a_scan_finds(given_entries: list[tuple[int, int, str]], start: int, length: int) -> None:
    index = SpanIndex(given_entries)
    assert index.overlapping(start, start + length) == by_scan(given_entries, start, start + length)


@given(entries, edge, st.integers(1, 200))
def test_the_same_spans_come_by_their_length(given_entries: list[Entry], start: int, length: int) -> None:
    found = list(SpanIndex(given_entries).short_first(start, start + length))
    expected = by_scan(given_entries, start, start + length)
    assert found == sorted(expected, key=lambda entry: (length_class(entry[0], entry[1]), entry))


@given(entries, edge)
def test_an_offset_finds_the_spans_that_hold_its_code_point(
    given_entries: list[tuple[int, int, str]], offset: int
) -> None:
    holding = [entry for entry in given_entries if entry[0] <= offset < entry[1]]
    assert SpanIndex(given_entries).covering(offset) == sorted(holding)


@given(entries, st.data())
def test_adding_and_removing_is_as_building_at_once(
    given_entries: list[tuple[int, int, str]], data: st.DataObject
) -> None:
    index = SpanIndex()
    for entry in given_entries:
        index.add(*entry)
    gone = data.draw(st.lists(st.sampled_from(given_entries), unique=True) if given_entries else st.just([]))
    for entry in gone:
        index.remove(*entry)
    kept = [entry for entry in given_entries if entry not in gone]
    assert list(index) == sorted(kept)
    assert len(index) == len(kept)
    assert index.overlapping(0, 10_000) == list(SpanIndex(kept))


def test_removing_what_is_not_there_is_refused() -> None:
    index = SpanIndex([(3, 9, "a")])
    with pytest.raises(KeyError):
        index.remove(3, 9, "b")
    assert len(index) == 1


def test_an_empty_range_asks_for_what_lies_across_it() -> None:
    index = SpanIndex([(0, 5, "before"), (5, 9, "after"), (3, 7, "across")])
    assert [entry[2] for entry in index.overlapping(5, 5)] == ["across"]
