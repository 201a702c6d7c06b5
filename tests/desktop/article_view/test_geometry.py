"""Where code points stand, against Qt's own selections and hit tests, in mixed directions too."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextCharFormat, QTextLayout
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ArticleHeader, ArticleView, movement
from annotator.desktop.article_view.laid_paragraph import LaidParagraph
from annotator.domain.annotations import Span
from annotator.domain.graphemes import is_boundary, widen
from tests.desktop.article_view.conftest import BIDI, Hand, MakeView

WIDTH = 360
SPACE = 20
TEXTS = [
    *BIDI.split("\n"),
    "Plain words on a line that is long enough to wrap a few times over before it comes to its end, with\ttabs.",
    "אבג (123) דהו \U0001f600 זחט abc def יכל, מנס - עפצ!",
    "1. مرحبا 2. world 3. عالم",
]


def paragraph(view: ArticleView, text: str) -> LaidParagraph:
    return LaidParagraph(text, view.page.type.style(view.page.kind(0)), WIDTH, 0)


def columns_of_qt(laid: LaidParagraph, start: int, end: int, line: int) -> set[int]:
    """The pixel columns of a line on which Qt's own selection of the range has its background."""
    box = laid.lines[line]
    image = QImage(WIDTH + 40, laid.height + 2 * SPACE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    chosen = QTextLayout.FormatRange()
    chosen.start = laid.map.to_utf16(start)
    chosen.length = laid.map.to_utf16(end) - chosen.start
    form = QTextCharFormat()
    form.setBackground(QColor("#ff00ff"))
    form.setForeground(QColor("#ff00ff"))
    chosen.format = form
    painter = QPainter(image)
    try:
        painter.setPen(Qt.GlobalColor.transparent)
        laid.layout.draw(painter, QPointF(0, SPACE), [chosen])
    finally:
        painter.end()
    y = SPACE + int(box.shape.y()) + 1
    return {x for x in range(image.width()) if image.pixelColor(x, y).name() == "#ff00ff"}


@pytest.mark.parametrize("text", TEXTS)
def test_stretches_cover_what_qt_selects(view: ArticleView, text: str) -> None:
    laid = paragraph(view, text)
    chooser = random.Random(text)
    for _ in range(25):
        a, b = sorted(chooser.sample(range(len(text) + 1), 2))
        span = widen(text, Span(a, b))
        pieces = laid.stretches(span.start, span.end)
        for number, line in enumerate(laid.lines):
            ours = [(s.left, s.right) for s in pieces if s.line == number]
            qts = columns_of_qt(laid, span.start, span.end, number)
            blank = line.shape.naturalTextRect()
            qts = {x for x in qts if blank.left() <= x < blank.right()}
            stray = {x for x in qts if not any(left - 3 <= x <= right + 3 for left, right in ours)}
            missing = {
                x
                for left, right in ours
                for x in range(int(left) + 3, int(right) - 3)
                if x not in qts and left < x < right
            }
            assert (stray, missing) == (set(), set()), (span, number, ours)


@pytest.mark.parametrize("text", TEXTS)
def test_a_point_on_a_character_finds_that_character(view: ArticleView, text: str) -> None:
    laid = paragraph(view, text)
    for offset in range(len(text)):
        cluster = widen(text, Span(offset, offset + 1))
        for piece in laid.stretches(cluster.start, cluster.end):
            line = laid.lines[piece.line]
            x = (piece.left + piece.right) / 2
            found = laid.character_at(x, (line.top + line.bottom) / 2)
            assert found is not None
            there = widen(text, Span(found, found + 1))
            in_one_glyph = laid.bidi and laid.stretches(there.start, there.end)[0].left == piece.left
            assert there == cluster or in_one_glyph


@pytest.mark.parametrize("text", TEXTS)
def test_the_edges_of_a_character_are_those_of_its_stretch(view: ArticleView, text: str) -> None:
    laid = paragraph(view, text)
    for offset in range(len(text)):
        cluster = widen(text, Span(offset, offset + 1))
        pieces = laid.stretches(cluster.start, cluster.end)
        if len(pieces) != 1 or cluster != Span(offset, offset + 1):
            continue
        xs = {round(laid.edge(offset, ending=ending)[1]) for ending in (False, True)}
        assert xs == {round(pieces[0].left), round(pieces[0].right)}


def test_a_place_on_the_page_goes_to_the_nearest_caret(make_view: MakeView) -> None:
    view = make_view("plain words on a line")
    hand = Hand(view)
    for offset in range(20):
        near, far = hand.point(offset, 0.2), hand.point(offset, 0.8)
        assert movement.at_point(view.page, *view.point_on_page(near)) == offset
        assert movement.at_point(view.page, *view.point_on_page(far)) == offset + 1


def test_a_place_beside_the_text_goes_to_the_edge_of_its_line(make_view: MakeView) -> None:
    view = make_view("first line\nsecond line")
    y = view.page.top_in_view(1) + 20.0
    assert movement.at_point(view.page, -50, y) == len("first line") + 1
    assert movement.at_point(view.page, 5000, y) == len("first line\nsecond line")
    assert movement.at_point(view.page, 5000, 5000) == len("first line\nsecond line")
    assert movement.at_point(view.page, -50, -5000) == 0
    assert movement.character_at(view.page, 5000, y) is None
    assert movement.character_at(view.page, -1, y) is None


def test_a_wrapped_line_ends_before_its_blank(make_view: MakeView) -> None:
    text = "word " * 60
    view = make_view(text.strip())
    laid = view.page.lay(0)
    assert len(laid.lines) > 2
    for number in range(len(laid.lines) - 1):
        start, end = laid.line_range(number)
        assert text[end - 1] == "d"
        assert movement.line_edge(view.page, start + 1, end=True) == end
        assert movement.line_edge(view.page, start + 1, end=False) == start
        assert laid.offset_on_line(number, 10_000) == end


def test_a_word_longer_than_the_line_is_broken_and_reached_by_end(make_view: MakeView) -> None:
    view = make_view("w" * 300)
    laid = view.page.lay(0)
    assert len(laid.lines) > 1
    first_end = laid.line_range(0)[1]
    assert movement.line_edge(view.page, 3, end=True) == first_end - 1


def test_right_to_left_paragraphs_stand_at_the_right(make_view: MakeView) -> None:
    view = make_view(BIDI)
    left_to_right, right_to_left = view.page.lay(0), view.page.lay(1)
    assert not left_to_right.rtl
    assert right_to_left.rtl
    assert right_to_left.caret(0)[1] > view.page.columns.text_width - 10


def test_the_language_decides_where_no_letter_does(view: ArticleView) -> None:
    view.set_article("123 – 456\nabc", (), language="ar-EG")
    assert view.page.lay(0).rtl
    assert not view.page.lay(1).rtl


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet="ab c\u05d0\u05d1\u0627\u0628\u0301\U0001f600\u200d12(.", min_size=1, max_size=60),
    st.data(),
)
def test_every_point_gives_a_place_that_cuts_no_cluster(
    view: ArticleView, qtbot: QtBot, text: str, data: st.DataObject
) -> None:
    view.set_article(text, ())
    x = data.draw(st.floats(-50, 800))
    y = data.draw(st.floats(-50, 400))
    offset = movement.at_point(view.page, x, y)
    assert 0 <= offset <= len(text)
    assert is_boundary(text, offset)


@pytest.mark.parametrize(("language", "at_right"), [("he", True), ("en", False)])
def test_the_head_of_an_article_begins_where_its_lines_do(view: ArticleView, language: str, at_right: bool) -> None:
    words = "הרציף נסגר" if language == "he" else "It is shut"
    view.set_article(words, (), header=ArticleHeader("", "Ha'aretz"), language=language)
    picture = view.viewport().grab(QRect(0, 0, view.viewport().width(), view.page.header.height)).toImage()
    ground = picture.pixelColor(0, 0)
    columns = view.page.columns
    inked = [
        x - columns.text_left
        for x in range(columns.text_left, columns.text_right)
        if any(picture.pixelColor(x, y) != ground for y in range(picture.height()))
    ]
    assert (inked[-1] > columns.text_width - 6) is at_right
    assert (inked[0] < 6) is not at_right
