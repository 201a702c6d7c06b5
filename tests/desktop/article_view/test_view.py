"""What the view tells and what it can be told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ArticleView
from annotator.domain.annotations import Span
from annotator.domain.articles import Block, BlockKind
from tests.desktop.article_view.conftest import BIDI, LONG, TEXT, Hand, MakeView, mark, mark_of

OUTER = mark_of("We never met the company", "outer")
INNER = mark_of("met", "inner", "denial")


def test_selecting_a_span_tells_once_and_is_kept(view: ArticleView, qtbot: QtBot) -> None:
    told: list[object] = []
    view.selection_changed.connect(told.append)
    view.select_span(3, 11)
    assert told == [Span(3, 11)]
    assert view.selected_span() == Span(3, 11)
    assert view.selected_text() == TEXT[3:11]
    assert view.caret() == 11
    view.clear_selection()
    assert told == [Span(3, 11), None]
    assert view.caret() == 11


def test_a_selection_is_widened_to_whole_clusters(make_view: MakeView) -> None:
    view = make_view(BIDI)
    family = BIDI.index("\U0001f468")
    view.select_span(family + 1, family + 2)
    assert view.selected_text() == "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    accent = BIDI.index("\u0301")
    view.select_span(accent, accent + 1)
    assert view.selected_text() == "e\u0301"


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (3, 10**6)])
def test_a_selection_stays_within_the_text(view: ArticleView, start: int, end: int) -> None:
    view.select_span(start, end)
    span = view.selected_span()
    assert span is not None
    assert 0 <= span.start < span.end <= len(TEXT)


def test_copying_gives_the_stored_text(make_view: MakeView) -> None:
    view = make_view("a\u00a0b\U0001f600 c\nd")
    view.select_span(0, 8)
    view.copy()
    assert QGuiApplication.clipboard().text() == "a\u00a0b\U0001f600 c\nd"


def test_copying_without_a_selection_takes_the_current_passage(view: ArticleView) -> None:
    view.set_marks([OUTER])
    view.set_current("outer")
    view.copy()
    assert QGuiApplication.clipboard().text() == "We never met the company"


def test_a_current_mark_that_is_set_is_not_told_and_one_that_is_chosen_is(view: ArticleView) -> None:
    view.set_marks([OUTER, INNER])
    told: list[object] = []
    view.current_changed.connect(told.append)
    view.set_current("outer")
    assert told == []
    assert view.current() == "outer"
    assert view.caret() == OUTER.start
    view.next_mark()
    assert told == ["inner"]
    view.set_caret(0)
    assert told == ["inner", None]


def test_next_and_previous_go_in_reading_order_and_stop_at_the_ends(view: ArticleView) -> None:
    marks = [mark("a", 3, 9), mark("b", 5, 7), mark("c", 200, 220)]
    view.set_marks(marks)
    seen = []
    for _ in range(4):
        view.next_mark()
        seen.append(view.current())
    assert seen == ["a", "b", "c", "c"]
    for _ in range(3):
        view.next_mark(-1)
        seen.append(view.current())
    assert seen[4:] == ["b", "a", "a"]


def test_previous_without_a_current_mark_starts_from_the_caret(view: ArticleView) -> None:
    view.set_marks([mark("a", 3, 9), mark("b", 50, 60)])
    view.set_caret(40)
    view.next_mark(-1)
    assert view.current() == "a"
    view.set_caret(40)
    view.next_mark()
    assert view.current() == "b"


def test_cycling_goes_from_the_innermost_outwards_and_round(view: ArticleView) -> None:
    view.set_marks([OUTER, INNER, mark_of("never met", "middle")])
    view.set_caret(INNER.start)
    seen = []
    for _ in range(4):
        view.cycle()
        seen.append(view.current())
    assert seen == ["inner", "middle", "outer", "inner"]
    assert view.caret() == INNER.start


def test_a_click_chooses_the_innermost_and_lists_all_that_lie_there(view: ArticleView, hand: Hand) -> None:
    view.set_marks([OUTER, INNER])
    clicked: list[tuple[str, ...]] = []
    view.marks_clicked.connect(lambda ids, _point: clicked.append(ids))
    hand.click(INNER.start + 1)
    assert view.current() == "inner"
    assert clicked == [("inner", "outer")]


def test_clicking_the_same_place_again_takes_the_next_one_there(view: ArticleView, hand: Hand) -> None:
    view.set_marks([OUTER, INNER])
    hand.click(INNER.start + 1)
    assert view.current() == "inner"
    hand.click(INNER.start + 1)
    assert view.current() == "outer"
    hand.click(OUTER.start + 1)
    assert view.current() == "outer"


def test_clicking_with_control_takes_the_next_one_there_wherever_it_was(view: ArticleView, hand: Hand) -> None:
    view.set_marks([OUTER, INNER])
    seen = []
    for offset in (INNER.start, INNER.start + 1, INNER.start + 2):
        hand.click(offset, Qt.KeyboardModifier.ControlModifier)
        seen.append(view.current())
    assert seen == ["inner", "outer", "inner"]


def test_quick_clicks_with_control_take_one_after_the_other_too(view: ArticleView, hand: Hand) -> None:
    view.set_marks([OUTER, INNER])
    control, seen = Qt.KeyboardModifier.ControlModifier, []
    hand.click(INNER.start + 1, control)
    seen.append(view.current())
    for _ in range(2):  # each is two quick clicks
        hand.double_press(INNER.start + 1, control)
        hand.release(INNER.start + 1, control)
        seen.append(view.current())
    hand.click(INNER.start + 1, control)
    seen.append(view.current())
    assert seen == ["inner", "inner", "inner", "outer"]
    assert view.selected_span() is None


def test_a_quick_click_elsewhere_after_a_double_click_takes_no_paragraph(view: ArticleView, hand: Hand) -> None:
    hand.double_click(INNER.start + 1)
    hand.click(5)
    assert (view.selected_span(), view.caret()) == (None, 5)


def test_a_click_on_the_count_behind_a_line_lists_what_lies_on_it(view: ArticleView, hand: Hand) -> None:
    view.set_marks([mark(f"m{n}", n, 35 - n) for n in range(7)] + [mark("elsewhere", 60, 70)])
    clicked: list[tuple[str, ...]] = []
    view.marks_clicked.connect(lambda ids, _point: clicked.append(ids))
    line = view.page.lay(0).lines[0]
    place = QPoint(view.page.columns.text_right + 12, view.page.top_in_view(0) + line.bottom - 6)
    hand.click(place)
    assert [sorted(ids) for ids in clicked] == [[f"m{n}" for n in range(7)]]


def test_a_click_beside_all_marks_puts_the_caret_there_and_chooses_none(view: ArticleView, hand: Hand) -> None:
    view.set_marks([OUTER])
    view.set_current("outer")
    told: list[object] = []
    view.current_changed.connect(told.append)
    hand.click(hand.point(5, 0.1))
    assert view.current() is None
    assert told == [None]
    assert view.caret() == 5


def test_a_click_on_a_label_chooses_its_passage(view: ArticleView, hand: Hand) -> None:
    view.set_marks([OUTER, INNER])
    view.set_labels({"outer": "Mara Lind · claim", "inner": "Mara Lind · denial"})
    shown = next(s for s in view.page.shown() if s.paragraph == view.page.table.at(OUTER.start))
    columns = view.page.columns
    for label in view.painter.draw_list_of(shown).labels:
        box = view.painter.margin.box(label, columns)
        hand.click(QPoint(round(columns.text_left + box.center().x()), round(shown.top + box.center().y())))
        assert view.current() == label.mark_ids[0]


def test_marks_are_found_by_offset_innermost_first_and_hidden_ones_are_not(view: ArticleView) -> None:
    view.set_marks([OUTER, INNER])
    assert view.annotations_at(INNER.start) == ["inner", "outer"]
    assert view.annotations_at(INNER.end) == ["outer"]
    view.set_hidden(tags=frozenset({"denial"}))
    assert view.annotations_at(INNER.start) == ["outer"]
    view.set_hidden(marks=frozenset({"outer"}))
    assert view.annotations_at(INNER.start) == ["inner"]
    view.set_hidden(analysts=frozenset({"ab"}))
    assert view.annotations_at(INNER.start) == []
    view.set_hidden()
    assert view.annotations_at(INNER.start) == ["inner", "outer"]


def test_a_mark_can_be_replaced_and_removed(view: ArticleView) -> None:
    view.add_mark(OUTER, pending=True)
    assert view.marks.pending == {"outer"}
    view.add_mark(OUTER._replace(end=OUTER.end + 1))
    assert view.marks.pending == set()
    assert view.annotations_at(OUTER.end) == ["outer"]
    view.set_current("outer")
    view.remove_mark("outer")
    view.remove_mark("never there")
    assert view.current() is None
    assert view.annotations_at(OUTER.start) == []


def test_visible_marks_are_those_of_which_a_line_is_in_view(make_view: MakeView) -> None:
    view = make_view(LONG)
    starts = view.page.table.starts
    view.set_marks([mark(f"m{n:03}", starts[n] + 2, starts[n] + 9) for n in range(400)])
    top = view.visible_marks()
    assert top[0] == "m000"
    assert 3 <= len(top) <= 12
    view.set_caret(starts[200])
    assert "m200" in view.visible_marks()
    assert "m000" not in view.visible_marks()


def test_hovering_tells_the_innermost_mark_and_none_when_the_mouse_leaves(
    view: ArticleView, hand: Hand, qtbot: QtBot
) -> None:
    view.set_marks([OUTER, INNER])
    with qtbot.waitSignal(view.hovered_changed) as told:
        hand.hover(INNER.start + 1)
    assert told.args == ["inner"]
    with qtbot.waitSignal(view.hovered_changed) as told:
        hand.hover(hand.point(5))
    assert told.args == [None]
    hand.hover(INNER.start + 1)
    with qtbot.waitSignal(view.hovered_changed) as told:  # to the scroll bar, which is part of the view
        QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert told.args == [None]


def test_the_same_text_with_other_blocks_is_shown_where_it_was_read(make_view: MakeView) -> None:
    view = make_view(LONG)
    view.set_caret(view.page.table.starts[150])
    reading = view.page.reading_position()
    view.set_article(LONG, [Block(start=0, end=view.page.table.ends[0], kind=BlockKind.HEADLINE)])
    assert view.page.reading_position() == reading
    assert view.caret() == view.page.table.starts[150]


def test_another_text_is_shown_from_its_top(make_view: MakeView) -> None:
    view = make_view(LONG)
    view.set_caret(view.page.table.starts[150])
    view.set_article(TEXT, ())
    assert view.page.scroll_value == 0
    assert (view.caret(), view.selected_span(), view.current()) == (0, None, None)


def test_nothing_and_a_blank_line_can_be_shown(view: ArticleView) -> None:
    for text in ("", "\n", "\n\n", " "):
        view.set_article(text, ())
        view.select_all()
        view.next_mark()
        view.cycle()
        view.grow_selection()
        view.grab()
    view.clear()
    assert view.caret() == 0


def test_the_view_says_what_it_is_and_what_the_current_passage_is(view: ArticleView) -> None:
    assert view.objectName() == "articleView"
    assert view.accessibleName() == "Article"
    view.set_marks([OUTER])
    view.set_labels({"outer": "Mara Lind · claim"})
    view.set_current("outer")
    assert view.accessibleDescription() == "Mara Lind · claim: We never met the company"
    view.set_current(None)
    assert view.accessibleDescription() == ""
    view.tell_reading_key("F7")
    assert view.accessibleDescription().startswith("Press F7")


def test_a_menu_is_asked_for_at_the_mouse_about_what_is_under_it(view: ArticleView, hand: Hand) -> None:
    view.set_marks([OUTER, INNER])
    hand.click(INNER.start + 1, button=Qt.MouseButton.RightButton)
    assert view.current() == "inner"
    view.select_span(OUTER.start, OUTER.end)
    hand.click(INNER.start + 1, button=Qt.MouseButton.RightButton)
    assert view.selected_span() == Span(OUTER.start, OUTER.end)


def test_cycling_finds_the_mark_whose_words_are_selected_or_end_at_the_caret(make_view: MakeView) -> None:
    view = make_view()
    toll = mark_of("secret toll", "a")
    view.set_marks([toll])
    view.select_span(toll.start, toll.end)
    view.cycle()
    assert view.current() == "a"
    view.choose(None)
    view.set_caret(toll.end)
    view.cycle()
    assert view.current() == "a"
    view.choose(None)
    view.set_caret(toll.end + 1)
    view.cycle()
    assert view.current() is None
