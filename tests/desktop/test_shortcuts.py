"""The user's own keys: what an action may have, who gives way, and where the keys are shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.desktop.action_table import ACTIONS, ActionId, ActionSpec
from annotator.desktop.command_palette import action_entries
from annotator.desktop.dialogs.settings_dialog import SettingsDialog
from annotator.desktop.dialogs.shortcuts_dialog import ShortcutsDialog
from annotator.desktop.key_sheet import rows
from annotator.desktop.main_window import MainWindow
from annotator.desktop.shortcuts import CHANGEABLE, Refusal, Shortcuts, refusal
from annotator.settings import Settings
from tests.desktop.windows import dialog_of, press, settle, space_of

A = ActionId


def _spec(id_: ActionId) -> ActionSpec:
    return next(spec for spec in ACTIONS if spec.id is id_)


@pytest.fixture
def shortcuts() -> Shortcuts:
    return Shortcuts(Settings())


@pytest.mark.parametrize(
    ("action", "key", "why"),
    [
        (A.PROJECT_EXPORT, "Ctrl+Alt+E", None),
        (A.PROJECT_EXPORT, "F8", None),
        (A.PROJECT_EXPORT, "Shift+F8", None),
        (A.PROJECT_EXPORT, "E", Refusal.TYPES),
        (A.PROJECT_EXPORT, "Shift+E", Refusal.TYPES),
        (A.PROJECT_EXPORT, "?", Refusal.TYPES),
        (A.PROJECT_EXPORT, "Alt+E", Refusal.MENU),
        (A.PROJECT_EXPORT, "Ctrl+A", Refusal.MOVES),
        (A.PROJECT_EXPORT, "Shift+Left", Refusal.MOVES),
        (A.ANNOTATION_NOTE, "Home", Refusal.MOVES),
        (A.ANNOTATION_NOTE, "Z", Refusal.TAGS),
        (A.ANNOTATION_NOTE, "Shift+Z", Refusal.TAGS),
        (A.ANNOTATION_NOTE, "A", None),
        (A.ANNOTATION_NOTE, ",", None),
        (A.REVIEW_FLAG, "Z", None),
    ],
)
def test_a_key_is_refused_where_it_would_do_something_unseen(action: ActionId, key: str, why: Refusal | None) -> None:
    assert refusal(_spec(action), key) is why


def test_the_table_s_own_keys_are_never_refused() -> None:
    assert [(spec.id, key) for spec in CHANGEABLE for key in spec.shortcuts if refusal(spec, key) is not None] == []


def test_a_key_is_taken_from_who_had_it_where_both_are_heard(shortcuts: Shortcuts) -> None:
    export, print_, note, park = map(_spec, (A.PROJECT_EXPORT, A.ARTICLE_PRINT, A.ANNOTATION_NOTE, A.REVIEW_PARK))
    assert shortcuts.holder(export, "Ctrl+P") is print_
    shortcuts.give(export, "Ctrl+P")
    assert (shortcuts.keys_of(export), shortcuts.keys_of(print_)) == (("Ctrl+P",), ())
    assert shortcuts.holder(note, "Q") is _spec(A.ANNOTATION_ATTRIBUTION)
    assert shortcuts.holder(park, "S") is None, "the text's keys are not heard on the review screen"
    shortcuts.reset(print_)
    assert (shortcuts.keys_of(export), shortcuts.keys_of(print_)) == ((), ("Ctrl+P",))
    shortcuts.reset(export)
    assert not any(map(shortcuts.is_own, CHANGEABLE))


def test_keys_are_kept_and_damaged_ones_are_passed_over(shortcuts: Shortcuts) -> None:
    note, find = _spec(A.ANNOTATION_NOTE), _spec(A.EDIT_FIND)
    shortcuts.give(note, "F8")
    shortcuts.give(find, "")
    again = Shortcuts(Settings())
    assert (again.keys_of(note), again.keys_of(find)) == (("F8",), ())
    kept = {
        A.ANNOTATION_NOTE: ["Z"],
        A.EDIT_FIND: "F8",
        A.EDIT_UNDO: ["no key at all+"],
        "gone": ["F8"],
        A.VIEW_TEXT: [],
    }
    Settings().keep_shortcuts(json.loads(json.dumps(kept)))
    damaged = Shortcuts(Settings())
    assert [spec.id for spec in ACTIONS if damaged.keys_of(spec) != spec.shortcuts] == []
    shortcuts.reset_all()
    assert Settings().shortcuts() == {}


def test_a_new_key_is_heard_and_shown_in_every_window(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window(project_file)
    window.shared.shortcuts.give(_spec(A.VIEW_PEOPLE), "F8")
    action = window.all_actions.action(A.VIEW_PEOPLE)
    assert "(F8)" in action.toolTip()
    assert next(entry.detail for entry in action_entries(window.all_actions) if entry.text == "People") == "F8"
    assert ("F8",) in [row.keys for _title, lines in rows(window.all_actions) for row in lines if row.does == "People"]
    press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert space_of(window).left.currentWidget() is space_of(window).article_list
    press(Qt.Key.Key_F8)
    assert space_of(window).left.currentWidget() is space_of(window).people_panel
    settle(qtbot, window)


def test_the_dialog_says_who_has_a_key_and_takes_it_over(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window(project_file)
    shortcuts = window.shared.shortcuts
    window.all_actions.trigger(A.APP_SETTINGS)
    settings = dialog_of(qtbot, window, SettingsDialog)
    settings.findChild(QPushButton, "settingsShortcuts").click()  # type: ignore[union-attr]
    dialog = dialog_of(qtbot, window, ShortcutsDialog)
    dialog.choose(_spec(A.PROJECT_EXPORT))
    assert not dialog.set_button.isEnabled(), "nothing has changed"
    dialog.field.setFocus()
    QTest.keyClick(dialog.field, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert "Print" in dialog.said.text()
    assert dialog.set_button.text() == "Take over"
    dialog.set_button.click()
    assert shortcuts.keys_of(_spec(A.PROJECT_EXPORT)) == ("Ctrl+P",)
    assert window.all_actions.action(A.ARTICLE_PRINT).shortcuts() == []
    dialog.choose(_spec(A.ANNOTATION_NOTE))
    dialog.field.setKeySequence(QKeySequence("D"))
    assert "for tags" in dialog.said.text()
    assert not dialog.set_button.isEnabled()
    dialog.choose(_spec(A.REVIEW_ACCEPT))
    dialog.field.setKeySequence(QKeySequence("3"))
    assert "cannot be changed" in dialog.said.text()
    assert not dialog.set_button.isEnabled()
    dialog.filter.setText("print")
    shown = [row.text(0) for row in dialog._rows() if not row.isHidden()]
    assert shown == ["Print"]
    dialog.choose(_spec(A.PROJECT_EXPORT))
    dialog.reset_button.click()
    assert shortcuts.keys_of(_spec(A.PROJECT_EXPORT)) == ("Ctrl+E",)
    dialog.all_button.click()
    assert shortcuts.keys_of(_spec(A.ARTICLE_PRINT)) == ("Ctrl+P",)
    assert not dialog.all_button.isEnabled()
    dialog.reject()
    settings.reject()
    settle(qtbot, window)
