"""Columns, labels and relations: what stands beside the text."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from annotator.desktop.article_view import ARTICLE_FAMILY, ArticleView
from annotator.desktop.article_view.margin import fitted, initials
from annotator.desktop.article_view.metrics import LEAST_CHARACTERS, MEASURE, TextSetting, columns, typography
from annotator.desktop.article_view.relation_curves import curves
from annotator.domain.articles import BlockKind
from tests.desktop.article_view.conftest import LONG, Hand, MakeView, mark


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
        ("supports", 120.0, 400.0, False, False, True),
        ("rebuts", 120.0, None, True, True, False),
    ]
    assert curves(None, relations, marks, lambda m: heights[m.id], None) == []
    assert curves(marks["a"], relations, marks, lambda m: heights[m.id], None) == []


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
    assert view.painter.height_of(view.marks.by_id["a"]) is not None
    assert view.painter.height_of(view.marks.by_id["z"]) is None
    view.set_hidden(marks=frozenset({"a"}))
    assert view.painter.height_of(view.marks.by_id["a"]) is None
