"""Searching the project from the bar: what is listed, and where each kind of hit leads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.panels.search_panel import _in_units
from annotator.domain.annotations import Span
from annotator.services.search import Hit
from tests.desktop.windows import TEXT, focus, press, settle, space_of

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def find(qtbot: QtBot, window: MainWindow, words: str) -> list[Hit]:
    """Type words into the search field, press Enter and return what is listed."""
    space = space_of(window)
    press(Qt.Key.Key_F, CTRL_SHIFT)
    assert focus() is window.top_bar.search_field
    window.top_bar.search_field.clear()
    QTest.keyClicks(window.top_bar.search_field, words)
    with qtbot.waitSignal(space.search.found):
        press(Qt.Key.Key_Return)
    settle(qtbot, window)
    return space.search.hits()


def test_typing_alone_shows_what_is_found_and_clearing_goes_back(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    press(Qt.Key.Key_F, CTRL_SHIFT)
    with qtbot.waitSignal(space.search.found):
        QTest.keyClicks(window.top_bar.search_field, "ledger")
    assert space.middle.currentWidget() is space.search
    assert [hit.entity_type for hit in space.search.hits()] == ["text_version"]
    window.top_bar.search_field.clear()
    assert space.middle.currentWidget() is space.area


def test_a_place_in_a_text_is_selected_there(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    (hit,) = find(qtbot, window, "ledger")
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    assert space.state.article is not None
    assert space.state.article.outlet == "The Courier"
    selected = space.view.selected_span()
    assert selected == Span(*hit.matches[0])
    assert space.state.text is not None
    assert space.state.text.text[selected.start : selected.end] == "ledger"


def test_a_passage_becomes_the_current_one(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    hits = find(qtbot, window, "gone for 4,200")
    passage = next(place for place, hit in enumerate(hits) if hit.entity_type == "annotation")
    for _ in range(passage):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    assert space.state.current == hits[passage].entity_id
    assert space.middle.currentWidget() is space.area


def test_a_person_leads_to_what_they_said(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    hits = find(qtbot, window, "tom reed")
    person = next(place for place, hit in enumerate(hits) if hit.entity_type == "person")
    for _ in range(person):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    assert space.middle.currentWidget() is space.passages


def test_nothing_found_is_said(qtbot: QtBot, window: MainWindow) -> None:
    assert find(qtbot, window, "zeppelin") == []
    assert "zeppelin" in space_of(window).search._summary.text()
    press(Qt.Key.Key_Escape)
    assert focus() is space_of(window).view


def test_the_model_keeps_qts_rules(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    tester = QAbstractItemModelTester(space.search._model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    find(qtbot, window, "bridge")
    find(qtbot, window, "crowns")
    assert tester.model() is space.search._model
    assert "bridge" in TEXT


@pytest.mark.parametrize(
    ("snippet", "start", "matches", "units"),
    [
        ("the bridge", 100, ((104, 110),), [(4, 6)]),
        ("🌉🌉 bridge", 10, ((13, 19),), [(5, 6)]),
        ("bridge", 100, ((90, 103), (105, 200)), [(0, 3), (5, 1)]),
        ("bridge", 100, ((10, 20),), []),
    ],
)
def test_matches_are_placed_in_the_snippet(
    snippet: str, start: int, matches: tuple[tuple[int, int], ...], units: list[tuple[int, int]]
) -> None:
    assert _in_units(Hit("text_version", "t", "a", "text", "", snippet, start, matches)) == units
