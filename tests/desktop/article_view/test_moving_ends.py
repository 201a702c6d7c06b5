"""Moving the ends of the current passage: by keys in their mode, and by handles."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ArticleView, overlay
from tests.desktop.article_view.conftest import BIDI, LONG, TEXT, Hand, MakeView, mark, mark_of

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
MET = mark_of("never met the", "m")


def begin(view: ArticleView) -> list[tuple[str, int, int]]:
    told: list[tuple[str, int, int]] = []
    view.ends_moved.connect(lambda id_, start, end: told.append((id_, start, end)))
    view.set_marks([MET])
    view.set_current("m")
    view.begin_move_ends()
    return told


def words(view: ArticleView, text: str = TEXT) -> str:
    moved = view.marks.by_id["m"]
    return text[moved.start : moved.end]


def test_arrows_move_the_end_by_words_and_marks_and_with_shift_the_start(view: ArticleView, hand: Hand) -> None:
    told = begin(view)
    seen = []
    for key, modifiers in [
        (Key.Key_Right, ()),
        (Key.Key_Right, ()),
        (Key.Key_Left, ()),
        (Key.Key_Left, (SHIFT,)),
        (Key.Key_Left, (SHIFT,)),
        (Key.Key_Right, (SHIFT,)),
    ]:
        hand.key(key, *modifiers)
        seen.append(words(view))
    assert seen == [
        "never met the company",
        "never met the company,”",
        "never met the company",
        "We never met the company",
        "“We never met the company",
        "We never met the company",
    ]
    assert told == []
    hand.key(Key.Key_Return)
    start = TEXT.index("We never")
    assert told == [("m", start, start + len("We never met the company"))]
    assert view.marks.pending == {"m"}


def test_with_control_the_ends_move_by_characters(view: ArticleView, hand: Hand) -> None:
    begin(view)
    hand.key(Key.Key_Left, CONTROL)
    assert words(view) == "never met th"
    hand.key(Key.Key_Right, CONTROL, SHIFT)
    assert words(view) == "ever met th"


def test_characters_are_whole_clusters(make_view: MakeView) -> None:
    view = make_view(BIDI)
    hand = Hand(view)
    start = BIDI.index("posts")
    view.set_marks([mark("m", start, start + 6)])
    view.set_current("m")
    view.begin_move_ends()
    hand.key(Key.Key_Right, CONTROL)
    assert words(view, BIDI) == "posts \U0001f468\u200d\U0001f469\u200d\U0001f467"


def test_escape_puts_the_ends_back(view: ArticleView, hand: Hand) -> None:
    told = begin(view)
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Escape)
    assert view.marks.by_id["m"] == MET
    assert view.current() == "m"
    assert told == []
    hand.key(Key.Key_Right)
    assert view.marks.by_id["m"] == MET


def test_nothing_is_told_when_nothing_moved(view: ArticleView, hand: Hand) -> None:
    told = begin(view)
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Left)
    hand.key(Key.Key_Return)
    assert told == []
    assert view.marks.pending == set()


def test_asking_again_keeps_the_move_and_so_does_leaving(view: ArticleView, hand: Hand, qtbot: QtBot) -> None:
    told = begin(view)
    modes: list[bool] = []
    view.moving_ends_changed.connect(modes.append)
    hand.key(Key.Key_Right)
    view.begin_move_ends()
    assert len(told) == 1
    view.begin_move_ends()
    hand.key(Key.Key_Right)
    field = QLineEdit()
    qtbot.addWidget(field)
    view.clearFocus()
    assert len(told) == 2
    assert modes == [False, True, False]


def test_the_ends_never_pass_each_other(view: ArticleView, hand: Hand) -> None:
    begin(view)
    for _ in range(6):
        hand.key(Key.Key_Left)
    assert words(view) == "n"
    for _ in range(6):
        hand.key(Key.Key_Right, SHIFT)
    assert words(view) == "n"
    for _ in range(200):
        hand.key(Key.Key_Left, SHIFT)
    assert view.marks.by_id["m"].start == 0
    for _ in range(200):
        hand.key(Key.Key_Right)
    assert words(view) == TEXT


def test_a_change_from_elsewhere_ends_the_mode_and_wins(view: ArticleView, hand: Hand) -> None:
    told = begin(view)
    hand.key(Key.Key_Right)
    view.add_mark(MET._replace(tag_id="denial"))
    assert told == []
    assert view.marks.by_id["m"] == MET._replace(tag_id="denial")
    view.begin_move_ends()
    view.remove_mark("m")
    hand.key(Key.Key_Right)
    assert told == []


def test_choosing_another_passage_keeps_the_move(view: ArticleView, hand: Hand) -> None:
    told = begin(view)
    view.add_mark(mark("other", 0, 5))
    hand.key(Key.Key_Right)
    view.set_current("other")
    assert [entry[0] for entry in told] == ["m"]


def test_the_modes_keys_go_before_the_windows_actions(view: ArticleView, hand: Hand) -> None:
    begin(view)
    fired: list[str] = []
    for key in ("Return", "Esc", "Left"):
        action = QAction(view)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False, key=key: fired.append(key))
        view.addAction(action)
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Return)
    assert fired == []
    hand.key(Key.Key_Return)
    assert fired == ["Return"]


def test_only_ones_own_passages_can_be_moved(view: ArticleView, hand: Hand) -> None:
    view.set_own_analyst("somebody else")
    told = begin(view)
    hand.press(knob(view, ending=True))
    hand.move(hand.point(TEXT.index("company") + 5))
    hand.release(hand.point(TEXT.index("company") + 5))
    assert words(view) == "never met the"
    view.set_current("m")
    modes = []
    for analyst in ("somebody else", "", MET.analyst_id):
        view.set_own_analyst(analyst)
        view.begin_move_ends()
        modes.append(view.ends.by_keys)
    assert modes == [False, False, True]
    assert told == []


def knob(view: ArticleView, *, ending: bool) -> QPoint:
    found = overlay.handles(view.page, view.marks.by_id["m"])
    handle = next(handle for handle in found if handle.ending == ending)
    return QPoint(round(handle.knob.x() + view.page.columns.text_left), round(handle.knob.y()))


def test_a_handle_drags_its_end_to_words_and_with_shift_to_characters(view: ArticleView, hand: Hand) -> None:
    told: list[tuple[str, int, int]] = []
    view.ends_moved.connect(lambda id_, start, end: told.append((id_, start, end)))
    view.set_marks([MET])
    view.set_current("m")
    hand.press(knob(view, ending=True))
    hand.move(hand.point(TEXT.index("company") + 5))
    assert words(view) == "never met the company"
    assert told == []
    hand.move(hand.point(TEXT.index("company") + 2, 0.9), SHIFT)
    assert words(view) == "never met the com"
    hand.release(hand.point(TEXT.index("company") + 2))
    assert told == [("m", MET.start, TEXT.index("company") + 3)]
    hand.press(knob(view, ending=False))
    hand.move(hand.point(TEXT.index("We never"), 0.1))
    hand.release(hand.point(TEXT.index("We never"), 0.1))
    assert told[-1][1] == TEXT.index("We never")
    assert view.current() == "m"


def test_dragging_a_handle_selects_nothing(view: ArticleView, hand: Hand) -> None:
    view.set_marks([MET])
    view.set_current("m")
    hand.press(knob(view, ending=True))
    hand.move(hand.point(TEXT.index("company") + 5))
    hand.release(hand.point(TEXT.index("company") + 5))
    assert view.selected_span() is None


def test_escape_puts_a_dragged_end_back(view: ArticleView, hand: Hand) -> None:
    told: list[tuple[str, int, int]] = []
    view.ends_moved.connect(lambda id_, start, end: told.append((id_, start, end)))
    view.set_marks([MET])
    view.set_current("m")
    hand.press(knob(view, ending=True))
    hand.move(hand.point(TEXT.index("company") + 5))
    assert words(view) == "never met the company"
    hand.key(Qt.Key.Key_Escape)
    assert words(view) == "never met the"
    hand.move(hand.point(TEXT.index("register")))
    hand.release(hand.point(TEXT.index("register")))
    assert (words(view), view.current(), told) == ("never met the", "m", [])


@pytest.mark.parametrize("ending", [False, True])
def test_a_handle_grasped_by_its_knob_stays_on_its_line(make_view: MakeView, ending: bool) -> None:
    """The knobs stand above and below the line: a move to the side must not take the end to the next line."""
    view = make_view(LONG)
    hand = Hand(view)
    start = LONG.index("nobody asked the")
    view.set_marks([mark("m", start, start + len("nobody asked the"))])
    view.set_current("m")
    place = knob(view, ending=ending)
    hand.press(place)
    hand.move(place + QPoint(6, 0))
    hand.move(place + QPoint(1, 0))
    hand.release(place + QPoint(1, 0))
    assert words(view, LONG) == "nobody asked the"


def test_dragging_a_handle_beyond_the_view_scrolls_on(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(LONG)
    hand = Hand(view)
    start = LONG.index("nobody asked the")
    view.set_marks([mark("m", start, start + len("nobody asked the"))])
    view.set_current("m")
    hand.press(knob(view, ending=True))
    below = QPoint(200, view.viewport().height() + 60)
    hand.move(below)
    reached = view.marks.by_id["m"].end
    qtbot.waitUntil(lambda: view.marks.by_id["m"].end > reached + 500)
    hand.release(below)
    end = view.marks.by_id["m"].end
    assert LONG[end - 1].isalnum() or LONG[end - 1] in ".,"
    assert view.marks.by_id["m"].start == start
