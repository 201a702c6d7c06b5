"""“What is this?”: every word is explained, the project's own tags in the words of its codebook, reached by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.desktop import window_commands
from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.words_dialog import WordsDialog
from annotator.desktop.explanations import explanations
from annotator.desktop.main_window import MainWindow
from annotator.desktop.words import role_text
from annotator.domain.annotations import Attribution, Role
from annotator.domain.codebook import Example, Tag, TagKind, default_tags
from annotator.domain.relations import RelationKind
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import dialog_of, press, settle, space_of

SHIFT = Qt.KeyboardModifier.ShiftModifier
VOW = Tag(
    id="v",
    kind=TagKind.CLAIM,
    name="Vow",
    description="A promise.",
    decision_rule="Only with a date.",
    examples=(Example(text="by winter"), Example(text="one day", fits=False)),
)


def test_every_word_is_explained_with_an_example() -> None:
    found = {explanation.id: explanation for explanation in explanations([])}
    kinds = [f"kind.{kind}" for kind in TagKind if kind is not TagKind.OTHER]
    others = [f"role.{one}" for one in Role] + [f"relation.{one}" for one in RelationKind]
    for id_ in kinds + others + [f"attribution.{one}" for one in Attribution]:
        assert found[id_].text.endswith("."), id_
        assert found[id_].examples, id_
    assert {"review.verdict", "review.decision", "review.disagreement", "review.sealed", "point"} <= set(found)


def test_own_tags_are_explained_as_the_codebook_has_them() -> None:
    (vow, *_rest) = explanations([VOW])
    assert vow.word == "Vow"
    assert vow.text == "A promise.\n\nOnly with a date."
    assert vow.examples == ("Yes: by winter", "No: one day")


def test_shift_f1_explains_the_tag_of_the_current_passage(qtbot: QtBot, window: MainWindow) -> None:
    press(Qt.Key.Key_N)
    settle(qtbot, window)
    press(Qt.Key.Key_F1, SHIFT)
    dialog = dialog_of(qtbot, window, WordsDialog)
    state = space_of(window).state
    assert state.annotation is not None
    tag = state.tag(state.annotation.tag_id)
    assert tag is not None
    assert tag.decision_rule in dialog.shown()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(WordsDialog))


@pytest.mark.parametrize(("action", "word"), [(ActionId.ANNOTATION_PEOPLE, Role.SPEAKER)])
def test_it_explains_the_role_that_is_asked_for(qtbot: QtBot, window: MainWindow, action: ActionId, word: Role) -> None:
    press(Qt.Key.Key_N)
    settle(qtbot, window)
    window.all_actions.trigger(action)
    settle(qtbot, window)
    press(Qt.Key.Key_F1, SHIFT)
    dialog = dialog_of(qtbot, window, WordsDialog)
    row = dialog.list.currentItem()
    assert row is not None
    assert row.text() == role_text(word)
    dialog.close()


def test_typing_narrows_the_words_and_arrows_choose(qtbot: QtBot) -> None:
    dialog = WordsDialog(explanations(default_tags()), "role.target")
    qtbot.addWidget(dialog)
    field = dialog.findChild(QLineEdit, "wordsFilter")
    assert field is not None
    assert "accuses" in dialog.shown()
    field.setText("granted nowhere")
    assert dialog.list.count() == 0
    assert dialog.shown() == ""
    field.setText("repeats")
    first = dialog.shown()
    assert "the same again" in first
    field.clear()
    dialog.show()
    qtbot.waitUntil(field.hasFocus)
    before = dialog.list.currentRow()
    press(Qt.Key.Key_Down)
    assert dialog.list.currentRow() == before + 1
    press(Qt.Key.Key_Up)
    assert dialog.list.currentRow() == before


@pytest.mark.parametrize("opens", [True, False])
def test_the_manual_is_opened_or_its_place_is_said(
    window: MainWindow, prompts: FakePrompts, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    asked: list[str] = []

    class Desktop(QDesktopServices):
        @staticmethod
        def openUrl(url: object) -> bool:  # noqa: N802  (Qt's name)
            asked.append(url.toLocalFile())  # type: ignore[attr-defined]
            return opens

    monkeypatch.setattr(window_commands, "QDesktopServices", Desktop)
    window.all_actions.trigger(ActionId.HELP_MANUAL)
    assert asked == [paths.resource("manual", "index.html").as_posix()]
    assert len(prompts.errors) == (0 if opens else 1)
    assert opens or str(paths.resource("manual", "index.html")) in str(prompts.errors[0])
