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
from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.main_window import MainWindow


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


def test_closing_a_window_looks_through_what_was_set_aside(
    qtbot: QtBot,
    qapp: QApplication,
    open_window: Callable[..., MainWindow],
    project_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = []
    own = qapp.findChild(UiThreadCollector)
    assert own is not None
    monkeypatch.setattr(collecting, "INTERVAL", 0)
    monkeypatch.setattr(own, "_set_aside", True)
    monkeypatch.setattr(own, "collect_all", lambda: looked.append(True))
    window = open_window(project_file)
    window.close()
    qtbot.waitUntil(lambda: bool(looked))
    monkeypatch.undo()
