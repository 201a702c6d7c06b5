"""What wheels and touchpads say, as pixels: at once where they tell pixels, in a short glide for a notch."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from annotator.desktop.article_view.page_view import PageView

NOTCH = 120
"""What Qt calls one notch of a wheel, in eighths of a degree."""
LASTS = 0.12
"""Seconds that a glide takes."""
_FRAME = 8
"""Milliseconds between two steps of a glide."""
_ZOOM_STEP = 10


class Glide:
    """Spreads a way over a short time, fast at first. A new way is added to what is left; one back begins anew."""

    def __init__(self, view: PageView, move: Callable[[int], object]) -> None:
        self.wanted = False
        """Whether the user wants to see the way; the system can still be against it."""
        self.clock = perf_counter
        """Tells the time in seconds."""
        self._view = view
        self._move = move
        self._way = self._gone = 0
        self._since = 0.0
        self._timer = QTimer(view)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self.step)

    @property
    def gliding(self) -> bool:
        """Whether there is way left."""
        return self._timer.isActive()

    def start(self, pixels: int) -> None:
        """Go so many pixels, at once where nothing is to be animated."""
        from PySide6.QtWidgets import QStyle  # a class slow to import: not before the first turn

        style = self._view.style()
        moving = style.styleHint(QStyle.StyleHint.SH_Widget_Animate, None, self._view)
        if not self.wanted or not moving or not self._view.isVisible():
            self.stop()
            self._move(pixels)
            return
        left = self._way - self._gone
        self._way, self._gone = pixels + (left if left * pixels > 0 else 0), 0
        self._since = self.clock()
        self._timer.start()

    def step(self) -> None:
        """Go as far as the time says."""
        share = min(1.0, (self.clock() - self._since) / LASTS)
        target = round(self._way * (1 - (1 - share) ** 3))
        step, self._gone = target - self._gone, target
        if share == 1.0:
            self.stop()
        self._move(step)
        if not self.gliding:
            self._view.page_rests()

    def stop(self) -> None:
        """Stay where the page is."""
        self._timer.stop()
        self._way = self._gone = 0


class Wheel:
    """Turns events into ways of the page. What is beyond whole pixels, lines or steps of zoom is kept for the next."""

    def __init__(self, view: PageView, move: Callable[[int], object]) -> None:
        self.glide = Glide(view, move)
        self._view = view
        self._move = move
        self._rest = QPointF()
        self._turned = 0

    def turn(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl zoom around the pointer; what rolls on after a zoom or a scroll changes neither."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.phase() == Qt.ScrollPhase.ScrollBegin:
            self._rest = QPointF()
        if control and event.phase() != Qt.ScrollPhase.ScrollMomentum:
            self._zoom(event)
        elif not control:
            self._scroll(event)
        event.accept()

    def _scroll(self, event: QWheelEvent) -> None:
        turned, notches = QPointF(event.pixelDelta()), False
        if turned.isNull() or event.phase() == Qt.ScrollPhase.NoScrollPhase:
            notch = QApplication.wheelScrollLines() * self._view.verticalScrollBar().singleStep()
            turned = QPointF(event.angleDelta()) * (notch / NOTCH)
            notches = abs(event.angleDelta().y()) >= NOTCH
        turned = QPointF(turned.x(), 0) if abs(turned.x()) > abs(turned.y()) else QPointF(0, turned.y())
        turned += self._rest
        whole = QPoint(int(turned.x()), int(turned.y()))
        self._rest = turned - QPointF(whole)
        if whole.x():
            sideways = self._view.horizontalScrollBar()
            sideways.setValue(sideways.value() - whole.x())
        if whole.y():
            (self.glide.start if notches else self._at_once)(-whole.y())

    def _at_once(self, pixels: int) -> None:
        self.glide.stop()
        self._move(pixels)

    def _zoom(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y()
        steps = int(self._turned / NOTCH)
        self._turned -= steps * NOTCH
        if steps:
            self.glide.stop()
            self._zoom_at(event.position().toPoint(), self._view.zoom() + steps * _ZOOM_STEP)

    def _zoom_at(self, point: QPoint, percent: int) -> None:
        """Set another zoom; the line at a point stays at its height."""
        page, before = self._view.page, self._view.zoom()
        shown = page.shown_at(point.y())
        x = self._view.point_on_page(point)[0]
        if shown is None or page.at_top:
            self._view.set_zoom(percent)
            return
        number = shown.laid.line_near(point.y() - shown.top)
        offset = page.table.starts[shown.paragraph] + shown.laid.offset_on_line(number, x)
        above = point.y() - shown.top - shown.laid.lines[number].top
        self._view.set_zoom(percent)
        self._view.show_reading((offset, point.y() - round(above * self._view.zoom() / before)))
