"""Scrolling by pixels, and the reading position that everything else leaves in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ARTICLE_FAMILY, DARK, ArticleView
from annotator.desktop.article_view.metrics import TextSetting
from annotator.domain.annotations import Span
from tests.desktop.article_view.conftest import LONG, Hand, MakeView, mark

VERY_LONG = "\n".join([LONG] * 6)


def read_at(view: ArticleView) -> tuple[int, int]:
    return view.page.reading_position()


def test_opening_lays_out_no_more_than_three_screens(make_view: MakeView) -> None:
    view = make_view(VERY_LONG)
    view.page.layouts_made = 0
    view.set_article(VERY_LONG + "\nmore", ())
    view.set_marks([mark(f"m{n}", n * 40, n * 40 + 60) for n in range(2000)])
    view.grab()
    on_screen = len(view.page.shown())
    assert view.page.layouts_made <= 3 * on_screen


def test_the_wheel_moves_by_pixels_and_comes_back(make_view: MakeView) -> None:
    view = make_view(VERY_LONG)
    for pixels in (-7, -300, 155, -1, 153):
        before, place = view.page.scroll_value, read_at(view)
        wheel(view, pixels)
        assert view.page.scroll_value == before - pixels, (pixels, place)
    assert view.page.scroll_value == 0


def wheel(view: ArticleView, pixels: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        view.viewport().mapToGlobal(middle),
        QPoint(0, pixels),
        QPoint(0, pixels),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.ScrollUpdate,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_a_notch_moves_by_the_lines_that_the_system_says(make_view: MakeView) -> None:
    view = make_view(VERY_LONG)
    middle = QPointF(view.viewport().rect().center())
    for _ in range(2):
        event = QWheelEvent(
            middle,
            view.viewport().mapToGlobal(middle),
            QPoint(),
            QPoint(0, -60),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)
    line = view.page.type.style(view.page.kind(1)).pitch
    assert view.page.scroll_value == QApplication.wheelScrollLines() * line


def test_scrolling_up_into_text_never_seen_moves_by_exactly_as_much(make_view: MakeView) -> None:
    view = make_view(VERY_LONG)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    for _ in range(30):
        shown = view.page.shown()[0]
        view.scroller.by(-40)
        again = next((s for s in view.page.shown() if s.paragraph == shown.paragraph), None)
        assert again is not None
        assert again.top == shown.top + 40


def test_the_end_can_be_reached_and_not_passed(make_view: MakeView) -> None:
    view = make_view(VERY_LONG)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.scroller.by(10**6)
    last = view.page.shown()[-1]
    assert last.paragraph == len(view.page.table) - 1
    assert last.top + view.page.table.height(last.paragraph) == view.page.view_height
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    view.scroller.by(-(10**7))
    assert view.page.scroll_value == 0
    assert view.verticalScrollBar().value() == 0


def test_a_short_text_does_not_scroll(view: ArticleView) -> None:
    view.resize(960, 2000)
    view.scroller.by(500)
    assert view.page.scroll_value == 0
    assert view.verticalScrollBar().maximum() == 0


CHANGES: list[Callable[[ArticleView], object]] = [
    lambda view: view.resize(700, 600),
    lambda view: view.resize(1300, 500),
    lambda view: view.set_zoom(200),
    lambda view: view.set_zoom(50),
    lambda view: view.set_theme(DARK),
    lambda view: view.set_hidden(tags=frozenset({"claim"})),
    lambda view: view.set_marks([mark("a", 0, 20)]),
    lambda view: view.set_setting(TextSetting("DejaVu Serif")),
    lambda view: view.set_setting(TextSetting(ARTICLE_FAMILY, characters=60, line_spacing=1.2, paragraph_spacing=1.8)),
    lambda view: view.setFont(QFont("DejaVu Sans", 13)),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_read_stays_at_the_top(make_view: MakeView, change: Callable[[ArticleView], object]) -> None:
    view = make_view(LONG)
    view.set_caret(view.page.table.starts[200])
    view.scroller.by(7)
    offset, below = read_at(view)
    change(view)
    shown = view.page.shown()[0]
    _, laid, within = view.page.place(offset)
    line = laid.lines[laid.line_of(within)]
    assert view.page.top_in_view(view.page.table.at(offset)) + line.top == below
    assert shown.top <= 0 or shown.paragraph == 0


def test_laying_out_ahead_makes_the_bar_exact_and_moves_nothing(make_view: MakeView, qtbot: QtBot) -> None:
    text = LONG[:50_000]
    view = make_view(text)
    view.verticalScrollBar().setValue(700)
    place = read_at(view)
    qtbot.waitUntil(lambda: view.page.layouts_made >= len(view.page.table))
    assert read_at(view) == place
    heights = [view.page.table.height(index) for index in range(len(view.page.table))]
    true = [view.page.lay(index).height for index in range(len(view.page.table))]
    assert heights[:-1] == true[:-1]
    assert view.verticalScrollBar().value() == view.page.scroll_value


def test_the_bar_dragged_shows_that_part_of_the_text(make_view: MakeView) -> None:
    view = make_view(VERY_LONG)
    bar = view.verticalScrollBar()
    bar.setSliderDown(True)
    bar.setSliderPosition(bar.maximum() // 2)
    bar.setSliderDown(False)
    share = view.page.shown()[0].paragraph / len(view.page.table)
    assert 0.45 < share < 0.55


def test_what_is_revealed_is_in_view(make_view: MakeView) -> None:
    view = make_view(LONG)
    for paragraph in (300, 301, 10, 399, 0):
        start = view.page.table.starts[paragraph]
        view.select_span(start, start + 30)
        assert view.selected_span() == Span(start, start + 30)
        top = view.page.top_in_view(paragraph)
        line = view.page.lay(paragraph).lines[0]
        assert 0 <= top + line.top
        assert top + line.bottom <= view.page.view_height


def test_revealing_what_is_in_view_moves_nothing(make_view: MakeView) -> None:
    view = make_view(LONG)
    view.set_caret(view.page.table.starts[100])
    value = view.page.scroll_value
    middle = view.page.shown()[len(view.page.shown()) // 2]
    view.set_caret(view.page.table.starts[middle.paragraph])
    assert view.page.scroll_value == value


def test_zooming_by_wheel_tells_and_keeps_within_bounds(view: ArticleView) -> None:
    told: list[int] = []
    view.zoom_changed.connect(told.append)
    wheel(view, 120, Qt.KeyboardModifier.ControlModifier)
    wheel(view, -120, Qt.KeyboardModifier.ControlModifier)
    assert told == [110, 100]
    for _ in range(3):
        wheel(view, 40, Qt.KeyboardModifier.ControlModifier)
    assert told.pop() == 110
    view.set_zoom(100)
    assert told.pop() == 100
    view.set_zoom(5)
    view.set_zoom(5000)
    assert view.zoom() == 400
    assert told[2:] == [50, 400]


def test_a_measure_that_does_not_fit_scrolls_sideways_and_shows_the_caret(make_view: MakeView) -> None:
    view = make_view(LONG, width=640)
    view.set_zoom(400)
    hand = Hand(view)
    assert view.horizontalScrollBar().maximum() > 0
    view.set_caret(0)
    hand.key(Qt.Key.Key_End)
    value = view.horizontalScrollBar().value()
    assert value > 0
    x = view.page.columns.text_left + view.page.lay(0).caret(view.caret())[1] - value
    assert 0 <= x <= view.viewport().width()
    hand.key(Qt.Key.Key_Home)
    assert view.horizontalScrollBar().value() < value


def test_layouts_not_seen_for_long_are_let_go(make_view: MakeView) -> None:
    from annotator.desktop.article_view.page import KEPT

    view = make_view("\n".join(f"line {n}" for n in range(KEPT + 500)))
    for index in range(KEPT + 500):
        view.page.lay(index)
    assert len(view.page._laid) == KEPT
    assert view.page.laid_already(0) is None
    assert view.page.laid_already(KEPT + 499) is not None
