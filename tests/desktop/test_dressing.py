"""A theme comes to every widget once, and all look as Qt itself dresses them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from annotator.desktop.dressing import Dresser
from annotator.desktop.theme import DARK, LIGHT, STRONG_LIGHT, THEMES, Theme


@pytest.fixture
def dresser(qapp: QApplication) -> Iterator[Dresser]:
    """Return what dresses the program, which is in the light theme."""
    owner = QObject()
    found = Dresser(qapp, owner)
    found.dress(LIGHT)
    yield found
    owner.deleteLater()


class Told(QObject):
    """Counts how often widgets are told of a new style."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.times: Counter[QObject] = Counter(dict.fromkeys(widgets, 0))
        for widget in widgets:
            widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times[watched] += event.type() is QEvent.Type.StyleChange
        return False


def nested(depth: int, outer: QWidget) -> list[QWidget]:
    """Return so many frames, each in the one before, the first in ``outer``."""
    frames = [outer]
    for _ in range(depth):
        frames.append(QFrame(frames[-1]))
        QVBoxLayout(frames[-2]).addWidget(frames[-1])
    return frames[1:]


def board(qtbot: QtBot) -> QTabWidget:
    """Return one of most kinds of widgets on a page that is shown, and the same on one that is not."""
    pages = QTabWidget()
    qtbot.addWidget(pages)
    for number in range(2):
        page = QFrame()
        rows = QVBoxLayout(page)
        chosen, faint, named = QCheckBox("Chosen"), QPushButton("Out of use"), QLabel("A warning")
        chosen.setChecked(True)
        faint.setEnabled(False)
        named.setProperty("role", "warning")
        column = QListWidget()
        column.addItems(["Ada Quist", "Mara Lind"])
        column.setCurrentRow(1)
        box, bar, tool = QComboBox(), QProgressBar(), QToolButton()
        box.addItems(["Claim", "Denial"])
        bar.setValue(40)
        tool.setText("Go on")
        outer = QFrame(page)
        QLabel("Within", nested(3, outer)[-1])
        for row in (chosen, faint, named, column, box, bar, tool, outer, QRadioButton("One"), QSpinBox()):
            rows.addWidget(row)
        rows.addWidget(words := QLineEdit("Words"))
        words.setObjectName("words")
        pages.addTab(page, f"Page {number}")
    pages.resize(420, 620)
    pages.show()
    return pages


def lines_of(pages: QTabWidget) -> list[QLineEdit]:
    """Return the line of the page that is hidden, and that of the one that is shown."""
    return sorted(pages.findChildren(QLineEdit, "words"), key=QWidget.isVisible)


def pictures(pages: QTabWidget) -> list[QImage]:
    """Return what both pages look like, the one that was not shown too."""
    QApplication.processEvents()
    found = [pages.grab().toImage()]
    pages.setCurrentIndex(1)
    QApplication.processEvents()
    found.append(pages.grab().toImage())
    pages.setCurrentIndex(0)
    return found


def test_each_widget_is_told_once_however_deep_it_stands(qtbot: QtBot, dresser: Dresser) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    frames = nested(6, outer)
    outer.show()
    told = Told(*frames)
    dresser.dress(DARK)
    assert set(told.times.values()) == {1}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_look_as_qt_itself_dresses_them(qtbot: QtBot, qapp: QApplication, dresser: Dresser, theme: Theme) -> None:
    pages = board(qtbot)
    for other in (DARK, STRONG_LIGHT, LIGHT, theme):
        dresser.dress(other)
        qtbot.waitUntil(lambda: not dresser._hidden)
    found = pictures(pages)
    qapp.setStyleSheet(qapp.styleSheet())  # it polishes everything anew
    assert found == pictures(pages)


def test_what_is_hidden_has_its_turn_later(qtbot: QtBot, dresser: Dresser) -> None:
    pages = board(qtbot)
    hidden, shown = lines_of(pages)
    told = Told(shown, hidden)
    dresser.dress(DARK)
    assert told.times == {shown: 1, hidden: 0}
    qtbot.waitUntil(lambda: told.times[hidden] > 0)
    assert hidden.palette().base().color() == shown.palette().base().color() == QColor(DARK.base)
    assert told.times == {shown: 1, hidden: 1}


def test_a_widget_that_goes_before_its_turn_is_passed_over(qtbot: QtBot, dresser: Dresser) -> None:
    pages = board(qtbot)
    first, second = QWidget(), QWidget()  # dressed after the board
    for hidden in (first, second):
        hidden.ensurePolished()
    dresser.dress(DARK)
    gone, _ = lines_of(pages)
    gone.deleteLater()
    QApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not dresser._hidden)
    assert first.palette().window().color() == second.palette().window().color() == QColor(DARK.window)


def test_a_theme_that_comes_while_one_is_under_way_takes_its_place(qtbot: QtBot, dresser: Dresser) -> None:
    pages = board(qtbot)
    hidden, _ = lines_of(pages)
    told = Told(hidden)
    for theme in (DARK, STRONG_LIGHT, LIGHT):
        dresser.dress(theme)
    qtbot.waitUntil(lambda: not dresser._hidden)
    assert hidden.palette().base().color() == QColor(LIGHT.base)
    assert told.times[hidden] == 1
