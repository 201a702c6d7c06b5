"""Repaints what a change of passages has changed on the screen: lines, brackets and labels that differ, no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from annotator.desktop.article_view.draw_list import DrawList, MarginLabel
from annotator.desktop.article_view.draw_list_maker import BRACKETS_END
from annotator.desktop.article_view.laid_paragraph import LaidParagraph
from annotator.desktop.article_view.page import Shown
from annotator.domain.marks import Mark

if TYPE_CHECKING:
    from annotator.desktop.article_view.page_view import PageView

_FEW = 8
"""Changes between two frames that are looked into."""
_Extent = tuple[float, float]
"""From one height to another, in pixels."""


class Repainter:
    """Repaints for changes of passages, as many at once as there are.

    One passage more may move others to another lane, and their labels down: what differs is known once the paragraph
    has its new draw list. After a few changes without a frame between them, paragraphs are repainted whole.
    """

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._looked_into = 0

    def painted(self) -> None:
        """Take note that a frame has been painted."""
        self._looked_into = 0

    def everything(self) -> None:
        """Make all draw lists anew and repaint the page."""
        self._view.page.drop_draw_lists()
        self._view.map.touch(0, None)
        self._view.viewport().update()

    def passages(self, marks: Iterable[Mark]) -> None:
        """Repaint for passages that have come or gone, or for the ends that one had before and has now."""
        view, state = self._view, self._view.state
        special = {*state.stronger, *state.hints}
        related = {id_ for relation in state.relations for id_ in relation[:2]} if state.current is not None else set()
        changed = list(marks)
        self._changed([(mark.start, mark.end) for mark in changed])
        for mark in changed:
            view.map.touch(mark.start, mark.end)
            if mark.id in special:  # what is painted over the draw list goes with it
                view.update_range(mark.start, mark.end)
            if mark.id in related:
                view.update_relations()

    def labels(self, marks: Iterable[Mark]) -> None:
        """Repaint for passages whose labels have changed."""
        self._changed([(mark.start, min(mark.start + 1, mark.end)) for mark in marks])

    def _changed(self, ranges: Sequence[tuple[int, int]]) -> None:
        page, painter = self._view.page, self._view.painter
        self._looked_into += len(ranges)
        whole = self._looked_into > _FEW or self._view.state.label_hovered  # which is written over its surroundings
        touched = [page.table.between(start, end) for start, end in ranges]
        before = [(shown, shown.laid.draw_list) for shown in page.shown() if any(shown.paragraph in t for t in touched)]
        counted = page.counts_shown()
        for shown, _ in before:
            shown.laid.draw_list = None
        for start, end in ranges:
            page.drop_draw_lists(start, end)
            if whole:
                self._view.update_range(start, end)
        if not whole:
            for shown, drawn in before:
                if drawn is not None:
                    self._view.viewport().update(self._differs(shown, drawn, painter.draw_list_of(shown)))
            if page.counts_shown() != counted:
                self._view.update_relations()  # they leave room for it

    def _differs(self, shown: Shown, before: DrawList, after: DrawList) -> QRegion:
        """Return where on the viewport two draw lists of a paragraph differ."""
        view = self._view
        margin, text = differences(shown.laid, before, after, view.type.label_height)
        middle = view.page.columns.text_left - view.horizontalScrollBar().value() + BRACKETS_END
        region = QRegion()
        for extents, left, right in ((margin, 0, middle), (text, middle, view.viewport().width())):
            for top, bottom in _joined(extents, shown.laid.style.pitch):
                region += QRect(left, shown.top + top, right - left, bottom - top)
        return region


def differences(
    laid: LaidParagraph, before: DrawList, after: DrawList, around: int
) -> tuple[list[_Extent], list[_Extent]]:
    """Return the heights at which two draw lists differ in the margin, and those at which they do on the text.

    In pixels from the paragraph's top, with ``around`` more above and below for what goes with a line: letters of tags,
    the "+n" behind it, the stronger line of the current passage.
    """
    margin = [(piece.top, piece.bottom) for piece in before.brackets.changed(after.brackets)]
    text = [
        (piece.top - around, piece.bottom + around)
        for old, new in ((before.tints, after.tints), (before.lines, after.lines), (before.ticks, after.ticks))
        for piece in old.changed(new)
    ]
    for line, _ in set(before.more) ^ set(after.more):
        text.append((laid.lines[line].bottom - 2 * around, laid.lines[line].bottom + around))
    labels = _changed_part(before.labels, after.labels)
    if labels:
        tops = [label.top for label in labels]
        margin.append((min(tops) - around, max(tops) + 2 * around))
    return margin, text


def _changed_part(before: list[MarginLabel], after: list[MarginLabel]) -> list[MarginLabel]:
    """Return what is between the beginning and the end that two lists have in common."""
    least = min(len(before), len(after))
    first = next((n for n in range(least) if before[n] != after[n]), least)
    same = next((n for n in range(least - first) if before[-1 - n] != after[-1 - n]), least - first)
    return [*before[first : len(before) - same], *after[first : len(after) - same]]


def _joined(extents: list[_Extent], step: int) -> list[tuple[int, int]]:
    """Return extents in whole steps, sorted; those that touch are one."""
    joined: list[tuple[int, int]] = []
    for top, bottom in sorted((floor(top / step), ceil(bottom / step)) for top, bottom in extents):
        if joined and top <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(bottom, joined[-1][1]))
        else:
            joined.append((top, bottom))
    return [(top * step, bottom * step) for top, bottom in joined]
