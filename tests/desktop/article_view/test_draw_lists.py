"""What a paragraph's draw list holds, and how seldom it is made."""

from __future__ import annotations

import itertools

import pytest

from annotator.desktop.article_view import ArticleView
from annotator.desktop.article_view.draw_list import DrawList
from annotator.desktop.article_view.draw_list_maker import CROWD
from annotator.domain.span_index import Entry, SpanIndex
from tests.desktop.article_view.conftest import LONG, TEXT, MakeView, mark, mark_of

SECOND = TEXT.index("\n") + 1


def drawn(view: ArticleView, paragraph: int = 0) -> DrawList:
    shown = next(s for s in view.page.shown() if s.paragraph == paragraph)
    return view.painter.draw_list_of(shown)


def test_a_passage_has_a_tint_a_line_two_ticks_and_a_bracket(view: ArticleView) -> None:
    view.set_marks([mark_of("council denies", "a")])
    found = drawn(view)
    assert [len(rects) for _, rects in found.tints] == [1]
    assert [len(rects) for _, rects in found.lines] == [1]
    assert [len(rects) for _, rects in found.ticks] == [2]
    assert [len(rects) for _, rects in found.brackets] == [3]
    ((_, (tint,)),), ((_, (line,)),) = found.tints, found.lines
    assert (tint.left(), tint.right()) == (line.left(), line.right())
    assert line.top() == tint.bottom()


def test_only_the_innermost_is_tinted_and_every_passage_has_its_lane(view: ArticleView) -> None:
    view.set_marks([mark("outer", 0, 30), mark("inner", 10, 20, "denial")])
    found = drawn(view)
    tints = {brush.color().name(): rects for brush, rects in found.tints}
    assert len(tints) == 2
    assert sorted(len(rects) for rects in tints.values()) == [1, 2]
    edges = sorted((rect.left(), rect.right()) for rects in tints.values() for rect in rects)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(edges))
    assert found.lanes == {"outer": 0, "inner": 1}
    assert len({rect.top() for _, rects in found.lines for rect in rects}) == 2


def test_what_finds_no_lane_is_counted_on_its_lines(view: ArticleView) -> None:
    view.set_marks([mark(f"m{n}", n, 35 - n) for n in range(7)])
    found = drawn(view)
    assert sorted(found.lanes.values()) == [0, 1, 2]
    assert found.more == [(0, 4)]


def test_a_passage_over_paragraphs_is_open_where_it_runs_on(view: ArticleView) -> None:
    view.set_marks([mark("long", 8, SECOND + 12)])
    first, second = drawn(view, 0), drawn(view, 1)
    assert [len(rects) for found in (first, second) for _, rects in found.ticks] == [1, 1]
    assert [len(rects) for found in (first, second) for _, rects in found.brackets] == [2, 2]
    assert [len(found.labels) for found in (first, second)] == [1, 0]


def test_labels_stand_below_one_another_and_the_rest_is_counted(view: ArticleView) -> None:
    view.set_marks([mark(f"m{n}", n, n + 5) for n in range(9)])
    view.set_labels({f"m{n}": f"Speaker {n} · claim" for n in range(9)})
    labels = drawn(view).labels
    height = view.page.type.label_height
    assert all(after.top - before.top >= height for before, after in itertools.pairwise(labels))
    assert labels[-1].text == f"+{9 - len(labels) + 1}"
    assert [id_ for label in labels for id_ in label.mark_ids] == [f"m{n}" for n in range(9)]
    assert labels[-1].top + height <= view.page.table.height(0) + view.page.type.lanes.pitch


def test_the_letter_of_a_nested_tag_stands_at_its_first_tick(view: ArticleView) -> None:
    view.set_marks([mark("a", 8, SECOND + 5, "nested")])
    assert [letter for letter, _, _ in drawn(view, 0).keys] == ["V"]
    assert drawn(view, 1).keys == []


def test_hidden_marks_take_no_lane(view: ArticleView) -> None:
    view.set_marks([mark("a", 0, 30), mark("b", 10, 20, "denial")])
    view.set_hidden(tags=frozenset({"claim"}))
    assert drawn(view).lanes == {"b": 0}


def test_an_added_mark_makes_anew_only_the_lists_it_touches(make_view: MakeView) -> None:
    view = make_view(LONG)
    view.set_marks([mark(f"m{n}", n * 50, n * 50 + 70) for n in range(800)])
    view.viewport().grab()
    starts, ends = view.page.table.starts, view.page.table.ends
    for start, end, touched in ((starts[1] + 3, starts[1] + 30, 1), (ends[0] - 5, starts[2] + 5, 3)):
        view.painter.lists_made = 0
        view.add_mark(mark("new", start, end))
        view.viewport().grab()
        assert view.painter.lists_made == touched
        view.painter.lists_made = 0
        view.remove_mark("new")
        view.viewport().grab()
        assert view.painter.lists_made == touched


def test_hovering_choosing_selecting_and_finding_make_no_list(make_view: MakeView) -> None:
    view = make_view(LONG)
    view.set_marks([mark(f"m{n}", n * 50, n * 50 + 70) for n in range(800)])
    view.viewport().grab()
    view.painter.lists_made = 0
    view.hover("m2")
    view.set_current("m1", reveal=False)
    view.put_selection(30, 90)
    view.find("tolls")
    view.viewport().grab()
    assert view.painter.lists_made == 0


def test_scrolling_makes_only_the_lists_newly_seen(make_view: MakeView) -> None:
    view = make_view(LONG)
    view.set_marks([mark(f"m{n}", n * 50, n * 50 + 70) for n in range(800)])
    view.viewport().grab()
    before = {shown.paragraph for shown in view.page.shown()}
    view.painter.lists_made = 0
    view.scroller.by(150)
    view.viewport().grab()
    after = {shown.paragraph for shown in view.page.shown()}
    assert view.painter.lists_made == len(after - before) > 0


def test_scrolling_asks_for_the_passages_of_what_is_newly_seen_alone(
    make_view: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = make_view(LONG)
    view.set_marks([mark(f"m{n}", n * 50, n * 50 + 70) for n in range(800)])
    view.viewport().grab()
    before = {shown.paragraph for shown in view.page.shown()}
    asked: list[tuple[int, int]] = []
    search = SpanIndex.overlapping

    def overlapping(index: SpanIndex, start: int, end: int) -> list[Entry]:
        asked.append((start, end))
        return search(index, start, end)

    monkeypatch.setattr(SpanIndex, "overlapping", overlapping)
    view.scroller.by(150)
    view.viewport().grab()
    after = {shown.paragraph for shown in view.page.shown()}
    assert 0 < len(asked) <= len(after - before)


def test_a_changed_label_makes_one_list(make_view: MakeView) -> None:
    view = make_view(LONG)
    view.set_marks([mark("m", 10, view.page.table.ends[2])])
    view.viewport().grab()
    view.painter.lists_made = 0
    view.update_labels({"m": "Somebody · claim"})
    view.viewport().grab()
    assert view.painter.lists_made == 1
    assert drawn(view).labels[0].text == "Somebody · claim"


def test_three_hundred_on_one_paragraph_are_summarised(make_view: MakeView) -> None:
    view = make_view("the council denied the toll " * 60)
    view.set_marks([mark(f"m{n:03}", n * 4, n * 4 + 200, "denial" if n % 2 else "claim") for n in range(300)])
    found = drawn(view)
    assert set(found.lanes.values()) == {0, 1, 2}
    assert sum(len(label.mark_ids) for label in found.labels) == 300
    assert len(found.labels) < 300
    assert found.more


def test_in_a_crowd_only_those_with_a_lane_are_tinted_and_the_rest_is_counted(make_view: MakeView) -> None:
    view = make_view("the council denied the toll " * 60)
    every = [mark(f"m{n:03}", n * 4, n * 4 + 60) for n in range(CROWD + 1)]
    view.set_marks(every)
    found = drawn(view)
    tinted = sum(rect.width() for _, rects in found.tints for rect in rects)
    view.set_marks([each for each in every if each.id in found.lanes])
    alone = drawn(view)
    assert tinted == sum(rect.width() for _, rects in alone.tints for rect in rects) > 0
    assert [len(rects) for _, rects in found.ticks] == [len(rects) for _, rects in alone.ticks]
    assert [len(rects) for _, rects in found.brackets] == [len(rects) for _, rects in alone.brackets]
    assert found.lanes == alone.lanes
    assert found.more
    assert not alone.more


def test_a_hovered_passage_repaints_its_lines_and_its_label_alone(make_view: MakeView) -> None:
    view = make_view("the council denied the toll " * 60)
    view.set_marks([mark(f"m{n}", 400 + n, 420 + n) for n in range(5)])
    view.viewport().grab()
    shown = view.page.shown()[0]
    for each in view.marks.by_id.values():
        strip = view.painter.strip_of(each)
        line = shown.laid.lines[shown.laid.line_of(each.start)]
        label = next(label for label in drawn(view).labels if each.id in label.mark_ids)
        assert strip.top() <= shown.top + line.top - 8
        assert strip.bottom() >= shown.top + line.bottom + 3 * view.page.type.lanes.pitch
        assert strip.top() < shown.top + label.top
        assert strip.bottom() > shown.top + label.top + view.page.type.label_height
        assert strip.height() < shown.laid.height / 2
