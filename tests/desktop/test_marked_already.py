"""In the whole window: a tag's key in words that are marked already says so, and the keys that it names work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.domain.codebook import TagKind
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import TEXT, press, settle, space_of


def test_no_second_passage_is_made_unnoticed(qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> None:
    space = space_of(window)
    state = space.state
    before = dict(state.marks)
    denial = next(mark for mark in before.values() if state.kind_of(mark.tag_id) is TagKind.DENIAL)
    space.view.set_caret(TEXT.index("sold anything"))
    assert not state.current
    press(Qt.Key.Key_C)
    settle(qtbot, window)
    assert state.marks == before
    assert state.current == denial.id
    assert prompts.said == [
        "These words are marked as denial already. C again changes it to claim, Shift+C makes a second passage on them."
    ]
    assert space.view.hasFocus()
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, window)
    (second,) = set(state.marks) - set(before)
    made = state.marks[second]
    assert (made.start, made.end) == (denial.start, denial.end)
    assert state.kind_of(made.tag_id) is TagKind.CLAIM
