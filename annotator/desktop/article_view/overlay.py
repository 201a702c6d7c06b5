"""What is drawn over the page: handles at the ends of the current passage, and letters to choose passages by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.page import Page
from annotator.desktop.article_view.paints import Paints
from annotator.domain.marks import Mark

_KNOB = 4.5
_GRASP = 9
"""A handle is grasped within so many pixels of its knob."""
_OVER, _ABOVE = 1, 0.75
"""Pixels of a letter that lie over its passage's first line, and the share of its height that stands above that."""


class Handle(NamedTuple):
    """A handle: ``x`` from the column's left edge, ``top`` and ``bottom`` from the viewport's top."""

    ending: bool
    x: float
    top: float
    bottom: float

    @property
    def knob(self) -> QPointF:
        """The middle of the knob: above the text for the start, below it for the end."""
        return QPointF(self.x, self.bottom + 1 if self.ending else self.top - 1)


def handles(page: Page, mark: Mark | None) -> list[Handle]:
    """Return the handles of a mark that are in view."""
    if mark is None or mark.end > len(page.text):
        return []
    shown = {s.paragraph: s for s in page.shown()}
    found = []
    for ending, offset in ((False, mark.start), (True, mark.end - 1)):
        there = shown.get(page.table.at(offset))
        if there is None or offset - page.table.starts[there.paragraph] >= len(there.laid.text):
            continue
        number, x = there.laid.edge(offset - page.table.starts[there.paragraph], ending=ending)
        line = there.laid.lines[number]
        found.append(Handle(ending, x, there.top + line.top, there.top + line.bottom))
    return found


def handle_at(page: Page, mark: Mark | None, x: float, y: float) -> Handle | None:
    """Return the handle that a press at a point grasps: ``x`` from the column's left edge, ``y`` in the viewport."""
    for handle in handles(page, mark):
        knob = handle.knob
        on_stem = abs(x - handle.x) <= 3 and handle.top <= y <= handle.bottom  # noqa: PLR2004  (pixels beside a stem)
        if on_stem or (abs(x - knob.x()) <= _GRASP and abs(y - knob.y()) <= _GRASP):
            return handle
    return None


def paint_handles(painter: QPainter, page: Page, mark: Mark, paints: Paints, *, by_keys: bool) -> None:
    """Draw the handles of the current mark; bolder while the keys move its ends."""
    colour = paints.of(mark.tag_id).colour
    size = _KNOB * (1.35 if by_keys else 1.0)
    for handle in handles(page, mark):
        painter.fillRect(QRectF(handle.x - 1, handle.top, 2, handle.bottom - handle.top), colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setBrush(colour)
        painter.setPen(QPen(QColor(paints.theme.base), 1.5))
        painter.drawEllipse(handle.knob, size, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_hints(painter: QPainter, page: Page, marks: MarkSet, hints: Mapping[str, str], paints: Paints) -> None:
    """Draw a letter label at each mark that has one, where it first comes into view."""
    if not hints:
        return
    font = QFont(page.type.label_font)
    font.setBold(True)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    beside: Counter[tuple[int, int]] = Counter()
    for mark_id, letters in hints.items():
        mark = marks.by_id.get(mark_id)
        found = _first_in_view(page, mark) if mark is not None else None
        if mark is None or found is None:
            continue
        place, rtl = found
        text = letters.upper()
        width = metrics.horizontalAdvance(text) + 8
        key = (round(place.x()), round(place.y()))
        left = place.x() - _OVER if rtl else place.x() - width + _OVER  # before the words, which can be read whole
        box = QRectF(left + beside[key], place.y() - metrics.height() * _ABOVE, width, metrics.height())
        beside[key] += round(width) + 2
        painter.setPen(QPen(QColor(paints.theme.base), 1))
        painter.setBrush(paints.of(mark.tag_id).colour)
        painter.drawRoundedRect(box, 3, 3)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _first_in_view(page: Page, mark: Mark) -> tuple[QPointF, bool] | None:
    """Return the upper corner at which a mark's first line in view begins, and whether it runs from right to left.

    It is measured from the column's left edge and the viewport's top.
    """
    for shown in page.shown():
        start, end = page.table.starts[shown.paragraph], page.table.ends[shown.paragraph]
        if mark.end <= start or mark.start >= end:
            continue
        for piece in shown.laid.stretches(max(mark.start, start) - start, min(mark.end, end) - start):
            top = shown.top + shown.laid.lines[piece.line].top
            if 0 <= top < page.view_height:
                return QPointF(piece.right if shown.laid.rtl else piece.left, top), shown.laid.rtl
    return None
