"""The keyboard reaches everything: each action, each widget that can be used, and one sees where one is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ACTIONS, ActionId, plain
from annotator.desktop.command_palette import CommandPalette
from annotator.desktop.main_window import MainWindow
from annotator.desktop.theme import SHAPE_CONTRAST, THEMES, Theme, ThemeChoice, contrast
from tests.desktop.windows import focus, press, settle, space_of

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_MOST = 120
"""Steps after which a round by Tab is none."""


def round_by_tab(window: MainWindow, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[QWidget]:
    """Press Tab until the focus is where it was, and return what had it."""
    begin = focus()
    assert begin is not None
    went = [begin]
    while len(went) < _MOST:
        press(Qt.Key.Key_Backtab if modifier else Qt.Key.Key_Tab, modifier)
        here = focus()
        assert here is not None
        if here is begin:
            return went
        assert here not in went, f"{here.objectName()} comes twice before the round is done"
        went.append(here)
    raise AssertionError(f"Tab does not come back: {[widget.objectName() for widget in went]}")


def with_a_passage(qtbot: QtBot, window: MainWindow) -> None:
    press(Qt.Key.Key_N)
    settle(qtbot, window)


def test_every_action_has_a_key_or_a_place_in_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    assert window.all_actions.connected == set(ActionId), "an action that does nothing"
    with_a_passage(qtbot, window)
    press(Qt.Key.Key_K, CONTROL)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    for spec in ACTIONS:
        if spec.shortcuts or not window.all_actions.action(spec.id).isEnabled():
            continue
        words = plain(spec.text).removesuffix("…")
        palette.field.setText(words)
        offered = [palette.list.item(row).text() for row in range(palette.list.count())]
        assert any(words in text for text in offered[:3]), spec.id
    palette.close()


def test_tab_reaches_the_filters_over_the_list_of_passages(qtbot: QtBot, window: MainWindow) -> None:
    window.all_actions.trigger(ActionId.VIEW_PASSAGES)
    settle(qtbot, window)
    names = {widget.objectName() for widget in round_by_tab(window)}
    assert {"passagesPerson", "passagesTag", "searchField.passages", "passagesToFinish", "passagesList"} <= names


@pytest.mark.parametrize("reading", [False, True])
def test_tab_goes_round_the_window_and_back(qtbot: QtBot, window: MainWindow, reading: bool) -> None:
    if reading:
        press(Qt.Key.Key_F7)
    with_a_passage(qtbot, window)
    there = round_by_tab(window)
    back = round_by_tab(window, SHIFT)
    assert back[1:] == there[:0:-1], "Shift+Tab goes the same way back"
    named = {label.buddy() for label in window.findChildren(QLabel)}
    assert [w.objectName() for w in there if not (w.accessibleName() or getattr(w, "text", str)() or w in named)] == []
    missed = [
        widget.objectName() or repr(widget)
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget not in there
    ]
    assert missed == []


def test_f6_goes_round_the_panels_and_back(window: MainWindow) -> None:
    begin, went = focus(), []
    for _ in range(4):
        press(Qt.Key.Key_F6)
        went.append(focus())
    assert went[-1] is begin
    assert len(set(went)) == 4
    for expected in (*went[-2::-1], begin):
        press(Qt.Key.Key_F6, SHIFT)
        assert focus() is expected


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_focus_is_seen_wherever_it_is(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    """Somewhere in or around what gets it, a line changes by the contrast that shapes need (WCAG 2.2, 2.4.13)."""
    window.shared.themes.choose(ThemeChoice(theme.name))
    with_a_passage(qtbot, window)
    unseen = []
    for widget in round_by_tab(window):
        aside = space_of(window).view if widget is not space_of(window).view else space_of(window).article_list
        aside.setFocus()
        without = picture(window, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if most_changed(without, picture(window, widget)) < SHAPE_CONTRAST:
            unseen.append(widget.objectName() or repr(widget))
    assert unseen == []


def picture(window: MainWindow, widget: QWidget) -> QImage:
    """Return a widget and a little around it as they are painted."""
    around = QRect(widget.mapTo(window, QPoint()), widget.size()).adjusted(-4, -4, 4, 4)
    return window.grab(around.intersected(window.rect())).toImage()


def most_changed(before: QImage, now: QImage) -> float:
    """Return the greatest contrast between what was and what is painted at one place; looks along lines, for speed."""
    most = 1.0
    for row in {0, *range(1, min(16, now.height())), now.height() // 2, *range(max(0, now.height() - 9), now.height())}:
        for column in range(now.width()):
            was, is_now = before.pixel(column, row), now.pixel(column, row)
            if was != is_now:
                most = max(most, contrast(QColor(was), QColor(is_now)))
        if most >= SHAPE_CONTRAST:
            break
    return most
