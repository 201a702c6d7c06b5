"""A large window: what is typed stands under the text, and columns take what the passages do not need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTreeView
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.models.passages_model import Column
from tests.desktop.windows import press, settle, space_of

Open = Callable[..., MainWindow]
LARGE = (2732, 1536)


def test_the_people_line_stands_under_the_text(qtbot: QtBot, open_window: Open, project_file: Path) -> None:
    window = open_window(project_file, size=LARGE)
    area = space_of(window).area
    press(Qt.Key.Key_N)
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    line = area.people_line
    columns = area.view.page.columns
    text = area.view.viewport().mapTo(window, QPoint(columns.text_left, 0)).x()
    left = line.field.mapTo(window, QPoint()).x()
    assert text - 200 < left < text + columns.text_width // 2
    assert line.field.width() < 960
    window.resize(900, 600)
    assert line.field.mapTo(line, QPoint()).x() <= 24


def test_the_columns_of_passages_share_what_is_more(qtbot: QtBot, open_window: Open, project_file: Path) -> None:
    window = open_window(project_file, size=(1440, 900))
    window.all_actions.trigger(ActionId.VIEW_PASSAGES)
    settle(qtbot, window)
    view = space_of(window).passages.findChild(QTreeView, "passagesList")
    assert view is not None
    header = view.header()
    usual = [header.sectionSize(column) for column in (Column.SPEAKER, Column.ANSWERS)]
    window.resize(*LARGE)
    large = [header.sectionSize(column) for column in (Column.SPEAKER, Column.ANSWERS)]
    assert all(wide > 1.5 * narrow for narrow, wide in zip(usual, large, strict=True))
    assert header.sectionSize(Column.PASSAGE) > max(large)
