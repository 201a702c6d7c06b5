"""What broke: a report without a word of anybody's work, a dialog, a new start, an offer at the next; and the log."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator import log
from annotator.desktop import reports
from annotator.desktop.app import make_application
from annotator.desktop.dialogs.crash_dialog import CrashDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.windows import Windows
from annotator.services.project import open_project
from tests.desktop.windows import dialog_of, settle

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Return what says what the log file has."""
    handler = log.start(tmp_path / "logs")
    yield lambda: (tmp_path / "logs" / "annotator.log").read_text("utf-8")
    log.stop(handler)


def words_of(project_file: Path) -> set[str]:
    """Return everything a person wrote into a project, and where it lies."""
    with open_project(str(project_file), read_only=True) as project:
        articles = [summary.article for summary in project.articles.summaries()]
        texts = [line for one in articles for line in project.articles.text(one.id).text.split("\n") if line]
        quotes = [ann.quote for one in articles for ann in project.annotations.list(one.id)]
        names = [person.name for person in project.people.list()] + [one.name for one in project.analysts.list()]
    return {*texts, *quotes, *names, *(one.title for one in articles), project_file.stem, str(project_file.parent)} - {
        ""
    }


def raise_with(words: str) -> None:
    try:
        raise OSError(13, "Permission denied", words)
    except OSError as error:
        raise ValueError(words) from error


def test_neither_report_nor_log_holds_a_word_of_the_project(
    qtbot: QtBot, window: MainWindow, project_file: Path, own_folders: Path, logged: Callable[[], str]
) -> None:
    secrets = words_of(project_file)
    assert len(secrets) > 10
    window.jobs.write(lambda: raise_with("\n".join(secrets)))
    dialog = dialog_of(qtbot, window, CrashDialog)
    (report,) = (own_folders / "data" / "reports").glob("*.txt")
    for text in (report.read_text("utf-8"), dialog.details.toPlainText(), logged()):
        assert "ValueError" in text
        assert "PermissionError (EACCES)" in text
        assert "in raise_with" in text
        assert "annotator/desktop/jobs.py" in text
        assert [word for word in secrets if word in text] == []
        assert str(Path.home()) + "/" not in text
        assert str(ROOT) not in text
    dialog.close()
    settle(qtbot, window)


def test_work_on_a_whole_project_logs_none_of_it(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path, tmp_path: Path, logged: Callable[[], str]
) -> None:
    logging.getLogger("annotator").setLevel(logging.DEBUG)
    secrets = words_of(project_file)
    window = open_window(project_file)
    assert window.project is not None
    project = window.project
    window.jobs.write(lambda: project.exchange.write(tmp_path / "out.json"))
    window.jobs.write(lambda: project.exchange.merge(tmp_path / "out.json"))
    settle(qtbot, window)
    window.bus.detach()
    settings = tmp_path / "config" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text("{broken", "utf-8")
    type(window.shared.settings)()
    text = logged()
    assert "damaged" in text, "something was logged at all"
    assert [word for word in secrets if word in text] == []


def test_the_log_is_rotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LARGEST", 2000)
    handler = log.start(tmp_path)
    for number in range(400):
        log.logger("annotator.tests").info("the line %d", number)
    log.stop(handler)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["annotator.log", "annotator.log.1", "annotator.log.2"]
    assert all(file.stat().st_size <= 2000 for file in files)


def test_a_folder_that_may_not_be_written_is_no_reason_not_to_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert log.start(tmp_path / "file" / "logs") is None


def test_the_dialog_says_what_is_saved_copies_and_is_not_offered_again(qtbot: QtBot, window: MainWindow) -> None:
    window.show_error(ZeroDivisionError("by nought"))
    dialog = dialog_of(qtbot, window, CrashDialog)
    assert any("All your changes are saved." in label.text() for label in dialog.findChildren(QLabel))
    copy = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Copy details")
    copy.click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    assert "by nought" not in QGuiApplication.clipboard().text()
    assert reports.newest_untaken() is None
    dialog.close()


def test_a_report_that_nobody_took_is_offered_once(qtbot: QtBot, window: MainWindow) -> None:
    window.show_error(ZeroDivisionError())
    dialog_of(qtbot, window, CrashDialog).close()
    report = reports.newest_untaken()
    assert report is not None
    assert reports.newest_untaken() is None
    window.telling.earlier_report(report)
    window.message_bar._action.click()
    dialog = next(one for one in window.findChildren(CrashDialog) if one.isVisible())
    assert dialog.details.toPlainText() == report.read_text("utf-8")
    dialog.close()


def test_what_kills_the_process_leaves_a_report_without_folders(own_folders: Path) -> None:
    script = "import ctypes; from annotator.desktop.reports import LastWords; words = LastWords(); ctypes.string_at(0)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=False, capture_output=True)
    assert done.returncode != 0
    report = reports.newest_untaken()
    assert report is not None
    text = report.read_text("utf-8")
    assert "Segmentation fault" in text
    assert 'File "ctypes/__init__.py"' in text
    assert str(Path(sys.prefix)) not in text
    assert not list(report.parent.glob("*.raw"))


def test_a_clean_end_leaves_nothing(own_folders: Path) -> None:
    import faulthandler

    words = reports.LastWords()
    words.end()
    faulthandler.enable()
    assert reports.newest_untaken() is None
    assert list((own_folders / "data" / "reports").iterdir()) == []


def test_restart_closes_every_window_and_opens_the_same_projects(
    qtbot: QtBot, project_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: started.append(command))
    windows = Windows(make_application())
    window = windows.open(str(project_file))
    qtbot.waitUntil(lambda: window.workspace is not None and not window.jobs.busy)
    windows.start_anew()
    assert started == [], "nobody asked for it"
    window.show_error(ZeroDivisionError())
    dialog = dialog_of(qtbot, window, CrashDialog)
    with qtbot.waitSignal(window.closed):
        dialog.findChild(QPushButton, "crashRestart").click()  # type: ignore[union-attr]
    windows.start_anew()
    assert [command[-1] for command in started] == [str(project_file)]
