"""The least windows: what is open at once still has the room it needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.widgets.choice_list import Choice
from annotator.desktop.widgets.message_bar import MessageBar, Severity
from tests.desktop.windows import press, settle, space_of


def cut_short(within: QWidget) -> list[str]:
    """Return the names of the buttons and fields in a strip that have less room than they need, or are outside it."""
    return [
        widget.objectName()
        for kind in (QAbstractButton, QLineEdit)
        for widget in within.findChildren(kind)
        if widget.isVisible() and not isinstance(widget.parentWidget(), QLineEdit)
        if widget.height() < widget.minimumSizeHint().height()
        or widget.width() < widget.minimumSizeHint().width()
        or not within.rect().contains(QRect(widget.mapTo(within, QPoint()), widget.size()))
    ]


@pytest.mark.parametrize("size", [(683, 384), (640, 360)])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_L])
def test_a_line_is_whole_under_a_filter_and_over_a_message(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path, size: tuple[int, int], key: Qt.Key
) -> None:
    window = open_window(project_file, size=size)
    area = space_of(window).area
    area.filter_bar.begin()
    area.view.setFocus()
    bar = window.findChild(MessageBar)
    assert bar is not None
    bar.show_message(Severity.ERROR, "It could not be saved.", advice="Make room on the disk.", details="full")
    press(Qt.Key.Key_N)
    press(key)
    strip = area.people_line if key == Qt.Key.Key_Return else area.relation_line
    for typed in ("", "o", "own"):
        strip.field.setText(typed)
        strip.field.textEdited.emit(typed)
        settle(qtbot, window)
        QApplication.processEvents()
        assert strip.isVisible()
        assert cut_short(strip) == []
        assert area.view.viewport().height() >= 36
    assert not area.filter_bar.isVisible()
    press(Qt.Key.Key_Escape)
    assert area.filter_bar.isVisible()  # it has been in use all the time


def test_a_long_list_leaves_the_text_in_sight(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window(project_file, size=(683, 384))
    area = space_of(window).area
    choices = [Choice(str(number), f"Passage {number}") for number in range(9)]
    press(Qt.Key.Key_N)
    press(Qt.Key.Key_L)
    shown = area.relation_line.choices
    for height, rows in ((384, 2), (900, 6)):
        window.resize(683, height)
        shown.set_choices(choices)
        qtbot.waitUntil(lambda rows=rows: shown.viewport().height() // shown.sizeHintForRow(0) == rows)  # type: ignore[misc]
