"""The article view: shows an article with its passages and tells what the user does in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from annotator.desktop.article_view import movement
from annotator.desktop.article_view.caret_blink import CaretBlink
from annotator.desktop.article_view.finder import Finder
from annotator.desktop.article_view.growing import Growth
from annotator.desktop.article_view.keys import CaretKeys
from annotator.desktop.article_view.look import ArticleHeader
from annotator.desktop.article_view.moving_ends import OURS, EndsMover
from annotator.desktop.article_view.page_view import PageView
from annotator.desktop.article_view.pointer import Pointer
from annotator.domain.annotations import Span
from annotator.domain.articles import Block
from annotator.domain.marks import Mark


class ArticleView(PageView):
    """Shows one article and the passages on it. All offsets are code points of its text, ranges half-open.

    Feeding it (articles, marks, the current one) is not told by a signal again. Selections and carets always are: a
    list or a script may set them, and the rest of the window follows.
    """

    selection_changed = Signal(object)
    """Span or None."""
    caret_moved = Signal(int)
    current_changed = Signal(object)
    """The id of the mark the user chose, or None when moving the caret cleared it."""
    hovered_changed = Signal(object)
    """The id of the mark under the mouse, or None."""
    marks_clicked = Signal(object, object)
    """All ids at a click, the innermost first (a tuple), and the place on the screen (QPoint)."""
    ends_moved = Signal(str, int, int)
    """A mark's id and its new ends; the view shows them already, pending until the mark is added again."""
    moving_ends_changed = Signal(bool)
    """Keys move the ends of the current mark from now on, or no longer."""
    found_changed = Signal(int, int)
    """The number of the hit that is looked at (from 1, 0 for none), and how many there are."""
    context_menu_requested = Signal(object)
    """The place on the screen (QPoint)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articleView")
        self.setAccessibleName(self.tr("Article"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.ends = EndsMover(self)
        self._blink = CaretBlink(self)
        self._keys = CaretKeys(self)
        self._pointer = Pointer(self)
        self._growth = Growth()
        self._finder = Finder(self)
        self._describe()

    # -- what is shown

    @override
    def set_article(
        self, text: str, blocks: Sequence[Block], *, header: ArticleHeader | None = None, language: str = ""
    ) -> None:
        caret, anchor = (self.state.caret, self.state.anchor) if text == self.page.text else (0, 0)
        self.ends.forget()
        super().set_article(text, blocks, header=header, language=language)
        self.put_selection(caret, anchor)
        self._describe()

    @override
    def set_marks(self, marks: Sequence[Mark]) -> None:
        self.ends.forget()
        super().set_marks(marks)
        if self.state.current not in self.marks.by_id:
            self._choose(None)

    @override
    def add_mark(self, mark: Mark, *, pending: bool = False) -> None:
        self.ends.forget(mark.id)
        super().add_mark(mark, pending=pending)

    @override
    def remove_mark(self, mark_id: str) -> None:
        self.ends.forget(mark_id)
        if self.state.current == mark_id:
            self._choose(None)
        super().remove_mark(mark_id)

    @override
    def set_labels(self, labels: Mapping[str, str]) -> None:
        super().set_labels(labels)
        self._describe()

    @override
    def update_labels(self, changed: Mapping[str, str]) -> None:
        super().update_labels(changed)
        if self.state.current in changed:
            self._describe()

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

    def go_to_paragraph(self, number: int) -> None:
        """Put the caret at the start of a paragraph, counted from 1."""
        index = max(0, min(number - 1, len(self.page.table) - 1))
        self.set_caret(self.page.table.starts[index])

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

    def begin_move_ends(self) -> None:
        """Let the keys move the ends of the current mark until Enter keeps them or Esc puts them back."""
        if self.ends.by_keys:
            self.ends.keep()
            return
        mark = self.marks.by_id.get(self.state.current or "")
        if mark is not None and self.may_move(mark):
            self.clear_selection()
            self.ends.begin(mark, by_keys=True)

    def set_own_analyst(self, analyst_id: str | None) -> None:
        """Let only the marks of this analyst be moved by their ends; "" for none at all, None for all."""
        self.state.own_analyst = analyst_id
        self.update_mark(self.state.current)

    def may_move(self, mark: Mark | None) -> bool:
        """Whether the ends of a mark may be moved here."""
        return mark is not None and self.state.may_move(mark)

    # -- finding

    def find(self, query: str) -> int:  # type: ignore[override]  # QWidget.find looks up native windows
        """Mark everything that reads like ``query``, show the first from the caret on, and return how many there are.

        Neither the caret nor the selection moves; an empty query takes the marks away.
        """
        return self._finder.find(query)

    def found(self) -> tuple[int, int]:
        """Return the number of the hit that is looked at (from 1, 0 for none), and how many there are."""
        return self._finder.found

    def find_next(self) -> None:
        """Select the next hit, after the last the first again."""
        self._finder.step(1)

    def find_previous(self) -> None:
        """Select the hit before, before the first the last."""
        self._finder.step(-1)

    # -- for the view's own parts

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
        if self.ends.mark_id is not None:
            self.ends.keep()
        self.state.current = mark_id
        self.map.update()
        self.update_mark(before)
        self.update_mark(mark_id)
        if self.state.relations:
            self.update_relations()
        self._describe()

    def _describe(self) -> None:
        """Tell screen readers what the current passage is."""
        mark = self.marks.by_id.get(self.state.current or "")
        described = self.tr("Press F7 for the reading view, in which a screen reader can read the text.")
        if mark is not None:
            tag = self.styles[mark.tag_id].name if mark.tag_id in self.styles else ""
            described = f"{self.state.labels.get(mark.id) or tag}: {self.page.text[mark.start : mark.end]}"
        if described != self.accessibleDescription():
            self.setAccessibleDescription(described)

    def _focus_changed(self) -> None:
        self.show_focus()
        self._blink.restart()

    # -- events

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self.ends.by_keys and _is_for_ends(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._blink.stop()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_changed()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.ends.by_keys and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.ends.keep()
        self._focus_changed()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        given_up = event.key() == Qt.Key.Key_Escape and self._pointer.give_up()
        mine = given_up or (self.ends.by_keys and self.ends.press(event)) or self._keys.press(event)
        event.setAccepted(mine)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keys.forget_column()
        self._pointer.press(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.point_below(self.state.caret))
        self.context_menu_requested.emit(place)

    def point_below(self, offset: int) -> QPoint:
        """Return where the viewport has the foot of the line at ``offset``, for what pops up there."""
        index, laid, within = self.page.place(offset)
        number, x = laid.caret(within)
        left = self.page.columns.text_left - self.horizontalScrollBar().value()
        return QPoint(left + round(x), self.page.top_in_view(index) + laid.lines[number].bottom)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._pointer.hover_again()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hover(None)


def _is_for_ends(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and Qt.Key(event.key()) in OURS
