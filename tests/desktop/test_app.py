"""The program around the windows: the order of the start, defects and their reports, files named at the start."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator.desktop.app import _Uncaught, make_application
from annotator.desktop.dialogs.crash_dialog import CrashDialog
from annotator.desktop.dialogs.new_article import NewArticleDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.problems import describe
from annotator.desktop.theme import DARK, LIGHT, ThemeChoice
from annotator.desktop.windows import Windows, sort_locations
from annotator.domain.errors import AnalystNeededError, InputError, Problem, UserError
from tests.desktop.windows import dialog_of, settle, space_of

ROOT = Path(__file__).resolve().parents[2]

_START = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from annotator.desktop.app import create_window

window = create_window(sys.argv[1])
loaded = []

class Look(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            loaded.append("sqlalchemy" in sys.modules)
        return False

look = Look()
window.installEventFilter(look)
window.project_opened.connect(lambda project: QTimer.singleShot(0, window.close))
window.closed.connect(QApplication.exit)
window.show()
QApplication.exec()
assert loaded and not loaded[0], "SQLAlchemy was imported before the first paint"
assert "sqlalchemy" in sys.modules
assert "alembic" not in sys.modules, "alembic was imported at the start"
"""


_CLOSED = """
import sys, weakref
from PySide6.QtCore import QTimer
from annotator.desktop.app import main, make_application

left = []

def close_first():
    windows = [window for window in application.topLevelWidgets() if hasattr(window, "project_opened")]
    if not left and windows and windows[0].workspace is not None:
        left.extend(weakref.ref(thing) for thing in (windows[0], windows[0].workspace.state))
        windows[0].shared.open_window("")
        windows[0].close()
    elif left and not any(thing() for thing in left):
        windows[0].close()

application = make_application()
timer = QTimer(application)
timer.timeout.connect(close_first)
timer.start(100)
sys.exit(main([sys.argv[1]]))
"""


def test_the_first_window_is_let_go_with_its_project_while_another_stays(project_file: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _CLOSED, str(project_file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_the_window_paints_before_the_database_is_imported(project_file: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _START, str(project_file)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_what_a_user_can_mend_is_told_with_what_to_do() -> None:
    shown = describe(UserError("The disk is full.", "Free some space."))
    assert (shown.message, shown.advice, shown.defect) == ("The disk is full.", "Free some space.", False)
    assert describe(AnalystNeededError("Who?")).needs_analyst
    many = describe(InputError("Refused.", (Problem("$.a", "no"), Problem("$.b", "no")), "Mend it."))
    assert many.advice == "$.a: no (1 more: see the details.) Mend it."
    assert many.details.splitlines() == ["Refused. Mend it.", "$.a: no", "$.b: no"]


def test_a_defect_gets_a_report_file_and_a_dialog(
    qtbot: QtBot, window: MainWindow, own_folders: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("one by nought")

    window.jobs.write(fail)
    dialog = dialog_of(qtbot, window, CrashDialog)
    (report,) = (own_folders / "data" / "reports").glob("*.txt")
    text = report.read_text("utf-8")
    assert "ZeroDivisionError" in text
    assert "one by nought" not in text, "what an exception says may be somebody's text"
    assert "in fail" in text
    assert dialog.details.toPlainText() == text
    dialog.close()
    settle(qtbot, window)
    assert window.isVisible(), "the program goes on"
    assert "a defect" in caplog.text


def test_what_nothing_caught_reaches_the_ui_thread(qtbot: QtBot) -> None:
    uncaught = _Uncaught()
    seen: list[tuple[BaseException, bool]] = []

    def take(error: BaseException) -> None:
        seen.append((error, threading.current_thread() is threading.main_thread()))

    uncaught.happened.connect(take)
    error = RuntimeError("on a thread")
    worker = threading.Thread(target=lambda: uncaught.take(RuntimeError, error, None))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert seen == [(error, True)]


def test_articles_named_at_the_start_wait_for_a_project(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "late.txt"
    file.write_text("A late headline for the day\n\nIt came at noon. Nobody saw it.", encoding="utf-8")
    window = open_window()
    window.bring_in([str(file)])
    assert "Open or make a project" in window.message_bar.text()
    window.open_project(str(project_file))
    dialog = dialog_of(qtbot, window, NewArticleDialog)
    assert dialog.fields_.title.text() == "A late headline for the day"
    dialog.reject()
    settle(qtbot, window)


def test_words_of_the_command_line_are_projects_or_files() -> None:
    projects, files = sort_locations(["a.annotator", "b.txt", "postgresql+psycopg://db/x", "C.ANNOTATOR"])
    assert projects == ["a.annotator", "postgresql+psycopg://db/x", "C.ANNOTATOR"]
    assert files == ["b.txt"]


def test_a_theme_is_taken_by_every_window(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window(project_file)
    application = make_application()
    window.shared.themes.choose(ThemeChoice.DARK)
    assert application.palette().base().color() == DARK.colour("base")
    assert space_of(window).view.palette().base().color() == DARK.colour("base")
    window.shared.themes.choose(ThemeChoice.LIGHT)
    assert application.palette().base().color() == LIGHT.colour("base")


def test_the_last_window_keeps_nothing_alive(qtbot: QtBot, qapp: QApplication) -> None:
    windows = Windows(make_application())
    window = windows.open("")
    qtbot.waitExposed(window)
    assert windows.windows == [window]
    with qtbot.waitSignal(window.closed):
        window.close()
    assert windows.windows == []
    qtbot.waitUntil(lambda: not isValid(window))


def test_the_message_bar_says_what_a_message_can_do(qtbot: QtBot, window: MainWindow) -> None:
    ran: list[str] = []
    window.telling.offer("Exported.", "Open the folder", lambda: ran.append("opened"))
    action = window.message_bar._action
    assert action.isVisible()
    before = QApplication.focusWidget()
    QTest.mouseClick(action, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is before, "the button goes, the focus stays"
    assert ran == ["opened"]
    assert window.message_bar.text() == ""
    window.telling.say("Changed to denial.", True)
    assert window.message_bar._undo.isVisible()
    assert window.findChild(QLabel, "messageText").text() == "Changed to denial."  # type: ignore[union-attr]
