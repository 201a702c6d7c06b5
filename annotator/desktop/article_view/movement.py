"""Where the caret goes: pure functions from a page and an offset to an offset. All offsets are code points."""

from __future__ import annotations

from annotator.desktop.article_view import clusters
from annotator.desktop.article_view.page import Page


def snapped(page: Page, offset: int, *, up: bool = False) -> int:
    """Return the nearest place at or before ``offset`` (``up``: after it) that cuts no grapheme cluster."""
    offset = max(0, min(offset, len(page.text)))
    start, text = _paragraph(page, offset)
    snap = clusters.ceiling if up else clusters.floor
    return start + snap(text, offset - start)


def _paragraph(page: Page, offset: int) -> tuple[int, str]:
    index = page.table.at(offset)
    start = page.table.starts[index]
    return start, page.text[start : page.table.ends[index]]


def beside(page: Page, offset: int, direction: int) -> int:
    """Return the place one cluster to the right (``direction`` 1) or to the left (-1) as it is seen on the line."""
    _, laid, within = page.place(offset)
    units = laid.map.to_utf16(within)
    move = laid.layout.rightCursorPosition if direction > 0 else laid.layout.leftCursorPosition
    moved = laid.map.to_code_point(move(units))
    forward = (direction > 0) != laid.rtl
    if moved == within:
        return after(page, offset) if forward else before(page, offset)
    return snapped(page, offset - within + moved, up=moved > within)


def after(page: Page, offset: int) -> int:
    """Return the next place in the text, over the line break at a paragraph's end."""
    return snapped(page, offset + 1, up=True)


def before(page: Page, offset: int) -> int:
    """Return the place before in the text."""
    return snapped(page, offset - 1)


def word(page: Page, offset: int, direction: int) -> int:
    """Return the start of the next (1) or previous (-1) word, across paragraphs."""
    index = page.table.at(offset)
    step = clusters.next_word if direction > 0 else clusters.previous_word
    while 0 <= index < len(page.table):
        start, end = page.table.starts[index], page.table.ends[index]
        within = max(-1, min(offset - start, end - start + 1))
        found = step(page.text[start:end], within)
        if found is not None:
            return start + found
        index += direction
    return len(page.text) if direction > 0 else 0


def word_edge(page: Page, offset: int, direction: int, *, ending: bool) -> int:
    """Return the next word boundary of one sort: where a word ends (``ending``) or starts."""
    if not ending:
        return word(page, offset, direction)
    index = page.table.at(offset)
    step = clusters.word_end if direction > 0 else clusters.previous_word_end
    while 0 <= index < len(page.table):
        start, end = page.table.starts[index], page.table.ends[index]
        found = step(page.text[start:end], offset - start)
        if found is not None:
            return start + found
        index += direction
    return len(page.text) if direction > 0 else 0


def line_edge(page: Page, offset: int, *, end: bool) -> int:
    """Return where the line of ``offset`` starts or, without the blank at a wrap, ends."""
    _, laid, within = page.place(offset)
    return offset - within + laid.line_range(laid.line_of(within))[1 if end else 0]


def vertical(page: Page, offset: int, lines: int, x: float) -> int:
    """Return the place nearest to ``x`` (from the column's left edge) so many lines further down."""
    index, laid, within = page.place(offset)
    number = laid.line_of(within) + lines
    while number < 0:
        if index == 0:
            return 0
        index -= 1
        laid = page.lay(index)
        number += len(laid.lines)
    while number >= len(laid.lines):
        if index == len(page.table) - 1:
            return len(page.text)
        number -= len(laid.lines)
        index += 1
        laid = page.lay(index)
    return snapped(page, page.table.starts[index] + laid.offset_on_line(number, x))


def at_point(page: Page, x: float, y: float) -> int:
    """Return the caret place nearest to a point: ``x`` from the column's left edge, ``y`` from the viewport's top."""
    shown = page.shown_at(y)
    if shown is None:
        return 0
    number = shown.laid.line_near(y - shown.top)
    return snapped(page, page.table.starts[shown.paragraph] + shown.laid.offset_on_line(number, x))


def character_at(page: Page, x: float, y: float) -> int | None:
    """Return the code point under a point, None beside the text."""
    shown = page.shown_at(y)
    if shown is None:
        return None
    found = shown.laid.character_at(x, y - shown.top)
    return None if found is None else page.table.starts[shown.paragraph] + found


def word_around(page: Page, offset: int) -> tuple[int, int]:
    """Return the word at ``offset``."""
    start, text = _paragraph(page, offset)
    first, beyond = clusters.word_at(text, offset - start)
    return start + first, start + beyond


def paragraph_around(page: Page, offset: int) -> tuple[int, int]:
    """Return the paragraph at ``offset``, without its line break."""
    index = page.table.at(offset)
    return page.table.starts[index], page.table.ends[index]
