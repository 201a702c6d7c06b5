"""The table of actions: unique ids and keys, keys that every layout has; enabling; the tags' own actions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.action_table import ACTIONS, ActionId, Context, Need
from annotator.desktop.actions import Actions, plain
from annotator.domain.codebook import RESERVED_KEYS, TagKind, default_tags

ALL = frozenset(Need)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(QTextEdit(window))
    layout.addWidget(QLineEdit(window))
    return window


@pytest.fixture
def actions(window: QWidget) -> Actions:
    return Actions(window)


def test_each_id_has_exactly_one_row() -> None:
    assert Counter(spec.id for spec in ACTIONS) == Counter(ActionId)


def test_no_key_does_two_things() -> None:
    """The article and a review are never to be seen together: what one hears may be heard by the other."""
    for elsewhere in ({Context.ARTICLE}, {Context.REVIEW, Context.FIGURE}):
        heard = [spec for spec in ACTIONS if spec.context not in elsewhere]
        keys = Counter(QKeySequence(keys).toString() for spec in heard for keys in spec.shortcuts)
        assert [key for key, times in keys.items() if times > 1 or not key] == []


def test_no_key_needs_alt_gr() -> None:
    """Ctrl+Alt is AltGr on Windows; these characters need AltGr on a German, French or Nordic keyboard."""
    for spec in ACTIONS:
        for keys in spec.shortcuts:
            assert not ("Ctrl" in keys and "Alt" in keys), spec.id
            assert not set(keys.rpartition("+")[2]) & set("[]{}@\\|~#^`€/'\";"), spec.id


def test_single_letters_belong_to_article_and_review_and_no_tag_can_have_them() -> None:
    letters = {keys: spec.context for spec in ACTIONS for keys in spec.shortcuts if len(keys) == 1 and keys.isalpha()}
    assert set(letters.values()) == {Context.ARTICLE, Context.REVIEW}
    assert set(letters) <= RESERVED_KEYS


def test_mnemonics_of_a_menu_are_its_own() -> None:
    for menu in {spec.menu for spec in ACTIONS}:
        letters = Counter(
            spec.text[spec.text.index("&") + 1].casefold() for spec in ACTIONS if spec.menu is menu and "&" in spec.text
        )
        assert [letter for letter, times in letters.items() if times > 1] == [], menu


def test_actions_are_enabled_by_what_holds(actions: Actions) -> None:
    assert actions.action(ActionId.PROJECT_NEW).isEnabled()
    assert not actions.action(ActionId.PROJECT_EXPORT).isEnabled()
    actions.set_needs(frozenset({Need.PROJECT}))
    assert actions.action(ActionId.PROJECT_EXPORT).isEnabled()
    assert not actions.action(ActionId.ARTICLE_NEW).isEnabled(), "the project is read-only"
    actions.set_needs(ALL)
    assert all(actions.action(spec.id).isEnabled() for spec in ACTIONS)


def test_undo_names_what_it_undoes(actions: Actions) -> None:
    actions.name_step(ActionId.EDIT_UNDO, "Tag as denial")
    assert plain(actions.action(ActionId.EDIT_UNDO).text()) == "Undo Tag as denial"
    assert actions.action(ActionId.EDIT_UNDO).toolTip().startswith("Undo Tag as denial")
    actions.name_step(ActionId.EDIT_UNDO, None)
    assert plain(actions.action(ActionId.EDIT_UNDO).text()) == "Undo"


def test_tags_have_actions_with_stable_names(actions: Actions) -> None:
    claim, denial, evidence = default_tags()
    other = replace(claim, id="t4", kind=TagKind.OTHER, name="Context & more", key="")
    second_claim = replace(claim, id="t5", name="Insult", key="I")
    retired = replace(claim, id="t6", retired=True)
    actions.set_tags([claim, denial, evidence, other, second_claim, retired])
    assert [action.objectName() for action in actions.tag_actions()] == [
        "annotation.create.claim",
        "annotation.create.denial",
        "annotation.create.evidence",
        "annotation.create.tag.t4",
        "annotation.create.tag.t5",
    ]
    assert plain(actions.tag_actions()[3].text()) == "Context & more"


def test_letters_act_in_the_article_view_alone(qtbot: QtBot, window: QWidget, actions: Actions) -> None:
    view, field = window.findChild(QTextEdit), window.findChild(QLineEdit)
    assert view is not None
    assert field is not None
    view.setReadOnly(True)
    actions.use_article_view(view)
    actions.set_tags(default_tags())
    actions.set_needs(ALL)
    chosen: list[tuple[str, bool]] = []
    done: list[str] = []
    actions.tag_requested.connect(lambda tag, second: chosen.append((tag, second)))
    actions.on(ActionId.SELECTION_GROW, lambda: done.append("grow"))
    window.show()
    qtbot.waitExposed(window)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_C)
    QTest.keyClick(view, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_S)
    claim, denial, _evidence = default_tags()
    assert chosen == [(claim.id, False), (denial.id, True)]
    assert done == ["grow"]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_C)
    QTest.keyClick(field, Qt.Key.Key_S)
    assert field.text() == "cs"
    assert len(chosen) == 2
    assert len(done) == 1


def test_a_new_codebook_replaces_the_old_keys(qtbot: QtBot, window: QWidget, actions: Actions) -> None:
    view = window.findChild(QTextEdit)
    assert view is not None
    view.setReadOnly(True)
    actions.use_article_view(view)
    actions.set_needs(ALL)
    claim, denial, _evidence = default_tags()
    actions.set_tags([claim, denial])
    actions.set_tags([replace(denial, key="C")])
    chosen: list[str] = []
    actions.tag_requested.connect(lambda tag, _second: chosen.append(tag))
    window.show()
    qtbot.waitExposed(window)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_C)
    QTest.keyClick(view, Qt.Key.Key_D)
    assert chosen == [denial.id]
