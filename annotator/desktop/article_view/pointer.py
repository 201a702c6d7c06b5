"""The mouse in the article view: clicks, selecting by dragging, hovering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.desktop.article_view import movement

if TYPE_CHECKING:
    from annotator.desktop.article_view.view import ArticleView

_SCROLL_EVERY = 16
"""Milliseconds between two steps of scrolling while dragging beyond an edge."""


class Pointer:
    """Turns the mouse's events into carets, selections and choices of the view."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._pressed: QPoint | None = None
        self._dragging = False
        self._unit: tuple[int, int] | None = None
        """The word or paragraph that a double or triple click took; dragging on extends by such."""
        self._by_paragraph = False
        self._last_click: tuple[QPoint, str | None] = (QPoint(-99, -99), None)
        self._since_double = QElapsedTimer()
        self._at = QPoint()
        self._scroll = QTimer(view)
        self._scroll.setInterval(_SCROLL_EVERY)
        self._scroll.timeout.connect(self._scroll_on)

    def press(self, event: QMouseEvent) -> None:
        """Begin a click or a selection; a third click takes the paragraph."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        view = self._view
        self._pressed = self._at = event.position().toPoint()
        self._dragging = False
        self._unit = None
        offset = movement.at_point(view.page, *view.point_on_page(self._pressed))
        if self._since_double.isValid() and self._since_double.elapsed() < QApplication.doubleClickInterval():
            self._since_double.invalidate()
            self._take(movement.paragraph_around(view.page, offset), by_paragraph=True)
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            view.put_selection(offset, view.state.anchor)
            self._dragging = True

    def double_click(self, event: QMouseEvent) -> None:
        """Take the word under the mouse."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        view = self._view
        self._pressed = self._at = event.position().toPoint()
        place = view.point_on_page(self._pressed)
        offset = movement.character_at(view.page, *place)
        if offset is None:
            offset = movement.at_point(view.page, *place)
        self._take(movement.word_around(view.page, offset), by_paragraph=False)
        self._since_double.start()

    def _take(self, span: tuple[int, int], *, by_paragraph: bool) -> None:
        self._unit, self._by_paragraph, self._dragging = span, by_paragraph, True
        self._view.choose(None)
        self._view.put_selection(span[1], span[0])

    def move(self, event: QMouseEvent) -> None:
        """Extend the selection while dragging, else hover."""
        self._at = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover()
            return
        if not self._dragging:
            if (self._at - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._dragging = True
            view = self._view
            anchor = movement.at_point(view.page, *view.point_on_page(self._pressed))
            view.choose(None)
            view.put_selection(anchor, anchor)
        self._extend()
        outside = not 0 <= self._at.y() < self._view.viewport().height()
        if outside and not self._scroll.isActive():
            self._scroll.start()
        elif not outside:
            self._scroll.stop()

    def _extend(self) -> None:
        view = self._view
        height = view.viewport().height()
        x, y = view.point_on_page(QPoint(self._at.x(), max(0, min(self._at.y(), height - 1))))
        offset = movement.at_point(view.page, x, y)
        if self._unit is None:
            view.put_selection(offset, view.state.anchor)
            return
        around = movement.paragraph_around if self._by_paragraph else movement.word_around
        start, end = around(view.page, offset)
        if offset < self._unit[0]:
            view.put_selection(min(start, self._unit[0]), self._unit[1])
        else:
            view.put_selection(max(end if offset > start else offset, self._unit[1]), self._unit[0])

    def _scroll_on(self) -> None:
        y, height = self._at.y(), self._view.viewport().height()
        beyond = y if y < 0 else y - height + 1
        if self._pressed is None or 0 <= y < height:
            self._scroll.stop()
            return
        self._view.scroll_page(max(-60, min(60, beyond // 2 + (2 if beyond > 0 else -2))))
        self._extend()

    def release(self, event: QMouseEvent) -> None:
        """End a drag, or take what was clicked."""
        self._scroll.stop()
        pressed, self._pressed = self._pressed, None
        if event.button() == Qt.MouseButton.LeftButton and pressed is not None and not self._dragging:
            self._click(event)
        self._dragging = False

    def _click(self, event: QMouseEvent) -> None:
        view = self._view
        point = event.position().toPoint()
        place = view.point_on_page(point)
        offset = movement.at_point(view.page, *place)
        character = movement.character_at(view.page, *place)
        there = view.annotations_at(character) if character is not None else []
        if not there:
            view.move_caret(offset)
            return
        last_point, last = self._last_click
        chosen = there[0]
        if last in there and (point - last_point).manhattanLength() < QApplication.startDragDistance():
            chosen = there[(there.index(last) + 1) % len(there)]
        self._last_click = (point, chosen)
        view.choose(chosen)
        view.put_selection(offset, offset)
        view.marks_clicked.emit(tuple(there), event.globalPosition().toPoint())

    def _hover(self) -> None:
        view = self._view
        character = movement.character_at(view.page, *view.point_on_page(self._at))
        there = view.annotations_at(character) if character is not None else []
        view.hover(there[0] if there else None)
