"""The scroll bar of the article view, with a thin map of the passages in it.

The map is an ornament of the bar: it takes no focus, and everything it leads to can be reached by keys. It is painted
from a picture that is made anew only when passages, filters, sizes or colours change: a moment after the page for what
one change touches, so that a run of changes makes it follow once; in small slices while nothing else is to do for
everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QScrollBar
from typing_extensions import override

from annotator.desktop.article_view.map_picture import WIDTH, MapPicture, column_at, row_tip
from annotator.desktop.article_view.scroll_rows import ScrollRows
from annotator.domain.articles import BlockKind
from annotator.domain.marks import Mark

if TYPE_CHECKING:
    from annotator.desktop.article_view.page_view import PageView

_SLICE = 0.004
"""Seconds that filling the map takes at a time."""
_NEAR = 3
"""Rows above and below the mouse in which a passage is meant."""
_RESTING, _OVER, _HELD = 0.16, 0.26, 0.34
"""How much of the text's colour the slider has; the map is seen through it."""
_LEAST_SLIDER = 36
"""The slider's least length in pixels, as in the style sheet: 32 and the margins."""
_AFTER = 120
"""Milliseconds after which the map follows a change of passages."""
_MANY = 24
"""From so many places that have changed on, all rows are filled anew."""


class MapBar(QScrollBar):
    """A vertical scroll bar as wide as the map; a click on the map goes there, dragging goes on from there."""

    def __init__(self, view: PageView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self._rows: ScrollRows | None = None
        self._picture: MapPicture | None = None
        self._filling: Iterator[None] | None = None
        self._stale = True
        self._touched: set[tuple[int, int]] = set()
        self._height = 0
        """Pixels of the page when its rows were made."""
        self._text = ""
        """The article whose rows there are."""
        self._over = False
        """Whether the mouse is over the slider."""
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._fill_on)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(_AFTER)
        self._follow.timeout.connect(self.update)
        self.setMouseTracking(True)

    # -- what has changed

    def touch(self, start: int, end: int | None) -> None:
        """Take note that passages on ``[start, end)``, or anywhere, have changed, or their looks."""
        if end is None or self._filling is not None or len(self._touched) > _MANY:
            self._make_stale()
        elif not self._stale:
            self._touched.add((start, max(end, start + 1)))
            if not self._follow.isActive():
                self._follow.start()

    def fit(self) -> None:
        """Make the rows anew when the page's height has changed by more than a row since they were made."""
        page = self._view.page
        height = max(page.table.total, page.view_height)
        if page.text is not self._text:
            self._text, self._rows, self._picture = page.text, None, None
            self._make_stale()
        elif not self._stale and abs(height - self._height) * self.height() > height:
            self._make_stale()

    def mark_hits(self) -> None:
        """Show where words have been found, or no longer."""
        if self._picture is not None:
            self._picture.set_hits(self._view.state.hits)
            self.update()

    @property
    def busy(self) -> bool:
        """Whether the map has still to be filled or to follow a change, after which the bar is painted anew."""
        return self._idle.isActive() or self._follow.isActive()

    def _make_stale(self) -> None:
        self._stale = True
        self._filling = None
        self._touched.clear()
        if self.isVisible():
            self._idle.start()

    # -- filling and painting

    def _fill_on(self) -> None:
        """Fill some rows; wait while the page is still laid out, for that moves them, and while the bar is hidden."""
        if not self.isVisible():
            self._idle.stop()
            return
        if self._view.scroller.laying_ahead:
            return
        if self._filling is None:
            self._filling = self._fill()
        until = perf_counter() + _SLICE
        for _ in self._filling:
            if perf_counter() > until:
                return
        self._idle.stop()
        self._filling = None

    def _fill(self) -> Iterator[None]:
        view, count = self._view, max(1, self.height())
        page = view.page
        self._height = height = max(page.table.total, page.view_height)
        before = page.type.style(BlockKind.BODY).before
        offsets = page.table.offsets_down(count, height, above_first=page.header.height, before=before)
        yield
        rows = ScrollRows(offsets, view.marks, {tag_id: style.kind for tag_id, style in view.styles.items()})
        self._stale = False
        yield from rows.fill()
        self._rows, self._picture = rows, MapPicture(rows, view.painter.paints)
        self._picture.set_hits(view.state.hits)
        self.update()

    def _follow_touched(self) -> None:
        if self._rows is None or self._picture is None or self._stale or self._filling is not None:
            return
        for start, end in self._touched:
            rows = self._rows.refill(start, end)
            self._picture.draw_rows(rows.start, rows.stop)
        self._touched.clear()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._follow_touched()
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), QColor(self._view.painter.paints.theme.base))
            if self._picture is not None:
                self._picture.paint(painter, self._current(), self._hit())
            if self.isEnabled():
                self._paint_slider(painter)
        finally:
            painter.end()

    def _paint_slider(self, painter: QPainter) -> None:
        theme = self._view.painter.paints.theme
        colour = QColor(theme.text)
        painter.setPen(QPen(colour, 2) if theme.strong else Qt.PenStyle.NoPen)
        colour.setAlphaF(_HELD if self.isSliderDown() else _OVER if self._over else _RESTING)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(self._slider()).adjusted(1, 0, -1, 0), 4, 4)

    def _slider(self) -> QRect:
        """Return where the style has the slider.

        In the window's style sheet that is worked out here: to import the style's class takes a tenth of the start.
        """
        app = QApplication.instance()
        if not (self.styleSheet() or (isinstance(app, QApplication) and app.styleSheet())):
            return self._slider_of_style()
        steps, length = self.maximum() - self.minimum(), self.height()
        if steps <= 0:
            return self.rect()
        long = min(length, max(_LEAST_SLIDER, length * self.pageStep() // (steps + self.pageStep())))
        done = self.sliderPosition() - self.minimum()
        return QRect(0, (2 * done * (length - long) + steps) // (2 * steps), self.width(), long)

    def _slider_of_style(self) -> QRect:
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider

        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        return self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)

    def _current(self) -> int | None:
        """Return the row of the current passage."""
        mark = self._view.marks.by_id.get(self._view.state.current or "")
        if mark is None or self._rows is None or not self._view.marks.shows(mark):
            return None
        return self._rows.row(mark.start)

    def _hit(self) -> int | None:
        """Return the row of the hit that is looked at."""
        state = self._view.state
        return self._rows.row(state.hits[state.hit].start) if state.hit >= 0 and self._rows is not None else None

    # -- the mouse

    def mark_near(self, point: QPoint) -> Mark | None:
        """Return the passage that the map has nearest to a point, in the column there if it can be."""
        found = self._marks_near(point)
        return found[0] if found else None

    def _marks_near(self, point: QPoint) -> list[Mark]:
        """Return the passages around a point: those of its column alone where there are some, the nearest first."""
        rows = self._rows
        if rows is None or self._stale:
            return []
        at = max(0, min(point.y(), rows.count - 1))
        there = rows.marks_in(max(0, at - _NEAR), min(rows.count, at + _NEAR + 1))
        column = column_at(point.x())
        found = [mark for mark in there if rows.column(mark) == column] or there

        def distance(mark: Mark) -> int:
            touched = rows.rows(mark.start, mark.end)
            return max(touched.start - at, at - touched.stop + 1, 0)

        return sorted(found, key=distance)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not self._slider().contains(point):
            self._go(point)
            if not self._slider().contains(point):
                return
        super().mousePressEvent(event)

    def _go(self, point: QPoint) -> None:
        """Show the passage that is clicked, else the part of the text at this height."""
        mark = self.mark_near(point)
        if mark is not None:
            self._view.reveal(mark.start, mark.end)
        else:
            page = self._view.page
            self.setValue(round(point.y() * self._height / max(1, self.height()) - page.view_height / 2))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        self._set_over(over=self._slider().contains(point))
        if not self.isSliderDown():
            self.setToolTip(row_tip(self._marks_near(point), self._view))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_over(over=False)

    def _set_over(self, *, over: bool) -> None:
        if over != self._over:
            self._over = over
            self.update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)

    # -- size

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or self._filling is not None:
            self._idle.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_stale()
