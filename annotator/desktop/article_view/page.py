"""The page: a text in paragraphs that are laid out when first seen, and the part of it that is in view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QFont

from annotator.desktop.article_view.header import PageHeader
from annotator.desktop.article_view.laid_paragraph import LaidParagraph
from annotator.desktop.article_view.look import ArticleHeader
from annotator.desktop.article_view.metrics import Columns, TextSetting, Typography, columns, typography
from annotator.desktop.article_view.paragraphs import ParagraphTable
from annotator.domain.articles import Block, BlockKind

KEPT = 400
"""Laid out paragraphs that are kept; the one not seen for longest goes first. One takes about 60 kB."""
BOTTOM = 64
"""Pixels of space below the last line."""
_RTL_LANGUAGES = frozenset({"ar", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"})


class Shown(NamedTuple):
    """A paragraph in view: which, its top in pixels from the viewport's top, and its layout."""

    paragraph: int
    top: int
    laid: LaidParagraph


class Page:
    """Text, geometry and scroll position. Offsets are code points of the text; heights are pixels.

    The position is an anchor: the topmost paragraph in view and how many pixels of it are above the viewport. It stays
    put when estimated heights above it turn out wrong.
    """

    def __init__(self, type_: Typography | None = None) -> None:
        """``type_``: what text is set in at first; the system's own typeface when None."""
        self.text = ""
        self.table = ParagraphTable("")
        self.type: Typography = type_ or typography(TextSetting(""), QFont(), 100)
        self.columns: Columns = columns(800, self.type)
        self.header: PageHeader = PageHeader(ArticleHeader(), "", 100, self.type)
        self.view_height = 0
        self.layouts_made = 0
        """How many paragraphs have been laid out so far; counted so that tests can hold the view to its promise."""
        self._head = ArticleHeader()
        self._kinds: dict[int, BlockKind] = {}
        self._rtl = False
        self._laid: OrderedDict[int, LaidParagraph] = OrderedDict()
        self._anchor = (0, 0)
        self._kept: tuple[int, int] | None = None
        """The reading position until the reader moves on: sizes come and go, and it must not creep with them."""
        self._shown: list[Shown] | None = None
        self._reset()

    def set_article(self, text: str, blocks: Sequence[Block], header: ArticleHeader, language: str) -> None:
        """Take another text, at its top."""
        self.text = text
        self.table = ParagraphTable(text)
        self._head = header
        self._rtl = language.split("-", maxsplit=1)[0].lower() in _RTL_LANGUAGES
        self._kinds = {
            index: block.kind
            for block in blocks
            if block.kind is not BlockKind.BODY
            for index in self.table.between(block.start, block.end)
        }
        self._anchor, self._kept = (0, 0), None
        self._reset()

    def set_geometry(self, width: int, height: int, type_: Typography) -> None:
        """Fit the page to a viewport; what stood at its top stays there."""
        reading = None if self.at_top and self._kept is None else self.reading_position()
        self.view_height = height
        new = columns(width, type_)
        if type_ is self.type and new.text_width == self.columns.text_width:
            self.columns = new
            self._shown = None
        else:
            self.type, self.columns = type_, new
            self._reset()
        if reading is not None:
            self.restore(reading)

    def set_columns(self, columns_: Columns, type_: Typography) -> None:
        """Set the page in given columns: for paper, which has no viewport."""
        self.type, self.columns = type_, columns_
        self._reset()

    def _reset(self) -> None:
        self._laid.clear()
        self._shown = None
        style = self.type.style(BlockKind.BODY)
        first = self.text[self.table.starts[0] : self.table.ends[0]]
        self.header = PageHeader(self._head, first, self.columns.text_width, self.type, rtl=self._rtl)
        self.table.estimate(self.columns.text_width / style.character, style.pitch, style.before, style.blank().pitch)

    def kind(self, index: int) -> BlockKind:
        """Return what kind of block a paragraph is part of."""
        return self._kinds.get(index, BlockKind.BODY)

    def lay(self, index: int) -> LaidParagraph:
        """Return a paragraph's layout, made now if it is not there."""
        laid = self._laid.get(index)
        if laid is not None:
            self._laid.move_to_end(index)
            return laid
        table = self.table
        style = self.type.style(self.kind(index))
        text = self.text[table.starts[index] : table.ends[index]]
        if not text:
            style = style.blank()
        before = style.before
        if index == 0:
            before += self.header.height
        elif table.starts[index] == table.ends[index - 1]:
            before = 0
        laid = LaidParagraph(text, style, self.columns.text_width, before, rtl_article=self._rtl)
        self.layouts_made += 1
        self._laid[index] = laid
        if len(self._laid) > KEPT:
            self._laid.popitem(last=False)
        table.set_height(index, laid.height + (BOTTOM if index == len(table) - 1 else 0))
        return laid

    def laid_already(self, index: int) -> LaidParagraph | None:
        """Return a paragraph's layout if there is one."""
        return self._laid.get(index)

    def drop_draw_lists(self, start: int = 0, end: int | None = None) -> None:
        """Forget what is drawn of the passages on ``[start, end)``, or on everything."""
        if end is None:
            for laid in self._laid.values():
                laid.draw_list = None
            return
        for index in self.table.between(start, end):
            laid_there = self._laid.get(index)
            if laid_there is not None:
                laid_there.draw_list = None

    # -- the part in view

    def shown(self) -> list[Shown]:
        """Return the paragraphs in view, from the top, laid out."""
        if self._shown is None:
            index, above = self._anchor
            top = -above
            found = []
            while top < self.view_height and index < len(self.table):
                laid = self.lay(index)
                found.append(Shown(index, top, laid))
                top += self.table.height(index)
                index += 1
            self._shown = found
        return self._shown

    def part(self, shown: Shown, start: int, end: int) -> tuple[int, int] | None:
        """Return what of ``[start, end)`` lies in a paragraph, from its start; None for nothing."""
        first, beyond = self.table.starts[shown.paragraph], self.table.ends[shown.paragraph]
        a, b = max(start, first), min(end, beyond)
        return (a - first, b - first) if a < b else None

    def counts_shown(self) -> bool:
        """Whether there is a "+n" behind a line in view, so far as draw lists have been made."""
        return any(shown.laid.draw_list is not None and shown.laid.draw_list.more for shown in self.shown())

    @property
    def at_top(self) -> bool:
        """Whether nothing of the page is above the viewport."""
        return self._anchor == (0, 0)

    @property
    def scroll_value(self) -> int:
        """How many pixels of the page are above the viewport, as far as heights are known."""
        return self.table.top(self._anchor[0]) + self._anchor[1]

    @property
    def scroll_range(self) -> int:
        """The greatest scroll value."""
        return max(0, self.table.total - self.view_height)

    def scroll_by(self, pixels: int) -> int:
        """Move the page by so many pixels (down is positive) and return by how many it did move."""
        self._kept = None
        moved = self._move(pixels)
        return moved - self._close_gap()

    def scroll_to_value(self, value: int) -> None:
        """Put the page where ``value`` pixels are above the viewport, as far as heights are known."""
        index = self.table.find(value)
        self._kept = None
        self._anchor = (index, max(0, value - self.table.top(index)))
        self._shown = None
        self._close_gap()

    def _move(self, pixels: int) -> int:
        index, above = self._anchor
        above += pixels
        while above < 0 and index > 0:
            index -= 1
            self.lay(index)
            above += self.table.height(index)
        moved = pixels - min(above, 0)
        above = max(above, 0)
        while index < len(self.table) - 1:
            self.lay(index)
            if above < self.table.height(index):
                break
            above -= self.table.height(index)
            index += 1
        self._anchor = (index, above)
        self._shown = None
        return moved

    def _close_gap(self) -> int:
        """Pull the page down when its end is above the viewport's bottom; return by how many pixels."""
        shown = self.shown()
        if not shown or shown[-1].paragraph < len(self.table) - 1:
            return 0
        gap = self.view_height - shown[-1].top - self.table.height(shown[-1].paragraph)
        return -self._move(-gap) if gap > 0 else 0

    def reading_position(self) -> tuple[int, int]:
        """Return the first code point in view and how many pixels its line is below the viewport's top.

        Where only the space below the text is in view, it is that of the last line above it. After a change of sizes
        it is the one from before until the reader moves on, so that going back to the old sizes goes back to the old
        place.
        """
        if self._kept is not None:
            return self._kept
        found = 0, 0
        for index, top, laid in self.shown():
            for number, line in enumerate(laid.lines):
                found = self.table.starts[index] + laid.line_range(number)[0], top + line.top
                if top + line.bottom > 0:
                    return found
        return found

    def restore(self, reading: tuple[int, int]) -> None:
        """Put a reading position back where it was."""
        offset, below = reading
        index = self.table.at(offset)
        laid = self.lay(index)
        line = laid.lines[laid.line_of(offset - self.table.starts[index])]
        self._anchor = (index, 0)
        self._shown = None
        self._move(line.top - below)
        self._close_gap()
        self._kept = reading

    # -- places

    def place(self, offset: int) -> tuple[int, LaidParagraph, int]:
        """Return the paragraph of an offset, its layout, and the offset from its start."""
        index = self.table.at(offset)
        return index, self.lay(index), offset - self.table.starts[index]

    def top_in_view(self, index: int) -> int:
        """Return a paragraph's top in pixels from the viewport's top; an estimate for one out of view."""
        for shown in self.shown():
            if shown.paragraph == index:
                return shown.top
        return self.table.top(index) - self.scroll_value

    def shown_at(self, y: float) -> Shown | None:
        """Return the paragraph in view at ``y``, the last for a place below it; None when there is none."""
        found = None
        for shown in self.shown():
            if found is not None and shown.top > y:
                break
            found = shown
        return found
