"""Labels down the margin of a page."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.desktop.article_view.draw_list import MarginLabel
from annotator.desktop.printing.label_column import place_labels

ROW, HEIGHT = 15, 300


@given(st.lists(st.integers(0, HEIGHT - ROW), max_size=60).map(sorted))
def test_labels_stand_in_order_on_the_page_and_none_covers_another(tops: list[int]) -> None:
    wanted = [MarginLabel((str(n),), f"{n}  Somebody", top, None) for n, top in enumerate(tops)]
    placed = place_labels(wanted, ROW, HEIGHT)
    assert [id_ for label in placed for id_ in label.mark_ids] == [str(n) for n in range(len(tops))]
    assert all(below.top - above.top >= ROW for above, below in pairwise(placed))
    assert all(0 <= label.top <= HEIGHT - ROW for label in placed)


def test_a_label_with_room_stands_where_it_is_wanted() -> None:
    wanted = [MarginLabel(("a",), "1  A", 10, None), MarginLabel(("b",), "2  B", 200, None)]
    assert [label.top for label in place_labels(wanted, ROW, HEIGHT)] == [10, 200]


def test_what_finds_no_room_is_named_by_number() -> None:
    wanted = [MarginLabel((str(n),), f"{n}  Somebody", 0, None) for n in range(1, 24)]
    assert place_labels(wanted, ROW, HEIGHT)[-1].text == "20, 21, 22, 23"
