"""Whoever looks through a project of 1,000 articles, 60,000 passages and 5,000 people never waits for the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTreeView

from annotator.desktop.actions import ActionId as A
from annotator.desktop.theme import STRONG_DARK
from tests.desktop.watchdog.stage import CTRL, SHIFT, Stage, key, written

K = Qt.Key


def test_looking_through_a_large_project(
    stage_on: Callable[[Path], Stage], large_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = stage_on(large_file)
    space = stage.space
    listed = stage.child(QTreeView, "passagesList").model()
    stage.act("turn over", *[stage.action(A.ARTICLE_NEXT)] * 4)
    stage.act("list all passages", key(K.Key_P, CTRL | SHIFT))
    shown = listed.rowCount()
    assert 2_000 <= shown < 10_000
    stage.act("go to the end of what is listed", key(K.Key_End), key(K.Key_End))
    words = stage.child(QLineEdit, "searchField.passages")
    stage.act(
        "filter them",
        words.setFocus,
        *written("bridge money said who paid never ferry"),
        until=lambda: listed.rowCount() < shown,
    )
    assert listed.rowCount() > 0
    stage.act("back to the text", key(K.Key_Escape), key(K.Key_Escape))
    stage.act("list what is to finish", key(K.Key_T, CTRL | SHIFT))
    stage.act("go to one", key(K.Key_Down), key(K.Key_Return), until=space.area.isVisible)
    stage.act("list people", key(K.Key_2, CTRL))
    stage.act("find one", stage.child(QLineEdit, "peopleFilter").setFocus, *written("nr4711"), key(K.Key_Return))
    assert space.passages.isVisible()
    stage.act("look at the codebook", key(K.Key_3, CTRL))
    stage.act("look at the articles", key(K.Key_1, CTRL))
    stage.act("search", key(K.Key_F, CTRL | SHIFT), *written("bridge toll"), key(K.Key_Return))
    stage.act("go to what was found", key(K.Key_Return), until=space.area.isVisible)
    stage.act("find by the palette", key(K.Key_K, CTRL), *written("nr4711"))
    stage.act("leave it", key(K.Key_Escape), stage.in_front)
    stage.act("filter the text", key(K.Key_L, CTRL | SHIFT), *written("cl"), key(K.Key_Return), key(K.Key_Escape))
    stage.act("find here", key(K.Key_F, CTRL), *written("bridge"))
    stage.go_through_themes()
    monkeypatch.setattr("annotator.desktop.theme.system_theme", lambda: STRONG_DARK)
    # the signal itself would be heard by what dressed the windows of earlier tests too
    stage.act("the system goes dark", space.shared.themes._follow, until=stage.dressed)
    assert space.shared.themes.theme is STRONG_DARK
