"""The start page, new projects, the sample, and who works there, from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QRadioButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.new_project import NewProjectDialog
from annotator.desktop.dialogs.who_are_you import WhoAreYouDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.window_commands import WindowCommands
from annotator.services.project import create_project, open_project
from annotator.settings import Settings
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import dialog_of, settle, space_of

Open = Callable[..., MainWindow]


def test_projects_of_late_that_are_gone_are_said_to_be_and_can_be_taken_from_the_list(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path, tmp_path: Path
) -> None:
    gone = str(tmp_path / "gone & lost.annotator")
    settings = Settings()
    for place in (str(project_file), gone, "postgresql+psycopg://db/x"):
        settings.note_recent(place)
    window = open_window()
    page = window.starting.page

    def buttons(name: str) -> dict[str, QAbstractButton]:
        shown = [button for button in page.findChildren(QAbstractButton, name) if button.isVisible()]
        return {getattr(button.parent(), "location", ""): button for button in shown}

    qtbot.waitUntil(lambda: not buttons("recentProject")[gone].isEnabled())
    assert [place for place, button in buttons("recentProject").items() if not button.isEnabled()] == [gone]
    assert any("not found" in label.text() for label in page.findChildren(ElidedLabel))
    buttons("recentForget")[gone].click()
    qtbot.waitUntil(lambda: gone not in buttons("recentProject"))
    settle(qtbot, window)
    assert gone not in Settings().recent_projects()
    assert len(Settings().recent_projects()) == 2


def test_the_start_page_opens_a_packet(
    qtbot: QtBot, open_window: Callable[..., MainWindow], prompts: FakePrompts, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[list[str]] = []
    monkeypatch.setattr(WindowCommands, "take_packets", lambda _self, files: taken.append(files))
    window = open_window()
    prompts.answers.append("/somewhere/ours.annotator-packet")
    button = window.starting.page.findChild(QAbstractButton, "start.packet")
    assert button is not None
    button.click()
    assert taken == [["/somewhere/ours.annotator-packet"]]


def test_the_first_start_offers_three_ways(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    assert window.pages.currentWidget() is window.starting.page
    assert window.windowTitle() == "Annotator"
    assert not window.top_bar.isVisible()
    assert not window.all_actions.action(ActionId.PROJECT_EXPORT).isEnabled()
    assert window.starting.page.first_way is not None
    qtbot.waitUntil(window.starting.page.first_way.hasFocus)


def test_a_new_project_is_made_and_knows_its_analyst(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    window.all_actions.trigger(ActionId.PROJECT_NEW)
    dialog = dialog_of(qtbot, window, NewProjectDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.name.setText("Bridge: the “affair”")
    dialog.analyst.setText("Ann Bell")
    assert dialog.place.line.text().endswith("Bridge  the “affair”.annotator") or dialog.place.line.text().endswith(
        "Bridge the “affair”.annotator"
    )
    dialog.place.line.setText(str(tmp_path / "bridge"))
    dialog.accept()
    with qtbot.waitSignal(window.project_opened):
        pass
    settle(qtbot, window)
    assert (tmp_path / "bridge.annotator").is_file()
    assert space_of(window).state.analyst.name == "Ann Bell"  # type: ignore[union-attr]
    assert space_of(window).middle.currentWidget() is space_of(window).empty


def test_enter_leads_to_the_next_field_while_something_is_missing(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    window.all_actions.trigger(ActionId.PROJECT_NEW)
    dialog = dialog_of(qtbot, window, NewProjectDialog)
    dialog.analyst.clear()
    QTest.keyClicks(dialog.name, "Bridge")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.analyst
    assert dialog.isVisible()
    dialog.reject()


def test_the_sample_opens_as_a_copy_and_asks_nothing(qtbot: QtBot, open_window: Open, own_folders: Path) -> None:
    window = open_window()
    with qtbot.waitSignal(window.project_opened, timeout=30_000):
        window.all_actions.trigger(ActionId.PROJECT_SAMPLE)
    settle(qtbot, window)
    space = space_of(window)
    assert space.project.location.startswith(str(own_folders / "data"))
    assert len(space.state.articles) == 2
    assert len(space.state.marks) > 10
    assert not [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def test_nobody_named_is_asked_who_they_are(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    file = tmp_path / "nobody.annotator"
    with create_project(str(file), name="Nobody’s") as project:
        project.act_as("Ben Cole", create=True)
        project.context.memory.remember_analyst(project.id, None)
    window = open_window(file)
    dialog = dialog_of(qtbot, window, WhoAreYouDialog)
    choices = dialog.findChildren(QRadioButton, "whoExisting")
    assert [choice.text() for choice in choices] == ["Ben Cole  (BC)"]
    assert not dialog.accept_button.isEnabled()
    assert dialog.focusWidget() is choices[0], "space chooses, without the mouse"
    dialog.name.setText("Ann Bell")
    QTest.keyClicks(dialog.name, "e")
    assert dialog.accept_button.isEnabled()
    dialog.accept()
    settle(qtbot, window)
    assert space_of(window).state.analyst.name == "Ann Belle"  # type: ignore[union-attr]
    assert window.findChild(QToolButton, "statusAnalyst").text() == "analyst AB"  # type: ignore[union-attr]
    with open_project(str(file)) as project:
        assert {analyst.name for analyst in project.analysts.list()} == {"Ben Cole", "Ann Belle"}
