"""New projects, who works there, export, merge, verify, check, backup and restore, from the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.backups_dialog import BackupsDialog
from annotator.desktop.dialogs.export_dialog import ExportDialog
from annotator.desktop.dialogs.new_project import NewProjectDialog
from annotator.desktop.dialogs.project_details import ProjectDetailsDialog
from annotator.desktop.dialogs.report_dialog import ReportDialog
from annotator.desktop.dialogs.settings_dialog import SettingsDialog
from annotator.desktop.dialogs.who_are_you import WhoAreYouDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.window_commands import WindowCommands
from annotator.domain.passages import PassageFilter
from annotator.services.project import create_project, open_project
from annotator.settings import LINE_WIDTH, SETTINGS, ZOOM, Settings
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import dialog_of, make_project_file, settle, space_of

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


def test_the_projects_name_is_changed_and_shown(qtbot: QtBot, window: MainWindow) -> None:
    window.all_actions.trigger(ActionId.PROJECT_DETAILS)
    dialog = dialog_of(qtbot, window, ProjectDetailsDialog)
    dialog.name.setText("The ferry affair")
    dialog.accept()
    settle(qtbot, window)
    assert window.windowTitle().startswith("The ferry affair")
    window.all_actions.trigger(ActionId.EDIT_UNDO)
    settle(qtbot, window)
    assert window.windowTitle().startswith("The bridge affair")


@pytest.mark.parametrize("format_", ["json", "html", "csv"])
def test_an_export_is_written_and_verifies(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path, format_: str
) -> None:
    file = tmp_path / f"out.{format_}"
    prompts.answers += [str(file), str(file)]
    window.all_actions.trigger(ActionId.PROJECT_EXPORT)
    dialog = dialog_of(qtbot, window, ExportDialog)
    choice = dialog.findChild(QRadioButton, f"export.{format_}")
    assert choice is not None
    choice.setChecked(True)
    dialog.accept()
    settle(qtbot, window)
    assert prompts.asked[-1][0] == "save_file"
    assert prompts.asked[-1][2].endswith(f".{format_}")
    assert "4,200 crowns" in file.read_text("utf-8")
    assert prompts.said[-1].startswith("Exported to")
    window.all_actions.trigger(ActionId.PROJECT_VERIFY)
    report = dialog_of(qtbot, window, ReportDialog)
    assert "fits" in report.verdict.text()
    report.close()


def test_the_file_to_verify_is_asked_for_where_it_was_exported_to(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    folder = tmp_path / "for the client"
    folder.mkdir()
    prompts.answers += [str(folder / "out.json"), None, None]
    window.all_actions.trigger(ActionId.PROJECT_EXPORT)
    dialog_of(qtbot, window, ExportDialog).accept()
    settle(qtbot, window)
    window.all_actions.trigger(ActionId.PROJECT_VERIFY)
    window.all_actions.trigger(ActionId.PROJECT_IMPORT)
    assert prompts.folders == [str(folder), str(folder)]


def test_a_quote_sheet_of_the_list_says_whose_passages_it_has(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    window.all_actions.trigger(ActionId.VIEW_PASSAGES)
    settle(qtbot, window)
    for layer, words in ((space.state.analyst.id, "my work"), (None, "everybody’s work")):  # type: ignore[union-attr]
        space.passages.sheet_requested.emit(PassageFilter(layer=layer))
        dialog = dialog_of(qtbot, window, ExportDialog)
        assert dialog.findChild(QLineEdit, "exportListed").text().endswith(words)  # type: ignore[union-attr]
        assert dialog.findChild(QWidget, "exportLayer") is None
        dialog.reject()
        qtbot.waitUntil(lambda: not window.findChildren(ExportDialog))


def test_a_changed_export_does_not_verify(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    space_of(window).project.exchange.write(file)
    file.write_text(file.read_text("utf-8").replace("gone for 4,200 crowns", "gone for 4,300 crowns", 1), "utf-8")
    prompts.answers.append(str(file))
    window.all_actions.trigger(ActionId.PROJECT_VERIFY)
    report = dialog_of(qtbot, window, ReportDialog)
    assert "does not fit" in report.verdict.text()
    report.close()


def test_the_client_export_has_no_journal(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    file = tmp_path / "client.json"
    prompts.answers.append(str(file))
    window.all_actions.trigger(ActionId.PROJECT_EXPORT)
    dialog = dialog_of(qtbot, window, ExportDialog)
    dialog.journal.setChecked(True)
    dialog.client.setChecked(True)
    assert not dialog.choice().with_journal
    dialog.accept()
    settle(qtbot, window)
    assert json.loads(file.read_text("utf-8"))["profile"] == "client"


def test_a_colleagues_file_is_previewed_and_merged(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, project_file: Path, tmp_path: Path
) -> None:
    space = space_of(window)
    copy = tmp_path / "colleague.annotator"
    space.project.care.backup(copy)
    with open_project(str(copy)) as theirs:
        theirs.act_as("Ben Cole", create=True)
        article = next(a for a in theirs.articles.list() if a.outlet == "The Courier")
        theirs.annotations.add(article.id, start=0, end=10, tag="Evidence")
        theirs.exchange.write(tmp_path / "theirs.json")
    prompts.answers.append(str(tmp_path / "theirs.json"))
    window.all_actions.trigger(ActionId.PROJECT_IMPORT)
    dialog_of(qtbot, window, ReportDialog).accept()
    settle(qtbot, window)
    assert prompts.said[-1].startswith("Taken in: 2 new")
    assert len(space.project.annotations.list()) == 3
    courier = next(row for row in space.state.articles.values() if row.article.outlet == "The Courier")
    assert courier.total == 1
    prompts.answers.append(str(tmp_path / "theirs.json"))
    window.all_actions.trigger(ActionId.PROJECT_IMPORT)
    again = dialog_of(qtbot, window, ReportDialog)
    assert "nothing that is not here already" in again.verdict.text()
    again.close()


def test_a_file_with_problems_changes_nothing_and_tells_them(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{"schema": "urn:annotator:project", "schema_version": "1.0.0", "articles": [1]}')
    prompts.answers.append(str(file))
    window.all_actions.trigger(ActionId.PROJECT_IMPORT)
    settle(qtbot, window)
    assert "$.articles[0]" in window.message_bar.text()


def test_a_sound_project_is_in_order(qtbot: QtBot, window: MainWindow) -> None:
    window.all_actions.trigger(ActionId.PROJECT_CHECK)
    report = dialog_of(qtbot, window, ReportDialog)
    assert report.verdict.text().startswith("The project is in order")
    report.close()


def test_a_backup_is_made_and_put_back(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path, project_file: Path
) -> None:
    backup = tmp_path / "kept.annotator"
    prompts.answers.append(str(backup))
    window.all_actions.trigger(ActionId.PROJECT_BACKUP)
    settle(qtbot, window)
    assert prompts.said[-1].startswith("Backed up to")
    space = space_of(window)
    for annotation in space.project.annotations.list():
        space.project.annotations.delete(annotation.id)
    window.all_actions.trigger(ActionId.PROJECT_RESTORE)
    dialog = dialog_of(qtbot, window, BackupsDialog)
    prompts.answers.append(str(backup))
    dialog._ask_file()
    with qtbot.waitSignal(window.project_opened):
        dialog.accept()
    settle(qtbot, window)
    assert window.owner.windows == [window]  # type: ignore[union-attr]
    assert len(space_of(window).project.annotations.list()) == 2


def test_another_project_opens_in_another_window(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    other = make_project_file(tmp_path / "other.annotator")
    window.open_project(str(other))
    windows = window.owner.windows  # type: ignore[union-attr]
    assert len(windows) == 2
    second = windows[1]
    with qtbot.waitSignal(second.project_opened):
        pass
    settle(qtbot, second)
    assert second.pos() != window.pos()
    assert second.screen().availableGeometry().contains(second.geometry()), "no part of it is out of reach"
    assert window.project is not second.project
    with qtbot.waitSignal(second.closed):
        second.close()


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


def test_a_project_in_a_bad_place_is_warned_of(
    open_window: Callable[..., MainWindow], prompts: FakePrompts, project_file: Path
) -> None:
    project_file.with_name("second name.annotator").hardlink_to(project_file)
    open_window(project_file)
    assert [said for said in prompts.said if "hard link" in said]


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
