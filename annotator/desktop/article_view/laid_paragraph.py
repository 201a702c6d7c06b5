"""One paragraph, laid out: its lines, and where on them a code point or a range of them stands."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from annotator.desktop.article_view.draw_list import DrawList, Piece
from annotator.desktop.article_view.metrics import BlockStyle
from annotator.domain.offsets import Utf16Map

_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


_REMEMBERED = 1000
"""Of how many ranges of a paragraph it is remembered where they stand, and of how many edges."""


class Line(NamedTuple):
    """A line of a laid out paragraph: UTF-16 ``start`` and ``end`` (the blank at the wrap left out), and its heights.

    ``top`` and ``bottom`` bound the box that tints fill, in pixels from the paragraph's top.
    """

    start: int
    end: int
    top: int
    bottom: int
    shape: QTextLine


class Stretch(NamedTuple):
    """A piece of one line, from ``left`` to ``right`` in pixels from the column's left edge."""

    line: int
    left: float
    right: float


class LaidParagraph:
    """A paragraph set in lines of a given width. Offsets are code points from the paragraph's own start."""

    __slots__ = (
        "_edges",
        "_pieces",
        "_stretches",
        "bidi",
        "draw_list",
        "firsts",
        "height",
        "layout",
        "line_starts",
        "lines",
        "map",
        "rtl",
        "style",
        "text",
    )

    def __init__(self, text: str, style: BlockStyle, width: int, before: int, *, rtl_article: bool = False) -> None:
        """Break ``text`` into lines of ``width`` pixels below ``before`` pixels of space."""
        self.text = text
        self.style = style
        self.map = Utf16Map(text)
        self.bidi = not text.isascii() and _RTL.search(text) is not None
        self.rtl = _starts_right_to_left(text, default=rtl_article) if self.bidi or rtl_article else False
        self.draw_list: DrawList | None = None
        """What is drawn of the passages here; made when first painted, dropped when they change."""
        self.layout = QTextLayout(text, style.font)
        self.layout.setCacheEnabled(True)
        self.layout.setTextOption(self._option())
        self.lines: list[Line] = []
        self._stretches: dict[tuple[int, int], list[Stretch]] = {}
        """What was measured before: most of a paragraph's passages are the same when its draw list is made anew."""
        self._edges: dict[tuple[int, bool], tuple[int, float]] = {}
        self._pieces: dict[tuple[int, ...], Piece] = {}
        self.height = self._break_lines(width, before)
        self.line_starts = [line.start for line in self.lines]
        self.firsts = [self.map.to_code_point(start) for start in self.line_starts]
        """The first code point of each line."""

    def _option(self) -> QTextOption:
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        if self.rtl:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        return option

    def _break_lines(self, width: int, before: int) -> int:
        style, layout, text = self.style, self.layout, self.text
        indent = style.indent
        y = before
        layout.beginLayout()
        while (shape := layout.createLine()).isValid():
            shape.setLineWidth(width - indent)
            ascent = shape.ascent()
            taller = max(0, round(ascent - style.ascent * 1.3)) if text else 0
            y += taller
            shape.setPosition(QPointF(indent if not self.rtl else 0, y + style.ascent - ascent))
            start = shape.textStart()
            end = start + shape.textLength()
            shown = self.map.to_code_point(end)
            while shown and end > start and text[shown - 1] in " \t":
                shown -= 1
                end -= 1
            self.lines.append(Line(start, end, y, y + style.ascent + style.descent, shape))
            y += style.pitch
        layout.endLayout()
        return y

    def line_at(self, units: int) -> int:
        """Return the line that shows the UTF-16 place ``units``."""
        return max(0, bisect_right(self.line_starts, units) - 1)

    def line_of(self, offset: int) -> int:
        """Return the line on which ``offset`` stands; at a wrap, the later one."""
        return max(0, bisect_right(self.firsts, offset) - 1)

    def line_range(self, number: int) -> tuple[int, int]:
        """Return the code points ``[start, end)`` that line ``number`` shows."""
        line = self.lines[number]
        return self.map.to_code_point(line.start), self.map.to_code_point(line.end)

    def stretches(self, start: int, end: int) -> Sequence[Stretch]:
        """Return the pieces of lines that the code points ``[start, end)`` cover, without the blanks at wraps.

        Where text runs in both directions, a range may be in several pieces on one line: they come from its glyphs.
        On the screen they end on whole pixels: edges between two are drawn otherwise whenever the painter is clipped.
        """
        known = self._stretches.get((start, end))
        if known is not None:
            return known
        if len(self._stretches) > _REMEMBERED:
            self._stretches.clear()
        units, stop = self.map.to_utf16(start), self.map.to_utf16(end)
        found = self._stretches[start, end] = []
        number = self.line_at(units)
        while number < len(self.lines) and self.lines[number].start < stop:
            line = self.lines[number]
            a, b = max(units, line.start), min(stop, line.end)
            if a < b:
                if self.bidi:
                    pieces = _glyph_pieces(line.shape, a, b)
                else:
                    shape = line.shape
                    pieces = [(shape.cursorToX(a)[0], shape.cursorToX(b)[0])]  # type: ignore[index]
                if not self.style.even:
                    pieces = [(round(left), round(right)) for left, right in pieces]
                found += [Stretch(number, left, right) for left, right in pieces]
            number += 1
        return found

    def piece(self, key: tuple[int, ...]) -> Piece | None:
        """Return the rectangles that were kept under ``key``."""
        return self._pieces.get(key)

    def keep(self, key: tuple[int, ...], rects: Sequence[QRectF]) -> Piece:
        """Keep rectangles under a key that says all they follow from, for the next draw list, and return them."""
        if len(self._pieces) > _REMEMBERED:
            self._pieces.clear()
        piece = self._pieces[key] = Piece.of(rects)
        return piece

    def edge(self, offset: int, *, ending: bool) -> tuple[int, float]:
        """Return line and x of an edge of a range: the near side of its first code point, or the far side of its last.

        ``offset`` is that code point. In right-to-left runs the near side is the right one.
        """
        known = self._edges.get((offset, ending))
        if known is None:
            if len(self._edges) > _REMEMBERED:
                self._edges.clear()
            known = self._edges[offset, ending] = self._measured_edge(offset, ending=ending)
        return known

    def _measured_edge(self, offset: int, *, ending: bool) -> tuple[int, float]:
        units = self.map.to_utf16(offset)
        number = self.line_at(units)
        shape = self.lines[number].shape
        following = self.map.to_utf16(offset + 1)
        if not self.bidi:
            return number, shape.cursorToX(following if ending else units)[0]  # type: ignore[index]
        runs = shape.glyphRuns(units, following - units)
        if not runs:
            return number, shape.cursorToX(units)[0]  # type: ignore[index]
        box = runs[0].boundingRect()
        return number, box.right() if runs[0].isRightToLeft() != ending else box.left()

    def caret(self, offset: int) -> tuple[int, float]:
        """Return the line and the x of the caret at ``offset``."""
        units = self.map.to_utf16(offset)
        number = self.line_at(units)
        return number, self.lines[number].shape.cursorToX(units)[0]  # type: ignore[index]

    def line_near(self, y: float) -> int:
        """Return the line at ``y`` pixels from the paragraph's top, the nearest when there is none."""
        for number, line in enumerate(self.lines):
            if y < line.top + self.style.pitch:
                return number
        return len(self.lines) - 1

    def offset_on_line(self, number: int, x: float) -> int:
        """Return the caret place nearest to ``x`` on a line; never beyond the blank at its wrap."""
        line = self.lines[number]
        units = line.shape.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters)
        return self.map.to_code_point(min(max(units, line.start), line.end))

    def character_at(self, x: float, y: float) -> int | None:
        """Return the code point under a point, None beside the text."""
        number = self.line_near(y)
        line = self.lines[number]
        if not line.top - 2 <= y < line.top + self.style.pitch or line.start == line.end:
            return None
        box = line.shape.naturalTextRect()
        if not box.left() <= x < box.right():
            return None
        units = self._unit_in_runs(line, x) if self.bidi else self._unit_at(line, x)
        return self.map.to_code_point(units) if line.start <= units < line.end else None

    def _unit_at(self, line: Line, x: float) -> int:
        """Return the UTF-16 place of the character under ``x``, within a ligature too."""
        nearest = line.shape.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters)
        return nearest - 1 if line.shape.cursorToX(nearest)[0] > x else nearest  # type: ignore[index]

    def _unit_in_runs(self, line: Line, x: float) -> int:
        """Return the same where text runs in both directions: near what Qt finds, which is off where runs meet."""
        near = line.shape.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        for units in sorted(range(line.start, line.end), key=lambda place: abs(place - near)):
            if any(left <= x < right for left, right in _glyph_pieces(line.shape, units, units + 1)):
                return units
        return near


def _glyph_pieces(shape: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    boxes = sorted(
        (box.left(), box.right()) for box in (run.boundingRect() for run in shape.glyphRuns(start, end - start))
    )
    pieces: list[tuple[float, float]] = []
    for left, right in boxes:
        if pieces and left <= pieces[-1][1] + 1:
            pieces[-1] = (pieces[-1][0], max(right, pieces[-1][1]))
        else:
            pieces.append((left, right))
    return pieces


def _starts_right_to_left(text: str, *, default: bool) -> bool:
    """Whether the first character with a direction of its own runs from right to left (Unicode bidi rule P2)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return default
