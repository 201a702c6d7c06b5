"""An article of 10 MB with 20,000 passages is opened, read, searched and marked as a short one is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from annotator.desktop.actions import ActionId as A
from annotator.settings import DeviceMemory
from tests.benchmarks.large import make_project
from tests.desktop.watchdog.stage import CTRL, SHIFT, Stage, key, written

K = Qt.Key


def test_an_article_of_ten_megabytes(stage_on: Callable[[Path], Stage], tmp_path: Path) -> None:
    file = tmp_path / "long.annotator"
    memory = DeviceMemory(tmp_path / "device.json")
    make_project(file, memory, articles=1, passages=20_000, size=10_000_000, people=50).close()
    stage = stage_on(file)
    view, state = stage.space.view, stage.space.state
    assert state.text is not None
    assert len(state.text.text) > 10_000_000
    stage.act("turn pages", view.setFocus, *[key(K.Key_PageDown)] * 5)
    stage.act("go to the end", key(K.Key_End, CTRL))
    stage.act("go to the beginning", key(K.Key_Home, CTRL))
    stage.act("walk", *[key(K.Key_N)] * 5)
    stage.act("tag", lambda: view.select_span(5_000_000, 5_000_090), key(K.Key_C), key(K.Key_Escape))
    stage.act("undo", key(K.Key_Z, CTRL))
    stage.act("redo", key(K.Key_Z, CTRL | SHIFT))
    stage.act("find", key(K.Key_F, CTRL), *written("bridge toll"), key(K.Key_Return))
    stage.act("leave", key(K.Key_Escape))
    stage.act("make it larger", stage.action(A.VIEW_ZOOM_IN))
    stage.act("select all", key(K.Key_A, CTRL))
    stage.act("filter", key(K.Key_L, CTRL | SHIFT), *written("cl"), key(K.Key_Return), key(K.Key_Escape))
