"""Paints the page: what is exposed, paragraph by paragraph, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import ceil, floor

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from annotator.desktop.article_view import overlay
from annotator.desktop.article_view.draw_list import DrawList, MarginLabel
from annotator.desktop.article_view.draw_list_maker import BRACKETS_END, DrawListMaker, boxes, underline
from annotator.desktop.article_view.laid_paragraph import LaidParagraph
from annotator.desktop.article_view.margin import Margin
from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.metrics import LANES
from annotator.desktop.article_view.page import Page, Shown
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.article_view.relation_curves import CurvePainter, Placed, curves
from annotator.desktop.article_view.scrolling import OVER
from annotator.desktop.article_view.shown_state import ShownState
from annotator.desktop.article_view.thin_lanes import ThinLanes, ThinPainter
from annotator.desktop.theme import mix
from annotator.domain.marks import Mark

_ABOVE, _BELOW = 8, 6
"""Pixels by which a paragraph's letters, rules and labels may stand out above its first and below its last line."""
_OVERHANG = 0.25
"""How far letters may stand out of the column to the left, in sizes of their type."""
_STANDING_OUT = 40
"""Pixels above and below what is exposed in which lines are drawn, for the letters that stand out of their line."""
_AROUND_LABEL = 4
"""Pixels above and below a label that the frame around the whole of it takes."""
_COUNT_WIDTH = 34
"""Width of the place for "+n" behind a line."""
_BREAK = 7
"""Width of the piece that shows a line break to be selected."""

_PANEL = 0.1
"""How much of the accent is in the panel under a paragraph that is pointed out."""


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
        self._ink, self._faint = QColor(paints.theme.text), QColor(paints.theme.muted)
        self._maker = DrawListMaker(page.type, paints, state.labels, marks.pending)
        self._thin = ThinPainter(thin, page.type, paints) if thin is not None and thin.lanes else None
        self._curves = CurvePainter(paints.theme, page.type.label_font, kind_words)
        self._relations_from: float = page.columns.text_width
        self.lists_made = 0
        """How many draw lists have been made; counted so that tests can hold the view to its promise."""

    def paint(self, painter: QPainter, exposed: QRect, shift: int) -> None:
        """Paint ``exposed``; ``shift`` is how far the page is scrolled to the left, in pixels."""
        page = self._page
        left = page.columns.text_left - shift
        painter.fillRect(exposed, QColor(self.paints.theme.base))
        for shown in self._exposed(exposed):
            painter.translate(left, shown.top)
            self._paragraph(painter, shown, self.draw_list_of(shown), exposed.translated(-left, -shown.top))
            painter.translate(-left, -shown.top)
        painter.translate(left, 0)
        self._relations(painter, exposed, shift)
        current = self._current()
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

    def _current(self) -> Mark | None:
        mark = self._marks.by_id.get(self._state.current or "")
        return mark if mark is not None and self._marks.shows(mark) else None

    def draw_list_of(self, shown: Shown) -> DrawList:
        """Return a paragraph's draw list, made now if it has none."""
        laid = shown.laid
        if laid.draw_list is None:
            start, end = self._page.table.starts[shown.paragraph], self._page.table.ends[shown.paragraph]
            laid.draw_list = self._maker.make(laid, start, self._marks.within(start, end) if start < end else [])
            self.lists_made += 1
        return laid.draw_list

    def _paragraph(self, painter: QPainter, shown: Shown, drawn: DrawList, exposed: QRect) -> None:
        """Paint a paragraph; what of it is outside ``exposed`` (from its corner) is left out where that saves much."""
        laid = shown.laid
        top, bottom = exposed.top(), exposed.bottom() + 1
        whole = 2 * (bottom - top) > laid.height
        on_text = exposed.right() >= -laid.style.font.pixelSize() * _OVERHANG
        if on_text:
            if shown.paragraph == 0:
                self._page.header.paint(painter, 0, 0, self.paints.theme)
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
            self.margin.paint(painter, labels, self._page.columns, self._state.stronger)
        if on_text:
            self._caret(painter, shown)

    def _pointed(self, painter: QPainter, shown: Shown) -> None:
        """Draw a panel under the paragraph that is pointed out."""
        pointed, lines = self._state.pointed, shown.laid.lines
        if pointed is None or self._part(shown, pointed.start, pointed.end) is None:
            return
        accent = QColor(self.paints.theme.accent)
        painter.setPen(accent)
        painter.setBrush(mix(QColor(self.paints.theme.base), accent, _PANEL))
        top, bottom = lines[0].top - 4, lines[-1].bottom + 4
        painter.drawRect(QRectF(-5, top, self._page.columns.text_width + 10, bottom - top))

    def _rule(self, painter: QPainter, laid: LaidParagraph) -> None:
        """Draw the line that sets a caption apart, at the side where it begins."""
        top, bottom = laid.lines[0].top - 2, laid.lines[-1].bottom + 2
        left = self._page.columns.text_width - 3 if laid.rtl else 0
        painter.fillRect(QRectF(left, top, 3, bottom - top), QColor(self.paints.theme.border))

    def _part(self, shown: Shown, start: int, end: int) -> tuple[int, int] | None:
        """Return what of ``[start, end)`` lies in a paragraph, from its start; None for nothing."""
        first, beyond = self._page.table.starts[shown.paragraph], self._page.table.ends[shown.paragraph]
        a, b = max(start, first), min(end, beyond)
        return (a - first, b - first) if a < b else None

    def _fill_span(self, painter: QPainter, shown: Shown, span: tuple[int, int], brush: QBrush) -> None:
        part = self._part(shown, *span)
        if part is not None:
            painter.setBrush(brush)
            painter.drawRects(boxes(shown.laid, shown.laid.stretches(*part)))

    def _between_tint_and_text(self, painter: QPainter, shown: Shown) -> None:
        """Draw the hovered and the current passage's strong tints, what was found, and the selection."""
        state, theme = self._state, self.paints.theme
        for mark_id in state.stronger:
            mark = self._marks.by_id.get(mark_id)
            if mark is not None and self._marks.shows(mark):
                self._fill_span(painter, shown, (mark.start, mark.end), self.paints.of(mark.tag_id).strong)
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
            mark = self._marks.by_id.get(mark_id)
            part = self._part(shown, mark.start, mark.end) if mark is not None and self._marks.shows(mark) else None
            if mark is None or part is None:
                continue
            paint, stretches = self.paints.of(mark.tag_id), shown.laid.stretches(*part)
            lane = drawn.lanes.get(mark_id)
            if lane is None:
                lane = LANES - 1
                painter.setBrush(QColor(self.paints.theme.base))
                painter.drawRects(underline(shown.laid, stretches, lane, self._page.type, double=False))
            painter.setBrush(paint.solid if paint.double else paint.line)
            lines = underline(shown.laid, stretches, lane, self._page.type, double=paint.double)
            painter.drawRects([line.translated(0, 1) for line in lines])

    def _letters(self, painter: QPainter, laid: LaidParagraph, drawn: DrawList, exposed: QRect) -> None:
        """Draw the key letters of tags that have one, and "+n" behind lines with more passages than lanes."""
        painter.setFont(self._page.type.label_font)
        for letter, box, brush in drawn.keys:
            painter.fillRect(box, brush)
            painter.setPen(QColor(self.paints.theme.base))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
        painter.setPen(QColor(self.paints.theme.muted))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for number, count in drawn.more:
            if (
                not exposed.top() - self._page.type.label_height
                <= laid.lines[number].bottom - 1
                <= exposed.bottom() + self._page.type.label_height
            ):
                continue
            painter.drawText(self._count_box(laid, number), flags, f"+{count}")

    def _count_box(self, laid: LaidParagraph, number: int) -> QRectF:
        height = self._page.type.label_height
        return QRectF(self._page.columns.text_width + 5, laid.lines[number].bottom - height, _COUNT_WIDTH, height)

    def _caret(self, painter: QPainter, shown: Shown) -> None:
        if not self._state.caret_on or self._page.table.at(self._state.caret) != shown.paragraph:
            return
        number, x = shown.laid.caret(self._state.caret - self._page.table.starts[shown.paragraph])
        line = shown.laid.lines[number]
        height = max(line.bottom - line.top, round(self._page.type.label_height))
        painter.fillRect(QRectF(round(x) - 1, line.top, 2, height), QColor(self.paints.theme.text))

    # -- over everything

    def _relations(self, painter: QPainter, exposed: QRect, shift: int) -> None:
        columns, state = self._page.columns, self._state
        beside = exposed.right() >= columns.text_right - shift
        if not state.relations or not (beside or state.hovered):
            self._relations_from = columns.text_width if beside else self._relations_from
            return
        placed, (left, right) = self._placed_relations(), self._relation_sides()
        self._relations_from = self._left_of(placed)
        if exposed.right() >= columns.text_left - shift + self._relations_from - 1:
            self._curves.paint(painter, placed, left, right, self._page.view_height)

    def relations_left(self) -> int:
        """Return from where on relations are drawn, or were when last painted, in pixels from the column's left."""
        now = self._left_of(self._placed_relations()) if self._state.hovered else self._relations_from
        return floor(min(self._relations_from, now)) - 1

    def _left_of(self, placed: list[Placed]) -> float:
        """Return how far to the left relations reach: the words of a hovered one may be written over the text."""
        right = self._relation_sides()[1]
        frames = (self._curves.whole_frame(each, right) for each in placed)
        return min(
            (frame.left() for frame in frames if frame is not None), default=float(self._page.columns.text_width)
        )

    def _relation_sides(self) -> tuple[float, float]:
        columns = self._page.columns
        left = columns.text_width + 8 + (_COUNT_WIDTH - 6 if self.counts_shown() else 0)
        return left, columns.relations_right - columns.text_left

    def _placed_relations(self) -> list[Placed]:
        state = self._state
        drawn = curves(
            self._current(), state.relations, self._marks.by_id, self.height_of, state.hovered, state.elsewhere
        )
        return self._curves.place(drawn, *self._relation_sides(), self._page.view_height)

    def relation_at(self, x: float, y: float) -> str | None:
        """Return the id of the passage to which the relation under a point leads; as in ``label_at``."""
        if not self._state.relations or x <= self._page.columns.text_width:
            return None
        point = QPointF(x, y)
        return next((each.curve.other_id for each in self._placed_relations() if each.box.contains(point)), None)

    def strip_of(self, mark: Mark) -> QRect:
        """Return the strip of the viewport with a mark's lines, its handles and its label; of no meaning sideways."""
        strip = QRect()
        below = max(OVER, LANES * self._page.type.lanes.pitch + OVER // 2)
        for shown in self._page.shown():
            part = self._part(shown, mark.start, mark.end)
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

    def counts_shown(self) -> bool:
        """Whether there is a "+n" behind a line in view, so far as draw lists have been made."""
        return any(shown.laid.draw_list is not None and shown.laid.draw_list.more for shown in self._page.shown())

    def height_of(self, mark: Mark) -> float | None:
        """Return the height of a mark's first line in view, in pixels from the viewport's top; None out of view."""
        if not self._marks.shows(mark):
            return None
        for shown in self._page.shown():
            part = self._part(shown, mark.start, mark.end)
            if part is None:
                continue
            for number in range(shown.laid.line_of(part[0]), shown.laid.line_of(part[1] - 1) + 1):
                line = shown.laid.lines[number]
                middle = shown.top + (line.top + line.bottom) / 2
                if 0 <= middle < self._page.view_height:
                    return middle
        return None

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
            if self._count_box(shown.laid, number).contains(QPointF(x, y - shown.top)):
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


def _fill(painter: QPainter, groups: Iterable[tuple[QBrush, list[QRectF]]]) -> None:
    for brush, rects in groups:
        painter.setBrush(brush)
        painter.drawRects(rects)


def _lines_of(exposed: QRect) -> QRectF:
    """Return where lines of text are to be drawn: letters may stand out above and below their line."""
    return QRectF(exposed.adjusted(0, -_STANDING_OUT, 0, _STANDING_OUT))
