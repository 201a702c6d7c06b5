"""Backups, check and repair from the window."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.backups_dialog import BackupRow, BackupsDialog
from annotator.desktop.dialogs.report_dialog import ReportDialog
from annotator.desktop.main_window import MainWindow
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import dialog_of, settle, space_of


def damage(path: Path) -> bytes:
    cut = path.read_bytes()[:9000]
    path.write_bytes(cut)
    return cut


def test_a_damaged_file_is_set_aside_and_the_last_backup_takes_its_place(
    qtbot: QtBot, window: MainWindow, project_file: Path
) -> None:
    space_of(window).project.care.backup()
    windows = window.owner
    with qtbot.waitSignal(window.closed):
        window.close()
    cut = damage(project_file)
    opened = windows.make(str(project_file))  # type: ignore[union-attr]
    qtbot.addWidget(opened)
    opened.show()
    bar = opened.message_bar
    action = bar.findChild(QPushButton, "messageAction")
    assert action is not None
    qtbot.waitUntil(action.isVisible)
    assert "damaged" in bar.text()
    assert project_file.read_bytes() == cut
    action.click()
    dialog = dialog_of(qtbot, opened, BackupsDialog)
    with qtbot.waitSignal(opened.project_opened):
        dialog.accept()
    settle(qtbot, opened)
    assert len(space_of(opened).project.annotations.list()) == 2
    (aside,) = project_file.parent.glob("*.damaged-*")
    assert aside.read_bytes() == cut
    with qtbot.waitSignal(opened.closed):
        opened.close()


def test_a_row_that_was_edited_elsewhere_is_repaired_and_shown_as_it_was(
    qtbot: QtBot, window: MainWindow, project_file: Path
) -> None:
    space = space_of(window)
    before = space.project.annotations.list()
    with closing(sqlite3.connect(project_file, isolation_level=None)) as connection:
        connection.execute("UPDATE annotation SET quote = 'Another'")
    window.all_actions.trigger(ActionId.PROJECT_CHECK)
    report = dialog_of(qtbot, window, ReportDialog)
    assert "can be repaired" in report.verdict.text()
    report.accept()
    qtbot.waitUntil(lambda: any(d is not report and d.isVisible() for d in window.findChildren(ReportDialog)))
    again = next(d for d in window.findChildren(ReportDialog) if d is not report and d.isVisible())
    assert again.verdict.text().startswith("The project is in order")
    again.close()
    settle(qtbot, window)
    assert space.project.annotations.list() == before
    assert space.project.care.backups()[0].why == "repair"


def test_a_backup_that_cannot_be_made_is_told_once_and_tried_again(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts
) -> None:
    folder = paths.user_data_folder() / "backups"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    assert window.care is not None
    said = len(prompts.said)
    for _ in range(2):
        window.care._back_up_if_due()
        settle(qtbot, window)
    assert len(prompts.said) == said + 1
    assert prompts.said[-1].startswith("No automatic backup")
    assert "Your work is saved" in prompts.said[-1]
    space_of(window).project.people.add("Ed Moss")
    folder.unlink()
    window.care._back_up_if_due()
    settle(qtbot, window)
    assert len(prompts.said) == said + 1
    assert len(space_of(window).project.care.backups()) == 1


def row(name: str, *, sound: bool = True) -> BackupRow:
    return BackupRow(Path(name), ("2026-11-24 12:00", "while you worked", "1", "2", "3", "4 MB"), sound)


@pytest.fixture
def offered(qtbot: QtBot, prompts: FakePrompts, request: pytest.FixtureRequest) -> BackupsDialog:
    dialog = BackupsDialog(request.param, prompts)
    qtbot.addWidget(dialog)
    return dialog


@pytest.mark.parametrize("offered", [[]], indirect=True)
def test_without_a_backup_the_dialog_says_when_there_will_be_one(offered: BackupsDialog, prompts: FakePrompts) -> None:
    assert not offered.accept_button.isEnabled()
    assert "no backup yet" in offered.problem()
    assert offered.table.isHidden()
    prompts.answers.append("/elsewhere/kept.annotator")
    offered._ask_file()
    assert offered.accept_button.isEnabled()
    assert offered.chosen() == Path("/elsewhere/kept.annotator")


@pytest.mark.parametrize("offered", [[row("a", sound=False), row("b"), row("c")]], indirect=True)
def test_the_newest_that_can_be_read_is_proposed(offered: BackupsDialog) -> None:
    assert offered.chosen() == Path("b")
    assert offered.problem() == ""
    offered.table.setCurrentCell(0, 0)
    assert offered.chosen() == Path("b"), "what cannot be read cannot be chosen"


@pytest.mark.parametrize("offered", [[row("a", sound=False)]], indirect=True)
def test_backups_that_cannot_be_read_are_not_put_back(offered: BackupsDialog) -> None:
    assert not offered.accept_button.isEnabled()
    assert "None of these" in offered.problem()
