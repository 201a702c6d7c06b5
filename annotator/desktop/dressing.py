"""Gives the program the colours of a theme without letting a window stand still for it.

On a new style sheet Qt polishes each widget once for each widget that it stands in, too: most of a second where a
review is open. So it is made to forget all rules first, whereupon it touches nothing, and each widget is polished here
once: those that are shown at once, the hidden ones a few at a time as the event loop goes round.
"""

from __future__ import annotations

from collections import deque
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from annotator import paths
from annotator.desktop.style import style_sheet
from annotator.desktop.theme import Theme

_SHARE = 0.02
"""Seconds of one turn of the event loop that hidden widgets may take."""


class Dresser(QObject):
    """Dresses all widgets of the program in a theme; new ones dress themselves, as Qt polishes what it first shows."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._hidden: deque[QWidget] = deque()

    def dress(self, theme: Theme) -> None:
        """Give the program the colours of a theme; Qt would keep up to 10 MB of pictures in those of earlier ones."""
        QPixmapCache.clear()
        self._app.setPalette(theme.palette())
        if self._app.styleSheet():
            self._app.style().unpolish(self._app)  # forgets the rules of every widget
        self._app.setStyleSheet(style_sheet(theme, paths.resource("icons").as_posix()))
        every, under_way = _outermost_first(), bool(self._hidden)
        self._hidden = deque(widget for widget in every if not widget.isVisible())
        for widget in [widget for widget in every if widget.isVisible()]:
            _dress(widget)
        if self._hidden and not under_way:
            self._go_on_soon()

    def _go_on_soon(self) -> None:
        """Go on in the turn after the next, in which what has been dressed is laid out and painted."""
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._go_on))

    def _go_on(self) -> None:
        """Dress some of the widgets that were hidden when the theme came, and the rest in later turns."""
        until = perf_counter() + _SHARE
        while self._hidden and perf_counter() < until:
            _dress(self._hidden.popleft())
        if self._hidden:
            self._go_on_soon()


def _outermost_first() -> list[QWidget]:
    """Return all widgets, each after those that it stands in, whose palette and font it inherits."""
    every: list[QWidget] = []
    for window in QApplication.topLevelWidgets():
        if window.parentWidget() is None:
            every += (window, *window.findChildren(QWidget))
    return every


def _dress(widget: QWidget) -> None:
    """Let a widget that is still there take its rules of the style sheet, and tell it, as Qt does on a new style."""
    if isValid(widget):
        widget.style().polish(widget)
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
