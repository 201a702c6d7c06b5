"""The picture of the scroll bar's map: a column for each kind of tag, and at its left edge what was found."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF

from annotator.desktop.article_view.look import adapted
from annotator.desktop.article_view.scroll_rows import COLUMNS, ScrollRows
from annotator.domain.annotations import Span
from annotator.domain.marks import Mark

if TYPE_CHECKING:
    from annotator.desktop.article_view.page_view import PageView
    from annotator.desktop.article_view.paints import Paints

_SIDE = 8
"""Width of the strip at the left edge for what was found and for the arrow at the current passage."""
_COLUMN, _GAP = 3, 1
WIDTH = _SIDE + len(COLUMNS) * (_COLUMN + _GAP) + 1
"""Pixels of the whole map."""
_LEAST = 2
"""Pixels that a passage is high at least, however short it is."""
_IN_TIP, _WORDS = 3, 90
"""How many passages a tool tip tells, and how many code points of each."""


class MapPicture:
    """Rows painted once; one pixel of height a row. What changes with every key is painted over it."""

    def __init__(self, rows: ScrollRows, paints: Paints) -> None:
        self._rows = rows
        self._paints = paints
        self._hit_colour = adapted(paints.theme.found, paints.theme)
        self._pixmap = QPixmap(round(WIDTH * paints.ratio), round(rows.count * paints.ratio))
        self._pixmap.setDevicePixelRatio(paints.ratio)
        self._pixmap.fill(QColor(paints.theme.base))
        self.draw_rows(0, rows.count)

    def draw_rows(self, top: int, bottom: int) -> None:
        """Draw the kinds in the rows ``[top, bottom)`` anew; a short passage reaches a little further down."""
        top, bottom = max(0, top - _LEAST), min(self._rows.count, bottom + _LEAST)
        place = QRect(_SIDE, top, WIDTH - _SIDE, bottom - top)
        painter = QPainter(self._pixmap)
        try:
            painter.setClipRect(place)
            painter.fillRect(place, QColor(self._paints.theme.base))
            painter.setPen(Qt.PenStyle.NoPen)
            for tag_id, rects in self._runs(max(0, top - _LEAST), bottom).items():
                painter.setBrush(self._paints.of(tag_id).colour)
                painter.drawRects(rects)
        finally:
            painter.end()

    def _runs(self, top: int, bottom: int) -> dict[str, list[QRect]]:
        """Return the rectangles of each tag: rows of one tag in a column are one."""
        found = defaultdict(list)
        for column, cells in enumerate(self._rows.cells):
            left = _SIDE + column * (_COLUMN + _GAP)
            row = top
            while row < bottom:
                tag_id, first = cells[row], row
                while row < bottom and cells[row] == tag_id:
                    row += 1
                if tag_id is not None:
                    found[tag_id].append(QRect(left, first, _COLUMN, max(_LEAST, row - first)))
        return found

    def set_hits(self, hits: Sequence[Span]) -> None:
        """Draw a tick in every row in which a hit begins, in place of all ticks there were."""
        offsets, ticks, place = self._rows.offsets, [], 0
        for row in range(self._rows.count if hits else 0):
            before, beyond = place, offsets[row + 1] if row + 1 < self._rows.count else offsets[-1] + 1
            place = bisect_left(hits, beyond, lo=place, key=_start)
            if place > before:
                ticks.append(QRect(2, row, 4, _LEAST))
        painter = QPainter(self._pixmap)
        try:
            painter.fillRect(0, 0, _SIDE, self._rows.count, QColor(self._paints.theme.base))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._hit_colour)
            painter.drawRects(ticks)
        finally:
            painter.end()

    def paint(self, painter: QPainter, current: int | None, hit: int | None) -> None:
        """Paint the map, an arrow at the row of the current passage, a long tick at that of the hit looked at."""
        painter.drawPixmap(0, 0, self._pixmap)
        if hit is not None:
            painter.fillRect(0, hit - 1, _SIDE, 4, self._hit_colour)
        if current is not None:
            text = QColor(self._paints.theme.text)
            painter.fillRect(_SIDE - 2, current, WIDTH - _SIDE + 2, 1, text)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(text)
            middle = current + 0.5
            painter.drawPolygon(QPolygonF([QPointF(1, middle - 4), QPointF(1, middle + 4), QPointF(7, middle)]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _start(hit: Span) -> int:
    return hit.start


def column_at(x: int) -> int:
    """Return the column of kinds at ``x`` pixels from the map's left edge, -1 for none."""
    column = (x - _SIDE) // (_COLUMN + _GAP)
    return column if x >= _SIDE and column < len(COLUMNS) else -1


def row_tip(marks: Sequence[Mark], view: PageView) -> str:
    """Return a tool tip (rich text) for passages: whose words under which tag, and how they begin; "" for none."""
    from html import escape  # it brings two thousand names of characters: not before a tip is asked for

    told = [_told(mark, view, escape) for mark in marks[:_IN_TIP]]
    if len(marks) > _IN_TIP:
        more = QCoreApplication.translate("ScrollMap", "and {0} more here").format(len(marks) - _IN_TIP)
        told.append(f"<i>{escape(more)}</i>")
    return "".join(f"<p style='margin: 2px 0'>{paragraph}</p>" for paragraph in told)


def _told(mark: Mark, view: PageView, escape: Callable[[str], str]) -> str:
    label = view.state.labels.get(mark.id) or (view.styles[mark.tag_id].name if mark.tag_id in view.styles else "")
    words = " ".join(view.page.text[mark.start : min(mark.end, mark.start + _WORDS)].split())
    ellipsis = "…" if mark.end - mark.start > _WORDS else ""
    return f"<b>{escape(label)}</b><br>{escape(words)}{ellipsis}"
