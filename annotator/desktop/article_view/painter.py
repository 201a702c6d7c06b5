"""Paints the page: what is exposed, paragraph by paragraph, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, floor

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from annotator.desktop.article_view import overlay
from annotator.desktop.article_view.draw_list import DrawList, MarginLabel
from annotator.desktop.article_view.draw_list_maker import DrawListMaker
from annotator.desktop.article_view.margin import Margin
from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.metrics import LANES
from annotator.desktop.article_view.page import Page, Shown
from annotator.desktop.article_view.page_relations import PageRelations
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.article_view.paragraph_painter import ParagraphPainter
from annotator.desktop.article_view.scrolling import OVER
from annotator.desktop.article_view.shown_state import ShownState
from annotator.desktop.article_view.thin_lanes import ThinLanes
from annotator.domain.marks import Mark

_ABOVE, _BELOW = 8, 6
"""Pixels by which a paragraph's letters, rules and labels may stand out above its first and below its last line."""
_AROUND_LABEL = 4
"""Pixels above and below a label that the frame around the whole of it takes."""


class PagePainter:
    """Paints a page with the marks and the state shown on it; made anew when theme, tags, fonts or zoom change."""

    def __init__(
        self,
        page: Page,
        marks: MarkSet,
        state: ShownState,
        paints: Paints,
        kind_words: Mapping[str, str],
        thin: ThinLanes | None = None,
    ) -> None:
        """``kind_words``: what a kind of relation is called on screen."""
        self._page = page
        self._marks = marks
        self._state = state
        self.paints = paints
        self.margin = Margin(page.type, paints.theme)
        self._maker = DrawListMaker(page.type, paints, state.labels, marks.pending)
        self._paragraphs = ParagraphPainter(page, marks, state, paints, self.margin, thin)
        self.relations = PageRelations(page, marks, state, paints, kind_words)
        self.lists_made = 0
        """How many draw lists have been made; counted so that tests can hold the view to its promise."""

    def paint(self, painter: QPainter, exposed: QRect, shift: int) -> None:
        """Paint ``exposed``; ``shift`` is how far the page is scrolled to the left, in pixels."""
        page = self._page
        left = page.columns.text_left - shift
        painter.fillRect(exposed, QColor(self.paints.theme.base))
        for shown in self._exposed(exposed):
            painter.translate(left, shown.top)
            self._paragraphs.paint(painter, shown, self.draw_list_of(shown), exposed.translated(-left, -shown.top))
            painter.translate(-left, -shown.top)
        painter.translate(left, 0)
        self.relations.paint(painter, exposed, shift)
        current = self._marks.shown(self._state.current)
        if current is not None and self._state.may_move(current):
            overlay.paint_handles(painter, self._page, current, self.paints, by_keys=bool(self._state.moving))
        overlay.paint_hints(painter, self._page, self._marks, self._state.hints, self.paints)
        for shown in self._exposed(exposed):
            self._whole_labels(painter, shown)
        painter.translate(-left, 0)

    def _exposed(self, exposed: QRect) -> Iterator[Shown]:
        """Yield the paragraphs of which something is drawn in ``exposed``; the space before one is empty."""
        for shown in self._page.shown():
            lines = shown.laid.lines
            top = shown.top + (lines[0].top - _ABOVE if shown.paragraph else 0)
            if top <= exposed.bottom() and shown.top + shown.laid.height + _BELOW >= exposed.top():
                yield shown

    def draw_list_of(self, shown: Shown) -> DrawList:
        """Return a paragraph's draw list, made now if it has none."""
        laid = shown.laid
        if laid.draw_list is None:
            start, end = self._page.table.starts[shown.paragraph], self._page.table.ends[shown.paragraph]
            laid.draw_list = self._maker.make(laid, start, self._marks.within(start, end) if start < end else [])
            self.lists_made += 1
        return laid.draw_list

    def strip_of(self, mark: Mark) -> QRect:
        """Return the strip of the viewport with a mark's lines, its handles and its label; of no meaning sideways."""
        strip = QRect()
        below = max(OVER, LANES * self._page.type.lanes.pitch + OVER // 2)
        for shown in self._page.shown():
            part = self._page.part(shown, mark.start, mark.end)
            if part is None:
                continue
            lines = shown.laid.lines
            first, last = lines[shown.laid.line_of(part[0])], lines[shown.laid.line_of(part[1] - 1)]
            strip |= _strip(shown.top + first.top - OVER, shown.top + last.bottom + below)
            for label in self.draw_list_of(shown).labels:
                if mark.id in label.mark_ids:
                    top = shown.top + label.top
                    strip |= _strip(top - _AROUND_LABEL, top + self._page.type.label_height + _AROUND_LABEL)
                    if (frame := self._whole_frame(shown, label)) is not None:
                        strip |= _strip(floor(frame.top()) - 1, ceil(frame.bottom()) + 1)
        return strip

    def _whole_labels(self, painter: QPainter, shown: Shown) -> None:
        """Draw the label under the mouse whole where it did not fit."""
        drawn = shown.laid.draw_list
        if drawn is None or not self._state.label_hovered:
            return
        for label in drawn.labels:
            frame = self._whole_frame(shown, label) if label.mark_ids[0] == self._state.hovered else None
            if frame is not None:
                self.margin.paint_whole(painter, label, frame)

    def _whole_frame(self, shown: Shown, label: MarginLabel) -> QRectF | None:
        """Return where a label is written in full, from the column's left edge and the viewport's top; None nowhere."""
        frame = self.margin.whole_frame(label, self._page.columns)
        if frame is not None:
            frame.translate(0, shown.top)
            frame.translate(0, min(0.0, self._page.view_height - 1 - frame.bottom()))
        return frame

    def count_at(self, x: float, y: float) -> list[str]:
        """Return the ids of all marks on the line whose "+n" is under a point, none elsewhere; as in ``label_at``."""
        shown = self._page.shown_at(y)
        if shown is None or x <= self._page.columns.text_width:
            return []
        start = self._page.table.starts[shown.paragraph]
        for number, _ in self.draw_list_of(shown).more:
            if self._paragraphs.count_box(shown.laid, number).contains(QPointF(x, y - shown.top)):
                first, beyond = shown.laid.line_range(number)
                return [mark.id for mark in self._marks.within(start + first, start + beyond)]
        return []

    def label_at(self, x: float, y: float) -> MarginLabel | None:
        """Return the label under a point: ``x`` from the column's left edge, ``y`` from the viewport's top."""
        shown = self._page.shown_at(y)
        if shown is None or x >= 0:
            return None
        for label in self.draw_list_of(shown).labels:
            if self.margin.box(label, self._page.columns).contains(QPointF(x, y - shown.top)):
                return label
        return None


def _strip(top: int, bottom: int) -> QRect:
    return QRect(0, top, 1, bottom - top)
