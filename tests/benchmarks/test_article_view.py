"""The article view against a plain QPlainTextEdit with the same text, font and size, which shows no passages at all.

Text, tints, lanes, ticks, brackets, labels and the caret are all painted while anything is measured.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from annotator.desktop.article_view import ArticleView, movement
from annotator.domain.marks import Mark
from tests.benchmarks import fresh
from tests.benchmarks.conftest import Figure, Ratio
from tests.benchmarks.scene import (
    NOTHING,
    SIZES,
    THIRD,
    Sample,
    article_view,
    assert_all_is_painted,
    first_part,
    give_focus,
    hiding,
    open_in_plain,
    open_in_view,
    plain_widget,
    sample,
    settled,
)


@pytest.fixture
def plain(qapp: QApplication) -> Iterator[QPlainTextEdit]:
    with plain_widget() as widget:
        yield widget


@pytest.fixture
def view(qapp: QApplication) -> Iterator[ArticleView]:
    with article_view() as widget:
        yield widget


def show(view: ArticleView, plain: QPlainTextEdit, shown: Sample) -> None:
    """Show an article in both, with everything that is painted, and let both come to rest."""
    give_focus(view)
    open_in_view(view, shown)
    open_in_plain(plain, shown)
    settled(view)
    assert_all_is_painted(view)


def repaints(plain: QPlainTextEdit, times: int) -> Callable[[], None]:
    def repaint() -> None:
        for _ in range(times):
            plain.viewport().repaint()

    return repaint


@pytest.mark.parametrize(
    ("name", "budget", "reached"),
    [("50 kB / 500", 2.2, 1.5), ("1 MB / 10,000", 1.2, 0.75), ("10 MB / 100,000", 1.0, 0.5)],
)
def test_opening(
    ratio: Ratio, view: ArticleView, plain: QPlainTextEdit, name: str, budget: float, reached: float
) -> None:
    shown = sample(*SIZES[name])
    give_focus(view)

    def clear() -> None:
        open_in_view(view, NOTHING)
        open_in_plain(plain, NOTHING)

    ratio(
        f"open {name}",
        lambda: open_in_view(view, shown),
        lambda: open_in_plain(plain, shown),
        budget,
        before_each=clear,
        reached=reached,
        why="the view keeps an index of the passages by place, all labels, and the heights of all paragraphs",
    )
    assert_all_is_painted(view)


@pytest.mark.parametrize(("passages", "reached"), [(10_000, 1.4), (100_000, 1.2)])
def test_a_full_frame(ratio: Ratio, view: ArticleView, plain: QPlainTextEdit, passages: int, reached: float) -> None:
    show(view, plain, sample(10**6, passages))
    name = f"full frame, 1 MB / {passages:,}"
    why = "a speaker is named beside every passage, and all fonts are the article's own"
    ratio(name, view.viewport().repaint, plain.viewport().repaint, 2.0, reached=reached, why=why)


def test_scrolling(ratio: Ratio, view: ArticleView, plain: QPlainTextEdit) -> None:
    show(view, plain, sample(*SIZES["1 MB / 10,000"]))
    ours, theirs = view.verticalScrollBar(), plain.verticalScrollBar()
    step = 3 * view.page.type.style(view.page.kind(1)).pitch

    def down() -> None:
        ours.setValue(ours.value() + step)
        QApplication.processEvents()

    def down_plain() -> None:
        theirs.setValue(theirs.value() + 3)
        QApplication.processEvents()

    ratio("scroll one step, new text", down, down_plain, 2.5, pairs=60, reached=1.9)
    ours.setValue(0)
    theirs.setValue(0)
    ratio("scroll one step, text laid out before", down, down_plain, 1.5, pairs=40, reached=1.1)


def test_jumping(ratio: Ratio, view: ArticleView, plain: QPlainTextEdit) -> None:
    shown = sample(*SIZES["1 MB / 10,000"])
    show(view, plain, shown)
    chance = random.Random(1)
    chosen = [chance.choice(shown.marks) for _ in range(400)]
    places, same_places = iter(chosen), iter(chosen)

    def jump() -> None:
        view.set_current(next(places).id)
        QApplication.processEvents()

    def jump_plain() -> None:
        cursor = QTextCursor(plain.document())
        cursor.setPosition(next(same_places).start)
        plain.setTextCursor(cursor)
        QApplication.processEvents()

    ratio("jump to an annotation", jump, jump_plain, 2.2, pairs=60, reached=1.5)


def new_mark(view: ArticleView, paragraph: int) -> Mark:
    start = view.page.table.starts[paragraph]
    return Mark("new", start + 10, start + 60, "tag0", "ab")


def add_and_remove(view: ArticleView, mark: Mark) -> Callable[[], None]:
    def work() -> None:
        view.add_mark(mark, pending=True)
        QApplication.processEvents()
        view.remove_mark("new")
        QApplication.processEvents()

    return work


def hovering(view: ArticleView) -> Callable[[], None]:
    """Return what moves the mouse onto a passage, onto another, and off both."""
    steps = [*view.visible_marks()[:2], None]

    def work() -> None:
        for step in steps:
            view.hover(step)
            QApplication.processEvents()

    return work


def test_edits_and_looks(ratio: Ratio, view: ArticleView, plain: QPlainTextEdit) -> None:
    show(view, plain, sample(*SIZES["1 MB / 10,000"]))
    mark = new_mark(view, view.page.shown()[3].paragraph)

    def hit() -> None:
        offset = movement.character_at(view.page, *view.point_on_page(QPoint(500, 400)))
        if offset is not None:
            view.annotations_at(offset)

    ratio("add or remove one annotation", add_and_remove(view, mark), repaints(plain, 2), 1.0, reached=0.5)
    ratio("hover", hovering(view), repaints(plain, 3), 0.6, reached=0.3)
    ratio("filter a third of the tags", hiding(view, THIRD), repaints(plain, 2), 4.0, reached=3.1)
    ratio("hit test and annotations under the mouse", hit, repaints(plain, 1), 0.1, reached=0.04)


def test_filtering_costs_what_is_seen(ratio: Ratio, view: ArticleView) -> None:
    with article_view() as other:
        whole = sample(*SIZES["10 MB / 100,000"])
        open_in_view(view, whole)
        open_in_view(other, first_part(whole, 10**6))
        settled(view)
        settled(other)
        name = "filter: 10 MB / 100,000 against 1 MB / 10,000"
        ratio(name, hiding(view, THIRD), hiding(other, THIRD), 1.5, reached=1.0)


def crowded(characters: int) -> Sample:
    """Return an article whose first paragraph has at least so many characters, and 300 passages."""
    usual = sample(50_000, 500)
    end = usual.text.index("\n", characters)
    text = usual.text[:end].replace("\n", " ") + usual.text[end:]
    chance = random.Random(300)
    starts = sorted(chance.randrange(0, end - 120) for _ in range(300))
    there = [
        Mark(f"c{n:03}", start, start + chance.choice((60, 120)), f"tag{n % 9}", "ab") for n, start in enumerate(starts)
    ]
    marks = sorted([*there, *(mark for mark in usual.marks if mark.start > end)], key=lambda mark: mark.start)
    return Sample(text, marks, {mark.id: f"Speaker {mark.start % 7} · tag" for mark in marks})


CROWDS: dict[str, tuple[Callable[[], Sample], tuple[float, float, float, float]]] = {
    "300 on one paragraph": (lambda: crowded(250), (2.0, 1.0, 4.0, 0.6)),
    "300 on one paragraph as high as the window": (lambda: crowded(2_000), (2.0, 2.0, 4.0, 0.6)),
    "50 kB / 100,000": (lambda: sample(50_000, 100_000), (2.0, 1.0, 6.0, 0.6)),
}
"""Budgets for a frame, adding, filtering and hovering. Where one paragraph fills the window, a passage more moves all
labels beside it; where passages lie 300 deep everywhere, filtering passes over thousands of them in view."""


@pytest.mark.parametrize("what", CROWDS)
def test_crowds(ratio: Ratio, view: ArticleView, plain: QPlainTextEdit, what: str) -> None:
    shown, (frame, add, hide, hover) = CROWDS[what]
    show(view, plain, shown())
    assert any(view.painter.draw_list_of(each).more for each in view.page.shown()), "“+n” is not drawn"
    mark = new_mark(view, 0)
    ratio(f"{what}: full frame", view.viewport().repaint, plain.viewport().repaint, frame)
    ratio(f"{what}: add or remove one annotation", add_and_remove(view, mark), repaints(plain, 2), add)
    ratio(f"{what}: filter a third of the tags", hiding(view, THIRD), repaints(plain, 2), hide)
    ratio(f"{what}: hover", hovering(view), repaints(plain, 3), hover)


def test_memory(figure: Figure) -> None:
    ours, plain = (fresh.measured_in_fresh_process(f"memory of the {name}")[0] for name in ("view", "plain widget"))
    grown = f"{ours.value:.0f} MB, most of it the index of 100,000 passages, against {plain.value:.0f} MB"
    figure("memory growth on opening 10 MB / 100,000", ours.value / plain.value, 0.5, unit="x", reached=0.19, why=grown)


def test_twice_the_pixels(figure: Figure) -> None:
    row, width = fresh.measured_in_fresh_process("scaled", QT_SCALE_FACTOR="2")
    assert width.value > 3000, "the screen was not scaled"
    why = "the map in the scroll bar is painted with it"
    figure("scale factor 2: add or remove one annotation", row.value, 0.4, unit="x", reached=0.17, why=why)
