"""The keys that move the caret; letters and everything else belong to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.desktop.article_view import movement

if TYPE_CHECKING:
    from annotator.desktop.article_view.view import ArticleView

_Key = Qt.Key
_Std = QKeySequence.StandardKey


class CaretKeys:
    """Moves the caret of a view. Up, Down and the page keys keep the x at which they began."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._column: float | None = None

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says and return whether it was one of ours."""
        if event.matches(_Std.Copy):
            self._view.copy()
        elif event.matches(_Std.SelectAll):
            self._view.select_all()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        elif event.key() == _Key.Key_Escape:
            return self._escape()
        else:
            return self._move(event)
        return True

    def _move(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        select = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = _Key(event.key())
        if key in (_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown):
            self._vertical(key, select=select, control=control)
            return True
        offset = self._horizontal(key, select=select, control=control)
        if offset is None:
            return False
        self._column = None
        self._view.move_caret(offset, select=select)
        return True

    def _escape(self) -> bool:
        """Give up what is selected, else what is current; with neither, the key is not ours."""
        if self._view.state.selection is not None:
            self._view.clear_selection()
        elif self._view.state.current is not None:
            self._view.choose(None)
        else:
            return False
        return True

    def _horizontal(self, key: Qt.Key, *, select: bool, control: bool) -> int | None:
        page, caret = self._view.page, self._view.state.caret
        if key in (_Key.Key_Left, _Key.Key_Right):
            direction = 1 if key == _Key.Key_Right else -1
            if control:
                forward = direction if not page.place(caret)[1].rtl else -direction
                return movement.word(page, caret, forward)
            selection = self._view.state.selection
            if selection is not None and not select:
                return selection.end if direction > 0 else selection.start
            return movement.beside(page, caret, direction)
        if key in (_Key.Key_Home, _Key.Key_End):
            end = key == _Key.Key_End
            if control:
                return len(page.text) if end else 0
            return movement.line_edge(page, caret, end=end)
        return None

    def _vertical(self, key: Qt.Key, *, select: bool, control: bool) -> None:
        view, page = self._view, self._view.page
        caret = view.state.caret
        down = key in (_Key.Key_Down, _Key.Key_PageDown)
        if control and key in (_Key.Key_Up, _Key.Key_Down):
            view.move_caret(self._paragraph(caret, down=down), select=select)
            self._column = None
            return
        _, laid, within = page.place(caret)
        if self._column is None:
            self._column = laid.caret(within)[1]
        if key in (_Key.Key_PageUp, _Key.Key_PageDown):
            self._page(self._column, down=down, select=select)
        else:
            view.move_caret(movement.vertical(page, caret, 1 if down else -1, self._column), select=select)

    def _page(self, x: float, *, down: bool, select: bool) -> None:
        """Turn the page; the caret keeps its height, and goes on to the first or last line when there is no more."""
        view, page = self._view, self._view.page
        index, laid, within = page.place(view.state.caret)
        line = laid.lines[laid.line_of(within)]
        y = page.top_in_view(index) + (line.top + line.bottom) / 2
        y = max(0.0, min(y, page.view_height - 1.0))
        wanted = view.scroller.page_step(down=down)
        y += wanted - view.scroller.by(wanted)
        offset = movement.at_point(page, x, y)
        view.choose(None)
        view.put_selection(offset, view.state.anchor if select else offset)

    def _paragraph(self, caret: int, *, down: bool) -> int:
        table = self._view.page.table
        index = table.at(caret)
        if not down and caret > table.starts[index] and not table.blank(index):
            return table.starts[index]
        step = 1 if down else -1
        index += step
        while 0 <= index < len(table) and table.blank(index):
            index += step
        if index >= len(table):
            return len(self._view.page.text)
        return table.starts[max(0, index)]

    def forget_column(self) -> None:
        """Let the next Up or Down begin at the caret's own x."""
        self._column = None
