"""Wheels and touchpads: pixels, parts of notches, glides, and zooming around the pointer."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from annotator.desktop.article_view import ArticleView
from annotator.desktop.article_view.wheel import LASTS, Glide
from tests.desktop.article_view.conftest import LONG, Hand, MakeView

Phase = Qt.ScrollPhase
CTRL = Qt.KeyboardModifier.ControlModifier


class Turn(NamedTuple):
    """One event of a wheel or a touchpad."""

    angle: tuple[int, int] = (0, 0)
    pixels: tuple[int, int] = (0, 0)
    phase: Qt.ScrollPhase = Phase.NoScrollPhase
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    def send(self, view: ArticleView, at: QPointF | None = None) -> None:
        at = at if at is not None else QPointF(view.viewport().rect().center())
        there = view.viewport().mapToGlobal(at)
        none = Qt.MouseButton.NoButton
        event = QWheelEvent(
            at,
            there,
            QPoint(*self.pixels),
            QPoint(*self.angle),
            none,
            self.held,
            self.phase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)


@pytest.fixture
def view(make_view: MakeView) -> ArticleView:
    return make_view(LONG)


@pytest.fixture
def time(view: ArticleView, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let the view glide by a clock that is set by hand, and not by itself."""
    view.set_smooth_scrolling(wanted=True)
    now = [100.0]
    monkeypatch.setattr(glide(view), "clock", lambda: now[0])
    monkeypatch.setattr(glide(view), "_timer", StillTimer())
    return now


class StillTimer:
    """A timer that never fires; the test takes the steps."""

    def __init__(self) -> None:
        self.active = False

    def start(self) -> None:
        self.active = True

    def stop(self) -> None:
        self.active = False

    def isActive(self) -> bool:  # noqa: N802  (as Qt's)
        return self.active


def glide(view: ArticleView) -> Glide:
    return view.scroller.wheel.glide


def notch(view: ArticleView) -> int:
    return QApplication.wheelScrollLines() * view.verticalScrollBar().singleStep()


def test_a_notch_glides_there_fast_at_first_and_exactly(view: ArticleView, time: list[float]) -> None:
    Turn((0, -120)).send(view)
    assert view.page.scroll_value == 0
    time[0] += LASTS / 2
    glide(view).step()
    assert notch(view) * 0.7 < view.page.scroll_value < notch(view)
    time[0] += LASTS
    glide(view).step()
    assert view.page.scroll_value == notch(view)
    assert not glide(view).gliding


def test_notches_on_the_way_add_up_and_one_back_begins_anew(view: ArticleView, time: list[float]) -> None:
    for _ in range(3):
        Turn((0, -120)).send(view)
    time[0] += LASTS
    glide(view).step()
    assert view.page.scroll_value == 3 * notch(view)
    Turn((0, -120)).send(view)
    Turn((0, 120)).send(view)
    time[0] += LASTS
    glide(view).step()
    assert view.page.scroll_value == 2 * notch(view)


def test_whatever_else_moves_the_page_ends_the_glide(view: ArticleView, time: list[float]) -> None:
    Turn((0, -120)).send(view)
    view.select_span(0, 5)
    assert not glide(view).gliding
    Turn((0, -120)).send(view)
    Turn(pixels=(0, -7), phase=Phase.ScrollUpdate).send(view)
    assert not glide(view).gliding
    assert view.page.scroll_value == 7


def test_without_the_wish_for_it_a_notch_goes_at_once(view: ArticleView) -> None:
    view.set_smooth_scrolling(wanted=False)
    Turn((0, -120)).send(view)
    assert view.page.scroll_value == notch(view)


def test_parts_of_a_notch_add_up(view: ArticleView) -> None:
    for _ in range(24):
        Turn((0, -5)).send(view)
    assert view.page.scroll_value == pytest.approx(notch(view), abs=1)


def test_momentum_goes_on_and_what_goes_sideways_does_not_matter(view: ArticleView) -> None:
    Turn(phase=Phase.ScrollBegin).send(view)
    Turn(pixels=(4, -30), phase=Phase.ScrollUpdate).send(view)
    Turn(phase=Phase.ScrollEnd).send(view)
    Turn(pixels=(0, -11), phase=Phase.ScrollMomentum).send(view)
    Turn(pixels=(50, -9), phase=Phase.ScrollMomentum).send(view)
    assert view.page.scroll_value == 41
    assert view.horizontalScrollBar().value() == 0


def test_momentum_under_ctrl_does_not_zoom(view: ArticleView) -> None:
    Turn((0, 240), (0, 80), Phase.ScrollMomentum, CTRL).send(view)
    assert view.zoom() == 100
    assert view.page.scroll_value == 0


@pytest.mark.parametrize("turned", [120, 360, -240])
def test_zooming_keeps_the_line_under_the_pointer(view: ArticleView, turned: int) -> None:
    view.scroller.by(3000)
    shown = view.page.shown()[3]
    offset = view.page.table.starts[shown.paragraph] + 2
    at = QPointF(Hand(view).point(offset))
    Turn((0, turned), held=CTRL).send(view, at)
    assert view.zoom() == 100 + turned // 12
    index, laid, within = view.page.place(offset)
    line = laid.lines[laid.line_of(within)]
    top = view.page.top_in_view(index)
    assert top + line.top <= at.y() <= top + line.bottom


def test_page_keys_keep_one_line_and_the_caret_its_height(view: ArticleView) -> None:
    hand = Hand(view)
    view.scroller.by(2000)
    view.put_selection(*(2 * [view.page.table.starts[view.page.shown()[2].paragraph]]))
    caret_at = hand.point(view.caret()).y()
    lines = [
        (s.paragraph, n)
        for s in view.page.shown()
        for n, line in enumerate(s.laid.lines)
        if s.top + line.top >= 0 and s.top + line.bottom <= view.page.view_height
    ]
    hand.key(Qt.Key.Key_PageDown)
    tops = {(s.paragraph, n): s.top + line.top for s in view.page.shown() for n, line in enumerate(s.laid.lines)}
    assert 0 <= tops[lines[-1]] < 40
    assert lines[-2] not in tops or tops[lines[-2]] < 0
    assert abs(hand.point(view.caret()).y() - caret_at) < 60
    hand.key(Qt.Key.Key_PageUp)
    tops = {(s.paragraph, n): s.top + line.top for s in view.page.shown() for n, line in enumerate(s.laid.lines)}
    assert tops[lines[-2]] >= 0
