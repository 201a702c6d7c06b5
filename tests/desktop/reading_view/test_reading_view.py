"""The reading view: the same article, caret, selection and keys in stock widgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.reading_view import ReadingView
from annotator.desktop.workspace import Workspace
from annotator.domain.annotations import Span
from annotator.domain.codebook import TagKind
from annotator.settings import READING_VIEW
from tests.desktop.desk import Desk
from tests.desktop.windows import focus, press, settle, space_of

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def reading(desk: Desk) -> ReadingView:
    desk.area.set_reading(True)
    assert desk.area.reading.text.hasFocus()
    return desk.area.reading


def rows(reading: ReadingView) -> list[str]:
    model = reading.passages.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def tag(desk: Desk, words: str, key: str) -> None:
    desk.select(words)
    desk.press(key)
    desk.settle()
    desk.press(Qt.Key.Key_Escape)


# -- in the window ---------------------------------------------------------------------


def test_f7_takes_caret_and_selection_there_and_back(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    text = space.area.reading.text
    space.view.select_span(5, 12)
    press(Qt.Key.Key_F7)
    assert focus() is text
    assert not space.view.isVisible()
    assert text.textCursor().selectedText() == space.view.selected_text()
    assert window.all_actions.action(ActionId.VIEW_READING).isChecked()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right, SHIFT)
    assert space.view.selected_span() == Span(12, 13)
    press(Qt.Key.Key_F7)
    assert focus() is space.view
    assert not text.isVisible()
    assert space.view.selected_span() == Span(12, 13)


def test_the_choice_is_remembered_and_esc_leaves_it_only_for_now(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window(project_file)
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_Escape)
    assert focus() is space_of(window).view
    assert not window.all_actions.action(ActionId.VIEW_READING).isChecked()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    again = open_window(project_file)
    assert focus() is space_of(again).area.reading.text
    assert again.all_actions.action(ActionId.VIEW_READING).isChecked()
    press(Qt.Key.Key_F7)
    assert not again.shared.settings.get(READING_VIEW)


def test_the_setting_takes_effect_at_once(window: MainWindow) -> None:
    space = space_of(window)
    space.shared.settings.set(READING_VIEW, True)
    space.take_settings()
    assert space.area.is_reading
    assert window.all_actions.action(ActionId.VIEW_READING).isChecked()


def test_another_article_comes_into_the_reading_view(qtbot: QtBot, window: MainWindow) -> None:
    space: Workspace = space_of(window)
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_PageDown, CONTROL)
    settle(qtbot, window)
    assert space.state.text is not None
    assert space.area.reading.text.toPlainText() == space.state.text.text
    assert focus() is space.area.reading.text


def test_the_panels_are_walked_round_to_the_text(window: MainWindow) -> None:
    press(Qt.Key.Key_F7)
    text = focus()
    press(Qt.Key.Key_F6)
    assert focus() is not text
    for _ in range(3):
        press(Qt.Key.Key_F6)
    assert focus() is text
    press(Qt.Key.Key_Tab)
    assert focus() is space_of(window).area.reading.passages


# -- the keys --------------------------------------------------------------------------


def test_a_passage_is_tagged_where_the_caret_says(desk: Desk, reading: ReadingView) -> None:
    """Behind a character outside the Basic Multilingual Plane and in the middle of the text."""
    desk.area.view.set_caret(desk.text.index("🌉") + 1)
    desk.press(Qt.Key.Key_Right, modifier=SHIFT)
    desk.press("C")
    (stored,) = desk.stored()
    assert stored.quote == "."
    assert desk.area.people_line.is_open
    desk.press(Qt.Key.Key_Escape)
    assert reading.text.hasFocus()


def test_grow_shrink_tag_and_undo(desk: Desk, reading: ReadingView) -> None:
    desk.place_caret("Nobody")
    desk.press("S")
    assert reading.text.textCursor().selectedText() == "Nobody"
    desk.press("S")
    grown = reading.text.textCursor().selectedText()
    assert len(grown) > len("Nobody")
    desk.press("S", modifier=SHIFT)
    assert reading.text.textCursor().selectedText() == "Nobody"
    desk.press("D")
    assert len(desk.stored()) == 1
    desk.press(Qt.Key.Key_Escape)
    assert [annotation.quote for annotation in desk.stored()] == ["Nobody"]
    desk.press("E")
    assert desk.stored()[0].tag_id == desk.tag_id(TagKind.EVIDENCE), "the current passage is tagged anew"
    assert reading.text.hasFocus()
    desk.press(Qt.Key.Key_Delete)
    assert desk.stored() == []


def test_next_previous_other_and_the_list(desk: Desk, reading: ReadingView) -> None:
    tag(desk, "Nobody sold anything to anyone", "D")
    tag(desk, "sold anything", "C")
    desk.place_caret("Mayor Tom")
    desk.press("P")
    assert rows(reading) == ["Claim, 2 of 2: “sold anything”", "Denial, 1 of 2: “Nobody sold anything to anyone”"]
    assert reading.passages.currentIndex().row() == 0
    assert reading.text.caret() == desk.text.index("sold anything")
    desk.press("O")
    assert reading.passages.currentIndex().row() == 1
    assert desk.state.quote(desk.state.current or "") == "Nobody sold anything to anyone"
    assert len(reading.text.extraSelections()) == 1
    desk.press("P")
    assert desk.state.quote(desk.state.current or "") == "Nobody sold anything to anyone", "there is none before"
    desk.press(Qt.Key.Key_Home)
    assert desk.state.current is None
    assert reading.text.extraSelections() == []


def test_rows_of_the_list_choose_and_letters_act_in_it(desk: Desk, reading: ReadingView) -> None:
    tag(desk, "Nobody sold anything to anyone", "D")
    tag(desk, "sold anything", "C")
    desk.place_caret("sold anything")
    desk.press(Qt.Key.Key_Tab)
    assert reading.passages.hasFocus()
    assert desk.state.quote(desk.state.current or "") == "sold anything"
    desk.press(Qt.Key.Key_Down)
    assert desk.state.quote(desk.state.current or "") == "Nobody sold anything to anyone"
    assert reading.text.caret() == desk.text.index("sold anything"), "choosing from the list leaves the caret"
    desk.press("C")
    assert {annotation.tag_id for annotation in desk.stored()} == {desk.tag_id(TagKind.CLAIM)}
    desk.press(Qt.Key.Key_Return)
    assert desk.area.people_line.is_open


def test_the_ends_of_a_passage_are_moved(desk: Desk, reading: ReadingView) -> None:
    tag(desk, "Nobody sold anything", "D")
    desk.place_caret("sold")
    tried: list[str] = []
    reading.end_tried.connect(tried.append)
    desk.press("B", Qt.Key.Key_Right)
    assert tried == ["Nobody sold anything to"]
    (shown,) = reading.text.extraSelections()
    assert shown.cursor.selectedText() == "Nobody sold anything to", "as it would be"
    desk.press(Qt.Key.Key_Return)
    assert [annotation.quote for annotation in desk.stored()] == ["Nobody sold anything to"]


def test_find_shows_and_then_selects_the_hit(desk: Desk, reading: ReadingView) -> None:
    desk.press("F", modifier=CONTROL)
    desk.write("bridge")
    (shown,) = reading.text.extraSelections()
    assert shown.cursor.selectedText() == "bridge"
    assert reading.text.caret() == 0
    desk.press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert reading.text.textCursor().selectedText() == "bridge"
    assert reading.text.hasFocus()


def test_esc_gives_up_selection_then_passage_then_the_view(desk: Desk, reading: ReadingView) -> None:
    tag(desk, "Nobody", "D")
    desk.press("N", "P")
    desk.select("sold")
    desk.press(Qt.Key.Key_Escape)
    assert not reading.text.textCursor().hasSelection()
    desk.press("P")
    assert desk.area.view.current() is not None
    desk.press(Qt.Key.Key_Escape)
    assert not desk.area.view.current()
    assert reading.isVisible()
    desk.press(Qt.Key.Key_Escape)
    assert desk.area.view.hasFocus()
    assert not reading.isVisible()


def test_copy_gives_the_stored_text(desk: Desk, reading: ReadingView) -> None:
    article = desk.project.articles.add_text("A\u00a0bridge\nwas sold", title="Sold")
    desk.settle()
    desk.open(article.id)
    desk.press("A", modifier=CONTROL)
    desk.press("C", modifier=CONTROL)
    assert QGuiApplication.clipboard().text() == "A\u00a0bridge\nwas sold"


def test_only_the_current_passage_is_formatted(desk: Desk, reading: ReadingView) -> None:
    """However many there are, so that a large article opens like a plain text."""
    words = "Nobody sold the bridge to anyone at all. "
    article = desk.project.articles.add_text(words * 2000, title="Long")
    tag_id = desk.tag_id(TagKind.DENIAL)
    for place in range(40):
        desk.project.annotations.add(article.id, start=place * len(words), end=place * len(words) + 6, tag=tag_id)
    desk.settle()
    desk.open(article.id)
    assert reading.text.extraSelections() == []
    desk.press("N")
    assert len(reading.text.extraSelections()) == 1
    assert len(rows(reading)) == 1


def test_the_list_leaves_out_what_the_filter_hides(desk: Desk, reading: ReadingView) -> None:
    tag(desk, "Nobody sold anything to anyone", "D")
    tag(desk, "sold anything", "C")
    desk.place_caret("sold anything")
    assert len(rows(reading)) == 2
    desk.area.filter_bar.begin()
    desk.child(QToolButton, f"filterTag.{desk.tag_id(TagKind.CLAIM)}").click()
    assert rows(reading) == ["Denial, 1 of 2: “Nobody sold anything to anyone”"]


def test_behind_the_last_passage_it_is_said_that_there_is_none(desk: Desk, reading: ReadingView) -> None:
    tag(desk, "Nobody", "D")
    desk.place_caret("Ferry")
    desk.press("N")
    desk.said.clear()
    desk.press("N")
    assert desk.said == ["There is no passage further on."]
    desk.press("P")
    assert desk.said[1:] == ["There is no passage before."]
