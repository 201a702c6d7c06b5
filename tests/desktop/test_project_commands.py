"""A project's name, check, backup and place, from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.backups_dialog import BackupsDialog
from annotator.desktop.dialogs.project_details import ProjectDetailsDialog
from annotator.desktop.dialogs.report_dialog import ReportDialog
from annotator.desktop.main_window import MainWindow
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import dialog_of, make_project_file, settle, space_of

Open = Callable[..., MainWindow]


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


def test_a_project_in_a_bad_place_is_warned_of(
    open_window: Callable[..., MainWindow], prompts: FakePrompts, project_file: Path
) -> None:
    project_file.with_name("second name.annotator").hardlink_to(project_file)
    open_window(project_file)
    assert [said for said in prompts.said if "hard link" in said]
