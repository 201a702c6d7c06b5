from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.segments import Segment, assign_lanes, innermost_segments

span = st.tuples(st.integers(0, 60), st.integers(0, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))
full_span = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))
many = st.lists(span, max_size=25)


def depth(spans: list[tuple[int, int]]) -> int:
    return max((sum(a <= at < b for a, b in spans) for at in range(101)), default=0)


@given(st.lists(full_span, max_size=25))
def test_spans_in_one_lane_never_overlap_and_no_lane_is_wasted(spans: list[tuple[int, int]]) -> None:
    lanes = assign_lanes(spans)
    for i, (a, b) in enumerate(spans):
        assert not any(lanes[j] == lanes[i] and a < d and c < b for j, (c, d) in enumerate(spans) if j != i)
    assert max(lanes, default=-1) + 1 == depth(spans)


@given(st.lists(full_span, max_size=25), st.integers(1, 4))
def test_a_limit_keeps_lanes_clear_and_turns_a_span_away_only_when_all_are_taken(
    spans: list[tuple[int, int]], limit: int
) -> None:
    lanes = assign_lanes(spans, limit)
    for i, (a, b) in enumerate(spans):
        others = {lanes[j] for j, (c, d) in enumerate(spans) if j != i and a < d and c < b}
        if lanes[i] == limit:
            assert others >= set(range(limit))
        else:
            assert lanes[i] not in others


@given(st.lists(full_span, unique=True, max_size=25), st.randoms())
def test_lanes_do_not_depend_on_the_order_given(spans: list[tuple[int, int]], random: object) -> None:
    shuffled = list(spans)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = dict(zip(spans, assign_lanes(spans), strict=True))
    assert dict(zip(shuffled, assign_lanes(shuffled), strict=True)) == first


def test_of_two_that_start_together_the_longer_takes_the_lower_lane() -> None:
    assert assign_lanes([(0, 3), (0, 9), (3, 5)]) == [1, 0, 1]


@given(many)
def test_every_code_point_shows_its_shortest_span(spans: list[tuple[int, int]]) -> None:
    shown = {at: s.span for s in innermost_segments(spans) for at in range(s.start, s.end)}
    for at in range(101):
        covering = [i for i, (a, b) in enumerate(spans) if a <= at < b]
        expected = min(covering, key=lambda i: (spans[i][1] - spans[i][0], -spans[i][0], i), default=None)
        assert shown.get(at) == expected


@given(many)
def test_segments_are_in_order_and_joined(spans: list[tuple[int, int]]) -> None:
    segments = innermost_segments(spans)
    for before, after in itertools.pairwise(segments):
        assert before.start < before.end <= after.start
        assert not (before.end == after.start and before.span == after.span)


def test_a_nested_span_shows_within_the_outer_one() -> None:
    assert innermost_segments([(0, 10), (4, 6)]) == [Segment(0, 4, 0), Segment(4, 6, 1), Segment(6, 10, 0)]
