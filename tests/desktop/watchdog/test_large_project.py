"""A project of 1,000 articles, 60,000 passages and 5,000 people: nothing a person does stops the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from annotator.desktop.actions import ActionId as A
from tests.desktop.watchdog.stage import CTRL, SHIFT, Stage, key, written

K = Qt.Key


def test_annotating(stage_on: Callable[[Path], Stage], large_file: Path) -> None:
    stage = stage_on(large_file)
    space = stage.space
    first, second, *_ = space.state.articles
    stage.act("open an article", lambda: space.state.open_article(first))
    stage.act("open another", lambda: space.state.open_article(second))
    stage.act("tag", lambda: space.view.select_span(10, 60), key(K.Key_C))
    stage.act("name somebody", *written("Person Nr4711"), key(K.Key_Return), key(K.Key_Return))
    stage.act("name somebody new", lambda: space.view.select_span(110, 160), key(K.Key_D), *written("Zeno Quill"))
    stage.act("make them", key(K.Key_Return, CTRL), key(K.Key_Return))
    stage.act("relate", key(K.Key_L), *written("bridge"), key(K.Key_Return), key(K.Key_Escape))
    stage.act("walk", *[key(K.Key_N)] * 5)
    stage.act("undo", *[key(K.Key_Z, CTRL)] * 4)
    stage.act("redo", *[key(K.Key_Z, CTRL | SHIFT)] * 4)
    stage.act("delete a passage", key(K.Key_N), key(K.Key_Delete))
    stage.act("find here", key(K.Key_F, CTRL), *written("bridge"), key(K.Key_Escape))
    stage.act("zoom", stage.action(A.VIEW_ZOOM_IN), stage.action(A.VIEW_ZOOM_IN), stage.action(A.VIEW_ZOOM_RESET))
    stage.act("read", stage.action(A.VIEW_READING))
    stage.act("look again", stage.action(A.VIEW_READING))
