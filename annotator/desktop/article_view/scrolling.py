"""Keeps the page, the scroll bars and the viewport together, and lays out ahead while nothing else is to do."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer

from annotator.desktop.article_view.wheel import Wheel
from annotator.domain.articles import BlockKind

if TYPE_CHECKING:
    from annotator.desktop.article_view.page_view import PageView

_SLICE = 0.004
"""Seconds that laying out ahead takes at a time."""
_WHOLE = 60_000
"""A text of up to so many code points is laid out whole, so that its scroll bar is exact."""
_SCREENS_AHEAD = 2
OVER = 14
"""Pixels above a line that handles and letters for choosing may take."""
_MARGIN = 48
"""Pixels that are kept above and below what is brought into view."""


class Scroller:
    """Scrolls a view by pixels. Heights that turn out other than estimated move the bars, never what is read."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._syncing = False
        self._next = 0
        self.wheel = Wheel(view, self._by)
        self._ahead = QTimer(view)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._lay_ahead)

    def fit(self) -> None:
        """Fit the page to the viewport; what stood at its top stays there."""
        self.wheel.glide.stop()
        view = self._view
        size = view.viewport().size()
        view.page.set_geometry(size.width(), size.height(), view.type)
        self.sync()
        self._next = 0
        if view.isVisible():
            self._ahead.start()

    def stop(self) -> None:
        """Lay out no further until :meth:`fit`, and stay where the page is."""
        self.wheel.glide.stop()
        self._ahead.stop()

    @property
    def laying_ahead(self) -> bool:
        """Whether heights are still being found out."""
        return self._ahead.isActive()

    def sync(self) -> None:
        """Let the scroll bars say what the page says."""
        view, page = self._view, self._view.page
        self._syncing = True
        try:
            page.shown()
            bar = view.verticalScrollBar()
            bar.setSingleStep(page.type.style(BlockKind.BODY).pitch)
            bar.setPageStep(max(1, page.view_height - _MARGIN))
            if not bar.isSliderDown():
                bar.setRange(0, page.scroll_range)
                bar.setEnabled(page.scroll_range > 0)
                bar.setValue(page.scroll_value)
            sideways = view.horizontalScrollBar()
            sideways.setRange(0, max(0, page.columns.page_width - view.viewport().width()))
            sideways.setPageStep(view.viewport().width())
            sideways.setSingleStep(20)
            view.map.fit()
        finally:
            self._syncing = False

    def bars_moved(self, dx: int, dy: int) -> None:
        """Follow the scroll bars, by so many pixels as Qt counts them."""
        view, page = self._view, self._view.page
        if self._syncing:
            return
        if dx:
            view.viewport().update()
        if not dy:
            return
        if abs(dy) > 2 * page.view_height or view.verticalScrollBar().isSliderDown():
            page.scroll_to_value(view.verticalScrollBar().value())
            view.viewport().update()
            self.sync()
        else:
            self.by(-dy)

    def by(self, pixels: int) -> int:
        """Move the page by so many pixels, down is positive, and return by how many it did move."""
        self.wheel.glide.stop()
        return self._by(pixels)

    def _by(self, pixels: int) -> int:
        view = self._view
        moved = view.page.scroll_by(pixels)
        self.sync()
        if moved:
            view.viewport().scroll(0, -moved)
            if view.state.hints:  # they stand at the first line in view
                view.viewport().update()
            if view.state.relations and view.state.current is not None:
                view.update_relations()
        return moved

    def page_step(self, *, down: bool) -> int:
        """Return by how many pixels a page key moves: the last whole line of the one page is the first of the next."""
        height = self._view.page.view_height
        lines = [
            (shown.top + line.top, shown.top + line.bottom)
            for shown in self._view.page.shown()
            for line in shown.laid.lines
        ]
        whole = [line for line in lines if line[0] >= 0 and line[1] <= height]
        if not whole:
            return height if down else -height
        step = whole[-1][0] - OVER if down else whole[0][1] + OVER - height
        return step if (step > 0) == down and step else (height if down else -height)

    def reveal(self, start: int, end: int | None = None) -> None:
        """Scroll, if need be, until ``start`` and as much as can be of ``[start, end)`` is in view."""
        self.wheel.glide.stop()
        page = self._view.page
        index, laid, within = page.place(start)
        if not any(shown.paragraph == index for shown in page.shown()):
            page.restore((start, page.view_height // 3))
            self.sync()
            self._view.viewport().update()
            self._sideways(start)
            return
        margin = min(_MARGIN, page.view_height // 4)
        line = laid.lines[laid.line_of(within)]
        top = page.top_in_view(index) + line.top
        bottom = top + laid.style.pitch
        if end is not None and page.table.at(end) < index + len(page.shown()):
            last_index, last, place = page.place(end)
            beyond = page.top_in_view(last_index) + last.lines[last.line_of(place)].bottom
            bottom = max(bottom, min(beyond, top + page.view_height - 2 * margin))
        if top < margin:
            self.by(top - margin)
        elif bottom > page.view_height - margin:
            self.by(bottom - page.view_height + margin)
        self._sideways(start)

    def _sideways(self, offset: int) -> None:
        bar = self._view.horizontalScrollBar()
        if bar.maximum() == 0:
            return
        page = self._view.page
        _, laid, within = page.place(offset)
        x = page.columns.text_left + round(laid.caret(within)[1])
        width = self._view.viewport().width()
        if x - _MARGIN < bar.value():
            bar.setValue(x - _MARGIN)
        elif x + _MARGIN > bar.value() + width:
            bar.setValue(x + _MARGIN - width)

    def _lay_ahead(self) -> None:
        """Lay out some of what comes next; the anchor keeps what is in view where it is."""
        view, page = self._view, self._view.page
        whole = len(page.text) <= _WHOLE
        shown = page.shown()
        last = len(page.table)
        if not whole and shown:
            last = min(last, shown[-1].paragraph + 1 + _SCREENS_AHEAD * len(shown))
        self._next = max(self._next, 0 if whole or not shown else shown[-1].paragraph + 1)
        until = perf_counter() + _SLICE
        while self._next < last and perf_counter() < until:
            page.lay(self._next)
            self._next += 1
        if self._next >= last or not view.isVisible():
            self._ahead.stop()
        self.sync()

    def rect_of(self, start: int, end: int) -> QRect:
        """Return the strip of the viewport with the paragraphs of ``[start, end]`` and what is drawn over them."""
        page = self._view.page
        first, last = page.table.at(start), page.table.at(end)
        shown = [s for s in page.shown() if first <= s.paragraph <= last]
        if not shown:
            return QRect()
        top = shown[0].top - max(0, OVER - shown[0].laid.lines[0].top)
        bottom = shown[-1].top + page.table.height(shown[-1].paragraph) + 2
        return QRect(0, top, self._view.viewport().width(), bottom - top)
