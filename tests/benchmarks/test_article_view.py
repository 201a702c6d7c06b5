"""The article view against a plain QPlainTextEdit with the same text, font and size, which shows no passages at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from annotator.desktop.article_view import (
    ARTICLE_FAMILY,
    ArticleHeader,
    ArticleView,
    TagStyle,
    load_fonts,
    movement,
)
from annotator.desktop.article_view.metrics import BODY_SIZE
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark
from tests.benchmarks.conftest import Ratio

SIZE = (1000, 860)
COLOURS = ("#2f6fd0", "#c8452b", "#2c8a57", "#8a6fc0", "#b06010", "#0a8f8f", "#a03070", "#607020", "#4060c0")
TAGS = {f"tag{n}": TagStyle(list(TagKind)[n % 4], colour, "", f"Tag {n}") for n, colour in enumerate(COLOURS)}
PROSE = """
    the harbour council said on Monday that it had never been asked about tolls and would answer in writing when
    fishermen from quay seven had shown their receipts for March, which nobody signed “in haste”, a clerk denied
"""
WORDS = PROSE.split()
LENGTHS = (20, 60, 120, 160, 250, 300)


@dataclass(frozen=True)
class Sample:
    """A text of generated prose and random overlapping passages on it, as the database would give them."""

    text: str
    marks: list[Mark]
    labels: dict[str, str]


def sample(characters: int, passages: int) -> Sample:
    chance = random.Random(characters + passages)
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        paragraphs.append(" ".join(chance.choices(WORDS, k=chance.randrange(12, 60))).capitalize() + ".")
        length += len(paragraphs[-1]) + 1
    text = "\n".join(paragraphs)
    starts = sorted(chance.randrange(len(text) - max(LENGTHS)) for _ in range(passages))
    marks = [
        Mark(f"m{n:06}", start, start + chance.choice(LENGTHS), chance.choice(list(TAGS)), "ab")
        for n, start in enumerate(starts)
    ]
    return Sample(text, marks, {mark.id: f"Speaker {mark.start % 7} · tag" for mark in marks})


SIZES = {"50 kB / 500": (50_000, 500), "1 MB / 10,000": (10**6, 10_000), "10 MB / 100,000": (10**7, 100_000)}
HEADER = ArticleHeader("A title", "The Courier", "Ada Quist", "5 March 2024")


@pytest.fixture(params=["1 MB / 10,000"])
def named_sample(request: pytest.FixtureRequest) -> tuple[str, Sample]:
    name = str(request.param)
    return name, sample(*SIZES[name])


@pytest.fixture
def plain(qapp: QApplication) -> Iterator[QPlainTextEdit]:
    load_fonts()
    font = QFont(ARTICLE_FAMILY)
    font.setPixelSize(BODY_SIZE)
    widget = QPlainTextEdit()
    widget.setFont(font)
    widget.resize(*SIZE)
    widget.show()
    QApplication.processEvents()
    yield widget
    widget.close()


@pytest.fixture
def view(qapp: QApplication) -> Iterator[ArticleView]:
    load_fonts()
    widget = ArticleView()
    widget.set_tag_styles(TAGS)
    widget.resize(*SIZE)
    widget.show()
    QApplication.processEvents()
    yield widget
    widget.close()


def open_in_view(view: ArticleView, shown: Sample) -> None:
    view.set_article(shown.text, (), header=HEADER)
    view.set_marks(shown.marks)
    view.set_labels(shown.labels)
    view.viewport().repaint()


def open_in_plain(plain: QPlainTextEdit, shown: Sample) -> None:
    plain.setPlainText(shown.text)
    plain.viewport().repaint()


@pytest.mark.parametrize(
    ("named_sample", "budget"),
    [("50 kB / 500", 2.2), ("1 MB / 10,000", 1.2), ("10 MB / 100,000", 1.0)],
    indirect=["named_sample"],
)
def test_opening(
    ratio: Ratio, view: ArticleView, plain: QPlainTextEdit, named_sample: tuple[str, Sample], budget: float
) -> None:
    name, shown = named_sample
    pairs = 30 if len(shown.text) < 10**6 else 7
    empty = Sample("", [], {})

    def clear() -> None:
        open_in_view(view, empty)
        open_in_plain(plain, empty)

    ratio(
        f"open {name}",
        lambda: open_in_view(view, shown),
        lambda: open_in_plain(plain, shown),
        budget,
        pairs=pairs,
        before_each=clear,
    )


@pytest.mark.parametrize("passages", [10_000, 100_000])
def test_a_full_frame(ratio: Ratio, view: ArticleView, plain: QPlainTextEdit, passages: int) -> None:
    shown = sample(10**6, passages)
    open_in_view(view, shown)
    open_in_plain(plain, shown)
    ratio(f"full frame, 1 MB / {passages:,}", view.viewport().repaint, plain.viewport().repaint, 2.0)


def test_scrolling(ratio: Ratio, view: ArticleView, plain: QPlainTextEdit, named_sample: tuple[str, Sample]) -> None:
    _, shown = named_sample
    open_in_view(view, shown)
    open_in_plain(plain, shown)
    ours, theirs = view.verticalScrollBar(), plain.verticalScrollBar()
    step = 3 * view.page.type.style(view.page.kind(1)).pitch

    def down() -> None:
        ours.setValue(ours.value() + step)
        QApplication.processEvents()

    def down_plain() -> None:
        theirs.setValue(theirs.value() + 3)
        QApplication.processEvents()

    ratio("scroll one step, new text", down, down_plain, 2.5, pairs=40)
    ours.setValue(0)
    theirs.setValue(0)
    ratio("scroll one step, text laid out before", down, down_plain, 1.5)


def test_jumping(ratio: Ratio, view: ArticleView, plain: QPlainTextEdit, named_sample: tuple[str, Sample]) -> None:
    _, shown = named_sample
    open_in_view(view, shown)
    open_in_plain(plain, shown)
    chance = random.Random(1)
    places = cycle([chance.choice(shown.marks) for _ in range(200)])

    def jump() -> None:
        view.set_current(next(places).id)
        QApplication.processEvents()

    def jump_plain() -> None:
        cursor = QTextCursor(plain.document())
        cursor.setPosition(next(places).start)
        plain.setTextCursor(cursor)
        QApplication.processEvents()

    ratio("jump to an annotation", jump, jump_plain, 2.2)


def test_edits_and_looks(
    ratio: Ratio, view: ArticleView, plain: QPlainTextEdit, named_sample: tuple[str, Sample]
) -> None:
    _, shown = named_sample
    open_in_view(view, shown)
    open_in_plain(plain, shown)
    start = view.page.table.starts[view.page.shown()[3].paragraph]
    new = Mark("new", start + 10, start + 60, "tag0", "ab")
    there = cycle([False, True])

    def add_or_remove() -> None:
        if next(there):
            view.remove_mark("new")
        else:
            view.add_mark(new, pending=True)
        QApplication.processEvents()

    hovered = cycle([*view.visible_marks()[:2], None])

    def hover() -> None:
        view.hover(next(hovered))
        QApplication.processEvents()

    hidden = cycle([frozenset(list(TAGS)[:3]), frozenset[str]()])

    def hide() -> None:
        view.set_hidden(tags=next(hidden))
        QApplication.processEvents()

    def hit() -> None:
        offset = movement.character_at(view.page, *view.point_on_page(QPoint(500, 400)))
        if offset is not None:
            view.annotations_at(offset)

    repaint = plain.viewport().repaint
    ratio("add or remove one annotation", add_or_remove, repaint, 1.0)
    ratio("hover", hover, repaint, 0.6)
    ratio("filter a third of the tags", hide, repaint, 4.0)
    ratio("hit test and annotations under the mouse", hit, repaint, 0.1)


def test_filtering_costs_what_is_seen(ratio: Ratio, view: ArticleView, qapp: QApplication) -> None:
    other = ArticleView()
    other.set_tag_styles(TAGS)
    other.resize(*SIZE)
    other.show()
    hidden = cycle([frozenset(list(TAGS)[:3]), frozenset[str]()])

    def hide(which: ArticleView) -> None:
        which.set_hidden(tags=next(hidden))
        QApplication.processEvents()

    try:
        open_in_view(view, sample(*SIZES["10 MB / 100,000"]))
        open_in_view(other, sample(*SIZES["1 MB / 10,000"]))
        ratio("filter: 10 MB / 100,000 against 1 MB / 10,000", lambda: hide(view), lambda: hide(other), 1.5)
    finally:
        other.close()
