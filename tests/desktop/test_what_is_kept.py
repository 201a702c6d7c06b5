"""What a day of edits leaves behind in the window's widgets: nothing that grows with each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QAction, QPixmap, QPixmapCache
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLayoutItem, QWidget
from pytestqt.qtbot import QtBot

import annotator
from annotator.desktop.main_window import MainWindow
from annotator.desktop.panels.inspector_section import Section
from annotator.desktop.review.session_steps import Possible, Step
from annotator.desktop.review.steps_column import StepsColumn
from annotator.desktop.review.submission_line import SubmissionLine
from annotator.desktop.theme import ThemeChoice
from annotator.desktop.widgets.action_button import ActionButton
from annotator.desktop.widgets.chips import chip
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.widgets.icons import chip_icon
from annotator.desktop.widgets.letting_go import clear_out


def test_a_button_is_connected_once_however_often_its_action_changes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    action = QAction("Undo", window)
    button = ActionButton(action, window)
    connected = action.receivers(SIGNAL("changed()"))
    for number in range(20):
        action.setText(f"Undo: edit {number}")
    assert button.text() == "Undo: edit 19"
    assert action.receivers(SIGNAL("changed()")) == connected


def test_a_button_looks_and_acts_as_its_action(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    action = QAction("Left panel", window, checkable=True, checked=True)
    button = ActionButton(action, window)
    assert button.isChecked()
    button.click()
    assert (action.isChecked(), button.isChecked()) == (False, False)
    action.setEnabled(False)
    button.click()
    assert not button.isEnabled()
    assert not action.isChecked()


def test_a_row_that_is_cleared_keeps_no_places(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = FlowLayout(window)
    row.addWidget(QLabel("Ann Bell"))
    place = row.itemAt(0)
    row.clear()
    assert row.count() == 0
    assert not shiboken6.isValid(place)


def test_a_section_of_the_inspector_that_is_filled_anew_keeps_no_places(qtbot: QtBot) -> None:
    section = Section("History")
    qtbot.addWidget(section)
    section.add(QLabel("Tagged by Ann Bell"))
    place = section.body.itemAt(0)
    section.clear()
    assert section.body.count() == 0
    assert not shiboken6.isValid(place)


def test_what_is_cleared_out_of_a_layout_leaves_no_places(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    for widget in (QLabel("Ann Bell"), QLabel("Tom Reed")):
        row.addWidget(widget)
    row.addStretch(1)
    *places, stretch = (row.itemAt(place) for place in range(row.count()))
    clear_out(row, leaving=1)
    assert [row.itemAt(place) for place in range(row.count())] == [stretch]
    assert not any(map(shiboken6.isValid, places))


def places_in(widget: QWidget) -> list[QLayoutItem | None]:
    """Return the places of all layouts of a widget and of what is in it."""
    return [layout.itemAt(number) for layout in widget.findChildren(QLayout) for number in range(layout.count())]


def test_lists_that_are_filled_anew_keep_no_places(qtbot: QtBot) -> None:
    steps, line = StepsColumn(), SubmissionLine()
    fills: list[tuple[QWidget, Callable[[str], None]]] = [
        (steps, lambda words: steps.show_steps([Possible(Step.OPEN, words)])),
        (line, lambda words: line.ask_unfinished("session", [words], 2)),
    ]
    for widget, fill in fills:
        qtbot.addWidget(widget)
        fill("no speaker")
        before = places_in(widget)
        fill("no role")
        now = places_in(widget)
        assert not all(map(shiboken6.isValid, before)), "nothing was filled anew"
        assert [place for place in before if shiboken6.isValid(place) and place not in now] == []


def test_only_one_function_takes_places_out_of_layouts() -> None:
    """PySide does not free a place that was taken: whoever forgets it loses 88 bytes each time a row is filled."""
    folder = Path(annotator.__file__).parent
    taking = [path for path in folder.rglob("*.py") if ".takeAt(" in path.read_text(encoding="utf-8")]
    assert [path.name for path in taking] == ["letting_go.py"]


def test_equal_chips_are_one_icon(qtbot: QtBot) -> None:
    assert chip_icon("#aa3300").cacheKey() == chip_icon("#aa3300").cacheKey()
    once, again = (chip("#aa3300", "C", "#ffffff", solid=True).cacheKey() for _ in range(2))
    assert once == again
    assert once != chip("#aa3300", "C", "#ffffff", solid=False).cacheKey()


def test_another_theme_lets_go_of_the_pictures_that_qt_keeps_of_the_one_before(
    window: MainWindow,
) -> None:
    picture = QPixmap(16, 16)
    picture.fill()
    key = QPixmapCache.insert(picture)  # as styles do with a tick in their colours
    assert key.isValid()
    themes = window.shared.themes
    themes.choose(ThemeChoice.LIGHT if themes.theme.dark else ThemeChoice.DARK)
    assert not key.isValid()
