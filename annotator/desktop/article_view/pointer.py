"""The mouse in the article view: clicks, selecting by dragging, handles, hovering."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.desktop.article_view import movement, overlay
from annotator.desktop.article_view.moving_ends import nearest_stop
from annotator.domain.annotations import Span

if TYPE_CHECKING:
    from annotator.desktop.article_view.view import ArticleView

_DRAG_FROM = 4
"""A press that moves by so many pixels selects; less is a click."""
_SCROLL_EVERY = 16
"""Milliseconds between two steps of scrolling while dragging beyond an edge."""


class _Doing(Enum):
    """What the pressed button is about."""

    NOTHING = auto()
    CLICKING = auto()
    SELECTING = auto()
    MOVING_START = auto()
    MOVING_END = auto()


class Pointer:
    """Turns the mouse's events into carets, selections and choices of the view."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._doing = _Doing.NOTHING
        self._pressed = QPoint()
        self._at = QPoint()
        self._unit: Span | None = None
        """The word or paragraph that a double or triple click took; dragging on extends by such."""
        self._by_paragraph = False
        self._by_characters = False
        """Whether the dragged end goes by characters, not by words."""
        self._grip = 0
        """How many pixels below the middle of its line a handle was grasped: knobs stand above and below theirs."""
        self._last_click: tuple[QPoint, str] | None = None
        self._since_double = QElapsedTimer()
        self._scroll = QTimer(view)
        self._scroll.setInterval(_SCROLL_EVERY)
        self._scroll.timeout.connect(self._scroll_on)

    def press(self, event: QMouseEvent) -> None:
        """Begin a click, a selection or the move of an end; a third click takes the paragraph."""
        view = self._view
        if self._doing is not _Doing.NOTHING and event.button() != Qt.MouseButton.LeftButton:
            return  # another button while one is held
        before, self._pressed = self._pressed, event.position().toPoint()
        self._at = self._pressed
        place = view.point_on_page(self._at)
        if event.button() == Qt.MouseButton.RightButton:
            self._press_right()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._unit = None
        self._grip = 0
        current = view.marks.by_id.get(view.state.current or "")
        handle = overlay.handle_at(view.page, current, *place) if view.may_move(current) else None
        if handle is not None and current is not None:
            self._doing = _Doing.MOVING_END if handle.ending else _Doing.MOVING_START
            self._grip = round(place[1] - (handle.top + handle.bottom) / 2)
            if view.ends.mark_id is None:
                view.ends.begin(current, by_keys=False)
            return
        offset = movement.at_point(view.page, *place)
        if self._is_third(before):
            self._since_double.invalidate()
            self._take(movement.paragraph_around(view.page, offset), by_paragraph=True)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._doing = _Doing.SELECTING
            view.choose(None)
            view.put_selection(offset, view.state.anchor)
        else:
            self._doing = _Doing.CLICKING

    def _is_third(self, before: QPoint) -> bool:
        """Whether this press comes soon after a double click, and where that was (``before``)."""
        since = self._since_double
        soon = since.isValid() and since.elapsed() < QApplication.doubleClickInterval()
        return soon and (self._pressed - before).manhattanLength() <= _DRAG_FROM

    def _press_right(self) -> None:
        """Choose what is under the mouse, unless the click is into the selection, so that the menu is about it."""
        view = self._view
        character = movement.character_at(view.page, *view.point_on_page(self._at))
        selected = view.state.selection
        if character is None or (selected is not None and selected.start <= character < selected.end):
            return
        there = view.annotations_at(character)
        if there:
            view.choose(view.state.current if view.state.current in there else there[0], caret=character)
        else:
            view.move_caret(character)

    def double_click(self, event: QMouseEvent) -> None:
        """Take the word under the mouse; with Ctrl, or on a label, it is one more click."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        view = self._view
        place = view.point_on_page(event.position().toPoint())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or view.painter.label_at(*place) is not None:
            self.press(event)
            return
        self._pressed = self._at = event.position().toPoint()
        offset = movement.character_at(view.page, *place)
        if offset is None:
            offset = movement.at_point(view.page, *place)
        self._take(movement.word_around(view.page, offset), by_paragraph=False)
        self._since_double.start()

    def _take(self, span: Span, *, by_paragraph: bool) -> None:
        self._unit, self._by_paragraph, self._doing = span, by_paragraph, _Doing.SELECTING
        self._view.choose(None)
        self._view.put_selection(span.end, span.start)

    def move(self, event: QMouseEvent) -> None:
        """Extend the selection or move the end while dragging, else hover."""
        self._at = event.position().toPoint()
        if self._doing is _Doing.NOTHING or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover()
            return
        if self._doing is _Doing.CLICKING:
            if (self._at - self._pressed).manhattanLength() < _DRAG_FROM:
                return
            self._doing = _Doing.SELECTING
            anchor = movement.at_point(self._view.page, *self._view.point_on_page(self._pressed))
            self._view.choose(None)
            self._view.put_selection(anchor, anchor)
        self._by_characters = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._drag()
        outside = not 0 <= self._at.y() < self._view.viewport().height()
        if not outside:
            self._scroll.stop()
        elif not self._scroll.isActive():
            self._scroll.start()

    def _drag(self) -> None:
        view = self._view
        height = view.viewport().height()
        point = QPoint(self._at.x(), max(0, min(self._at.y() - self._grip, height - 1)))
        offset = movement.at_point(view.page, *view.point_on_page(point))
        if self._doing in (_Doing.MOVING_START, _Doing.MOVING_END):
            ending = self._doing is _Doing.MOVING_END
            stop = offset if self._by_characters else nearest_stop(view.page, offset, ending=ending)
            view.ends.put(end=stop) if ending else view.ends.put(start=stop)
        elif self._unit is None:
            view.put_selection(offset, view.state.anchor)
        else:
            around = movement.paragraph_around if self._by_paragraph else movement.word_around
            reached = around(view.page, offset)
            if offset < self._unit.start:
                view.put_selection(reached.start, self._unit.end)
            else:
                end = reached.end if offset > reached.start else offset
                view.put_selection(max(end, self._unit.end), self._unit.start)

    def _scroll_on(self) -> None:
        y, height = self._at.y(), self._view.viewport().height()
        if self._doing is _Doing.NOTHING or 0 <= y < height:
            self._scroll.stop()
            return
        beyond = y if y < 0 else y - height + 1
        self._view.scroller.by(max(-60, min(60, beyond // 2 + (2 if beyond > 0 else -2))))
        self._drag()

    def give_up(self) -> bool:
        """Give up what the held button is about: an end goes back to where it was; tell whether there was one."""
        doing, self._doing = self._doing, _Doing.NOTHING
        self._scroll.stop()
        if doing not in (_Doing.MOVING_START, _Doing.MOVING_END):
            return False
        self._view.ends.give_up()
        return True

    def release(self, event: QMouseEvent) -> None:
        """End a drag, or take what was clicked."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._scroll.stop()
        doing, self._doing = self._doing, _Doing.NOTHING
        if doing is _Doing.CLICKING:
            self._click(event)
        elif doing is _Doing.SELECTING and self._view.state.selection is not None:
            self._view.offer_selected_text()
        elif doing in (_Doing.MOVING_START, _Doing.MOVING_END) and not self._view.ends.by_keys:
            self._view.ends.keep()

    def _click(self, event: QMouseEvent) -> None:
        view = self._view
        point = event.position().toPoint()
        place = view.point_on_page(point)
        label = view.painter.label_at(*place)
        if label is not None:
            there = list(label.mark_ids)
        else:
            character = movement.character_at(view.page, *place)
            there = view.annotations_at(character) if character is not None else []
        offset = movement.at_point(view.page, *place)
        related = view.painter.relations.at(*place)
        if related is not None:
            self._follow(related)
            return
        if not there:
            self._last_click = None
            view.move_caret(offset)
            if on_line := view.painter.count_at(*place):
                view.marks_clicked.emit(tuple(on_line), event.globalPosition().toPoint())
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        chosen = self._next_of(there) if control else self._choice(there, point)
        self._last_click = (point, chosen)
        view.choose(chosen, caret=None if label is not None else offset)
        view.marks_clicked.emit(tuple(there), event.globalPosition().toPoint())

    def _follow(self, related: str) -> None:
        """Go to the other end of a relation."""
        if related in self._view.marks.by_id:
            self._view.choose(related)
        else:
            self._view.elsewhere_requested.emit(related)

    def _choice(self, there: list[str], point: QPoint) -> str:
        """Return the innermost, or the next one when the same place is clicked again."""
        if self._last_click is not None:
            last_point, last = self._last_click
            if (point - last_point).manhattanLength() <= _DRAG_FROM and last == self._view.state.current:
                return self._next_of(there)
        return there[0]

    def _next_of(self, there: list[str]) -> str:
        """Return the one after the current one, the first when the current one is not there or the last."""
        current = self._view.state.current
        return there[(there.index(current) + 1) % len(there)] if current in there else there[0]

    def hover_again(self) -> None:
        """Look what is under the mouse now that the page has moved."""
        if self._doing is _Doing.NOTHING:
            self._hover()

    def _hover(self) -> None:
        view = self._view
        place = view.point_on_page(self._at)
        current = view.marks.by_id.get(view.state.current or "")
        label = view.painter.label_at(*place)
        shape = Qt.CursorShape.IBeamCursor
        there: list[str] = []
        if view.may_move(current) and overlay.handle_at(view.page, current, *place) is not None:
            shape = Qt.CursorShape.SizeHorCursor
        elif label is not None:
            shape = Qt.CursorShape.PointingHandCursor
            there = list(label.mark_ids[:1])
        elif (related := view.painter.relations.at(*place)) is not None:
            shape = Qt.CursorShape.PointingHandCursor
            there = [related]
        elif not 0 <= place[0] <= view.page.columns.text_width:
            shape = Qt.CursorShape.ArrowCursor
        else:
            character = movement.character_at(view.page, *place)
            there = view.annotations_at(character) if character is not None else []
        if view.viewport().cursor().shape() != shape:
            view.viewport().setCursor(shape)
        view.hover(there[0] if there else None, on_label=label is not None)
