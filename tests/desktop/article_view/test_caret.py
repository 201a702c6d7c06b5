"""The caret: every key that moves it, selecting by keys and by mouse."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ArticleView
from annotator.domain.annotations import Span
from annotator.domain.graphemes import is_boundary
from tests.desktop.article_view.conftest import BIDI, LONG, TEXT, Hand, MakeView, mark

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LINES = TEXT.split("\n")
SECOND = len(LINES[0]) + 1


@pytest.mark.parametrize(
    ("start", "key", "modifiers", "expected"),
    [
        (5, Key.Key_Right, (), 6),
        (5, Key.Key_Left, (), 4),
        (0, Key.Key_Left, (), 0),
        (len(TEXT), Key.Key_Right, (), len(TEXT)),
        (SECOND - 1, Key.Key_Right, (), SECOND),
        (SECOND, Key.Key_Left, (), SECOND - 1),
        (0, Key.Key_Right, (CONTROL,), TEXT.index("council")),
        (3, Key.Key_Left, (CONTROL,), 0),
        (TEXT.index("council"), Key.Key_Left, (CONTROL,), 0),
        (SECOND, Key.Key_Left, (CONTROL,), TEXT.index("deal")),
        (TEXT.index("deal"), Key.Key_Right, (CONTROL,), SECOND),
        (5, Key.Key_Home, (), 0),
        (5, Key.Key_End, (), len(LINES[0])),
        (50, Key.Key_Home, (CONTROL,), 0),
        (50, Key.Key_End, (CONTROL,), len(TEXT)),
        (SECOND + 9, Key.Key_Up, (CONTROL,), SECOND),
        (SECOND, Key.Key_Up, (CONTROL,), 0),
        (3, Key.Key_Down, (CONTROL,), SECOND),
        (3, Key.Key_Up, (), 0),
        (len(TEXT) - 3, Key.Key_Down, (), len(TEXT)),
    ],
)
def test_a_key_moves_the_caret(
    view: ArticleView,
    hand: Hand,
    start: int,
    key: Qt.Key,
    modifiers: tuple[Qt.KeyboardModifier, ...],
    expected: int,
) -> None:
    view.set_caret(start)
    hand.key(key, *modifiers)
    assert (view.caret(), view.selected_span()) == (expected, None)
    view.set_caret(start)
    hand.key(key, SHIFT, *modifiers)
    assert view.caret() == expected
    span = None if start == expected else Span(min(start, expected), max(start, expected))
    assert view.selected_span() == span


def test_an_arrow_without_shift_goes_to_the_edge_of_the_selection(view: ArticleView, hand: Hand) -> None:
    view.select_span(5, 12)
    hand.key(Key.Key_Left)
    assert (view.caret(), view.selected_span()) == (5, None)
    view.select_span(5, 12)
    hand.key(Key.Key_Right)
    assert (view.caret(), view.selected_span()) == (12, None)


def test_up_and_down_keep_their_column_over_short_lines(make_view: MakeView) -> None:
    text = "A first line that is quite long\nshort\nA third line that is quite long"
    view = make_view(text)
    hand = Hand(view)
    view.set_caret(20)
    hand.key(Key.Key_Down)
    assert view.caret() == text.index("short") + len("short")
    hand.key(Key.Key_Down)
    third = view.caret() - text.index("A third")
    assert abs(third - 20) <= 1
    hand.key(Key.Key_Up)
    hand.key(Key.Key_Up)
    assert view.caret() == 20


def test_blank_lines_between_paragraphs_are_passed_over(make_view: MakeView) -> None:
    text = "One\n\n\nTwo\n\nThree"
    view = make_view(text)
    hand = Hand(view)
    view.set_caret(1)
    places = []
    for key, modifiers in ((Key.Key_Down, ()), (Key.Key_Down, ()), (Key.Key_Up, ()), (Key.Key_Up, ())):
        hand.key(key, *modifiers)
        places.append(view.caret())
    assert places == [text.index("Two") + 1, text.index("Three") + 1, text.index("Two") + 1, 1]
    hand.key(Key.Key_Down, CONTROL)
    assert view.caret() == text.index("Two")
    hand.key(Key.Key_Down, CONTROL)
    assert view.caret() == text.index("Three")
    hand.key(Key.Key_Up, CONTROL)
    assert view.caret() == text.index("Two")


def test_page_keys_move_by_about_a_screen_and_back(make_view: MakeView) -> None:
    view = make_view(LONG)
    hand = Hand(view)
    view.set_caret(0)
    hand.key(Key.Key_PageDown)
    first = view.caret()
    assert view.page.table.at(first) >= 3
    value = view.verticalScrollBar().value()
    assert value > view.page.view_height // 2
    hand.key(Key.Key_PageDown)
    assert view.verticalScrollBar().value() > value
    hand.key(Key.Key_PageUp, SHIFT)
    span = view.selected_span()
    assert span is not None
    assert span.end > first
    hand.key(Key.Key_PageUp)
    hand.key(Key.Key_PageUp)
    assert view.caret() == 0


def test_the_caret_never_stands_inside_a_cluster(make_view: MakeView) -> None:
    view = make_view(BIDI)
    hand = Hand(view)
    start = BIDI.index("Reply")
    view.set_caret(start)
    visited = [view.caret()]
    while view.caret() < len(BIDI):
        hand.key(Key.Key_Right)
        assert view.caret() > visited[-1]
        visited.append(view.caret())
    assert all(is_boundary(BIDI, offset) for offset in visited)
    assert set(visited) == {n for n in range(start, len(BIDI) + 1) if is_boundary(BIDI, n)}


def test_right_moves_to_the_right_in_right_to_left_text(make_view: MakeView) -> None:
    view = make_view("שלום עולם")
    hand = Hand(view)
    view.set_caret(4)
    before = view.page.place(4)[1].caret(4)[1]
    hand.key(Key.Key_Right)
    assert view.page.place(view.caret())[1].caret(view.caret())[1] > before
    hand.key(Key.Key_Home)
    assert view.caret() == 0


def test_walking_over_mixed_text_comes_through(make_view: MakeView) -> None:
    view = make_view(BIDI)
    hand = Hand(view)
    view.set_caret(0)
    for _ in range(3 * len(BIDI)):
        hand.key(Key.Key_Right)
        if view.page.table.at(view.caret()) == 1:
            break
    assert view.page.table.at(view.caret()) == 1


@pytest.mark.parametrize("first", ["abc אבג", "a c्कאח", "abc אבג def", "אבג abc", "(אבג) 12"])
def test_arrows_leave_a_mixed_paragraph_at_both_of_its_sides(make_view: MakeView, first: str) -> None:
    text = f"{first}\n{first}\n{first}"
    view = make_view(text)
    hand = Hand(view)
    for key, beyond in ((Key.Key_Right, 2), (Key.Key_Left, 0)):
        view.set_caret(len(first) + 1 + len(first) // 2)
        paragraph = 2 - beyond if view.page.lay(1).rtl else beyond
        for _ in range(2 * len(first)):
            hand.key(key)
            if view.page.table.at(view.caret()) != 1:
                break
        assert view.page.table.at(view.caret()) == paragraph


def test_a_double_click_takes_the_word_a_third_the_paragraph(view: ArticleView, hand: Hand) -> None:
    place = TEXT.index("council’s") + 2
    hand.double_click(place)
    assert view.selected_text() == "council’s"
    hand.click(place)
    assert view.selected_text() == LINES[2]


def test_dragging_after_a_double_click_extends_by_words(view: ArticleView, hand: Hand) -> None:
    first, last = TEXT.index("Vellmouth"), TEXT.index("tolls in")
    hand.double_press(first + 3)
    assert view.selected_text() == "Vellmouth"
    hand.move(last + 2)
    assert view.selected_text() == "Vellmouth doubled its tolls"
    hand.move(TEXT.index("port") + 2)
    assert view.selected_text() == "port of Vellmouth"
    hand.release(TEXT.index("port") + 2)


def test_dragging_selects_from_character_to_character(view: ArticleView, hand: Hand) -> None:
    start, end = TEXT.index("port"), TEXT.index("signed")
    hand.drag(start, end)
    assert view.selected_span() == Span(start, end)
    hand.drag(end, start)
    assert view.selected_span() == Span(start, end)
    assert view.caret() == start


def test_a_click_with_shift_extends_the_selection(view: ArticleView, hand: Hand) -> None:
    view.set_caret(4)
    hand.click(hand.point(SECOND + 8, 0.1), SHIFT)
    assert view.selected_span() == Span(4, SECOND + 8)
    hand.click(hand.point(SECOND + 3, 0.1), SHIFT)
    assert view.selected_span() == Span(4, SECOND + 3)


def test_dragging_below_the_view_scrolls_on(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(LONG)
    hand = Hand(view)
    hand.press(10)
    hand.move(QPoint(400, view.viewport().height() + 60))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 300)
    span = view.selected_span()
    assert span is not None
    assert span.start == 10
    assert view.page.table.at(span.end) > 5
    hand.release(QPoint(400, view.viewport().height() + 60))
    value = view.verticalScrollBar().value()
    hand.move(QPoint(400, 100))
    assert view.verticalScrollBar().value() == value


def test_moving_the_caret_clears_the_current_mark_and_escape_clears_step_by_step(view: ArticleView, hand: Hand) -> None:
    view.set_marks([mark("a", 3, 9)])
    view.set_current("a")
    hand.key(Key.Key_Right)
    assert view.current() is None
    view.set_current("a")
    hand.key(Key.Key_Escape)
    assert view.current() is None
    view.select_span(1, 5)
    hand.key(Key.Key_Escape)
    assert view.selected_span() is None


def test_letters_are_left_to_the_window(view: ArticleView, hand: Hand) -> None:
    view.select_span(3, 9)
    for key in (Key.Key_C, Key.Key_S, Key.Key_B, Key.Key_Return, Key.Key_Tab):
        hand.key(key)
    assert view.selected_span() == Span(3, 9)


def test_the_caret_blinks_only_with_the_focus(view: ArticleView, qtbot: QtBot) -> None:
    def seen() -> bool:
        return view.state.caret_on

    assert seen()
    qtbot.waitUntil(lambda: not seen())
    qtbot.waitUntil(seen)
    view.clearFocus()
    assert not seen()
    assert not view._blink.running


def test_select_all(view: ArticleView, hand: Hand) -> None:
    hand.key(Key.Key_A, CONTROL)
    assert view.selected_text() == TEXT


def test_growing_and_shrinking_go_by_the_statements_of_the_text(view: ArticleView) -> None:
    view.set_caret(TEXT.index("never") + 2)
    grown: list[Span] = []
    for _ in range(12):
        view.grow_selection()
        span = view.selected_span()
        assert span is not None
        if grown and span == grown[-1]:
            break
        grown.append(span)
    texts = [TEXT[span.start : span.end] for span in grown]
    assert texts[0] == "never"
    assert LINES[2] in texts
    assert all(after.contains(before) for before, after in itertools.pairwise(grown))
    for expected in reversed(grown[:-1]):
        view.shrink_selection()
        assert view.selected_span() == expected
    view.shrink_selection()
    assert view.selected_span() is None
    assert view.caret() == TEXT.index("never") + 2


def test_shrinking_a_selection_made_otherwise_takes_a_step_within_it(view: ArticleView) -> None:
    start = TEXT.index("We never")
    view.select_span(start, TEXT.index(" said Mara"))
    view.shrink_selection()
    span = view.selected_span()
    assert span is not None
    assert Span(start, TEXT.index(" said Mara")).contains(span)
