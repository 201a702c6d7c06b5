"""A page view in which something is chosen: the caret and the selection, the current passage, the hovered one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.desktop.article_view import movement
from annotator.desktop.article_view.caret_blink import CaretBlink
from annotator.desktop.article_view.growing import Growth
from annotator.desktop.article_view.page_view import PageView
from annotator.domain.annotations import Span


class ChoosingView(PageView):
    """Keeps what is chosen, shows it and tells of it; by whose hand, mouse or keys, is the article view's business."""

    selection_changed = Signal(object)
    """Span or None."""
    caret_moved = Signal(int)
    current_changed = Signal(object)
    """The id of the mark the user chose, or None when moving the caret cleared it."""
    hovered_changed = Signal(object)
    """The id of the mark under the mouse, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blink = CaretBlink(self)
        self._growth = Growth()

    # -- selection and caret

    def select_span(self, start: int, end: int) -> None:
        """Select ``[start, end)``, widened so that no grapheme cluster is cut, the caret at its end, and show it."""
        start, end = movement.snapped(self.page, start), movement.snapped(self.page, end, up=True)
        self.choose(None)
        self.put_selection(end, start)
        self.reveal(start, end)

    def selected_span(self) -> Span | None:
        """Return what is selected, None when nothing is."""
        return self.state.selection

    def selected_text(self) -> str:
        """Return the selected words as they are stored, "" when nothing is selected."""
        span = self.state.selection
        return self.page.text[span.start : span.end] if span else ""

    def offer_selected_text(self) -> None:
        """Offer the selected words for pasting with the middle button, where the system has that."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection():
            clipboard.setText(self.selected_text(), QClipboard.Mode.Selection)

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.put_selection(self.state.caret, self.state.caret)

    def select_all(self) -> None:
        """Select the whole text."""
        self.choose(None)
        self.put_selection(len(self.page.text), 0)

    def caret(self) -> int:
        """Return where the caret is."""
        return self.state.caret

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere, select nothing, and show the place."""
        self.move_caret(movement.snapped(self.page, offset))

    def copy(self) -> None:
        """Put the selected words, else those of the current mark, on the clipboard as they are stored."""
        mark = self.marks.by_id.get(self.state.current or "")
        span = self.state.selection or (Span(mark.start, mark.end) if mark else None)
        if span is not None:
            QGuiApplication.clipboard().setText(self.page.text[span.start : span.end])

    def grow_selection(self, steps: Sequence[Span] | None = None) -> None:
        """Select the next larger thing at the caret, up to the paragraph; ``steps``: what to offer instead."""
        grown = self._growth.grow(self.page.text, self.state.selection, self.state.caret, steps)
        if grown is not None:
            self.select_span(grown.start, grown.end)

    def shrink_selection(self, steps: Sequence[Span] | None = None) -> None:
        """Go back one step of :meth:`grow_selection`, else select the next smaller thing."""
        selected = self.state.selection
        smaller = self._growth.shrink(self.page.text, selected, steps)
        if smaller is not None and smaller.start < smaller.end:
            self.select_span(smaller.start, smaller.end)
        elif selected is not None:
            self.set_caret(smaller.start if smaller is not None else selected.start)

    # -- the current mark

    def current(self) -> str | None:
        """Return the id of the current mark."""
        return self.state.current

    def set_current(self, mark_id: str | None, *, reveal: bool = True) -> None:
        """Make a mark current without telling; the caret goes to its start and, with ``reveal``, into view."""
        mark = self.marks.by_id.get(mark_id) if mark_id else None
        self._choose(mark.id if mark else None)
        if mark is not None:
            self.put_selection(mark.start, mark.start)
            if reveal:
                self.reveal(mark.start, mark.end)

    def choose(self, mark_id: str | None, *, caret: int | None = None) -> None:
        """Make a mark current as the user does, and tell; the caret goes to ``caret``, else to its start."""
        changed = mark_id != self.state.current
        if caret is None:
            self.set_current(mark_id)
        else:
            self._choose(mark_id)
            self.put_selection(caret, caret)
        if changed:
            self.current_changed.emit(self.state.current)

    def next_mark(self, direction: int = 1) -> None:
        """Make the next (1) or previous (-1) mark in reading order current."""
        mark = self.marks.step(direction, current=self.state.current, offset=self.state.caret)
        if mark is not None:
            self.choose(mark.id)

    def cycle(self) -> None:
        """Make the next of the marks at the caret current, from the innermost outwards, then the innermost again.

        A caret just behind a mark is at it when there is no other; with a selection it is the marks that it touches.
        """
        caret, selection = self.state.caret, self.state.selection
        if selection is not None:
            caret = selection.start
            there = [mark.id for mark in self.marks.inside_out(selection.start, selection.end)]
        else:
            there = self.annotations_at(caret) or self.annotations_at(caret - 1)
        if there:
            place = there.index(self.state.current) + 1 if self.state.current in there else 0
            self.choose(there[place % len(there)], caret=caret)

    def annotations_at(self, offset: int) -> list[str]:
        """Return the ids of the marks that hold the code point at ``offset``, the innermost first."""
        return [mark.id for mark in self.marks.at(offset)]

    # -- by the user's hand

    def move_caret(self, offset: int, *, select: bool = False) -> None:
        """Move the caret as a key does: clears the current mark; ``select`` keeps the other end of the selection."""
        self.choose(None)
        self.put_selection(offset, self.state.anchor if select else offset)
        self.reveal(offset)

    def put_selection(self, caret: int, anchor: int) -> None:
        """Select from ``anchor`` to ``caret`` and tell of what has changed."""
        before, was = self.state.selection, self.state.caret
        self.state.caret, self.state.anchor = caret, anchor
        after = self.state.selection
        if before != after:
            edges = [edge for span in (before, after) if span for edge in (span.start, span.end)]
            self.update_range(min(edges), max(edges))
        self.update_range(was, was)
        self._blink.restart()
        if caret != was:
            self.caret_moved.emit(caret)
        if before != after:
            self.selection_changed.emit(after)

    def hover(self, mark_id: str | None, *, on_label: bool = False) -> None:
        """Show a mark stronger because the mouse is over it; over its label (``on_label``), that is shown whole."""
        before = self.state.hovered
        if before != mark_id or on_label != self.state.label_hovered:
            self.state.hovered, self.state.label_hovered = mark_id, on_label
            self.update_mark(before)
            self.update_mark(mark_id)
            if self.state.current is not None and self.state.relations:
                self.update_relations()
            if before != mark_id:
                self.hovered_changed.emit(mark_id)

    def _choose(self, mark_id: str | None) -> None:
        before = self.state.current
        if before == mark_id:
            return
        self.state.current = mark_id
        self.map.update()
        self.update_mark(before)
        self.update_mark(mark_id)
        if self.state.relations:
            self.update_relations()
