"""Divides an article into sheets of paper and draws each, with the layouts and draw lists of the article view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from annotator.desktop.article_view.draw_list import DrawList, MarginLabel
from annotator.desktop.article_view.draw_list_maker import DrawListMaker
from annotator.desktop.article_view.laid_paragraph import LaidParagraph
from annotator.desktop.article_view.look import LIGHT
from annotator.desktop.article_view.margin import Margin
from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.page import Page
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.printing.breaking import Room, break_pages, keeps_next
from annotator.desktop.printing.ink import Ink
from annotator.desktop.printing.label_column import place_labels
from annotator.desktop.printing.paper import Paper, paper_columns, paper_type
from annotator.desktop.printing.printed_article import PrintedArticle
from annotator.desktop.printing.small_print import SmallPrint, SmallRow
from annotator.domain.articles import BlockKind

_tr = QCoreApplication.translate
_HEADINGS = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD})
_AT_ONCE = 50
"""Paragraphs that are laid out between two reports of progress."""


class _Lines(NamedTuple):
    """Lines ``[first, beyond)`` of a paragraph, ``top`` units below the page's top."""

    paragraph: int
    first: int
    beyond: int
    top: int


class Sheets:
    """An article in pages. Lengths are units of :mod:`annotator.desktop.printing.paper`."""

    def __init__(self, article: PrintedArticle, paper: Paper, ui_font: QFont) -> None:
        self._article = article
        self._paper = paper
        type_ = paper_type(article.family, ui_font)
        page = Page()
        page.set_article(article.text, article.blocks, article.header, article.language)
        page.set_columns(paper_columns(paper, type_), type_)
        self._page = page
        self._marks = MarkSet()
        self._marks.replace_all(article.marks)
        paints = Paints(LIGHT, article.styles, type_.lanes.thickness, 1.0)
        self._ink = Ink(paints, {mark.tag_id for mark in article.marks}, type_.lanes.thickness)
        self._margin = Margin(type_, LIGHT)
        self._texts = article.numbered_labels()
        self._paints = paints
        self._maker = DrawListMaker(type_, paints, self._texts, frozenset())
        self._small = SmallPrint(article, type_, page.columns, paints, self._ink)
        self._rooms: list[Room] = []
        self._places: list[tuple[int, int] | SmallRow | None] = []
        """What each row is: a line of a paragraph, small print, or the head of the article."""
        self.pages: list[tuple[int, int]] = []
        """The rows ``[first, beyond)`` of each page."""

    def divide(self) -> Iterator[int]:
        """Lay everything out and find where pages end; yield from time to time how many paragraphs are done."""
        self._add(Room(0, self._page.header.height, keeps=True), None)
        for index in range(len(self._page.table)):
            self._add_paragraph(index)
            if index % _AT_ONCE == 0:
                yield index
        for rows in (self._small.legend(), self._small.passages()):
            for number, row in enumerate(rows):
                self._add(row.room, row)
                if number % _AT_ONCE == 0:
                    yield len(self._page.table)
        self.pages = break_pages(self._rooms, self._paper.height)

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are to lay out."""
        return len(self._page.table)

    def _add(self, room: Room, place: tuple[int, int] | SmallRow | None) -> None:
        self._rooms.append(room)
        self._places.append(place)

    def _add_paragraph(self, index: int) -> None:
        laid = self._page.lay(index)
        above = laid.lines[0].top - (self._page.header.height if index == 0 else 0)
        if not laid.text:
            self._add(Room(laid.height - (self._page.header.height if index == 0 else 0), 0), (index, 0))
            return
        heading = self._page.kind(index) in _HEADINGS
        for number, line in enumerate(laid.lines):
            last = number == len(laid.lines) - 1
            bottom = laid.height if last else laid.lines[number + 1].top
            keeps = keeps_next(number, len(laid.lines), heading=heading)
            self._add(Room(0 if number else above, bottom - line.top, keeps), (index, number))

    # -- drawing

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw page ``number``, from 0, with the painter's origin at the printable corner.

        The text comes first and what stands beside it after it, so that a reader of the file gets it in order.
        """
        strips, small, head = self._arranged(*self.pages[number])
        left = self._page.columns.text_left
        painter.translate(left, 0)
        if head:
            self._page.header.paint(painter, 0, 0, LIGHT)
        drawn = [(strip, self._page.lay(strip.paragraph), self._drawn(strip.paragraph)) for strip in strips]
        for strip, laid, list_ in drawn:
            self._draw_lines(painter, strip, laid, list_)
        for strip, laid, list_ in drawn:
            self._draw_beside(painter, strip, laid, list_)
        wanted = [label for strip, laid, _ in drawn if laid.text for label in self._labels(strip, laid)]
        for label in place_labels(wanted, self._page.type.label_height, self._paper.height):
            self._margin.paint(painter, (label,), self._page.columns, ())
        for top, row in small:
            painter.translate(0, top)
            row.draw(painter)
            painter.translate(0, -top)
        painter.translate(-left, 0)
        self._foot(painter, number)

    def _arranged(self, first: int, beyond: int) -> tuple[list[_Lines], list[tuple[int, SmallRow]], bool]:
        """Return what stands on a page and where: runs of lines, small print, and whether the head is there."""
        strips: list[_Lines] = []
        small: list[tuple[int, SmallRow]] = []
        head = False
        y = 0
        for row in range(first, beyond):
            room, place = self._rooms[row], self._places[row]
            y += room.before if row > first else 0
            if place is None:
                head = True
            elif isinstance(place, SmallRow):
                small.append((y, place))
            elif strips and strips[-1].paragraph == place[0] and strips[-1].beyond == place[1]:
                strips[-1] = strips[-1]._replace(beyond=place[1] + 1)
            else:
                strips.append(_Lines(place[0], place[1], place[1] + 1, y))
            y += room.height
        return strips, small, head

    def _drawn(self, index: int) -> DrawList:
        laid = self._page.lay(index)
        if laid.draw_list is None:
            start, end = self._page.table.starts[index], self._page.table.ends[index]
            laid.draw_list = self._maker.make(laid, start, self._marks.within(start, end) if start < end else [])
        return laid.draw_list

    def _bounds(self, strip: _Lines, laid: LaidParagraph) -> tuple[int, int]:
        """Return what of a paragraph's height a run of lines has, from the paragraph's top."""
        whole = strip.beyond == len(laid.lines)
        return laid.lines[strip.first].top, laid.height if whole else laid.lines[strip.beyond].top

    def _draw_lines(self, painter: QPainter, strip: _Lines, laid: LaidParagraph, drawn: DrawList) -> None:
        if not laid.text:
            return
        top, bottom = self._bounds(strip, laid)
        area = QRectF(-self._page.columns.text_left, top, self._paper.width, bottom - top)
        painter.translate(0, strip.top - top)
        if laid.style.ruled:
            left = self._page.columns.text_width - 3 if laid.rtl else 0
            painter.fillRect(QRectF(left, top, 3, laid.lines[strip.beyond - 1].bottom - top), QColor(LIGHT.border))
        self._ink.fill(painter, drawn.tints, area)
        painter.setPen(QColor(LIGHT.muted if laid.style.muted else LIGHT.text))
        for line in laid.lines[strip.first : strip.beyond]:
            line.shape.draw(painter, QPointF(0, 0))
        self._ink.fill(painter, drawn.lines, area)
        beyond = laid.lines[strip.beyond - 1].bottom + self._page.type.lanes.pitch * 3
        inside = area.intersected(QRectF(area.left(), top, area.width(), beyond - top))
        self._ink.fill(painter, drawn.ticks, inside)
        self._ink.fill(painter, drawn.brackets, inside)
        painter.translate(0, top - strip.top)

    def _draw_beside(self, painter: QPainter, strip: _Lines, laid: LaidParagraph, drawn: DrawList) -> None:
        """Draw the key letters of tags that have one, and "+n" behind lines with more passages than lanes."""
        top, bottom = self._bounds(strip, laid)
        painter.translate(0, strip.top - top)
        painter.setFont(self._page.type.label_font)
        for letter, box, brush in drawn.keys:
            if top <= box.center().y() < bottom:
                painter.fillRect(box, brush)
                painter.setPen(QColor(LIGHT.base))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
        painter.setPen(QColor(LIGHT.muted))
        for number, count in drawn.more:
            if strip.first <= number < strip.beyond:
                at = QPointF(self._page.columns.text_width + 5, laid.lines[number].bottom)
                painter.drawText(at, f"+{count}")
        painter.translate(0, top - strip.top)

    def _labels(self, strip: _Lines, laid: LaidParagraph) -> Iterator[MarginLabel]:
        """Yield the label of each passage that begins on these lines, at the height of its line on the page."""
        start = self._page.table.starts[strip.paragraph]
        first, beyond = laid.line_range(strip.first)[0], laid.line_range(strip.beyond - 1)[1]
        height = self._page.type.label_height
        for mark in self._marks.within(start + first, start + beyond):
            line = laid.line_of(mark.start - start)
            if mark.start >= start and strip.first <= line < strip.beyond:
                box = laid.lines[line]
                top = strip.top - laid.lines[strip.first].top + box.top + (box.bottom - box.top - height) // 2
                yield MarginLabel((mark.id,), self._texts[mark.id], top, self._paints.of(mark.tag_id).solid)

    def _foot(self, painter: QPainter, number: int) -> None:
        font = self._page.type.label_font
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.muted))
        count = _tr("Printing", "{0} of {1}").format(number + 1, len(self.pages))
        room = self._paper.width - metrics.horizontalAdvance(count) - 24
        names = " · ".join(part for part in (self._article.project, self._article.title) if part)
        painter.fillRect(
            QRectF(0, self._paper.foot - metrics.height() - 4, self._paper.width, 0.7), QColor(LIGHT.border)
        )
        painter.drawText(QPointF(0, self._paper.foot), metrics.elidedText(names, Qt.TextElideMode.ElideRight, room))
        painter.drawText(QPointF(self._paper.width - metrics.horizontalAdvance(count), self._paper.foot), count)
