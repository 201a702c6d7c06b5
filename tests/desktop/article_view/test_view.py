from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ArticleView
from annotator.domain.annotations import Span
from tests.desktop.article_view.conftest import TEXT, mark_of


def point_of(view: ArticleView, offset: int) -> QPoint:
    """The middle of the character at ``offset``, in the viewport."""
    index, laid, within = view.page.place(offset)
    piece = laid.stretches(within, within + 1)[0]
    line = laid.lines[piece.line]
    x = view.page.columns.text_left + (piece.left + piece.right) / 2
    return QPoint(round(x), view.page.top_in_view(index) + (line.top + line.bottom) // 2)


def test_selecting_a_span_tells_once_and_is_kept(view: ArticleView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.selection_changed) as told:
        view.select_span(3, 11)
    assert told.args == [Span(3, 11)]
    assert view.selected_span() == Span(3, 11)
    assert view.caret() == 11


def test_a_click_chooses_the_innermost_and_lists_all_that_lie_there(view: ArticleView, qtbot: QtBot) -> None:
    outer, inner = mark_of("We never met the company", "outer"), mark_of("met", "inner", "denial")
    view.set_marks([outer, inner])
    clicked: list[tuple[str, ...]] = []
    view.marks_clicked.connect(lambda ids, _point: clicked.append(ids))
    with qtbot.waitSignal(view.current_changed) as told:
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point_of(view, inner.start + 1)
        )
    assert told.args == ["inner"]
    assert clicked == [("inner", "outer")]


def test_copying_gives_the_stored_text(view: ArticleView, qtbot: QtBot) -> None:
    view.set_article("a\u00a0b\U0001f600 c", ())
    view.select_span(0, 4)
    view.copy()
    assert QGuiApplication.clipboard().text() == "a\u00a0b\U0001f600"


def test_a_page_paints_its_tints(view: ArticleView) -> None:
    before = view.grab().toImage()
    view.set_marks([mark_of("We never met the company", "m1")])
    assert view.grab().toImage() != before
    assert view.annotations_at(TEXT.index("never")) == ["m1"]
