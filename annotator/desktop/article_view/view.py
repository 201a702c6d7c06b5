"""The article view: shows an article with its passages and tells what the user does in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from annotator.desktop.article_view.choosing_view import ChoosingView
from annotator.desktop.article_view.finder import Finder
from annotator.desktop.article_view.keys import CaretKeys
from annotator.desktop.article_view.look import ArticleHeader
from annotator.desktop.article_view.moving_ends import OURS, EndsMover
from annotator.desktop.article_view.pointer import Pointer
from annotator.domain.articles import Block
from annotator.domain.marks import Mark


class ArticleView(ChoosingView):
    """Shows one article and the passages on it. All offsets are code points of its text, ranges half-open.

    Feeding it (articles, marks, the current one) is not told by a signal again. Selections and carets always are: a
    list or a script may set them, and the rest of the window follows.
    """

    marks_clicked = Signal(object, object)
    """All ids at a click, the innermost first (a tuple), and the place on the screen (QPoint)."""
    ends_moved = Signal(str, int, int)
    """A mark's id and its new ends; the view shows them already, pending until the mark is added again."""
    moving_ends_changed = Signal(bool)
    """Keys move the ends of the current mark from now on, or no longer."""
    found_changed = Signal(int, int)
    """The number of the hit that is looked at (from 1, 0 for none), and how many there are."""
    elsewhere_requested = Signal(str)
    """The id of a passage of another article, whose relation was clicked."""
    context_menu_requested = Signal(object)
    """The place on the screen (QPoint)."""

    _reading_key = ""
    """The key that opens the reading view, empty where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articleView")
        self.setAccessibleName(self.tr("Article"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.ends = EndsMover(self)
        self._keys = CaretKeys(self)
        self._pointer = Pointer(self)
        self.finder = Finder(self)
        self._describe()

    # -- what is shown

    @override
    def set_article(
        self, text: str, blocks: Sequence[Block], *, header: ArticleHeader | None = None, language: str = ""
    ) -> None:
        same = text == self.page.text
        caret, anchor = (self.state.caret, self.state.anchor) if same else (0, 0)
        self.ends.forget()
        if not same:
            self.finder.forget()
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

    @override
    def _choose(self, mark_id: str | None) -> None:
        if mark_id != self.state.current:
            if self.ends.mark_id is not None:
                self.ends.keep()
            super()._choose(mark_id)
            self._describe()

    def tell_reading_key(self, key: str) -> None:
        """Say to screen readers that ``key`` opens the reading view."""
        self._reading_key = key
        self._describe()

    def _describe(self) -> None:
        """Tell screen readers what the current passage is."""
        mark = self.marks.by_id.get(self.state.current or "")
        described = ""
        if self._reading_key:
            described = self.tr("Press {0} for the reading view, in which a screen reader can read the text.").format(
                self._reading_key
            )
        if mark is not None:
            tag = self.styles[mark.tag_id].name if mark.tag_id in self.styles else ""
            described = f"{self.state.labels.get(mark.id) or tag}: {self.page.text[mark.start : mark.end]}"
        if described != self.accessibleDescription():
            self.setAccessibleDescription(described)

    # -- moving ends

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
        return self.finder.find(query)

    def found(self) -> tuple[int, int]:
        """Return the number of the hit that is looked at (from 1, 0 for none), and how many there are."""
        return self.finder.found

    def find_next(self) -> None:
        """Select the next hit, after the last the first again."""
        self.finder.step(1)

    def find_previous(self) -> None:
        """Select the hit before, before the first the last."""
        self.finder.step(-1)

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
    def page_rests(self) -> None:
        self._pointer.hover_again()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._pointer.hover_again()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.hover(None)
        return super().viewportEvent(event)


def _is_for_ends(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and Qt.Key(event.key()) in OURS
