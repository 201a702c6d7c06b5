"""The article view beside the usual ways to show passages in a Qt text widget, at three sizes, all in one run."""

from __future__ import annotations

import gc
import itertools
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from annotator.desktop.article_view import ARTICLE_FAMILY, ArticleView, load_fonts
from annotator.desktop.article_view.metrics import BODY_SIZE
from annotator.domain.marks import Mark
from tests.benchmarks.naive import WAYS, Way, formats
from tests.benchmarks.report import SideBySide
from tests.benchmarks.scene import COLOURS, SIZE, SIZES, TAGS, THIRD, Sample, open_in_view, sample

OURS = "article view"
PLAIN = "QPlainTextEdit, no passages"
OPERATIONS = ("open", "frame", "add", "filter")
_TIMES = {"50 kB / 500": 9, "1 MB / 10,000": 3, "10 MB / 100,000": 1}
"""How often the slow ways are timed: the slowest take seconds."""

Runs = dict[str, Callable[[], object]]
"""What is timed, by operation."""


def of_view(view: ArticleView, shown: Sample) -> Runs:
    hidden = itertools.cycle([THIRD, frozenset[str]()])
    marks = (Mark(f"new{number}", 40, 160, "tag5", "ab") for number in itertools.count())

    def change(work: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            work()
            QApplication.processEvents()

        return run

    def hide() -> None:
        view.set_hidden(tags=next(hidden))
        view.viewport().repaint()

    return {
        "open": lambda: open_in_view(view, shown),
        "frame": lambda: view.viewport().repaint(),
        "add": change(lambda: view.add_mark(next(marks), pending=True)),
        "filter": hide,
    }


def of_way(way: Way, shown: Sample) -> Runs:
    mark = Mark("new", 40, 160, "tag5", "ab")
    repaint = way.widget.viewport().repaint

    def painted(work: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            work()
            repaint()

        return run

    return {
        "open": painted(lambda: way.open(shown.text, shown.marks)),
        "frame": repaint,
        "add": painted(lambda: way.add(mark)),
        "filter": painted(lambda: way.hide(THIRD)),
    }


def of_plain(plain: QPlainTextEdit, shown: Sample) -> Runs:
    def show() -> None:
        plain.setPlainText(shown.text)
        plain.viewport().repaint()

    frame = plain.viewport().repaint
    return {"open": show, "frame": frame, "add": frame, "filter": frame}


def timed(runs: Runs, times: int) -> dict[str, float]:
    """Return the CPU milliseconds of each operation: the median of several rounds, what is done at idle not counted.

    A round before several is not counted either: in it the first way reads the letters of the typeface for all. What
    is so slow that it is timed once comes after others.
    """
    first = 1 if times > 1 else 0
    spent: dict[str, list[float]] = {operation: [] for operation in OPERATIONS}
    for _ in range(first + times):
        for operation in OPERATIONS:
            _rest()
            started = time.process_time()
            runs[operation]()
            spent[operation].append((time.process_time() - started) * 1e3)
    return {operation: statistics.median(values[first:]) for operation, values in spent.items()}


def _rest() -> None:
    """Let everything run that waits for an idle moment, such as laying out ahead."""
    gc.collect()
    finished = time.monotonic() + 0.05
    while time.monotonic() < finished:
        QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES)
def test_side_by_side(benchmark: Any, qapp: QApplication, beside: SideBySide, size: str) -> None:
    load_fonts()
    shown = sample(*SIZES[size])
    font = QFont(ARTICLE_FAMILY)
    font.setPixelSize(BODY_SIZE)
    looks = formats(dict(zip(TAGS, COLOURS, strict=True)))

    def show(widget: Any) -> Any:
        widget.resize(*SIZE)
        widget.show()
        QApplication.processEvents()
        return widget

    figures: dict[str, dict[str, float]] = {}
    plain = QPlainTextEdit()
    plain.setFont(font)
    figures[PLAIN] = timed(of_plain(show(plain), shown), 9)
    plain.close()
    view = ArticleView()
    view.set_tag_styles(TAGS)
    figures[OURS] = timed(of_view(show(view), shown), 9 if len(shown.text) < 10**7 else 3)
    view.close()
    for name, make in WAYS.items():
        way = make(font, looks)
        show(way.widget)
        figures[name] = timed(of_way(way, shown), _TIMES[size])
        way.widget.close()
    beside[size] = figures
    benchmark.pedantic(view.viewport().repaint, rounds=1)
    best = {operation: min(figures[name][operation] for name in WAYS) for operation in OPERATIONS}
    assert figures[OURS]["open"] < best["open"]
    if len(shown.text) >= 10**6:
        assert figures[OURS]["filter"] < best["filter"]
