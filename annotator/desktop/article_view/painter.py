"""Paints the page: what is exposed, paragraph by paragraph, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.desktop.article_view.draw_list import MarginLabel
from annotator.desktop.article_view.draw_list_maker import DrawListMaker, boxes, lane_top
from annotator.desktop.article_view.laid_paragraph import LaidParagraph
from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.metrics import LANES
from annotator.desktop.article_view.page import Page, Shown
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.article_view.shown_state import ShownState

_CHIP_GAP = 6


class PagePainter:
    """Paints a page with the marks and the state shown on it; made anew when theme, tags, fonts or zoom change."""

    def __init__(self, page: Page, marks: MarkSet, state: ShownState, paints: Paints) -> None:
        self._page = page
        self._marks = marks
        self._state = state
        self._paints = paints
        self._maker = DrawListMaker(page.type, paints, state.labels)
        self._bold = QFont(page.type.label_font)
        self._bold.setBold(True)
        self._label_metrics = QFontMetricsF(page.type.label_font)
        self.lists_made = 0
        """How many draw lists have been made; counted so that tests can hold the view to its promise."""

    def paint(self, painter: QPainter, exposed: QRect, shift: int) -> None:
        """Paint ``exposed``; ``shift`` is how far the page is scrolled to the left, in pixels."""
        page = self._page
        theme = self._paints.theme
        painter.fillRect(exposed, QColor(theme.base))
        painter.setPen(Qt.PenStyle.NoPen)
        for shown in page.shown():
            bottom = shown.top + page.table.height(shown.paragraph)
            if bottom + 24 < exposed.top() or shown.top - 24 > exposed.bottom():
                continue
            painter.save()
            painter.translate(page.columns.text_left - shift, shown.top)
            try:
                self._paragraph(painter, shown)
            finally:
                painter.restore()

    def draw_list_of(self, shown: Shown) -> None:
        """Make a paragraph's draw list if it has none."""
        laid = shown.laid
        if laid.draw_list is None:
            start, end = self._page.table.starts[shown.paragraph], self._page.table.ends[shown.paragraph]
            laid.draw_list = self._maker.make(laid, start, self._marks.within(start, end) if start < end else [])
            self.lists_made += 1

    def _paragraph(self, painter: QPainter, shown: Shown) -> None:
        self.draw_list_of(shown)
        laid = shown.laid
        drawn = laid.draw_list
        assert drawn is not None
        theme = self._paints.theme
        if shown.paragraph == 0:
            self._page.header.paint(painter, 0, 0, theme)
        painter.setPen(Qt.PenStyle.NoPen)
        if laid.style.ruled:
            self._rule(painter, laid)
        for brush, rects in drawn.tints:
            painter.setBrush(brush)
            painter.drawRects(rects)
        self._overlays(painter, shown)
        painter.setPen(QColor(theme.muted if laid.style.muted else theme.text))
        laid.layout.draw(painter, QPointF(0, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        for group in (drawn.lines, drawn.solids):
            for brush, rects in group:
                painter.setBrush(brush)
                painter.drawRects(rects)
        self._stronger(painter, shown)
        for label in drawn.labels:
            self._label(painter, label)
        self._caret(painter, shown)

    def _rule(self, painter: QPainter, laid: LaidParagraph) -> None:
        top, bottom = laid.lines[0].top - 2, laid.lines[-1].bottom + 2
        painter.fillRect(
            QRectF(0 if not laid.rtl else self._page.columns.text_width - 3, top, 3, bottom - top),
            QColor(self._paints.theme.border),
        )

    def _within(self, shown: Shown, start: int, end: int) -> tuple[int, int] | None:
        first, beyond = self._page.table.starts[shown.paragraph], self._page.table.ends[shown.paragraph]
        a, b = max(start, first), min(end, beyond)
        return (a - first, b - first) if a < b else None

    def _fill(self, painter: QPainter, shown: Shown, start: int, end: int, brush: QBrush) -> None:
        part = self._within(shown, start, end)
        if part is not None:
            painter.setBrush(brush)
            painter.drawRects(boxes(shown.laid, shown.laid.stretches(*part)))

    def _overlays(self, painter: QPainter, shown: Shown) -> None:
        """Hits, hovered and current passage and the selection: over the tints, under the text."""
        state, theme = self._state, self._paints.theme
        first, beyond = self._page.table.starts[shown.paragraph], self._page.table.ends[shown.paragraph]
        for mark_id in {state.hovered, state.current} - {None}:
            mark = self._marks.by_id.get(mark_id or "")
            if mark is not None and self._marks.shows(mark):
                moving = state.moving
                start, end = (
                    (moving.start, moving.end) if moving and moving.mark_id == mark_id else (mark.start, mark.end)
                )
                self._fill(painter, shown, start, end, self._paints.of(mark.tag_id).strong)
        for place, hit in state.hits_within(first, beyond):
            colour = QColor(theme.accent if place == state.hit else theme.found)
            if place == state.hit:
                colour.setAlphaF(0.45)
            self._fill(painter, shown, hit.start, hit.end, QBrush(colour))
        if (selected := state.selection) is not None:
            self._fill(painter, shown, selected.start, selected.end, QBrush(QColor(theme.selection)))

    def _stronger(self, painter: QPainter, shown: Shown) -> None:
        """Draw the underline of the current and of the hovered passage once more, thicker."""
        drawn = shown.laid.draw_list
        assert drawn is not None
        thickness = self._page.type.lanes.thickness + 1
        for mark_id in {self._state.hovered, self._state.current} - {None}:
            mark = self._marks.by_id.get(mark_id or "")
            lane = drawn.lanes.get(mark_id or "", LANES)
            if mark is None or lane == LANES:
                continue
            part = self._within(shown, mark.start, mark.end)
            if part is None:
                continue
            painter.setBrush(self._paints.of(mark.tag_id).solid)
            stretches = shown.laid.stretches(*part)
            painter.drawRects(
                [
                    QRectF(s.left, lane_top(shown.laid, s.line, lane, self._page.type), s.right - s.left, thickness)
                    for s in stretches
                ]
            )

    def label_box(self, label: MarginLabel) -> QRectF:
        """Return where a label stands, in the paragraph's own coordinates."""
        columns = self._page.columns
        left = columns.label_left - columns.text_left
        return QRectF(left, label.top, columns.label_right - columns.text_left - left, self._page.type.label_height)

    def _label(self, painter: QPainter, label: MarginLabel) -> None:
        box = self.label_box(label)
        strong = self._state.current in label.mark_ids or self._state.hovered in label.mark_ids
        chip = self._page.type.label_font.pixelSize() * 0.7
        if label.chip is not None:
            painter.fillRect(QRectF(box.right() - chip, box.center().y() - chip / 2, chip, chip), label.chip)
        painter.setFont(self._bold if strong else self._page.type.label_font)
        painter.setPen(QPen(QColor(self._paints.theme.text)))
        words = QRectF(box.left(), box.top(), box.width() - chip - _CHIP_GAP, box.height())
        text = label.text
        if self._page.columns.initials and len(label.mark_ids) == 1:
            text = initials(text)
        elided = self._label_metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, elided)
        painter.setPen(Qt.PenStyle.NoPen)

    def _caret(self, painter: QPainter, shown: Shown) -> None:
        if not self._state.caret_on or self._page.table.at(self._state.caret) != shown.paragraph:
            return
        line, x = shown.laid.caret(self._state.caret - self._page.table.starts[shown.paragraph])
        box = shown.laid.lines[line]
        painter.fillRect(QRectF(round(x) - 1, box.top, 2, box.bottom - box.top), QColor(self._paints.theme.text))


def initials(label: str) -> str:
    """Return the initials of the speakers of a label ("Ed Balls · claim": "EB")."""
    words = label.split(" · ", maxsplit=1)[0].replace(",", " ").split()
    return "".join(word[0] for word in words if word[0].isalnum())[:3].upper()
