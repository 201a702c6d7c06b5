"""Paints one paragraph: tints, text, lines, brackets, labels, letters, and the caret."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from annotator.desktop.article_view.draw_list import DrawList
from annotator.desktop.article_view.draw_list_maker import BRACKETS_END, boxes, underline
from annotator.desktop.article_view.laid_paragraph import LaidParagraph
from annotator.desktop.article_view.margin import Margin
from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.metrics import LANES
from annotator.desktop.article_view.page import Page, Shown
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.article_view.shown_state import ShownState
from annotator.desktop.article_view.thin_lanes import ThinLanes, ThinPainter
from annotator.desktop.theme import mix

_OVERHANG = 0.25
"""How far letters may stand out of the column to the left, in sizes of their type."""
_STANDING_OUT = 40
"""Pixels above and below what is exposed in which lines are drawn, for the letters that stand out of their line."""
COUNT_WIDTH = 34
"""Width of the place for "+n" behind a line."""
_BREAK = 7
"""Width of the piece that shows a line break to be selected."""
_PANEL = 0.1
"""How much of the accent is in the panel under a paragraph that is pointed out."""


class ParagraphPainter:
    """Paints paragraphs of a page; the painter's origin is the top left corner of the paragraph."""

    def __init__(
        self, page: Page, marks: MarkSet, state: ShownState, paints: Paints, margin: Margin, thin: ThinLanes | None
    ) -> None:
        self._page = page
        self._marks = marks
        self._state = state
        self._paints = paints
        self._margin = margin
        self._ink, self._faint = QColor(paints.theme.text), QColor(paints.theme.muted)
        self._thin = ThinPainter(thin, page.type, paints) if thin is not None and thin.lanes else None

    def paint(self, painter: QPainter, shown: Shown, drawn: DrawList, exposed: QRect) -> None:
        """Paint a paragraph; what of it is outside ``exposed`` (from its corner) is left out where that saves much."""
        laid = shown.laid
        top, bottom = exposed.top(), exposed.bottom() + 1
        whole = 2 * (bottom - top) > laid.height
        on_text = exposed.right() >= -laid.style.font.pixelSize() * _OVERHANG
        if on_text:
            if shown.paragraph == 0:
                self._page.header.paint(painter, 0, 0, self._paints.theme)
            self._pointed(painter, shown)
            if laid.style.ruled:
                self._rule(painter, laid)
            painter.setPen(Qt.PenStyle.NoPen)
            _fill(painter, drawn.tints if whole else drawn.tints.between(top, bottom))
            self._between_tint_and_text(painter, shown)
            painter.setPen(self._faint if laid.style.muted else self._ink)
            laid.layout.draw(painter, QPointF(0, 0), [], _lines_of(exposed))
            painter.setPen(Qt.PenStyle.NoPen)
            _fill(painter, drawn.lines if whole else drawn.lines.between(top, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        if whole:
            _fill(painter, drawn.ticks.with_layer(drawn.brackets))
        else:
            _fill(painter, drawn.ticks.between(top, bottom) if on_text else ())
            _fill(painter, drawn.brackets.between(top, bottom) if exposed.left() < BRACKETS_END else ())
        if on_text:
            self._stronger_lines(painter, shown, drawn)
            if self._thin is not None:
                self._thin.paint(painter, laid, self._page.table.starts[shown.paragraph])
            self._letters(painter, laid, drawn, exposed)
        if drawn.labels and exposed.left() < self._page.columns.label_right - self._page.columns.text_left:
            above = top - self._page.type.label_height
            labels = [label for label in drawn.labels if above <= label.top <= bottom]
            self._margin.paint(painter, labels, self._page.columns, self._state.stronger)
        if on_text:
            self._caret(painter, shown)

    def _pointed(self, painter: QPainter, shown: Shown) -> None:
        """Draw a panel under the paragraph that is pointed out."""
        pointed, lines = self._state.pointed, shown.laid.lines
        if pointed is None or self._page.part(shown, pointed.start, pointed.end) is None:
            return
        accent = QColor(self._paints.theme.accent)
        painter.setPen(accent)
        painter.setBrush(mix(QColor(self._paints.theme.base), accent, _PANEL))
        top, bottom = lines[0].top - 4, lines[-1].bottom + 4
        painter.drawRect(QRectF(-5, top, self._page.columns.text_width + 10, bottom - top))

    def _rule(self, painter: QPainter, laid: LaidParagraph) -> None:
        """Draw the line that sets a caption apart, at the side where it begins."""
        top, bottom = laid.lines[0].top - 2, laid.lines[-1].bottom + 2
        left = self._page.columns.text_width - 3 if laid.rtl else 0
        painter.fillRect(QRectF(left, top, 3, bottom - top), QColor(self._paints.theme.border))

    def _fill_span(self, painter: QPainter, shown: Shown, span: tuple[int, int], brush: QBrush) -> None:
        part = self._page.part(shown, *span)
        if part is not None:
            painter.setBrush(brush)
            painter.drawRects(boxes(shown.laid, shown.laid.stretches(*part)))

    def _between_tint_and_text(self, painter: QPainter, shown: Shown) -> None:
        """Draw the hovered and the current passage's strong tints, what was found, and the selection."""
        state, theme = self._state, self._paints.theme
        for mark_id in state.stronger:
            if (mark := self._marks.shown(mark_id)) is not None:
                self._fill_span(painter, shown, (mark.start, mark.end), self._paints.of(mark.tag_id).strong)
        table = self._page.table
        for place, hit in state.hits_within(table.starts[shown.paragraph], table.ends[shown.paragraph]):
            if place == state.hit:
                painter.setPen(QColor(theme.text))  # a frame, which tells it from the other hits without any colour
            colour = theme.looked_at if place == state.hit else theme.found
            self._fill_span(painter, shown, (hit.start, hit.end), QBrush(QColor(colour)))
            painter.setPen(Qt.PenStyle.NoPen)
        looked_at = state.hits[state.hit] if state.hit >= 0 else None
        if (selected := state.selection) is not None and selected != looked_at:
            brush = QBrush(QColor(theme.selection))
            self._fill_span(painter, shown, (selected.start, selected.end), brush)
            self._selected_break(painter, shown, selected.start, selected.end, brush)

    def _selected_break(self, painter: QPainter, shown: Shown, start: int, end: int, brush: QBrush) -> None:
        """Show that the line break at a paragraph's end is selected."""
        beyond = self._page.table.ends[shown.paragraph]
        if start <= beyond < end:
            line, x = shown.laid.caret(beyond - self._page.table.starts[shown.paragraph])
            box = shown.laid.lines[line]
            left = x - _BREAK if shown.laid.rtl else x
            painter.setBrush(brush)
            painter.drawRect(QRectF(left, box.top, _BREAK, box.bottom - box.top))

    def _stronger_lines(self, painter: QPainter, shown: Shown, drawn: DrawList) -> None:
        """Draw the underlines of the current and of the hovered passage once more, a pixel lower: thicker.

        One that found no lane gets the last one there, in the place of what stands in it.
        """
        for mark_id in self._state.stronger:
            mark = self._marks.shown(mark_id)
            part = self._page.part(shown, mark.start, mark.end) if mark is not None else None
            if mark is None or part is None:
                continue
            paint, stretches = self._paints.of(mark.tag_id), shown.laid.stretches(*part)
            lane = drawn.lanes.get(mark_id)
            if lane is None:
                lane = LANES - 1
                painter.setBrush(QColor(self._paints.theme.base))
                painter.drawRects(underline(shown.laid, stretches, lane, self._page.type, double=False))
            painter.setBrush(paint.solid if paint.double else paint.line)
            lines = underline(shown.laid, stretches, lane, self._page.type, double=paint.double)
            painter.drawRects([line.translated(0, 1) for line in lines])

    def _letters(self, painter: QPainter, laid: LaidParagraph, drawn: DrawList, exposed: QRect) -> None:
        """Draw the key letters of tags that have one, and "+n" behind lines with more passages than lanes."""
        painter.setFont(self._page.type.label_font)
        for letter, box, brush in drawn.keys:
            painter.fillRect(box, brush)
            painter.setPen(QColor(self._paints.theme.base))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
        painter.setPen(QColor(self._paints.theme.muted))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for number, count in drawn.more:
            if (
                not exposed.top() - self._page.type.label_height
                <= laid.lines[number].bottom - 1
                <= exposed.bottom() + self._page.type.label_height
            ):
                continue
            painter.drawText(self.count_box(laid, number), flags, f"+{count}")

    def count_box(self, laid: LaidParagraph, number: int) -> QRectF:
        """Return the place of the "+n" behind a line, in the coordinates of its paragraph."""
        height = self._page.type.label_height
        return QRectF(self._page.columns.text_width + 5, laid.lines[number].bottom - height, COUNT_WIDTH, height)

    def _caret(self, painter: QPainter, shown: Shown) -> None:
        if not self._state.caret_on or self._page.table.at(self._state.caret) != shown.paragraph:
            return
        number, x = shown.laid.caret(self._state.caret - self._page.table.starts[shown.paragraph])
        line = shown.laid.lines[number]
        height = max(line.bottom - line.top, round(self._page.type.label_height))
        painter.fillRect(QRectF(round(x) - 1, line.top, 2, height), QColor(self._paints.theme.text))


def _fill(painter: QPainter, groups: Iterable[tuple[QBrush, list[QRectF]]]) -> None:
    for brush, rects in groups:
        painter.setBrush(brush)
        painter.drawRects(rects)


def _lines_of(exposed: QRect) -> QRectF:
    """Return where lines of text are to be drawn: letters may stand out above and below their line."""
    return QRectF(exposed.adjusted(0, -_STANDING_OUT, 0, _STANDING_OUT))
