"""Placing passages in a corrected text, from the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.place_dialog import PlaceDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.workspace import Workspace
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import TEXT, dialog_of, settle, space_of

CORRECTED = TEXT.replace("4,200", "4,300")


def correct(qtbot: QtBot, window: MainWindow, text: str) -> Workspace:
    space = space_of(window)
    assert space.state.article is not None
    article_id = space.state.article.id
    space.jobs.write(lambda: space.project.articles.correct_text(article_id, text))
    qtbot.waitUntil(lambda: space.state.text is not None and space.state.text.text == text)
    settle(qtbot, window)
    return space


def shown(space: Workspace) -> set[str]:
    assert space.state.text is not None
    return {space.state.text.text[mark.start : mark.end] for mark in space.state.marks.values()}


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> PlaceDialog:
    correct(qtbot, window, CORRECTED)
    prompts.offered()
    found = dialog_of(qtbot, window, PlaceDialog)
    settle(qtbot, window)
    return found


def click(qtbot: QtBot, window: MainWindow, dialog: PlaceDialog, name: str) -> None:
    button = {"place": dialog.place, "remove": dialog.remove, "keep": dialog.keep}[name]
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)


def test_a_waiting_passage_is_told_of_once_and_its_likely_place_is_selected(
    qtbot: QtBot, window: MainWindow, dialog: PlaceDialog, prompts: FakePrompts
) -> None:
    space = space_of(window)
    assert prompts.said == ["The text was corrected. Passages of yours that wait to be placed: 1 [Place them…]"]
    assert dialog.list.count() == 1
    span = space.view.selected_span()
    assert span is not None
    assert CORRECTED[span.start : span.end] == "gone for 4,300 crowns"
    assert shown(space) == {"Nobody sold anything to anyone"}
    assert space.state.article is not None
    space.state.open_article(space.state.article.id)
    settle(qtbot, window)
    assert len(prompts.said) == 1


def test_it_is_placed_at_the_selection_and_undone(qtbot: QtBot, window: MainWindow, dialog: PlaceDialog) -> None:
    space = space_of(window)
    click(qtbot, window, dialog, "place")
    assert shown(space) == {"Nobody sold anything to anyone", "gone for 4,300 crowns"}
    assert dialog.list.count() == 0
    assert not dialog.place.isEnabled()
    window.all_actions.trigger(ActionId.EDIT_UNDO)
    settle(qtbot, window)
    assert shown(space) == {"Nobody sold anything to anyone"}


def test_the_selection_can_be_changed_first(qtbot: QtBot, window: MainWindow, dialog: PlaceDialog) -> None:
    space = space_of(window)
    start = CORRECTED.index("the bridge had")
    space.view.select_span(start, start + len("the bridge had"))
    click(qtbot, window, dialog, "place")
    assert "the bridge had" in shown(space)
    space.view.clear_selection()
    assert not dialog.place.isEnabled()


def test_it_can_be_deleted(qtbot: QtBot, window: MainWindow, dialog: PlaceDialog) -> None:
    click(qtbot, window, dialog, "remove")
    assert dialog.list.count() == 0
    assert len(space_of(window).project.annotations.list()) == 1


def test_own_passages_on_a_text_that_a_colleague_corrected_are_kept_where_they_are_shown(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts
) -> None:
    space = space_of(window)
    ann = space.project.analyst
    assert ann is not None
    space.jobs.write(lambda: space.project.act_as("Ben Ash", create=True))
    space = correct(qtbot, window, f"Updated.\n\n{TEXT}")
    space.jobs.write(lambda: space.project.act_as(ann.id))
    settle(qtbot, window)
    window.all_actions.trigger(ActionId.ARTICLE_PLACE)
    dialog = dialog_of(qtbot, window, PlaceDialog)
    settle(qtbot, window)
    assert dialog.list.count() == 0
    assert "2" in dialog.keep.text()
    click(qtbot, window, dialog, "keep")
    assert not dialog.keep.isVisible()
    assert space.state.text is not None
    assert {a.text_id for a in space.project.annotations.list()} == {space.state.text.id}
    assert prompts.said == [
        "The text was corrected. Passages of yours that are shown where they stand now: 2 [Place them…]"
    ]


def test_the_dialog_goes_with_its_article(qtbot: QtBot, window: MainWindow, dialog: PlaceDialog) -> None:
    window.all_actions.trigger(ActionId.ARTICLE_NEXT)
    qtbot.waitUntil(lambda: not window.findChildren(PlaceDialog))


def test_it_is_offered_only_while_passages_wait(qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> None:
    action = window.all_actions.action(ActionId.ARTICLE_PLACE)
    assert not action.isEnabled()
    correct(qtbot, window, CORRECTED)
    assert action.isEnabled()
    prompts.offered()
    dialog = dialog_of(qtbot, window, PlaceDialog)
    settle(qtbot, window)
    click(qtbot, window, dialog, "remove")
    dialog.close()
    window.all_actions.trigger(ActionId.EDIT_UNDO)
    settle(qtbot, window)
    assert action.isEnabled()
    window.all_actions.trigger(ActionId.EDIT_UNDO)
    settle(qtbot, window)
    assert not action.isEnabled()
