"""The settings: a field for each, that takes effect at once and leaves the article in sight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QApplication,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.settings_dialog import SettingsDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.style import style_sheet
from annotator.desktop.theme import THEMES, Theme
from annotator.desktop.widgets.quiet_combo import RoomyComboBox
from annotator.settings import LINE_WIDTH, SETTINGS, ZOOM, Settings
from tests.desktop.windows import dialog_of, space_of

Open = Callable[..., MainWindow]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("count", [2, 5, 14])
def test_a_list_that_has_room_shows_all_its_entries(qtbot: QtBot, qapp: QApplication, theme: Theme, count: int) -> None:
    box = RoomyComboBox()
    qtbot.addWidget(box)
    box.setStyleSheet(style_sheet(theme, paths.resource("icons").as_posix()))
    box.addItems([f"Entry {number}" for number in range(count)])
    with qtbot.waitExposed(box):
        box.show()
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    last = view.visualRect(box.model().index(count - 1, 0))
    assert last.bottom() <= view.viewport().rect().bottom()
    assert view.verticalScrollBar().maximum() == 0
    box.hidePopup()


def test_every_setting_has_a_field_and_takes_effect(qtbot: QtBot, window: MainWindow) -> None:
    window.all_actions.trigger(ActionId.APP_SETTINGS)
    dialog = dialog_of(qtbot, window, SettingsDialog)
    for setting in SETTINGS:
        assert dialog.findChild(QWidget, f"setting.{setting.name}") is not None, setting.name
    spin = dialog.findChild(QSpinBox, "setting.view.zoom")
    assert spin is not None
    spin.setValue(180)
    assert space_of(window).view.zoom() == 180
    assert Settings().get(ZOOM) == 180
    dialog.close()


def test_text_size_keys(window: MainWindow) -> None:
    view = space_of(window).view
    view.set_zoom(100)
    for id_, zoom in ((ActionId.VIEW_ZOOM_IN, 110), (ActionId.VIEW_ZOOM_OUT, 100), (ActionId.VIEW_ZOOM_OUT, 90)):
        window.all_actions.trigger(id_)
        assert view.zoom() == zoom
    assert window.findChild(QToolButton, "statusZoom").text() == "zoom 90 %"  # type: ignore[union-attr]
    window.all_actions.trigger(ActionId.VIEW_ZOOM_RESET)
    assert view.zoom() == 100


def test_settings_of_the_text_are_seen_at_once_and_leave_size_and_place(
    qtbot: QtBot, open_window: Open, project_file: Path
) -> None:
    window = open_window(project_file, size=(1440, 500))
    view = space_of(window).view
    view.set_zoom(80)
    window.all_actions.trigger(ActionId.APP_SETTINGS)
    dialog = dialog_of(qtbot, window, SettingsDialog)
    width = view.page.columns.text_width
    spin = dialog.findChild(QSpinBox, "setting.view.line_width")
    assert spin is not None
    spin.setValue(50)
    assert view.page.columns.text_width < width
    assert view.zoom() == 80, "another setting does not put the size back"
    assert Settings().get(LINE_WIDTH) == 50


def test_the_settings_leave_the_article_in_sight(qtbot: QtBot, open_window: Open, project_file: Path) -> None:
    window = open_window(project_file, size=(790, 700))  # the screen of the tests is 800 pixels wide
    window.all_actions.trigger(ActionId.APP_SETTINGS)
    dialog = dialog_of(qtbot, window, SettingsDialog)
    assert dialog.geometry().right() > window.geometry().right() - 40
    view = space_of(window).view
    middle = view.viewport().mapToGlobal(view.viewport().rect().center())
    assert dialog.geometry().left() > middle.x()


def test_the_settings_fit_a_low_screen(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    window.all_actions.trigger(ActionId.APP_SETTINGS)
    dialog = dialog_of(qtbot, window, SettingsDialog)
    dialog.resize(520, 360)
    assert dialog.height() == 360
    last = dialog.findChild(QWidget, f"setting.{SETTINGS[-1].name}")
    area = dialog.findChild(QScrollArea, "settingsRows")
    assert last is not None
    assert area is not None
    area.ensureWidgetVisible(last)
    assert area.viewport().rect().contains(last.mapTo(area.viewport(), last.rect().center()))


def test_the_settings_are_no_higher_than_their_rows_and_the_window(
    qtbot: QtBot, open_window: Open, project_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a screen of 3840 x 2160 they were 1836 pixels high, half of them empty."""
    large = Mock()
    large.availableGeometry.return_value = QRect(0, 0, 3840, 2160)
    monkeypatch.setattr(SettingsDialog, "screen", lambda _dialog: large)
    window = open_window(project_file, size=(1440, 700))
    window.all_actions.trigger(ActionId.APP_SETTINGS)
    dialog = dialog_of(qtbot, window, SettingsDialog)
    assert dialog.height() <= 700
    dialog.close()
    window.resize(1440, 2000)
    window.all_actions.trigger(ActionId.APP_SETTINGS)
    dialog = dialog_of(qtbot, window, SettingsDialog)
    area = dialog.findChild(QScrollArea, "settingsRows")
    assert area is not None
    rows = area.widget()
    assert rows is not None
    assert 0 <= area.viewport().height() - rows.heightForWidth(area.viewport().width()) <= 60
