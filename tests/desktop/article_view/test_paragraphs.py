from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.desktop.article_view.paragraphs import PIECE, ParagraphTable

texts = st.text(alphabet="ab \n", max_size=400)


@given(texts)
def test_paragraphs_are_the_lines_of_the_text(text: str) -> None:
    table = ParagraphTable(text)
    assert [text[a:b] for a, b in zip(table.starts, table.ends, strict=True)] == text.split("\n")


@given(texts, st.data())
def test_an_offset_belongs_to_the_paragraph_it_stands_in(text: str, data: st.DataObject) -> None:
    table = ParagraphTable(text)
    offset = data.draw(st.integers(0, len(text)))
    assert table.at(offset) == text.count("\n", 0, offset)


@given(st.lists(st.integers(1, 90), min_size=1, max_size=700), st.data())
def test_heights_add_up_in_both_directions(heights: list[int], data: st.DataObject) -> None:
    table = ParagraphTable("\n" * (len(heights) - 1))
    table.estimate(80, 36, 11, 6)
    for index, height in enumerate(heights):
        table.set_height(index, height)
    assert table.total == sum(heights)
    index = data.draw(st.integers(0, len(heights) - 1))
    assert table.top(index) == sum(heights[:index])
    within = data.draw(st.integers(0, heights[index] - 1))
    assert table.find(table.top(index) + within) == index
    assert table.find(-5) == 0
    assert table.find(table.total + 5) == len(heights) - 1


def test_what_no_screen_can_hold_is_cut_at_blanks_and_loses_nothing() -> None:
    text = "short\n" + "word " * (PIECE // 2) + "\n" + "x" * (PIECE * 2 + 7) + "\nend"
    table = ParagraphTable(text)
    assert max(b - a for a, b in zip(table.starts, table.ends, strict=True)) <= PIECE
    joined = ""
    for start, end in zip(table.starts, table.ends, strict=True):
        joined += ("\n" if start > 0 and text[start - 1] == "\n" and len(joined) < start else "") + text[start:end]
    assert joined == text
    assert all(table.at(start) == index for index, start in enumerate(table.starts))
    assert text[table.ends[1] - 1] == " "


def test_between_names_the_paragraphs_a_range_touches() -> None:
    table = ParagraphTable("one\ntwo\nthree")
    assert list(table.between(0, 3)) == [0]
    assert list(table.between(2, 5)) == [0, 1]
    assert list(table.between(4, 4)) == [1]
