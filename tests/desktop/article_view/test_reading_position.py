"""The anchor of the page: no change of sizes or looks moves what is read, and going back goes back to the pixel."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont

from annotator.desktop.article_view.look import ArticleHeader
from annotator.desktop.article_view.metrics import TextSetting, Typography, typography
from annotator.desktop.article_view.page import Page
from tests.desktop.article_view.conftest import LONG

SIZES = st.tuples(st.integers(300, 1600), st.integers(80, 1400), st.sampled_from((50, 80, 100, 150, 200, 400)))
Size = tuple[int, int, int]


class Sheet:
    """A page that is fitted to sizes as a view does it, each zoom with one typography."""

    def __init__(self, size: Size) -> None:
        self._types: dict[int, Typography] = {}
        self.page = Page()
        self.page.set_article(LONG[:30_000], (), ArticleHeader(title="A report"), "en")
        self.fit(size)

    def fit(self, size: Size) -> None:
        width, height, zoom = size
        if zoom not in self._types:
            self._types[zoom] = typography(TextSetting("DejaVu Serif"), QFont("DejaVu Sans", 10), zoom)
        self.page.set_geometry(width, height, self._types[zoom])

    def seen(self) -> list[tuple[int, int]]:
        return [(shown.paragraph, shown.top) for shown in self.page.shown()]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SIZES, st.integers(0, 12_000), st.lists(SIZES, max_size=5))
def test_sizes_that_come_and_go_move_nothing(qapp: object, first: Size, scrolled: int, sizes: list[Size]) -> None:
    sheet = Sheet(first)
    sheet.page.scroll_by(scrolled)
    before = sheet.seen()
    for size in sizes:
        sheet.fit(size)
    sheet.fit(first)
    assert sheet.seen() == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SIZES, st.integers(1, 6_000), SIZES)
def test_the_line_read_stays_on_its_pixel(qapp: object, first: Size, scrolled: int, second: Size) -> None:
    sheet = Sheet(first)
    page = sheet.page
    page.scroll_by(scrolled)
    offset, below = page.reading_position()
    was_at_top = page.at_top
    sheet.fit(second)
    index, laid, within = page.place(offset)
    top = page.top_in_view(index) + laid.lines[laid.line_of(within)].top
    at_end = page.shown()[-1].paragraph == len(page.table) - 1
    assert was_at_top or top == below or (at_end and top > below) or (page.at_top and top < below)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SIZES, SIZES, st.integers(0, 9_000), st.integers(-700, 700))
def test_who_scrolls_on_is_at_the_new_place(qapp: object, first: Size, second: Size, start: int, on: int) -> None:
    sheet = Sheet(first)
    sheet.page.scroll_by(start)
    sheet.fit(second)
    sheet.page.scroll_by(on)
    before = sheet.seen()
    sheet.fit(first)
    sheet.fit(second)
    assert sheet.seen() == before


def test_the_end_stays_in_view_when_a_low_window_grows_again(qapp: object) -> None:
    """In a window lower than the space below the text nothing but that space may be in view."""
    sheet = Sheet((700, 30, 100))
    page = sheet.page
    page.scroll_to_value(page.scroll_range)
    page.scroll_by(10_000)
    assert page.reading_position()[1] < 0
    sheet.fit((700, 400, 100))
    assert page.shown()[-1].paragraph == len(page.table) - 1
    assert not page.at_top
