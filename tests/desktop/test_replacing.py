"""A backup restored and a copy saved elsewhere, in the window that asked: the same one, where it stands."""

from __future__ import annotations

import gc
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.backups_dialog import BackupsDialog
from annotator.desktop.dialogs.report_dialog import ReportDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.prompts import QtPrompts
from annotator.services.care import backups_of
from annotator.services.project import open_project
from annotator.store import project_file as opening_files
from annotator.store import restoring, sqlite
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import activate, dialog_of, press, settle, space_of


def quotes(window: MainWindow) -> list[str]:
    return sorted(passage.quote for passage in space_of(window).project.annotations.list())


def delete_all(window: MainWindow) -> None:
    project = space_of(window).project
    for passage in project.annotations.list():
        project.annotations.delete(passage.id)


def choose_backup(qtbot: QtBot, window: MainWindow) -> None:
    """Put the newest backup back, through the dialog."""
    window.all_actions.trigger(ActionId.PROJECT_RESTORE)
    dialog_of(qtbot, window, BackupsDialog).accept()


@pytest.fixture
def backed_up(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """Return a window whose two passages are in a backup and have been deleted since."""
    space_of(window).project.care.backup()
    delete_all(window)
    settle(qtbot, window)
    return window


def test_a_backup_is_restored_into_the_window_that_asked(
    qtbot: QtBot, backed_up: MainWindow, prompts: FakePrompts, project_file: Path
) -> None:
    window = backed_up
    window.setGeometry(90, 70, 700, 500)
    before, handle = window.geometry(), window.winId()
    old = space_of(window)
    with qtbot.waitSignal(window.project_opened):
        choose_backup(qtbot, window)
    settle(qtbot, window)
    assert space_of(window) is not old
    assert (window.geometry(), window.winId(), window.isVisible()) == (before, handle, True)
    assert window.owner.windows == [window]  # type: ignore[union-attr]
    assert window.focusWidget() is space_of(window).view
    assert quotes(window) == ["Nobody sold anything to anyone", "gone for 4,200 crowns"]
    assert "kept as one more backup" in prompts.said[-1]
    assert prompts.said[-1].startswith("Restored: the backup of ")
    assert [backup.why for backup in space_of(window).project.care.backups()] == ["restore", "asked"]
    assert sorted(path.name for path in project_file.parent.glob("*bridge*")) == sorted(
        [project_file.name, f".~{project_file.name}.lock"]
    )


def test_what_was_restored_can_be_worked_on_and_the_restore_taken_back(
    qtbot: QtBot, backed_up: MainWindow, prompts: FakePrompts
) -> None:
    window = backed_up
    with qtbot.waitSignal(window.project_opened):
        choose_backup(qtbot, window)
    settle(qtbot, window)
    activate(qtbot, window)
    space = space_of(window)
    space.view.setFocus()
    space.view.select_span(0, 5)
    press(Qt.Key.Key_E)
    settle(qtbot, window)
    assert len(quotes(window)) == 3
    undo_restore = prompts.offered
    with qtbot.waitSignal(window.project_opened):
        undo_restore()
    settle(qtbot, window)
    assert quotes(window) == []
    with qtbot.waitSignal(window.project_opened):
        prompts.offered()
    settle(qtbot, window)
    assert len(quotes(window)) == 3, "each restore keeps what was there, so nothing is ever lost"


def test_nothing_of_the_state_before_is_heard_any_more(qtbot: QtBot, backed_up: MainWindow) -> None:
    window = backed_up
    for _ in range(2):
        with qtbot.waitSignal(window.project_opened):
            choose_backup(qtbot, window)
        settle(qtbot, window)
    window.all_actions.trigger(ActionId.PROJECT_CHECK)
    dialog = dialog_of(qtbot, window, ReportDialog)
    settle(qtbot, window)
    assert [shown for shown in window.findChildren(ReportDialog) if shown.isVisible()] == [dialog]
    dialog.close()
    assert len(window.findChildren(QLabel, "messageText")) == 1
    assert len(window.actions()) == len(set(window.actions()))


def test_what_showed_the_state_before_is_let_go_of(qtbot: QtBot, backed_up: MainWindow) -> None:
    window = backed_up
    before, shown = weakref.ref(space_of(window)), space_of(window)
    with qtbot.waitSignal(window.project_opened):
        choose_backup(qtbot, window)
    settle(qtbot, window)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(shown)
    del shown
    gc.collect()
    assert before() is None


def test_what_is_typed_is_in_what_is_kept(qtbot: QtBot, backed_up: MainWindow) -> None:
    window = backed_up
    project = space_of(window).project
    added = project.annotations.add(project.articles.list()[0].id, start=0, end=5, tag="Claim")
    settle(qtbot, window)
    space_of(window).state.set_current(added.id)
    settle(qtbot, window)
    note = space_of(window).inspector.fields.note
    note.setFocus()
    note.setPlainText("Typed a moment ago")
    with qtbot.waitSignal(window.project_opened):
        window.replacing.restore(project.care.backups()[-1].path, "the backup")
    settle(qtbot, window)
    kept = space_of(window).project.care.backups()[0]
    with open_project(kept.path, read_only=True) as before:
        assert [passage.note for passage in before.annotations.list()] == ["Typed a moment ago"]


@pytest.fixture
def real(window: MainWindow) -> MainWindow:
    """Return the window with the messages that a person sees."""
    window._own_prompts = None
    window.prompts = QtPrompts(window, say=window.telling.say, offer=window.telling.offer, fail=window.show_error)
    return window


@pytest.fixture
def busy(project_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Return the connection of another program that knows no lock of ours; it is told of after a tenth of a second."""
    for module in (sqlite, restoring, opening_files):
        monkeypatch.setattr(module, "TOLD_AFTER", 0.1)
    with closing(sqlite3.connect(project_file, isolation_level=None, check_same_thread=False)) as connection:
        yield connection


def test_a_busy_writer_is_waited_for_and_told_of(qtbot: QtBot, backed_up: MainWindow, busy: sqlite3.Connection) -> None:
    window = backed_up
    busy.execute("BEGIN IMMEDIATE")
    choose_backup(qtbot, window)
    qtbot.waitUntil(lambda: "Another program" in window.message_bar.text())
    assert not space_of(window).isVisible(), "nothing can be marked meanwhile"
    assert not window.all_actions.action(ActionId.PROJECT_BACKUP).isEnabled()
    with qtbot.waitSignal(window.project_opened):
        busy.close()
    settle(qtbot, window)
    assert "Another program" not in window.message_bar.text()
    assert len(quotes(window)) == 2


@pytest.mark.parametrize("cancelled", [True, False])
def test_a_restore_that_cannot_be_done_leaves_the_work_as_it_was(
    qtbot: QtBot,
    backed_up: MainWindow,
    busy: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    cancelled: bool,
) -> None:
    window, space = backed_up, space_of(backed_up)
    if not cancelled:
        monkeypatch.setattr(restoring, "COMMIT_PATIENCE", 0.3)
    busy.execute("BEGIN IMMEDIATE")
    choose_backup(qtbot, window)
    qtbot.waitUntil(lambda: not space.isVisible())
    if cancelled:
        qtbot.waitUntil(lambda: "Another program" in window.message_bar.text())
        window.jobs.cancel_long()
    qtbot.waitUntil(space.isVisible)
    busy.execute("ROLLBACK")
    settle(qtbot, window)
    assert window.message_bar.text().startswith("Cancelled" if cancelled else "Another program")
    assert space_of(window) is space
    assert window.all_actions.action(ActionId.PROJECT_BACKUP).isEnabled()
    assert window.acceptDrops()
    assert quotes(window) == []


def test_a_file_that_is_damaged_while_it_is_open_is_set_aside_in_the_same_window(
    qtbot: QtBot, real: MainWindow, project_file: Path
) -> None:
    window = real
    space_of(window).project.care.backup()
    before = window.geometry()
    with project_file.open("r+b") as file:
        file.seek(4096)
        file.write(b"?" * (project_file.stat().st_size - 4096))
    window.all_actions.trigger(ActionId.PROJECT_CHECK)
    settle(qtbot, window)
    for report in window.findChildren(ReportDialog):
        report.close()
    space_of(window).state.load()
    action = window.message_bar.findChild(QPushButton, "messageAction")
    assert action is not None
    qtbot.waitUntil(lambda: action.isVisible() and "Restore" in action.text())
    action.click()
    dialog = dialog_of(qtbot, window, BackupsDialog)
    with qtbot.waitSignal(window.project_opened):
        dialog.accept()
    settle(qtbot, window)
    assert window.geometry() == before
    assert len(quotes(window)) == 2
    (aside,) = project_file.parent.glob("*.damaged-*")
    assert aside.name in window.message_bar.text()
    assert window.owner.windows == [window]  # type: ignore[union-attr]


def test_restoring_into_a_project_that_another_window_has_is_done_there(
    qtbot: QtBot, backed_up: MainWindow, prompts: FakePrompts, project_file: Path
) -> None:
    window = backed_up
    (backup,) = backups_of(project_file)
    start = window.owner.make("", prompts=prompts)  # type: ignore[union-attr]
    qtbot.addWidget(start)
    start.show()
    prompts.answers += [str(backup.backup.path), str(project_file)]
    with qtbot.waitSignal(window.project_opened):
        start.all_actions.trigger(ActionId.PROJECT_RESTORE)
    settle(qtbot, window)
    assert len(quotes(window)) == 2
    assert start.project is None
    start.close()


# -- elsewhere


def button(window: MainWindow) -> QPushButton:
    found = window.message_bar.findChild(QPushButton, "messageAction")
    assert found is not None
    return found


def answer_with(window: MainWindow, monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """Choose ``place`` wherever a file dialog would be shown."""

    def save_file(_title: str, _path: str, _filters: str, answer: Callable[[str], object]) -> None:
        answer(str(place))

    monkeypatch.setattr(window.prompts, "save_file", save_file)


def test_a_project_whose_file_has_gone_is_saved_elsewhere_and_goes_on_there(
    qtbot: QtBot, real: MainWindow, project_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, target = real, tmp_path / "elsewhere.annotator"
    space, project = space_of(window), space_of(window).project
    answer_with(window, monkeypatch, target)
    project_file.rename(tmp_path / "renamed.annotator")
    space.view.setFocus()
    space.view.select_span(0, 5)
    press(Qt.Key.Key_E)
    qtbot.waitUntil(button(window).isVisible)
    assert "moved or renamed" in window.message_bar.text()
    assert button(window).text() == "Save a copy elsewhere…"
    button(window).click()
    qtbot.waitUntil(lambda: "Saved as" in window.message_bar.text())
    settle(qtbot, window)
    assert space_of(window) is space, "nothing is built anew: what is typed stays"
    assert window.windowTitle() == "The bridge affair — Annotator"
    assert window.opening.location == project.location == str(target)
    assert window.shared.settings.recent_projects()[0] == str(target)
    space.view.setFocus()
    space.view.select_span(0, 5)
    press(Qt.Key.Key_E)
    settle(qtbot, window)
    with open_project(target, wait=0) as there:
        assert len(there.annotations.list()) == 3
    with open_project(tmp_path / "renamed.annotator") as as_it_was:
        assert len(as_it_was.annotations.list()) == 2


def test_a_project_that_may_only_be_read_is_offered_to_be_saved_elsewhere(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    project_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    allowed = os.access

    def access(path: Any, mode: int) -> bool:
        """Refuse to let the file be written, as the system does to anybody but root."""
        return allowed(path, mode) and (mode != os.W_OK or Path(path) != project_file)

    monkeypatch.setattr(os, "access", access)
    window, target = open_window(project_file), tmp_path / "elsewhere.annotator"
    answer_with(window, monkeypatch, target)
    assert "(read-only)" in window.windowTitle()
    assert "may not be written" in window.message_bar.text()
    assert not window.all_actions.action(ActionId.ARTICLE_NEW).isEnabled()
    button(window).click()
    with qtbot.waitSignal(window.project_opened):
        pass
    settle(qtbot, window)
    assert "(read-only)" not in window.windowTitle()
    assert window.opening.location == str(target)
    assert window.all_actions.action(ActionId.ARTICLE_NEW).isEnabled()
    space_of(window).project.people.add("Ed Moss")
    with open_project(target, wait=0) as there:
        assert there.held
        assert len(there.people.list()) == 3


def test_another_program_that_is_waited_for_is_told_of_and_it_passes_by_itself(
    qtbot: QtBot, real: MainWindow, busy: sqlite3.Connection
) -> None:
    window = real
    busy.execute("BEGIN EXCLUSIVE")
    space_of(window).view.setFocus()
    space_of(window).view.select_span(0, 5)
    press(Qt.Key.Key_E)
    qtbot.waitUntil(lambda: window.message_bar.text().startswith("Another program is using the project file."))
    busy.close()
    settle(qtbot, window)
    qtbot.waitUntil(window.message_bar.isHidden)
    assert len(quotes(window)) == 3
