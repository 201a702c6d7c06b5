"""Where pages end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.desktop.printing.breaking import Room, break_pages, keeps_next

ROOMS = st.lists(st.builds(Room, st.integers(0, 40), st.integers(1, 60), st.booleans()), max_size=80)


@given(ROOMS, st.integers(60, 300))
def test_pages_hold_every_row_once_in_order_and_none_is_too_high(rooms: list[Room], height: int) -> None:
    pages = break_pages(rooms, height)
    assert [row for first, beyond in pages for row in range(first, beyond)] == list(range(len(rooms)))
    for first, beyond in pages:
        filled = sum(room.height + (room.before if place else 0) for place, room in enumerate(rooms[first:beyond]))
        assert filled <= height


@given(ROOMS, st.integers(60, 300))
def test_what_keeps_the_next_row_ends_no_page_unless_the_whole_page_is_kept(rooms: list[Room], height: int) -> None:
    for first, beyond in break_pages(rooms, height)[:-1]:
        assert not rooms[beyond - 1].keeps or all(room.keeps for room in rooms[first:beyond])


def test_lines_of_a_paragraph_are_not_left_alone() -> None:
    assert [keeps_next(line, 5, heading=False) for line in range(5)] == [True, False, False, True, False]
    assert [keeps_next(line, 3, heading=False) for line in range(3)] == [True, True, False]
    assert [keeps_next(line, 1, heading=False) for line in range(1)] == [False]
    assert [keeps_next(line, 2, heading=True) for line in range(2)] == [True, True]


def test_nothing_is_one_page() -> None:
    assert break_pages([], 100) == [(0, 0)]
