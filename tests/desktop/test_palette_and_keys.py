"""The command palette, the fuzzy match behind it, and the key sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator.desktop.actions import ACTIONS, plain
from annotator.desktop.command_palette import CommandPalette
from annotator.desktop.fuzzy import score
from annotator.desktop.key_sheet import KeySheet, rows
from annotator.desktop.main_window import MainWindow
from tests.desktop.windows import press, settle, space_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("exp", "Export…", "Next passage"),
        ("np", "New project…", "Open project…"),
        ("muller", "Jörg Müller", "Mule leader"),
        ("zi", "Zoom in", "Fuzzy thing"),
        ("under", "Under", "Understanding"),
    ],
)
def test_starts_of_words_and_short_texts_win(typed: str, better: str, worse: str) -> None:
    best, other = score(typed, better), score(typed, worse)
    assert best is not None
    assert other is None or best > other


def test_letters_must_occur_in_order() -> None:
    assert score("pxe", "Export") is None
    assert score("", "Anything") == 0
    assert score("a b", "about") is not None


def palette_of(window: MainWindow) -> CommandPalette:
    press(Qt.Key.Key_K, CTRL)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    return palette


def test_the_palette_does_an_action(qtbot: QtBot, window: MainWindow) -> None:
    palette = palette_of(window)
    QTest.keyClicks(palette.field, "all pass")
    assert palette.texts()[0] == "All passages"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert space_of(window).middle.currentWidget() is space_of(window).passages


def test_the_palette_finds_articles_people_and_tags(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    palette = palette_of(window)
    QTest.keyClicks(palette.field, "tag as den")
    assert palette.texts()[0] == "Tag as Denial"
    palette.field.setText("quill")
    assert palette.texts()[0] == "Dora Quill"
    palette.field.setText("bridge and")
    assert palette.texts()[0] == "The bridge and the crowns"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert space.state.article is not None
    assert space.state.article.outlet == "The Courier"


def test_arrows_move_through_the_palette_and_escape_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    palette = palette_of(window)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentRow() == 0
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(palette))


def test_only_what_can_be_done_is_offered(window: MainWindow) -> None:
    space_of(window).state.close_article()
    palette = palette_of(window)
    assert "Find in this article" not in palette.texts()
    assert "Export…" in palette.texts()


def test_the_key_sheet_has_every_action_with_a_key(window: MainWindow) -> None:
    listed = {row.does for _title, section in rows(window.all_actions) for row in section}
    for spec in ACTIONS:
        if spec.shortcuts:
            assert plain(window.all_actions.action(spec.id).text()) in listed, spec.id
    assert {"Tag as Claim", "Tag as Denial", "Tag as Evidence"} <= listed


def test_the_key_sheet_begins_with_what_is_done_to_passages(window: MainWindow) -> None:
    titles = [title for title, _section in rows(window.all_actions)]
    assert titles.index("Passage") == 0
    assert titles.index("In the relation line") < titles.index("File")
    assert titles.index("Help") < titles.index("On the review screen")
    assert len(set(titles)) == len(titles)


def test_the_key_sheet_is_narrowed_down(window: MainWindow) -> None:
    press(Qt.Key.Key_F1)
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    field = sheet.findChild(QLineEdit, "keySheetFilter")
    assert field is not None
    field.setText("relation line")
    before = len(sheet.shown())
    field.setText("undo")
    assert [text for text in sheet.shown() if "undo" not in text.casefold()] == []
    assert len(sheet.shown()) > 0
    field.setText("")
    assert len(sheet.shown()) > before
