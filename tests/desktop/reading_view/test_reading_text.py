"""The stock text widget keeps the count of code points for every canonical text, whatever is in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.desktop.reading_view.reading_text import ReadingText
from annotator.domain.offsets import utf16_length
from annotator.domain.text import canonical_text

ODD = "\n\t\u00a0\u00ad\u200d\u200f\u2066\u0301\ufffc\x0b\x0c\x85\ufffd e🌉👩\u200d🔬🇩🇪שלום"


@pytest.fixture
def text(qtbot: QtBot) -> ReadingText:
    widget = ReadingText()
    qtbot.addWidget(widget)
    return widget


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(words=st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])), max_size=60))
def test_offsets_are_those_of_the_stored_text(text: ReadingText, words: str) -> None:
    stored = canonical_text(words)
    text.show_text(stored)
    assert text.document().characterCount() - 1 == utf16_length(stored)
    for offset in range(len(stored) + 1):
        text.put_caret(offset, 0)
        assert text.caret() == offset


def test_the_persons_caret_is_told_in_code_points(qtbot: QtBot, text: ReadingText) -> None:
    text.show_text("🌉 A\u00a0bridge\nwas sold")
    moved: list[tuple[int, int]] = []
    text.moved.connect(lambda caret, anchor: moved.append((caret, anchor)))
    text.show()
    qtbot.waitExposed(text)
    text.put_caret(2, 2)
    assert moved == [], "only what the person does is told"
    QTest.keyClick(text, Qt.Key.Key_Right)
    QTest.keyClick(text, Qt.Key.Key_Left)
    QTest.keyClick(text, Qt.Key.Key_Left)
    QTest.keyClick(text, Qt.Key.Key_Left)
    assert [caret for caret, _ in moved] == [3, 2, 1, 0], "the bridge is one place, not two"
    QTest.keyClick(text, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert moved[-1] == (10, 0)
    text.close()


def test_nothing_can_be_typed_into_it(text: ReadingText) -> None:
    text.show_text("A bridge")
    QTest.keyClicks(text, "xyz")
    QTest.keyClick(text, Qt.Key.Key_Delete)
    QTest.keyClick(text, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText() == "A bridge"


def test_no_line_is_wider_than_one_can_read(qtbot: QtBot, text: ReadingText) -> None:
    text.set_measure(60)
    text.show_text("word " * 300)
    text.resize(1600, 400)
    text.show()
    text.resize(1500, 400)
    measure = 60 * text.fontMetrics().averageCharWidth()
    lines = text.document().firstBlock().layout()
    assert lines.lineCount() > 10
    assert max(lines.lineAt(n).naturalTextWidth() for n in range(lines.lineCount())) <= measure
    assert not text.horizontalScrollBar().isVisible()
    middle = text.viewport().geometry().center().x()
    assert abs(middle - text.width() // 2) <= 12
    text.resize(200, 400)
    assert text.viewport().width() > 160, "nothing beside the text where there is no room"
    text.set_measure(None)
    text.resize(1600, 400)
    assert text.viewport().width() > 1500
