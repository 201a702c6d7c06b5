"""Fixtures of the desktop's tests: no display needed, nothing of the user's touched, nothing left behind."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.collector import UiThreadCollector
from tests.desktop.desk import desk  # noqa: F401  (a fixture of all desktop tests)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings and data of this test in its own folder; return that folder."""
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("ANNOTATOR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread or a visible window behind."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    assert not left, f"threads left behind: {left}"
    if QApplication.instance() is not None:
        windows = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        assert not windows, f"windows left behind: {windows}"


@pytest.fixture(autouse=True)
def collected_here(qapp: QApplication) -> Iterator[None]:
    """Collect garbage on the UI thread alone, as the program does."""
    collector = UiThreadCollector()
    yield
    collector.stop()
    gc.collect()
    gc.enable()


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot) -> QApplication:
    """Return the application, set up as the program sets it up."""
    return qapp
