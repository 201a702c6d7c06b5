"""Fixtures of the desktop's tests: no display needed, nothing of the user's touched, nothing left behind."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator.desktop.app import create_window
from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.main_window import MainWindow
from tests.desktop.desk import desk  # noqa: F401  (a fixture of all desktop tests)
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import make_project_file, settle


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings and data of this test in its own folder; return that folder."""
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("ANNOTATOR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def _is_ours(timer: QTimer) -> bool:
    """Tell whether a timer belongs to something of the window: pytest-qt's own have no parent, the collector stays."""
    return timer.parent() is not None and not isinstance(timer.parent(), UiThreadCollector)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a visible window behind."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    assert not left, f"threads left behind: {left}"
    if QApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        windows = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        assert not windows, f"windows left behind: {windows}"
        timers = [timer for timer in gc.get_objects() if type(timer) is QTimer and isValid(timer) and timer.isActive()]
        timers = [timer for timer in timers if _is_ours(timer)]
        assert not timers, f"timers left behind: {[timer.parent() for timer in timers]}"


@pytest.fixture(autouse=True)
def collected_here(qapp: QApplication) -> Iterator[UiThreadCollector]:
    """Collect garbage on the UI thread alone, as the program does; return what collects it.

    What earlier tests have left is looked through once and then no more: it would be looked through at every test.
    """
    gc.collect()
    gc.freeze()
    collector = UiThreadCollector()
    yield collector
    collector.stop()
    gc.collect()
    gc.enable()


@pytest.fixture
def prompts() -> FakePrompts:
    """Return the answers to the window's questions."""
    return FakePrompts()


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    """Return a project with an analyst, two people and two articles, the first with a claim and a denial."""
    return make_project_file(tmp_path / "bridge affair.annotator")


@pytest.fixture
def open_window(qtbot: QtBot, prompts: FakePrompts) -> Iterator[Callable[..., MainWindow]]:
    """Return a function that shows a window, on a project's file or on the start page, and waits until it is ready."""
    windows: list[MainWindow] = []

    def show(location: Path | str = "", *, size: tuple[int, int] = (1440, 900)) -> MainWindow:
        window = create_window(str(location), prompts=prompts)
        windows.append(window)
        window.resize(*size)
        window.show()
        qtbot.waitActive(window)
        if location:
            qtbot.waitUntil(
                lambda: window.pages.currentWidget() is not window.sight.waiting and not window.opening.waiting
            )
            settle(qtbot, window)
        return window

    yield show
    for window in windows:
        for dialog in window.findChildren(QDialog):
            dialog.close()
        if window.isVisible():  # else the test has closed it
            window.close()
        qtbot.waitUntil(lambda window=window: not window.isVisible())  # type: ignore[misc]
        window.deleteLater()


@pytest.fixture
def window(open_window: Callable[..., MainWindow], project_file: Path) -> MainWindow:
    """Return a window on ``project_file``, with its first article open."""
    return open_window(project_file)


@pytest.fixture
def steady_caret(qapp: QApplication) -> Iterator[None]:
    """Let the caret not blink, so that a picture is the same whenever it is taken."""
    flash = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(flash)
