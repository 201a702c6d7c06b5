"""Columns, labels and relations: what stands beside the text."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ARTICLE_FAMILY, LIGHT, ArticleView
from annotator.desktop.article_view.margin import fitted, initials
from annotator.desktop.article_view.metrics import LEAST_CHARACTERS, MEASURE, TextSetting, columns, typography
from annotator.desktop.article_view.relation_curves import Curve, CurvePainter, curves
from annotator.domain.articles import BlockKind
from tests.desktop.article_view.conftest import LONG, Hand, MakeView, mark
from tests.desktop.soak.pictures import on_screen, painted_anew


@pytest.mark.parametrize("zoom", [50, 75, 100, 150, 200, 400])
@pytest.mark.parametrize("width", [300, 640, 800, 900, 1000, 1366, 1920, 3000])
def test_columns_never_overlap_and_the_measure_keeps_its_bounds(view: ArticleView, width: int, zoom: int) -> None:
    type_ = typography(TextSetting(ARTICLE_FAMILY), QFont(), zoom)
    found = columns(width, type_)
    least = LEAST_CHARACTERS * type_.style(BlockKind.BODY).character
    assert 0 <= found.label_left < found.label_right < found.text_left
    assert found.text_right < found.relations_right <= found.page_width
    assert int(least) <= found.text_width <= max(MEASURE * zoom / 100, least + 1)
    assert found.page_width == width or found.text_width <= least + 1


def test_a_wide_page_centres_its_text_and_a_narrow_one_shows_initials(view: ArticleView) -> None:
    type_ = typography(TextSetting(ARTICLE_FAMILY), QFont(), 100)
    wide = columns(1600, type_)
    assert abs(wide.text_left + wide.text_right - 1600) <= 1
    assert wide.text_width == MEASURE
    assert not wide.initials
    narrow = columns(640, type_)
    assert narrow.initials
    assert narrow.page_width == 640


def test_a_label_loses_its_speakers_end_before_its_tag(view: ArticleView) -> None:
    metrics = QFontMetricsF(view.page.type.label_font)
    long_name = "Anneliese Featherstonehaugh-Cholmondeley · evidence"
    shown = fitted(long_name, 140, metrics)
    assert shown.startswith("Anneliese")
    assert shown.endswith("… · evidence")
    assert metrics.horizontalAdvance(shown) <= 140
    assert fitted("Ed Lee · claim", 140, metrics) == "Ed Lee · claim"
    assert metrics.horizontalAdvance(fitted(long_name, 30, metrics)) <= 30


@pytest.mark.parametrize(
    ("label", "short"),
    [("Mara Lind · claim", "ML"), ("Harbour council +2 · denial", "HC"), ("claim", "C"), ("J. P. van Orlo · x", "JPV")],
)
def test_initials(label: str, short: str) -> None:
    assert initials(label).startswith(short)


def test_curves_go_to_what_is_in_view_and_arrows_to_the_rest() -> None:
    marks = {m.id: m for m in (mark("a", 0, 5), mark("b", 50, 60), mark("c", 900, 950))}
    heights = {"a": None, "b": 120.0, "c": 400.0}
    relations = [("b", "a", "rebuts"), ("c", "b", "supports"), ("a", "c", "repeats"), ("b", "gone", "rebuts")]
    found = curves(marks["b"], relations, marks, lambda m: heights[m.id], hovered="c")
    assert [(c.kind, c.here, c.other, c.above, c.outgoing, c.hovered) for c in found] == [
        ("supports", 124.0, 400.0, False, False, True),
        ("rebuts", 116.0, None, True, True, False),
    ]
    assert curves(None, relations, marks, lambda m: heights[m.id], None) == []
    assert curves(marks["a"], relations, marks, lambda m: heights[m.id], None) == []


def test_arrows_of_a_kind_on_one_side_are_one_with_a_count_that_leads_to_the_nearest() -> None:
    marks = {m.id: m for m in (mark("a", 0, 5), mark("b", 20, 25), mark("c", 50, 60), mark("d", 900, 950))}
    relations = [("a", "c", "rebuts"), ("b", "c", "rebuts"), ("c", "a", "rebuts"), ("c", "d", "rebuts")]
    found = curves(marks["c"], relations, marks, lambda m: 100.0 if m.id == "c" else None, hovered=None)
    assert sorted((c.above, c.outgoing, c.other_id, c.count) for c in found) == [
        (False, True, "d", 1),
        (True, False, "b", 2),
        (True, True, "a", 1),
    ]


def test_passages_of_other_articles_are_shown_with_their_titles_once_they_are_known() -> None:
    marks = {"a": mark("a", 0, 5)}
    relations = [("a", "far", "rebuts"), ("unread", "a", "supports")]
    found = curves(marks["a"], relations, marks, lambda _: 100.0, None, {"far": "Ferry board denies"})
    assert [(c.kind, c.outgoing, c.elsewhere, c.other_id) for c in found] == [
        ("rebuts", True, "Ferry board denies", "far")
    ]


@pytest.mark.parametrize("height", [60.0, 140.0, 600.0])
@pytest.mark.parametrize("room", [34.0, 104.0, 160.0])
def test_words_beside_curves_never_overlap_nor_leave_the_margin(view: ArticleView, height: float, room: float) -> None:
    painter = CurvePainter(LIGHT, view.type.label_font, {})
    drawn = [
        Curve("rebuts", 30.0, 50.0, False, True, False, "a"),
        Curve("supports", 30.0, 40.0, False, True, False, "b"),
        Curve("answers", 30.0, None, True, False, False, "c", count=3),
        Curve("repeats", 30.0, None, False, True, False, "d", "A very long title of another article indeed"),
    ]
    placed = painter.place(drawn, 500.0, 500.0 + room, height)
    assert [each.curve for each in placed] == drawn
    for each in placed:
        assert each.box.left() >= 500.0 - 1
        assert each.box.right() <= 500.0 + room + 1
    if height >= 5 * view.type.label_height:
        assert all(each.box.top() >= 0 and each.box.bottom() <= height for each in placed)
        assert not any(a.box.intersects(b.box) for a, b in itertools.combinations(placed, 2))
    if room >= 104:
        assert all(each.box.left() >= 500.0 + each.bulge * 0.9 for each in placed)
        assert placed[2].lines == ("answers ×3",)


def test_where_there_is_no_room_for_words_the_kind_is_named_on_hover(make_view: MakeView) -> None:
    view = make_view(LONG, width=800)
    starts = view.page.table.starts
    view.set_marks([mark(str(n), starts[n] + 5, starts[n] + 20) for n in (0, 2)])
    view.set_relations([("2", "0", "rebuts")])
    view.set_current("2")
    hand = Hand(view)
    margin = view.page.columns.text_width
    y = next(y for y in range(view.page.view_height) if view.painter.relations.at(margin + 20, y) == "0")
    before = hand.picture()
    hand.hover(QPoint(view.page.columns.text_left + margin + 20, y + 3))
    assert view.state.hovered == "0"
    area = QRect(view.page.columns.text_right - 20, y, 20, 16)  # the frame reaches over the text's edge
    assert hand.picture().copy(area) != before.copy(area)


def test_a_label_too_long_for_the_page_is_written_in_full_on_several_lines(
    make_view: MakeView, steady_caret: None
) -> None:
    view = make_view(LONG, width=640, height=400)
    starts = view.page.table.starts
    view.set_marks([mark("m", starts[0] + 5, starts[0] + 20)])
    view.set_labels({"m": "A very long name of a body " * 12 + "· claim"})
    view.hover("m", on_label=True)
    QApplication.processEvents()
    drawn = view.page.shown()[0].laid.draw_list
    assert drawn is not None
    frame = view.painter.margin.whole_frame(drawn.labels[0], view.page.columns)
    assert frame is not None
    assert frame.height() > 5 * view.page.type.label_height
    assert frame.left() + view.page.columns.text_left >= 0
    assert frame.right() <= view.page.columns.text_width
    last_line = QRect(4, int(frame.bottom()) - 20, 100, 16)
    assert len({Hand(view).colour_at(last_line.topLeft() + QPoint(x, 8)).name() for x in range(100)}) > 2
    for hovered in ("m", None):
        view.hover(hovered, on_label=hovered is not None)
        QApplication.processEvents()
        assert on_screen(view) == painted_anew(view)


def test_what_leaves_a_passage_and_what_arrives_there_do_not_cover_one_another() -> None:
    here = mark("b", 10, 20)
    others = {m.id: m for m in (mark("a", 0, 5), here, mark("c", 30, 40))}
    heights = {"a": 20.0, "b": 60.0, "c": 100.0}
    relations = [("b", "a", "rebuts"), ("c", "b", "supports")]
    up, down = curves(here, relations, others, lambda m: heights[m.id], None)
    assert (up.outgoing, down.outgoing) == (True, False)
    assert down.here - up.here >= 8
    (alone,) = curves(here, relations[:1], others, lambda m: heights[m.id], None)
    assert alone.here == 60
    to_another_article = [("b", "far", "repeats")]
    arriving, out = curves(
        here, [("a", "b", "rebuts"), *to_another_article], others, lambda m: heights[m.id], None, {"far": "T"}
    )
    assert abs(arriving.here - out.here) >= 8


def test_a_kind_named_over_the_text_is_painted_whole_and_goes_away_whole(
    make_view: MakeView, steady_caret: None
) -> None:
    view = make_view(LONG, width=800)
    starts = view.page.table.starts
    view.set_marks([mark(str(n), starts[n] + 5, starts[n] + 20) for n in (0, 2)])
    view.set_relations([("2", "0", "rebuts")])
    view.set_current("2")
    for hovered in ("0", None):
        view.hover(hovered)
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        assert on_screen(view) == painted_anew(view)


def test_a_click_on_a_relation_goes_to_its_other_end(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(LONG, width=1100)
    hand = Hand(view)
    starts = view.page.table.starts
    view.set_marks([mark(str(n), starts[n] + 5, starts[n] + 20) for n in (0, 2, 300)])
    view.set_relations([("2", "0", "rebuts"), ("2", "300", "supports"), ("2", "far", "repeats")])
    view.set_elsewhere({"far": "Ferry board denies"})
    view.set_current("2")

    def place(target: str) -> QPoint:
        for y in range(view.page.view_height):
            if view.painter.relations.at(view.page.columns.text_width + 70, y) == target:
                return QPoint(view.page.columns.text_right + 70, y + 3)
        raise AssertionError(target)

    hand.hover(place("0"))
    assert view.state.hovered == "0"
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(view.elsewhere_requested) as told:
        hand.click(place("far"))
    assert told.args == ["far"]
    assert view.current() == "2"
    hand.click(place("300"))
    assert view.current() == "300"
    assert "300" in view.visible_marks()


def test_relations_are_drawn_in_the_right_margin_only(make_view: MakeView) -> None:
    view = make_view(LONG, width=1000)
    hand = Hand(view)
    starts = view.page.table.starts
    view.set_marks([mark("a", starts[0] + 5, starts[0] + 20), mark("b", starts[2] + 5, starts[2] + 20)])
    view.set_current("b")
    view.clearFocus()
    before = hand.picture()
    view.set_relations([("b", "a", "rebuts")])
    after = hand.picture()
    edge = view.page.columns.text_right
    left = before.copy(0, 0, edge, before.height()) == after.copy(0, 0, edge, after.height())
    right = before.copy(edge, 0, 200, before.height()) != after.copy(edge, 0, 200, after.height())
    assert left
    assert right
    view.set_current(None)
    view.set_relations([])
    assert hand.picture().copy(edge, 0, 200, after.height()) == before.copy(edge, 0, 200, before.height())


def test_the_heights_of_marks_out_of_view_are_not_known(make_view: MakeView) -> None:
    view = make_view(LONG)
    starts = view.page.table.starts
    view.set_marks([mark("a", starts[0], starts[0] + 20), mark("z", starts[300], starts[300] + 20)])
    assert view.painter.relations.height_of(view.marks.by_id["a"]) is not None
    assert view.painter.relations.height_of(view.marks.by_id["z"]) is None
    view.set_hidden(marks=frozenset({"a"}))
    assert view.painter.relations.height_of(view.marks.by_id["a"]) is None
