"""The relations of the current passage on the page: painted beside the text, and found under the mouse."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.page import Page
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.article_view.paragraph_painter import COUNT_WIDTH
from annotator.desktop.article_view.relation_curves import CurvePainter, Placed, curves
from annotator.desktop.article_view.shown_state import ShownState
from annotator.domain.marks import Mark


class PageRelations:
    """Knows where the relations shown on a page are, and paints them over it."""

    def __init__(
        self, page: Page, marks: MarkSet, state: ShownState, paints: Paints, kind_words: Mapping[str, str]
    ) -> None:
        """``kind_words``: what a kind of relation is called on screen."""
        self._page = page
        self._marks = marks
        self._state = state
        self._curves = CurvePainter(paints.theme, page.type.label_font, kind_words)
        self._drawn_from: float = page.columns.text_width

    def paint(self, painter: QPainter, exposed: QRect, shift: int) -> None:
        """Paint what of the relations is in ``exposed``; the painter's origin is the column's left edge."""
        columns, state = self._page.columns, self._state
        beside = exposed.right() >= columns.text_right - shift
        if not state.relations or not (beside or state.hovered):
            self._drawn_from = columns.text_width if beside else self._drawn_from
            return
        placed, (left, right) = self._placed(), self._sides()
        self._drawn_from = self._left_of(placed)
        if exposed.right() >= columns.text_left - shift + self._drawn_from - 1:
            self._curves.paint(painter, placed, left, right, self._page.view_height)

    def left(self) -> int:
        """Return from where on relations are drawn, or were when last painted, in pixels from the column's left."""
        now = self._left_of(self._placed()) if self._state.hovered else self._drawn_from
        return floor(min(self._drawn_from, now)) - 1

    def _left_of(self, placed: list[Placed]) -> float:
        """Return how far to the left relations reach: the words of a hovered one may be written over the text."""
        right = self._sides()[1]
        frames = (self._curves.whole_frame(each, right) for each in placed)
        return min(
            (frame.left() for frame in frames if frame is not None), default=float(self._page.columns.text_width)
        )

    def _sides(self) -> tuple[float, float]:
        columns = self._page.columns
        left = columns.text_width + 8 + (COUNT_WIDTH - 6 if self._page.counts_shown() else 0)
        return left, columns.relations_right - columns.text_left

    def _placed(self) -> list[Placed]:
        state, marks = self._state, self._marks
        current = marks.shown(state.current)
        drawn = curves(current, state.relations, marks.by_id, self.height_of, state.hovered, state.elsewhere)
        return self._curves.place(drawn, *self._sides(), self._page.view_height)

    def at(self, x: float, y: float) -> str | None:
        """Return the id of the passage to which the relation under a point leads.

        ``x`` from the column's left edge, ``y`` from the viewport's top.
        """
        if not self._state.relations or x <= self._page.columns.text_width:
            return None
        point = QPointF(x, y)
        return next((each.curve.other_id for each in self._placed() if each.box.contains(point)), None)

    def height_of(self, mark: Mark) -> float | None:
        """Return the height of a mark's first line in view, in pixels from the viewport's top; None out of view."""
        if not self._marks.shows(mark):
            return None
        for shown in self._page.shown():
            part = self._page.part(shown, mark.start, mark.end)
            if part is None:
                continue
            for number in range(shown.laid.line_of(part[0]), shown.laid.line_of(part[1] - 1) + 1):
                line = shown.laid.lines[number]
                middle = shown.top + (line.top + line.bottom) / 2
                if 0 <= middle < self._page.view_height:
                    return middle
        return None
