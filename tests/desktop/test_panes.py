"""Three panes: what is remembered, and what a text that nobody wrote does."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QSplitter
from pytestqt.qtbot import QtBot

from annotator.desktop.widgets.panes import Panes


def panes_of(qtbot: QtBot, width: int) -> Panes:
    labels = [QLabel(name) for name in ("left", "middle", "right")]
    for label in labels:
        label.setObjectName(label.text())
    panes = Panes(*labels)
    qtbot.addWidget(panes)
    panes.resize(width, 600)
    panes.show()
    qtbot.waitExposed(panes)
    return panes


def test_the_layout_comes_back(qtbot: QtBot) -> None:
    panes = panes_of(qtbot, 1500)
    panes.show_left(shown=False)
    again = panes_of(qtbot, 1500)
    again.restore(panes.remembered())
    assert (again.left_shown, again.right_shown) == (False, True)
    assert again.remembered() == panes.remembered()


@pytest.mark.parametrize("text", ["", "1", "a:b c:d", "10:1 20:2", "99:1 99:1 99:1", "-5:1 20:1"])
def test_a_text_that_is_no_layout_changes_nothing(qtbot: QtBot, text: str) -> None:
    panes = panes_of(qtbot, 1500)
    before = panes.remembered()
    panes.restore(text)
    assert panes.remembered() == before


def test_widths_that_are_too_small_are_raised(qtbot: QtBot) -> None:
    panes = panes_of(qtbot, 1500)
    panes.restore("1:1 1:1")
    left, right = (int(part.partition(":")[0]) for part in panes.remembered().split())
    assert left >= 200
    assert right >= 260


def test_drawers_lie_over_the_middle_and_tell_when_they_move(qtbot: QtBot) -> None:
    panes = panes_of(qtbot, 800)
    told: list[tuple[str, bool]] = []
    panes.left_shown_changed.connect(lambda shown: told.append(("left", shown)))
    panes.right_shown_changed.connect(lambda shown: told.append(("right", shown)))
    assert (panes.left_is_drawer, panes.right_is_drawer) == (True, True)
    assert (panes.left_shown, panes.right_shown) == (False, False)
    panes.show_right(shown=True)
    assert ("right", True) in told
    assert panes.close_drawers()
    assert not panes.right_shown
    assert not panes.close_drawers()


def test_a_pane_put_aside_comes_back_as_it_was_wanted(qtbot: QtBot) -> None:
    panes = panes_of(qtbot, 1500)
    told: list[bool] = []
    panes.right_shown_changed.connect(told.append)
    panes.right_shown_changed.connect(panes.show_right)  # as the action does that shows and hides it
    before = panes.remembered()
    for aside in (True, False):
        panes.put_right_aside(aside=aside)
        assert panes.right_shown is not aside
        assert panes.remembered() == before
    assert told == [False, True]


def test_a_pane_put_aside_is_shown_when_somebody_asks_for_it(qtbot: QtBot) -> None:
    panes = panes_of(qtbot, 1500)
    panes.put_right_aside(aside=True)
    for shown in (True, False):
        panes.show_right(shown=shown)
        assert panes.right_shown is shown
    panes.put_right_aside(aside=False)
    assert panes.remembered().endswith(":0")


def widths(panes: Panes) -> tuple[int, int]:
    left, right = (panes.findChild(QLabel, name) for name in ("left", "right"))
    assert left is not None
    assert right is not None
    return left.width(), right.width()


def test_the_outer_panes_grow_with_a_large_window_until_somebody_moves_an_edge(qtbot: QtBot) -> None:
    panes = panes_of(qtbot, 1400)
    usual, before = widths(panes), panes.remembered()
    panes.resize(2732, 900)
    large = widths(panes)
    assert all(1.3 * narrow <= wide <= 1.6 * narrow for narrow, wide in zip(usual, large, strict=True))
    assert panes.remembered() == before, "a width that nobody chose is not kept"
    splitter = panes.findChild(QSplitter)
    assert splitter is not None
    splitter.moveSplitter(300, 1)
    again = panes_of(qtbot, 1400)
    again.restore(panes.remembered())
    assert widths(again) == (300, usual[1])
