"""Going to a paragraph by number or per cent, and coming back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.desktop.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def long_desk(desk: Desk) -> Desk:
    text = "\n\n".join(f"Paragraph {n} of the ferry report, in which nobody says anything new." for n in range(1, 201))
    desk.open(desk.project.articles.add_text(text, title="The whole report").id)
    desk.area.view.setFocus()
    return desk


def first_shown(desk: Desk) -> int:
    return int(desk.area.view.page.reading_position()[0])


def told(desk: Desk) -> str:
    return desk.child(QLabel, "goCount").text()


def test_the_text_follows_what_is_typed_and_enter_stays_there(long_desk: Desk) -> None:
    desk = long_desk
    desk.press("G", modifier=CTRL)
    assert desk.area.go_bar.field.text() == "1"
    assert told(desk) == "of 200"
    desk.write("150")
    place = desk.text.index("Paragraph 150 ")
    assert first_shown(desk) <= place <= first_shown(desk) + 3000
    assert desk.area.view.caret() == 0
    desk.press(Qt.Key.Key_Return)
    assert desk.area.view.caret() == place
    assert desk.area.view.hasFocus()
    assert not desk.area.go_bar.isVisible()


def test_escape_returns_to_where_the_text_was(long_desk: Desk) -> None:
    desk = long_desk
    desk.area.view.scroller.by(333)
    before = desk.area.view.page.reading_position()
    desk.press("G", modifier=CTRL)
    desk.write("180")
    assert desk.area.view.page.reading_position() != before
    desk.press(Qt.Key.Key_Escape)
    assert desk.area.view.page.reading_position() == before
    assert desk.area.view.caret() == 0


def test_a_place_can_be_said_in_per_cent(long_desk: Desk) -> None:
    desk = long_desk
    desk.press("G", modifier=CTRL)
    desk.write("50%")
    desk.press(Qt.Key.Key_Return)
    assert desk.text[desk.area.view.caret() :].startswith("Paragraph 10")


@pytest.mark.parametrize("typed", ["0", "201", "101%", "x"])
def test_what_is_no_paragraph_is_said_and_goes_nowhere(long_desk: Desk, typed: str) -> None:
    desk = long_desk
    desk.press("G", modifier=CTRL)
    before = desk.area.view.page.reading_position()
    desk.area.go_bar.field.setText(typed[:-1])
    desk.area.go_bar.field.end(False)
    desk.write(typed[-1])
    assert told(desk) == "there are 200 paragraphs; or type 50 %"
    desk.press(Qt.Key.Key_Return)
    assert desk.area.go_bar.isVisible()
    assert desk.area.view.page.reading_position() == before
    desk.press(Qt.Key.Key_Escape)


def test_down_and_up_walk_from_paragraph_to_paragraph(long_desk: Desk) -> None:
    desk = long_desk
    desk.press("G", modifier=CTRL)
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert desk.area.go_bar.field.text() == "2"
    desk.press(Qt.Key.Key_Return)
    assert desk.area.view.caret() == desk.text.index("Paragraph 2 ")


def test_paragraphs_are_counted_as_in_the_list_of_passages_and_the_quote_sheet(desk: Desk) -> None:
    text = "Ferry report\n\n \nFirst it rained.\nThen \U0001f600 it did not.\n\n\nNobody denied it.\n"
    article = desk.project.articles.add_text(text, title="Blank lines")
    desk.open(article.id)
    for words in ("report", "rained", "\U0001f600 it did", "Nobody"):
        start = desk.text.index(words)
        desk.project.annotations.add(article.id, start=start, end=start + len(words), tag="Claim")
    desk.settle()
    rows = [row for row in desk.project.passages.query() if row.annotation.article_id == article.id]
    assert sorted(row.paragraph for row in rows) == [1, 2, 3, 4]
    for row in rows:
        desk.area.view.set_caret(row.annotation.start)
        desk.area.view.setFocus()
        desk.press("G", modifier=CTRL)
        assert desk.area.go_bar.field.text() == str(row.paragraph)
        desk.press(Qt.Key.Key_Return)
        shown = desk.text[desk.area.view.caret() :].split("\n")[0]
        assert row.annotation.quote in shown


def test_a_paragraph_that_is_in_view_already_is_pointed_out(long_desk: Desk) -> None:
    desk = long_desk
    view = desk.area.view
    desk.press("G", modifier=CTRL)
    desk.write("3")
    place = desk.text.index("Paragraph 3 ")
    assert first_shown(desk) == 0  # nothing has moved
    assert view.state.pointed is not None
    assert view.state.pointed.start == place
    shown = next(shown for shown in view.page.shown() if view.page.table.starts[shown.paragraph] == place)
    beside = view.page.columns.text_left - 3  # of the panel, left of all letters
    middle = shown.top + (shown.laid.lines[0].top + shown.laid.lines[0].bottom) // 2
    ground = view.painter.paints.theme.base
    assert view.viewport().grab().toImage().pixelColor(beside, middle).name() != ground
    desk.press(Qt.Key.Key_Return)
    assert view.state.pointed.start == place  # for a moment, so that the caret is found
    desk.qtbot.waitUntil(lambda: view.state.pointed is None)
    assert view.viewport().grab().toImage().pixelColor(beside, middle).name() == ground


def test_nothing_is_pointed_out_any_more_after_escape(long_desk: Desk) -> None:
    desk = long_desk
    desk.press("G", modifier=CTRL)
    desk.write("3")
    desk.press(Qt.Key.Key_Escape)
    assert desk.area.view.state.pointed is None
