"""What is to be seen: pixels of the page in both themes."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication

from annotator.desktop.article_view import DARK, LIGHT, ArticleHeader, ArticleView, ViewTheme
from annotator.desktop.article_view.painter import PagePainter
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.theme import contrast
from annotator.domain.articles import Block, BlockKind
from annotator.domain.marks import Mark
from tests.desktop.article_view.conftest import BIDI, LONG, STYLES, TEXT, Hand, MakeView, mark, mark_of
from tests.desktop.soak.pictures import on_screen, painted_anew

FIRST = mark_of("Harbour council denies", "m")


def above_the_letters(hand: Hand, offset: int) -> QPoint:
    """A place in the tint of a character where no letter is drawn: the top of its line's box."""
    point = hand.point(offset)
    index, laid, within = hand.view.page.place(offset)
    line = laid.lines[laid.line_of(within)]
    return QPoint(point.x(), hand.view.page.top_in_view(index) + line.top + 1)


def test_tints_are_quiet_and_the_current_one_is_stronger(view: ArticleView, hand: Hand) -> None:
    view.set_marks([FIRST])
    place = above_the_letters(hand, 5)
    plain = hand.colour_at(place)
    assert 1.02 < contrast(plain, QColor(LIGHT.base)) < 1.4
    view.hover("m")
    hovered = hand.colour_at(place)
    view.hover(None)
    assert hand.colour_at(place) == plain
    view.set_current("m")
    current = hand.colour_at(place)
    assert hovered == current
    assert contrast(current, QColor(LIGHT.base)) > contrast(plain, QColor(LIGHT.base)) + 0.1


def test_the_current_passage_has_its_underline_though_it_found_no_lane(
    view: ArticleView, hand: Hand, steady_caret: None
) -> None:
    tags = ["claim", "evidence", "claim", "denial"]
    view.set_marks([mark(f"m{n}", n, 35 - n, tag) for n, tag in enumerate(tags)])
    denial = view.painter.paints.of("denial").colour.name()
    assert denial not in hand.colours_below(10) | hand.colours_below(11)
    view.set_current("m3")
    assert denial in hand.colours_below(10) | hand.colours_below(11)
    QApplication.processEvents()
    assert on_screen(view) == painted_anew(view)
    view.set_current(None)
    QApplication.processEvents()
    assert on_screen(view) == painted_anew(view)


def runs(view: ArticleView, hand: Hand, tag: str) -> tuple[int, int]:
    """How many separate pieces the underline of a passage has, and of how many pixels' width they are together."""
    view.set_marks([mark("m", 0, 35, tag)])
    picture = hand.picture()
    laid = view.page.lay(0)
    piece = laid.stretches(0, 35)[0]
    y = view.page.top_in_view(0) + laid.lines[0].bottom
    left = view.page.columns.text_left
    ground = QColor(LIGHT.base).name()
    row = [
        picture.pixelColor(x, y).name() != ground
        for x in range(left + round(piece.left) + 4, left + round(piece.right) - 4)
    ]
    return sum(b and not a for a, b in zip([False, *row], row, strict=False)), sum(row)


def test_kinds_are_told_by_the_line_and_not_by_colour_alone(view: ArticleView, hand: Hand) -> None:
    claim, denial, evidence = (runs(view, hand, tag) for tag in ("claim", "denial", "evidence"))
    assert claim[0] == 1
    assert 15 < denial[0] < evidence[0]
    assert denial[1] > evidence[1]
    view.set_marks([mark("m", 0, 35, "other")])
    picture = hand.picture()
    y = view.page.top_in_view(0) + view.page.lay(0).lines[0].bottom
    x = hand.point(20).x()
    column = [picture.pixelColor(x, y + down).name() for down in range(4)]
    assert column[0] == column[2] != column[1] == column[3]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_colours_stand_out_from_the_ground(qapp: QApplication, theme: ViewTheme) -> None:
    paints = Paints(theme, STYLES, 2, 1.0)
    base = QColor(theme.base)
    for tag in STYLES:
        assert contrast(paints.of(tag).colour, base) >= 3.0
    assert contrast(QColor(theme.text), base) >= 7.0
    assert contrast(QColor(theme.muted), base) >= 4.5
    for tag in STYLES:
        strong = paints.of(tag).strong.color()
        share = strong.alphaF()
        mixed = QColor.fromRgbF(
            *(
                share * one + (1 - share) * other
                for one, other in (
                    (strong.redF(), base.redF()),
                    (strong.greenF(), base.greenF()),
                    (strong.blueF(), base.blueF()),
                )
            )
        )
        assert contrast(QColor(theme.text), mixed) >= 4.5


def test_a_passage_that_is_being_saved_is_paler(view: ArticleView, hand: Hand) -> None:
    view.add_mark(FIRST)
    saved = hand.colours_below(5)
    view.add_mark(FIRST, pending=True)
    pending = hand.colours_below(5)
    assert saved != pending
    assert max(contrast(QColor(c), QColor(LIGHT.base)) for c in pending) < max(
        contrast(QColor(c), QColor(LIGHT.base)) for c in saved
    )


def test_the_dark_theme_paints_a_dark_ground(view: ArticleView, hand: Hand) -> None:
    view.set_theme(DARK)
    assert hand.colour_at(QPoint(3, 3)).name() == DARK.base


def test_the_selection_is_to_be_seen_over_a_tint(view: ArticleView, hand: Hand) -> None:
    view.set_marks([FIRST])
    view.select_span(2, 10)
    assert hand.colour_at(above_the_letters(hand, 5)).name() == LIGHT.selection


def test_blocks_are_set_apart(view: ArticleView) -> None:
    text = "\n".join(["A headline", "A standfirst", "A subhead", "Body text", "A caption", "Another matter"])
    kinds = [
        BlockKind.HEADLINE,
        BlockKind.STANDFIRST,
        BlockKind.SUBHEAD,
        BlockKind.BODY,
        BlockKind.CAPTION,
        BlockKind.OTHER,
    ]
    blocks = []
    start = 0
    for line, kind in zip(text.split("\n"), kinds, strict=True):
        blocks.append(Block(start=start, end=start + len(line), kind=kind))
        start += len(line) + 1
    view.set_article(text, blocks)
    looks = {
        (
            style.font.family(),
            style.font.pixelSize(),
            style.font.bold(),
            style.font.italic(),
            style.muted,
            style.indent,
        )
        for style in (view.page.lay(index).style for index in range(6))
    }
    assert len(looks) == 6
    sizes = [view.page.lay(index).style.font.pixelSize() for index in range(6)]
    assert sizes[0] == max(sizes)
    assert sizes[4] == min(sizes)


def test_partial_repaints_leave_the_picture_that_a_full_one_would(make_view: MakeView, steady_caret: None) -> None:
    view = make_view(LONG)
    view.clearFocus()
    view.set_marks([mark(f"m{n}", n * 90, n * 90 + 60, list(STYLES)[n % 5]) for n in range(300)])
    view.set_labels({f"m{n}": f"Speaker number {n} · claim" for n in range(300)})
    view.set_relations([("m3", "m1", "rebuts"), ("m3", "m250", "supports"), ("m9", "m3", "answers")])
    steps: list[Callable[[], object]] = [
        lambda: view.add_mark(mark("x", 200, 300, "denial"), pending=True),
        lambda: view.hover("m2"),
        lambda: view.set_current("m3"),
        lambda: view.hover("m1", on_label=True),
        lambda: view.select_span(100, 500),
        lambda: view.scroller.by(33),
        lambda: view.set_current("m9"),
        lambda: view.scroller.by(90),
        view.begin_move_ends,
        lambda: view.ends.put(end=view.marks.by_id["m9"].end + 130),
        view.ends.give_up,
        lambda: view.update_labels({"m4": "Other · denial"}),
        lambda: view.scroller.by(-120),
        lambda: view.remove_mark("x"),
        lambda: view.set_current("m3"),
        lambda: view.remove_mark("m3"),
        lambda: view.hover(None),
        lambda: view.put_selection(40, 2000),
        lambda: view.put_selection(300, 40),
        view.clear_selection,
    ]
    for number, step in enumerate(steps):
        step()
        QApplication.sendPostedEvents()
        assert on_screen(view) == painted_anew(view), number


@pytest.mark.parametrize("seed", range(3))
def test_in_a_crowd_what_differs_is_repainted_and_nothing_is_missed(
    make_view: MakeView, seed: int, steady_caret: None
) -> None:
    chance = random.Random(seed)
    text = "\n".join(("the council denied the toll " * 60, BIDI, LONG[:3000]))
    view = make_view(text)
    view.clearFocus()
    tags = sorted(STYLES)

    def some_mark(name: str) -> Mark:
        start = chance.randrange(1800)
        return mark(name, start, start + chance.choice((2, 40, 90, 400)), chance.choice(tags))

    view.set_marks(sorted((some_mark(f"m{n:03}") for n in range(260)), key=lambda each: each.start))
    view.set_relations([("m003", "m100", "rebuts"), ("m003", "m007", "supports")])
    actions: list[Callable[[], object]] = [
        lambda: view.add_mark(some_mark(f"x{chance.randrange(9)}"), pending=chance.random() < 0.3),
        lambda: view.add_mark(some_mark(f"m{chance.randrange(260):03}")),
        lambda: view.add_mark(some_mark(view.state.current or "x0")),
        lambda: view.add_mark(some_mark(view.state.hovered or "x0")),
        lambda: view.remove_mark(f"x{chance.randrange(9)}"),
        lambda: view.remove_mark(f"m{chance.randrange(260):03}"),
        lambda: view.update_labels({chance.choice(list(view.marks.by_id)): f"Speaker {chance.randrange(9)} · claim"}),
        lambda: view.set_current(chance.choice(list(view.marks.by_id)), reveal=False),
        lambda: view.hover(chance.choice(list(view.marks.by_id)), on_label=chance.random() < 0.5),
        lambda: view.hover(None),
        lambda: view.set_hints(dict.fromkeys(view.visible_marks()[:3], "a") if chance.random() < 0.5 else {}),
        lambda: view.scroller.by(chance.randrange(-90, 120)),
        lambda: view.set_hidden(tags=frozenset(chance.sample(tags, chance.choice((0, 0, 2))))),
    ]
    QApplication.sendPostedEvents()
    for number in range(60):
        for _ in range(chance.choice((1, 1, 3))):
            chance.choice(actions)()
        QApplication.sendPostedEvents()
        assert on_screen(view) == painted_anew(view), number


def test_relations_make_room_for_the_first_count_behind_a_line(make_view: MakeView, steady_caret: None) -> None:
    view = make_view(LONG)
    view.clearFocus()
    view.set_marks([*(mark(f"m{n}", n, n + 60) for n in range(3)), mark("other", 900, 930)])
    view.set_relations([("other", "m1", "rebuts")])
    view.set_current("other")
    QApplication.sendPostedEvents()
    steps: list[Callable[[], object]] = [
        lambda: view.add_mark(mark("m3", 10, 40)),
        lambda: view.remove_mark("m3"),
    ]
    for step in steps:
        step()
        QApplication.sendPostedEvents()
        assert on_screen(view) == painted_anew(view)


def test_one_passage_more_in_a_crowd_repaints_the_lines_that_change(
    make_view: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = make_view("the council denied the toll " * 60)
    view.set_marks([mark(f"m{n:03}", n * 4, n * 4 + 90, sorted(STYLES)[n % 5]) for n in range(300)])
    view.viewport().repaint()
    exposed: list[QRect] = []
    paint = PagePainter.paint

    def noted(painter: PagePainter, on: QPainter, rect: QRect, shift: int) -> None:
        exposed.append(rect)
        paint(painter, on, rect, shift)

    monkeypatch.setattr(PagePainter, "paint", noted)
    view.add_mark(mark("new", 1150, 1200))
    QApplication.sendPostedEvents()
    assert 0 < sum(rect.width() * rect.height() for rect in exposed) < view.width() * view.height() / 3
    assert view.page.shown()[0].laid.height > view.viewport().height()


def test_every_margin_label_is_in_text_colour_and_large_enough(view: ArticleView) -> None:
    for zoom in (50, 100, 200, 400):
        view.set_zoom(zoom)
        assert view.page.type.label_font.pixelSize() >= 11


def test_the_caret_is_drawn_where_it_is(view: ArticleView, hand: Hand) -> None:
    view.set_caret(8)
    place = hand.point(8, 0.0)
    index, laid, within = view.page.place(8)
    line = laid.lines[laid.line_of(within)]
    box = QRect(place.x() - 3, view.page.top_in_view(index) + line.top + 1, 6, 3)
    picture = hand.picture()
    colours = {picture.pixelColor(x, y).name() for x in range(box.left(), box.right()) for y in (box.top(),)}
    assert QColor(LIGHT.text).name() in colours


def test_the_head_leaves_out_a_title_that_the_text_begins_with(view: ArticleView) -> None:
    headline = TEXT.split("\n")[0]
    view.set_article(TEXT, (), header=ArticleHeader("Another title", "The Courier", "Ada Quist", "5 March 2024"))
    with_title = view.page.header.height
    view.set_article(TEXT + " ", (), header=ArticleHeader(headline, "The Courier", "Ada Quist", "5 March 2024"))
    without = view.page.header.height
    assert without < with_title
