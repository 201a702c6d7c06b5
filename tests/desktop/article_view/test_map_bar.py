"""The map of the passages in the scroll bar."""

from __future__ import annotations

import gc
import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import DARK, LIGHT, ArticleView, ViewTheme
from annotator.desktop.article_view.look import adapted
from annotator.desktop.article_view.map_bar import MapBar
from annotator.desktop.article_view.map_picture import WIDTH, column_at
from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.paragraphs import ParagraphTable
from annotator.desktop.article_view.scroll_rows import COLUMNS, ScrollRows
from annotator.desktop.style import style_sheet
from annotator.desktop.theme import LIGHT as LIGHT_THEME
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark
from tests.desktop.article_view.conftest import LONG, STYLES, MakeView, mark

KINDS: Mapping[str, TagKind] = {tag_id: style.kind for tag_id, style in STYLES.items()}


@st.composite
def rows_and_marks(draw: st.DrawFn) -> tuple[list[int], list[Mark]]:
    offsets = sorted(draw(st.lists(st.integers(0, 4000), min_size=2, max_size=40)))
    offsets[0] = 0
    ends = st.tuples(st.integers(0, offsets[-1]), st.integers(1, 1500), st.sampled_from(sorted(KINDS)))
    drawn = draw(st.lists(ends, max_size=60))
    return offsets, [Mark(f"m{n}", start, start + length, tag, "a") for n, (start, length, tag) in enumerate(drawn)]


def by_hand(rows: ScrollRows, marks: list[Mark]) -> list[set[int]]:
    """For each column the rows in which a mark lies, one mark after the other."""
    found: list[set[int]] = [set() for _ in COLUMNS]
    for one in marks:
        found[COLUMNS.index(KINDS[one.tag_id])].update(range(rows.row(one.start), rows.row(one.end - 1) + 1))
    return found


def filled(offsets: list[int], marks: MarkSet) -> ScrollRows:
    rows = ScrollRows(offsets, marks, KINDS)
    for _ in rows.fill():
        pass
    return rows


def taken(rows: ScrollRows) -> list[set[int]]:
    return [{row for row, tag_id in enumerate(cells) if tag_id is not None} for cells in rows.cells]


@given(rows_and_marks())
def test_rows_have_what_a_plain_count_finds(drawn: tuple[list[int], list[Mark]]) -> None:
    offsets, marks = drawn
    known = MarkSet()
    known.replace_all(sorted(marks, key=lambda one: one.start))
    rows = filled(offsets, known)
    assert taken(rows) == by_hand(rows, marks)


@given(rows_and_marks(), st.data())
def test_rows_filled_after_each_change_are_those_filled_at_once(
    drawn: tuple[list[int], list[Mark]], data: st.DataObject
) -> None:
    offsets, marks = drawn
    known = MarkSet()
    known.replace_all(sorted(marks, key=lambda one: one.start))
    rows = filled(offsets, known)
    for one in data.draw(st.lists(st.sampled_from(marks), unique=True)) if marks else []:
        known.remove(one.id)
        rows.refill(one.start, one.end)
        if data.draw(st.booleans()):
            known.add(one._replace(tag_id="denial"))
            rows.refill(one.start, one.end)
    assert rows.cells == filled(offsets, known).cells


def test_very_many_marks_are_not_all_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    starts = sorted(chance.randrange(1_000_000) for _ in range(20_000))
    known = MarkSet()
    known.replace_all([Mark(f"m{n}", at, at + 150, sorted(KINDS)[n % len(KINDS)], "a") for n, at in enumerate(starts)])
    looked: list[Mark] = []
    shows = known.shows

    def noted(one: Mark) -> bool:
        looked.append(one)
        return shows(one)

    monkeypatch.setattr(known, "shows", noted)
    rows = filled(list(range(0, 1_000_001, 2_000)), known)
    assert all(None not in cells for cells in rows.cells)
    assert len(looked) < len(starts) * 0.6


@pytest.fixture
def scene(make_view: MakeView, qtbot: QtBot) -> ArticleView:
    view = make_view(LONG)
    starts = view.page.table.starts
    view.set_marks(
        [
            mark("first", starts[100], starts[100] + 60),
            mark("second", starts[200], starts[200] + 60, "denial"),
            mark("third", starts[390], starts[390] + 60, "evidence"),
        ]
    )
    view.set_labels({"second": "Dora <Quill> · denial"})
    settle(qtbot, view)
    return view


def bar_of(view: ArticleView) -> MapBar:
    bar = view.verticalScrollBar()
    assert isinstance(bar, MapBar)
    return bar


def settle(qtbot: QtBot, view: ArticleView) -> None:
    qtbot.waitUntil(lambda: not bar_of(view).busy)


def columns_shown(view: ArticleView, tag: str, theme: ViewTheme = LIGHT) -> dict[int, list[int]]:
    """The rows in which the map has a tag's colour, by column."""
    picture: QImage = bar_of(view).grab().toImage()
    colour = adapted(STYLES[tag].colour, theme).rgb()
    found: dict[int, list[int]] = {}
    for x in range(picture.width()):
        for y in range(picture.height()):
            if picture.pixel(x, y) == colour:
                found.setdefault(column_at(x), []).append(y)
    return {column: sorted(set(rows)) for column, rows in found.items()}


def test_each_kind_is_in_its_own_column_at_its_place(scene: ArticleView) -> None:
    height = bar_of(scene).height()
    for column, (tag, share) in enumerate((("claim", 0.25), ("denial", 0.5), ("evidence", 0.975))):
        shown = columns_shown(scene, tag)
        assert list(shown) == [column]
        assert shown[column][0] / height == pytest.approx(share, abs=0.02)


def test_hidden_passages_do_not_show(scene: ArticleView, qtbot: QtBot) -> None:
    scene.set_hidden(tags=frozenset({"denial"}))
    settle(qtbot, scene)
    assert columns_shown(scene, "denial") == {}
    scene.set_hidden()
    settle(qtbot, scene)
    assert list(columns_shown(scene, "denial")) == [1]


def test_a_passage_that_is_added_or_taken_away_shows_at_once(scene: ArticleView) -> None:
    before = columns_shown(scene, "claim")[0]
    start = scene.page.table.starts[300]
    scene.add_mark(mark("new", start, start + 40))
    assert len(columns_shown(scene, "claim")[0]) > len(before)
    scene.remove_mark("new")
    assert columns_shown(scene, "claim")[0] == before


def test_another_theme_gives_other_colours(scene: ArticleView, qtbot: QtBot) -> None:
    scene.set_theme(DARK)
    settle(qtbot, scene)
    assert list(columns_shown(scene, "denial", DARK)) == [1]
    assert bar_of(scene).grab().toImage().pixelColor(0, 0) == QColor(DARK.base)


def test_a_click_goes_to_the_passage(scene: ArticleView) -> None:
    row = columns_shown(scene, "evidence")[2][0]
    QTest.mouseClick(bar_of(scene), Qt.MouseButton.LeftButton, pos=QPoint(WIDTH - 7, row + 2))
    assert "third" in scene.visible_marks()
    assert scene.current() is None


def test_a_click_between_passages_goes_to_that_part_of_the_text(scene: ArticleView) -> None:
    bar = bar_of(scene)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(10, bar.height() * 3 // 4))
    middle = scene.page.shown()[len(scene.page.shown()) // 2].paragraph
    assert middle / len(scene.page.table) == pytest.approx(0.75, abs=0.03)


def test_a_tool_tip_tells_the_passage_and_takes_its_words_as_words(scene: ArticleView) -> None:
    bar = bar_of(scene)
    QTest.mouseMove(bar, QPoint(14, columns_shown(scene, "denial")[1][0]))
    assert "<b>Dora &lt;Quill&gt; · denial</b><br>Paragraph 200" in bar.toolTip()
    QTest.mouseMove(bar, QPoint(14, bar.height() * 3 // 4))
    assert bar.toolTip() == ""


def test_the_current_passage_and_what_is_found_are_marked(scene: ArticleView) -> None:
    plain = bar_of(scene).grab().toImage()
    scene.set_current("third", reveal=False)
    current = bar_of(scene).grab().toImage()
    assert current != plain
    scene.set_current(None)
    assert bar_of(scene).grab().toImage() == plain
    scene.find("paragraph 300 ")
    scene.verticalScrollBar().setValue(0)
    found = bar_of(scene).grab().toImage()
    colour = adapted(LIGHT.found, LIGHT).rgb()
    rows = [y for y in range(found.height()) if found.pixel(3, y) == colour]
    assert rows[0] / bar_of(scene).height() == pytest.approx(0.75, abs=0.02)
    scene.find("")
    assert bar_of(scene).grab().toImage() == plain


def test_the_map_is_no_tab_stop(scene: ArticleView) -> None:
    assert bar_of(scene).focusPolicy() == Qt.FocusPolicy.NoFocus


@given(st.lists(st.text("ab ", max_size=90), min_size=1, max_size=40), st.integers(1, 300))
def test_offsets_down_the_page_follow_the_text(lines: list[str], count: int) -> None:
    text = "\n".join(lines)
    table = ParagraphTable(text)
    table.estimate(20, 30, 11, 9)
    offsets = table.offsets_down(count, table.total, above_first=40, before=11)
    assert len(offsets) == count + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    for row in range(count):
        assert table.at(offsets[row]) == table.find(int(row * table.total / count))


def test_the_slider_is_painted_where_the_style_has_it(make_view: MakeView) -> None:
    view = make_view(LONG)
    bar = view.map
    bar.setStyleSheet(style_sheet(LIGHT_THEME, ""))
    chance = random.Random(5)
    for _ in range(300):
        bar.setRange(0, chance.choice([0, 1, 5, 700, 5000, 100_000]))
        bar.setPageStep(chance.choice([1, 100, 690, 3000]))
        bar.setValue(chance.randint(0, bar.maximum()))
        assert bar._slider() == bar._slider_of_style()


def test_a_view_that_is_collected_while_it_is_shown_goes_without_a_word(qapp: QApplication) -> None:
    """Its parts are hidden then, after Python has taken their fields away; an exception there fails the test."""
    view = ArticleView()
    view.show()
    QApplication.processEvents()
    del view
    gc.collect()
    QApplication.processEvents()


def test_a_hidden_map_is_filled_once_it_is_shown(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view("\n".join(f"line {n}" for n in range(3000)))
    bar = bar_of(view)
    view.hide()
    view.set_marks([mark("m", 0, 4)])
    qtbot.waitUntil(lambda: not bar.busy)
    view.show()
    assert bar.busy
    qtbot.waitUntil(lambda: not bar.busy)
