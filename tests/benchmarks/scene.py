"""What the article view is measured on: generated prose, random overlapping passages, and a plain widget beside it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from annotator.desktop.article_view import ARTICLE_FAMILY, ArticleHeader, ArticleView, TagStyle, load_fonts
from annotator.desktop.article_view.metrics import BODY_SIZE
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark

SIZE = (1000, 860)
COLOURS = ("#2f6fd0", "#c8452b", "#2c8a57", "#8a6fc0", "#b06010", "#0a8f8f", "#a03070", "#607020", "#4060c0")
TAGS = {f"tag{n}": TagStyle(list(TagKind)[n % 4], colour, "", f"Tag {n}") for n, colour in enumerate(COLOURS)}
THIRD = frozenset(list(TAGS)[:3])
"""The tags that are hidden where a third of them is filtered."""
PROSE = """
    the harbour council said on Monday that it had never been asked about tolls and would answer in writing when
    fishermen from quay seven had shown their receipts for March, which nobody signed “in haste”, a clerk denied
"""
WORDS = PROSE.split()
LENGTHS = (20, 60, 120, 160, 250, 300)
SIZES = {"50 kB / 500": (50_000, 500), "1 MB / 10,000": (10**6, 10_000), "10 MB / 100,000": (10**7, 100_000)}
HEADER = ArticleHeader("A title", "The Courier", "Ada Quist", "5 March 2024")


@dataclass(frozen=True)
class Sample:
    """A text of generated prose and random overlapping passages on it, as the database would give them."""

    text: str
    marks: list[Mark]
    labels: dict[str, str]


NOTHING = Sample("", [], {})


def sample(characters: int, passages: int) -> Sample:
    """Return a text of so many code points with so many passages, the same every time."""
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


def first_part(whole: Sample, characters: int) -> Sample:
    """Return the first paragraphs of an article with the passages on them, so that both begin alike."""
    end = whole.text.index("\n", characters)
    marks = [mark for mark in whole.marks if mark.end <= end]
    return Sample(whole.text[:end], marks, {mark.id: whole.labels[mark.id] for mark in marks})


@contextmanager
def plain_widget(size: tuple[int, int] = SIZE) -> Iterator[QPlainTextEdit]:
    """Show a plain widget with the article's font."""
    load_fonts()
    font = QFont(ARTICLE_FAMILY)
    font.setPixelSize(BODY_SIZE)
    widget = QPlainTextEdit()
    widget.setFont(font)
    widget.resize(QSize(*size))
    widget.show()
    QApplication.processEvents()
    yield widget
    widget.close()


@contextmanager
def article_view(size: tuple[int, int] = SIZE) -> Iterator[ArticleView]:
    """Show an article view that has the focus, and with it the caret; nothing blinks."""
    load_fonts()
    flash = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    widget = ArticleView()
    widget.set_tag_styles(TAGS)
    widget.resize(QSize(*size))
    widget.show()
    give_focus(widget)
    yield widget
    widget.close()
    QApplication.setCursorFlashTime(flash)


def give_focus(view: ArticleView) -> None:
    """Give a view the focus, and with it the caret, which another window may have taken."""
    view.activateWindow()
    view.setFocus()
    QApplication.processEvents()
    assert view.hasFocus()


def open_in_view(view: ArticleView, shown: Sample) -> None:
    """Show an article with its passages and labels, and paint it."""
    view.set_article(shown.text, (), header=HEADER)
    view.set_marks(shown.marks)
    view.set_labels(shown.labels)
    view.viewport().repaint()


def open_in_plain(plain: QPlainTextEdit, shown: Sample) -> None:
    """Show a text, and paint it."""
    plain.setPlainText(shown.text)
    plain.viewport().repaint()


def settled(view: ArticleView) -> None:
    """Let everything run that waits for an idle moment, such as laying out ahead; it is no part of what is measured."""
    for _ in range(1000):
        if not (view.scroller.laying_ahead or view.map.busy):
            break
        QApplication.processEvents()
    assert not view.scroller.laying_ahead
    assert not view.map.busy
    QApplication.processEvents()


def hiding(view: ArticleView, tags: frozenset[str]) -> Callable[[], None]:
    """Return what hides tags and shows them again; the map in the scroll bar follows at idle."""

    def work() -> None:
        for hidden in (tags, frozenset[str]()):
            view.set_hidden(tags=hidden)
            view.viewport().repaint()

    return work


def assert_all_is_painted(view: ArticleView) -> None:
    """Fail when anything that belongs to a passage, or the caret, is not on the picture."""
    drawn = [(shown, view.painter.draw_list_of(shown)) for shown in view.page.shown()]
    for part in ("tints", "lines", "ticks", "brackets", "labels", "lanes"):
        assert any(getattr(each, part) for _, each in drawn), f"no {part} are drawn"
    picture = view.viewport().grab().toImage()
    scale = picture.devicePixelRatio()
    left = view.page.columns.text_left

    def colour(x: float, y: float) -> str:
        return picture.pixelColor(int(x * scale), int(y * scale)).name()

    seen = 0
    for shown, each in drawn:
        for brush, rects in each.brackets:
            for rect in rects:
                x, y = rect.center().x() + left, rect.center().y() + shown.top
                if rect.height() > 20 and rect.width() == 2 and 0 <= y < view.page.view_height:
                    assert colour(x, y) == brush.color().name(), "a bracket is not painted"
                    seen += 1
    assert seen > 0
    assert view.state.caret_on, "the caret is not shown"
    index, laid, within = view.page.place(view.state.caret)
    number, x = laid.caret(within)
    line = laid.lines[number]
    y = view.page.top_in_view(index) + (line.top + line.bottom) / 2
    assert colour(left + round(x), y) == view.painter.paints.theme.text, "the caret is not painted"
