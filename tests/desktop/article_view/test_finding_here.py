"""Finding in the article that is shown."""

from __future__ import annotations

import gc

from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import LIGHT, ArticleView
from annotator.domain.annotations import Span
from annotator.domain.finding import MAX_HITS, FoldedText
from tests.desktop.article_view.conftest import LONG, TEXT, Hand, MakeView

HITS = [index for index in range(len(TEXT)) if TEXT.lower().startswith("council", index)]


def test_finding_counts_and_looks_at_the_first_from_the_caret(view: ArticleView) -> None:
    told: list[tuple[int, int]] = []
    view.found_changed.connect(lambda at, of: told.append((at, of)))
    view.set_caret(HITS[0] + 1)
    assert view.find("COUNCIL") == len(HITS) == 2
    assert view.found() == (2, 2)
    assert told == [(2, 2)]
    assert view.selected_span() is None
    assert view.caret() == HITS[0] + 1


def test_next_selects_the_hit_looked_at_and_then_goes_round(view: ArticleView) -> None:
    view.find("council")
    seen = []
    for _ in range(3):
        view.find_next()
        seen.append(view.selected_span())
    first, second = (Span(at, at + 7) for at in HITS)
    assert seen == [first, second, first]
    view.find_previous()
    assert view.selected_span() == second
    assert view.found() == (2, 2)


def test_typing_on_keeps_the_hit_that_still_fits(view: ArticleView) -> None:
    view.find("c")
    view.find_next()
    view.find("council")
    assert view.found()[0] == 1


def test_nothing_found_and_nothing_asked(view: ArticleView) -> None:
    assert view.find("zebra") == 0
    view.find_next()
    assert (view.found(), view.selected_span()) == ((0, 0), None)
    view.find("council")
    assert view.find("") == 0
    assert view.found() == (0, 0)


def test_hits_are_marked_and_unmarked(view: ArticleView, hand: Hand) -> None:
    place = hand.point(HITS[1] + 1)
    place.setY(place.y() - 10)
    assert hand.colour_at(place).name() == LIGHT.base
    view.find("council")
    assert hand.colour_at(place).name() == LIGHT.found
    view.find("")
    assert hand.colour_at(place).name() == LIGHT.base


def test_the_hit_looked_at_stands_out_when_it_is_selected_too(view: ArticleView, hand: Hand) -> None:
    view.find("council")
    place = hand.point(HITS[0] + 1)
    place.setY(place.y() - 10)
    shown = hand.colour_at(place).name()
    assert shown not in (LIGHT.found, LIGHT.selection, LIGHT.base)
    view.find_next()
    assert view.selected_span() == Span(HITS[0], HITS[0] + 7)
    assert hand.colour_at(place).name() == shown
    view.find("")
    assert hand.colour_at(place).name() == LIGHT.selection


def test_another_article_begins_without_hits(view: ArticleView) -> None:
    view.find("council")
    view.set_article("council again", ())
    assert view.found() == (0, 0)


def test_nothing_is_kept_of_a_long_article_that_was_searched(make_view: MakeView) -> None:
    view = make_view(LONG)
    view.find("council")
    view.set_article("council again", ())
    gc.collect()
    assert [thing.text[:20] for thing in gc.get_objects() if type(thing) is FoldedText and thing.text == LONG] == []


def test_a_long_article_shows_the_first_hit_at_once_and_counts_on(make_view: MakeView, qtbot: QtBot) -> None:
    text = "\n".join(f"Line {n} tells of the council and of nobody else." for n in range(20_000))
    view = make_view(text)
    middle = text.index("Line 12000 ")
    view.put_selection(middle, middle)
    assert 0 < view.find("council") < 10_000
    first = view.state.hits[view.state.hit]
    assert middle <= first.start < middle + 40
    assert view.finder.searching
    qtbot.waitUntil(lambda: not view.finder.searching)
    assert view.state.hits[view.state.hit] == first
    assert view.found()[1] >= 10_000
    starts = [hit.start for hit in view.state.hits]
    assert starts == sorted(set(starts))


def test_what_stands_only_before_the_caret_is_looked_at_once_all_is_searched(make_view: MakeView, qtbot: QtBot) -> None:
    text = "A zebra.\n" + LONG * 10
    view = make_view(text)
    view.put_selection(len(text), len(text))
    view.find("zebra")
    qtbot.waitUntil(lambda: not view.finder.searching)
    assert view.found() == (1, 1)
    assert view.page.at_top


def test_a_letter_that_is_everywhere_is_found_often_enough(make_view: MakeView) -> None:
    view = make_view("e" * 100 + "\n" + "e \n" * 40_000)
    assert view.find("e") >= MAX_HITS
    assert not view.finder.searching
    assert view.found()[0] == 1


def test_a_search_that_is_over_at_once_ends_the_one_before(make_view: MakeView) -> None:
    view = make_view(LONG * 20)
    view.find("crowns")
    assert view.finder.searching
    view.find("")
    assert not view.finder._idle.isActive()
