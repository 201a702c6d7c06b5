"""What comes in bulk is set aside by the collector, and looked through when a window is closed."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop import collector as collecting
from annotator.desktop.app import make_application
from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.main_window import MainWindow
from annotator.desktop.windows import Windows
from tests.desktop.windows import settle, space_of


class Link:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[UiThreadCollector]:
    made = UiThreadCollector()
    yield made
    made.stop()
    gc.unfreeze()


def test_a_bulk_is_set_aside_and_looked_through_when_all_is(
    collector: UiThreadCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "BULK", 500)
    gc.collect()
    link = Link()
    cycle = weakref.ref(link)
    rows = [[number] for number in range(2000)]
    collector.collect()
    frozen = gc.get_freeze_count()
    assert frozen >= len(rows)
    del link
    gc.collect()
    assert cycle() is not None, "what is set aside is not looked at"
    collector.collect_all()
    assert cycle() is None
    assert gc.get_freeze_count() == 0


def test_little_is_collected_as_ever(collector: UiThreadCollector) -> None:
    gc.collect()
    cycle = weakref.ref(Link())
    rows = [[number] for number in range(2000)]
    collector.collect()
    assert cycle() is None
    assert len(rows) == 2000


def test_a_closed_window_takes_its_project_and_passages_along(
    qtbot: QtBot, project_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "INTERVAL", 100)  # by then Qt has deleted the window
    windows = Windows(make_application())
    left = _opened_and_closed(qtbot, windows, project_file)
    qtbot.waitUntil(lambda: [reference() for reference in left if reference() is not None] == [])
    assert windows.last_used is None


def _opened_and_closed(qtbot: QtBot, windows: Windows, location: Path) -> list[weakref.ref[object]]:
    """Open and close a window on a project; return what may be left of it."""
    window = windows.open(str(location))
    qtbot.waitActive(window)
    qtbot.waitUntil(lambda: window.workspace is not None and bool(space_of(window).state.marks))
    settle(qtbot, window)
    space = space_of(window)
    with qtbot.waitSignal(window.closed):
        window.close()
    return [weakref.ref(thing) for thing in (window, space, space.state, space.project)]


def test_closing_a_window_looks_through_what_was_set_aside(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    project_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = []
    own = make_application().findChild(UiThreadCollector)
    assert own is not None
    monkeypatch.setattr(collecting, "INTERVAL", 0)
    monkeypatch.setattr(own, "_set_aside", True)
    monkeypatch.setattr(own, "collect_all", lambda: looked.append(True))
    window = open_window(project_file)
    window.close()
    qtbot.waitUntil(lambda: bool(looked))
    monkeypatch.undo()
