"""Where the caret goes: pure functions from a page and an offset to an offset. All offsets are code points."""

from __future__ import annotations

from annotator.desktop.article_view.page import Page
from annotator.domain.annotations import Span
from annotator.domain.graphemes import is_boundary, widen
from annotator.domain.words import word_at


def snapped(page: Page, offset: int, *, up: bool = False) -> int:
    """Return the nearest place at or before ``offset`` (``up``: after it) that cuts no grapheme cluster."""
    offset = max(0, min(offset, len(page.text)))
    while not is_boundary(page.text, offset):
        offset += 1 if up else -1
    return offset


def beside(page: Page, offset: int, direction: int) -> int:
    """Return the place one cluster to the right (``direction`` 1) or to the left (-1) as it is seen on the line.

    At the edge of a paragraph, which in mixed text is not always its first or last place, it goes on to the next one.
    """
    index, laid, within = page.place(offset)
    move = laid.layout.rightCursorPosition if direction > 0 else laid.layout.leftCursorPosition
    moved = laid.map.to_code_point(move(laid.map.to_utf16(within)))
    if moved == within:
        forward = (direction > 0) != laid.rtl
        beyond = page.table.ends[index] + 1 if forward else page.table.starts[index] - 1
        return snapped(page, beyond) if 0 <= beyond <= len(page.text) else offset
    return snapped(page, offset - within + moved, up=moved > within)


def after(page: Page, offset: int) -> int:
    """Return the next place in the text, over the line break at a paragraph's end."""
    return snapped(page, offset + 1, up=True)


def before(page: Page, offset: int) -> int:
    """Return the place before in the text."""
    return snapped(page, offset - 1)


def word(page: Page, offset: int, direction: int) -> int:
    """Return the start of the next (1) or previous (-1) word, across paragraphs."""
    text = page.text
    place = offset
    while 0 <= place + min(direction, 0) and place < len(text) + min(direction, 0) + 1:
        found = word_at(text, place)
        if found is not None and (found.start - offset) * direction > 0:
            return found.start
        place += direction
    return len(text) if direction > 0 else 0


def word_end(page: Page, offset: int, direction: int) -> int:
    """Return the next (1) or previous (-1) place where a word ends, across paragraphs."""
    text = page.text
    place = offset + min(direction, 0)
    while 0 <= place <= len(text):
        found = word_at(text, place)
        if found is not None and (found.end - offset) * direction > 0:
            return found.end
        place += direction
    return len(text) if direction > 0 else 0


def run_edge(page: Page, offset: int, direction: int, *, ending: bool) -> int:
    """Return the next (1) or previous (-1) place where a run without white space ends (``ending``) or starts."""
    text = page.text
    place = offset + direction
    while 0 < place < len(text):
        inside, outside = (place - 1, place) if ending else (place, place - 1)
        if text[outside].isspace() and not text[inside].isspace():
            return place
        place += direction
    return max(0, min(place, len(text)))


def line_edge(page: Page, offset: int, *, end: bool) -> int:
    """Return where the line of ``offset`` starts or, without the blank at a wrap, ends."""
    _, laid, within = page.place(offset)
    number = laid.line_of(within)
    edge = laid.line_range(number)[1 if end else 0]
    if end and number + 1 < len(laid.lines) and edge == laid.line_range(number + 1)[0]:
        edge -= 1
    return snapped(page, offset - within + edge)


def vertical(page: Page, offset: int, lines: int, x: float) -> int:
    """Return the place nearest to ``x`` (from the column's left edge) so many lines further down.

    Blank lines between paragraphs are passed over: there is nothing to mark on them.
    """
    index, laid, within = page.place(offset)
    number = laid.line_of(within) + lines
    while number < 0:
        if index == 0:
            return 0
        index -= 1
        laid = page.lay(index)
        number += 0 if page.table.blank(index) else len(laid.lines)
    while page.table.blank(index) or number >= len(laid.lines):
        if index == len(page.table) - 1:
            return len(page.text)
        number -= 0 if page.table.blank(index) else len(laid.lines)
        index += 1
        laid = page.lay(index)
    return snapped(page, page.table.starts[index] + laid.offset_on_line(number, x))


def at_point(page: Page, x: float, y: float) -> int:
    """Return the caret place nearest to a point: ``x`` from the column's left edge, ``y`` from the viewport's top."""
    shown = page.shown_at(y)
    if shown is None:
        return 0
    number = shown.laid.line_near(y - shown.top)
    offset = page.table.starts[shown.paragraph] + shown.laid.offset_on_line(number, x)
    down, up = snapped(page, offset), snapped(page, offset, up=True)
    return up if up - offset < offset - down else down


def character_at(page: Page, x: float, y: float) -> int | None:
    """Return the code point under a point, None beside the text."""
    shown = page.shown_at(y)
    if shown is None:
        return None
    found = shown.laid.character_at(x, y - shown.top)
    return None if found is None else page.table.starts[shown.paragraph] + found


def word_around(page: Page, offset: int) -> Span:
    """Return the word at ``offset``, else the blanks or the one character there."""
    found = word_at(page.text, offset)
    if found is not None and found.start <= offset < found.end:
        return found
    text, start, end = page.text, offset, offset
    while start > 0 and text[start - 1].isspace() and text[start - 1] != "\n":
        start -= 1
    while end < len(text) and text[end].isspace() and text[end] != "\n":
        end += 1
    if start == end and end < len(text) and text[end] != "\n":
        end += 1
    return widen(text, Span(start, end))


def paragraph_around(page: Page, offset: int) -> Span:
    """Return the paragraph at ``offset``, without its line break."""
    index = page.table.at(offset)
    return Span(page.table.starts[index], page.table.ends[index])
