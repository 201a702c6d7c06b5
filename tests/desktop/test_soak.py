"""A long day's work, by chance: afterwards the window shows what a fresh one shows, and is no larger than it was.

The ordinary run does a part of it, ``make soak`` all 20,000 actions. A failure prints its seed, which
``--soak-seed`` takes, the last actions, and where the pictures are that should be equal.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ArticleView
from annotator.desktop.main_window import MainWindow
from annotator.desktop.one_heap import keep_one_heap
from annotator.domain.articles import BlockKind
from annotator.domain.errors import UserError
from tests.desktop.fakes import FakePrompts
from tests.desktop.golden.comparing import Difference, difference, off_edges
from tests.desktop.soak.memory import MEGABYTE, Sample, growth
from tests.desktop.soak.pictures import Looks, Twin, on_screen, painted_anew, rest, stored_marks, without_what_covers
from tests.desktop.soak.story import make_story
from tests.desktop.soak.user import User
from tests.desktop.windows import settle, space_of

WARM = 2000
"""After so many actions memory is flat: each cache has been full once."""
_LOOK_EVERY, _TWIN_EVERY, _MEASURE_EVERY = 25, 250, 200
_MOST_ROUNDED = Difference(same_size=True, faint=0.0001)
"""How far the screen may differ from a full repaint: not to be seen, but for a few pixels at a clip."""
_SHAPES_ROUNDED, _OFF_EDGES = Difference(same_size=True, faint=0.05, plain=0.02, greatest=48), 0.0001
"""The same where letters are drawn as shapes: their edges, and nothing else, are rounded otherwise at times, by up to
29 of 255 in 1.1 % of the pixels of a low window."""
_DRAWN_FROM = 64
"""Letters of more pixels are drawn as shapes, not copied from a picture of each (Qt's limit)."""
_MOST_GROWTH = 16 * MEGABYTE
"""What caches of letters may differ by between two thirds of a run, and what is kept of each passage made meanwhile,
about 2 kB. A leak of 1.5 kB an action is more.
"""
_MOST_OBJECTS = 8000
"""Python objects that each passage made meanwhile may keep, with its label and its place."""
_MOST_QT_GROWTH = 40
"""QObjects that belong to the window: rows of the inspector and of lines that are open come and go, no more."""


class Watch:
    """Looks at a window between two actions and fails when something is wrong."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self._window = window
        self._failures: list[Exception] = []
        self.samples: list[Sample] = []
        window.jobs.failed.connect(self._failures.append)

    def look(self, number: int) -> None:
        """Compare the screen with a full repaint; less often, with the database and a view that has no history.

        An action that came too late, on a passage that an undo took away, is refused with a message; that is no defect.
        """
        defects = [failure for failure in self._failures if not isinstance(failure, UserError)]
        assert not defects, defects
        if number % _LOOK_EVERY == 0:
            settle(self._qtbot, self._window)
            space_of(self._window).view.scroller.wheel.glide.stop()
            rest()
            view = space_of(self._window).view
            anew = without_what_covers(view, painted_anew(view))
            self.same(
                view, without_what_covers(view, on_screen(view)), anew, "the screen is not what a full repaint shows"
            )
        if number % _TWIN_EVERY == 0:
            self._compare_with_stored()
        if number % _MEASURE_EVERY == 0:
            self.samples.append(Sample.of(self._window, number))
            print(self.samples[-1], flush=True)

    def _compare_with_stored(self) -> None:
        space = space_of(self._window)
        space.view.ends.give_up()
        space.area.selection_bar.hide()
        QApplication.processEvents()
        assert space.view.marks.by_id == stored_marks(self._window), "the view's passages are not the database's"
        used = painted_anew(space.view)
        twin = Twin(self._window)
        try:
            self.same(space.view, used, twin.picture(), "the view is not what one without history shows")
        finally:
            twin.close()
            self._window.activateWindow()

    def same(self, view: ArticleView, one: QImage, other: QImage, complaint: str) -> None:
        """Fail with both pictures when they differ by more than the rounding of letters' edges at a clip."""
        found = difference(one, other)
        shapes = max(view.page.type.style(kind).font.pixelSize() for kind in BlockKind) > _DRAWN_FROM
        if not (found.within(_MOST_ROUNDED) or (shapes and _alike(one, other))):
            folder = Path(tempfile.mkdtemp(prefix="soak-"))  # which is not cleared away after a few runs
            one.save(str(folder / "is.png"))
            other.save(str(folder / "should be.png"))
            pytest.fail(f"{complaint}: see “is.png” and “should be.png” in {folder} ({found})")


def work(user: User, watch: Watch, qtbot: QtBot, actions: int, warnings: Callable[[], list[str]]) -> None:
    """Do so many actions; between two of them the window is at rest, or in the midst of writing."""
    for number in range(1, actions + 1):
        try:
            user.act()
            if user.chance.random() < 0.3:
                settle(qtbot, user.window)
            else:
                QApplication.processEvents()
            watch.look(number)
            assert warnings() == []
        except BaseException:
            print(f"at action {number}; the last ones: {', '.join(user.done)}")
            raise


def test_after_a_long_day_the_window_is_as_a_fresh_one(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    prompts: FakePrompts,
    tmp_path: Path,
    pytestconfig: pytest.Config,
    qtlog: pytest.LogCaptureFixture,
    steady_caret: None,
) -> None:
    seed, actions = pytestconfig.getoption("--soak-seed"), pytestconfig.getoption("--soak-actions")
    print(f"--soak-seed={seed} --soak-actions={actions}")
    keep_one_heap()  # as the program does at its start
    path = tmp_path / "toll.annotator"
    make_story(path)
    window = open_window(path)
    watch = Watch(qtbot, window)
    work(User(window, random.Random(seed)), watch, qtbot, actions, lambda: [str(record) for record in qtlog.records])
    settle(qtbot, window)
    looks = Looks.of(window)
    with qtbot.waitSignal(window.closed):
        window.close()
    fresh = open_window(path)
    for place, was, now in zip(looks.places, looks.pictures, looks.shown_by(fresh, qtbot), strict=True):
        watch.same(space_of(fresh).view, was, now, f"at {place} a fresh window shows something else")
    assert prompts.errors == []
    if actions > 2 * WARM:
        assert growth(watch.samples, after=WARM, of="resident") < _MOST_GROWTH
        assert growth(watch.samples, after=WARM, of="objects") < _MOST_OBJECTS
        assert growth(watch.samples, after=WARM, of="qt_objects") < _MOST_QT_GROWTH


def test_a_leak_is_growth_and_a_full_cache_is_none() -> None:
    level = [
        Sample(n, (180 + n % 1400 // 10) * MEGABYTE, 5 + n % 1400, 800 + n % 7, 20 if n % 600 else 10_000)
        for n in range(0, 20_001, 200)
    ]
    leak = [
        replace(
            s,
            resident=s.resident + 1600 * s.actions,
            objects=s.objects + s.actions,
            qt_objects=s.qt_objects + s.actions // 100,
        )
        for s in level
    ]
    for of, most in (("resident", _MOST_GROWTH), ("objects", _MOST_OBJECTS), ("qt_objects", _MOST_QT_GROWTH)):
        assert growth(level, after=WARM, of=of) < most
        assert growth(leak, after=WARM, of=of) >= most


def test_letters_drawn_as_shapes_may_be_rounded_and_neither_underline_nor_tint_may_be_missing(
    qapp: QApplication,
) -> None:
    page, rounded = _with_letters(255), _with_letters(230)
    assert difference(rounded, page).plain > 0.005
    assert _alike(rounded, page)
    for area, colour in (((100, 100, 24, 4), "#2f6fd0"), ((100, 100, 70, 95), "#0a0a0a")):  # one letter, a short word
        touched = page.copy()
        painter = QPainter(touched)
        painter.fillRect(*area, QColor(colour))
        painter.end()
        assert not _alike(page, touched)
        assert not _alike(touched, page)


def _alike(one: QImage, other: QImage) -> bool:
    return difference(one, other).within(_SHAPES_ROUNDED) and off_edges(one, other) <= _OFF_EDGES


def _with_letters(edge: int) -> QImage:
    """Return a black page with white stems, the left edges of which are as light as ``edge``."""
    page = QImage(800, 550, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.black)
    painter = QPainter(page)
    for x in range(20, 800, 40):
        painter.fillRect(x, 300, 8, 200, QColor("white"))
        painter.fillRect(x, 300, 1, 200, QColor(edge, edge, edge))
    painter.end()
    return page
