"""Texts that name the key of an action follow the keys that the user has chosen."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from annotator.desktop.action_table import ACTIONS, ActionId
from annotator.desktop.key_sheet import rows
from annotator.desktop.main_window import MainWindow
from annotator.services.project import create_project
from tests.desktop.windows import space_of

DESKTOP = Path(__file__).resolve().parents[2] / "annotator" / "desktop"
SPECS = {spec.id: spec for spec in ACTIONS}
OWN_KEYS = {"key_sheet.py", "action_table.py", "shortcuts_dialog.py"}
"""Modules that name keys which no action has and nobody can change, or are about keys themselves."""
_NAMED = re.compile(r"(?:[Pp]ress |\()(?:Ctrl\+|Shift\+|Alt\+)*(F\d+|[A-Z]|Ins|Del)(?=[ ).,;])|\bF\d+\b")
_NO_ACTION = {"F1: 1 is all of it, 0 is nothing", "Change the role or take {0} out (Del)"}
_NO_ACTION |= {"All have voted. Choose a voter to change a vote, or press V to vote anew."}
"""Texts about keys of a widget itself, and about a figure."""


def texts(window: MainWindow) -> dict[str, str]:
    """Return the texts that name keys, by where they stand."""
    space = space_of(window)
    found = {name: space.findChild(kind, name) for name, kind in KEYED.items()}
    shown = {name: f"{widget.toolTip()} {widget.accessibleName()}" for name, widget in found.items() if widget}
    empty = space.findChild(QLabel, "inspectorEmpty")
    assert empty is not None
    ends = next(title for title, _ in rows(window.all_actions) if title.startswith("While"))
    return {**shown, "empty": empty.text(), "view": space.view.accessibleDescription(), "sheet": ends}


KEYED: dict[str, type[QToolButton | QCheckBox]] = {
    "findPrevious": QToolButton,
    "findNext": QToolButton,
    "inspectorAddPerson": QToolButton,
    "inspectorAddRelation": QToolButton,
    "inspectorDelete": QToolButton,
    "inspectorUnsure": QCheckBox,
}
CHANGED = {
    ActionId.EDIT_FIND_PREVIOUS: ("findPrevious", "Shift+F3"),
    ActionId.EDIT_FIND_NEXT: ("findNext", "F3"),
    ActionId.ANNOTATION_PEOPLE: ("inspectorAddPerson", "(Enter)"),
    ActionId.ANNOTATION_LINK: ("inspectorAddRelation", "(L)"),
    ActionId.ANNOTATION_DELETE: ("inspectorDelete", "Del)"),
    ActionId.ANNOTATION_UNSURE: ("inspectorUnsure", "(U)"),
    ActionId.ANNOTATION_NEXT: ("empty", "<b>N "),
    ActionId.HELP_KEYS: ("empty", "<b>F1"),
    ActionId.VIEW_READING: ("view", "F7"),
    ActionId.ANNOTATION_MOVE_ENDS: ("sheet", "(B)"),
}


def test_texts_name_the_keys_that_the_user_has_chosen(qtbot: QtBot, window: MainWindow) -> None:
    before = texts(window)
    for id_, (where, key) in CHANGED.items():
        assert key in before[where], (id_, before[where])
    for number, id_ in enumerate(CHANGED, 1):
        window.shared.shortcuts.give(SPECS[id_], f"Ctrl+Alt+{number % 10}")
    after = texts(window)
    for number, (id_, (where, key)) in enumerate(CHANGED.items(), 1):
        assert f"Ctrl+Alt+{number % 10}" in after[where], (id_, after[where])
        assert key not in after[where], (id_, after[where])


def test_an_action_without_a_key_is_called_by_its_name(window: MainWindow) -> None:
    window.shared.shortcuts.give(SPECS[ActionId.ANNOTATION_LINK], "")
    assert "“Link to another passage”" in texts(window)["inspectorAddRelation"]


def test_an_empty_project_says_how_to_paste(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    with create_project(tmp_path / "empty.annotator", name="Nothing yet", analyst="Ann Bell") as project:
        location = project.location
    window = open_window(location)
    shown = [label for label in space_of(window).findChildren(QLabel) if "Ctrl+V" in label.text()]
    assert len(shown) == 2
    window.shared.shortcuts.give(SPECS[ActionId.EDIT_PASTE_ARTICLE], "Ctrl+Alt+V")
    assert all("Ctrl+Alt+V" in label.text() for label in shown)


@pytest.mark.parametrize("file", sorted(DESKTOP.rglob("*.py")), ids=lambda file: file.name)
def test_no_text_has_the_key_of_an_action_written_into_it(file: Path) -> None:
    if file.name in OWN_KEYS:
        return
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {"tr", "_tr"}:
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            found += [text for text in words if _NAMED.search(text) and text not in _NO_ACTION]
    assert found == [], "write {0}, filled with Actions.key_text(…)"
