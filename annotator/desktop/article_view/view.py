"""The article view: a scroll area that shows an article with its passages and tells what the user does in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget
from typing_extensions import override

from annotator.desktop.article_view import movement
from annotator.desktop.article_view.fonts import ARTICLE_FAMILY
from annotator.desktop.article_view.keys import CaretKeys
from annotator.desktop.article_view.look import LIGHT, ArticleHeader, TagStyle, ViewTheme
from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.metrics import typography
from annotator.desktop.article_view.page import Page
from annotator.desktop.article_view.painter import PagePainter
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.article_view.pointer import Pointer
from annotator.desktop.article_view.shown_state import ShownState
from annotator.domain.annotations import Span
from annotator.domain.articles import Block
from annotator.domain.marks import Mark

LEAST_ZOOM, GREATEST_ZOOM = 50, 400
_ZOOM_STEP = 10


class ArticleView(QAbstractScrollArea):
    """Shows one article and the passages on it. All offsets are code points of its text, ranges half-open."""

    selection_changed = Signal(object)
    caret_moved = Signal(int)
    current_changed = Signal(object)
    hovered_changed = Signal(object)
    marks_clicked = Signal(object, object)
    ends_moved = Signal(str, int, int)
    zoom_changed = Signal(int)
    context_menu_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articleView")
        self.setAccessibleName(self.tr("Article"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setLineWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.page = Page()
        self.marks = MarkSet()
        self.state = ShownState()
        self._theme = LIGHT
        self._styles: dict[str, TagStyle] = {}
        self._family = ARTICLE_FAMILY
        self._zoom = 100
        self._syncing = False
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._blink_caret)
        self._keys = CaretKeys(self)
        self._pointer = Pointer(self)
        self._type = typography(self._family, self.font(), self._zoom)
        self.painter: PagePainter
        self._restyle()

    # -- what is shown

    def set_article(
        self, text: str, blocks: Sequence[Block], *, header: ArticleHeader | None = None, language: str = ""
    ) -> None:
        """Show another article, at its top, without marks. ``text`` is canonical; ``language``: BCP 47 or empty."""
        self.marks.replace_all(())
        self.state.labels.clear()
        self.state.relations.clear()
        self.state.hints.clear()
        self.state.hits.clear()
        self.state.hit = -1
        self.state.moving = self.state.hovered = None
        self.page.set_article(text, blocks, header or ArticleHeader(), language)
        self._fit()
        self._put_caret(0, 0)
        self._choose(None, emit=True)
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        self.set_article("", ())

    def set_tag_styles(self, styles: Mapping[str, TagStyle]) -> None:
        """Say how each tag is shown, by tag id."""
        self._styles = dict(styles)
        self._restyle()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks in place of all others; fastest when sorted by start."""
        self.marks.replace_all(marks)
        self.page.drop_draw_lists()
        if self.state.current not in self.marks.by_id:
            self._choose(None, emit=True)
        self.viewport().update()

    def add_mark(self, mark: Mark, *, pending: bool = False) -> None:
        """Show one mark more, or in the place of the one with its id; ``pending`` until it is known to be saved."""
        before = self.marks.add(mark, pending=pending)
        if before is not None:
            self._touched(before.start, before.end)
        self._touched(mark.start, mark.end)

    def remove_mark(self, mark_id: str) -> None:
        """Take a mark away; one that is not there is no error."""
        mark = self.marks.remove(mark_id)
        if mark is None:
            return
        self._touched(mark.start, mark.end)
        if self.state.current == mark_id:
            self._choose(None, emit=True)

    def set_labels(self, labels: Mapping[str, str]) -> None:
        """Give every mark's label in the margin, by mark id: "Speaker · tag"."""
        self.state.labels.clear()
        self.state.labels.update(labels)
        self.page.drop_draw_lists()
        self.viewport().update()

    def update_labels(self, changed: Mapping[str, str]) -> None:
        """Change some labels."""
        self.state.labels.update(changed)
        for start, end in self.marks.spans(changed):
            self._touched(start, min(end, start + 1))

    def set_relations(self, relations: Sequence[tuple[str, str, str]]) -> None:
        """Give the relations of the article's marks: source id, target id, kind."""
        self.state.relations[:] = relations
        self.viewport().update()

    def set_hidden(
        self,
        tags: frozenset[str] = frozenset(),
        marks: frozenset[str] = frozenset(),
        analysts: frozenset[str] = frozenset(),
    ) -> None:
        """Hide the marks with these tags, these ids, or by these analysts, and show all others."""
        self.marks.hidden_tags, self.marks.hidden_marks, self.marks.hidden_analysts = tags, marks, analysts
        self.page.drop_draw_lists()
        self.viewport().update()

    def set_theme(self, theme: ViewTheme) -> None:
        """Take other colours."""
        self._theme = theme
        self._restyle()

    def set_font_family(self, family: str) -> None:
        """Set the article in another typeface."""
        self._family = family
        self._retype()

    def set_zoom(self, percent: int) -> None:
        """Set the size of the page, 50 to 400 per cent; what is read stays in place."""
        percent = max(LEAST_ZOOM, min(GREATEST_ZOOM, percent))
        if percent != self._zoom:
            self._zoom = percent
            self._retype()
            self.zoom_changed.emit(percent)

    def zoom(self) -> int:
        """Return the size of the page in per cent."""
        return self._zoom

    # -- selection and caret

    def select_span(self, start: int, end: int) -> None:
        """Select ``[start, end)``, widened so that no grapheme cluster is cut, with the caret at its end."""
        self._choose(None, emit=True)
        self._put_caret(movement.snapped(self.page, end, up=True), movement.snapped(self.page, start))
        self.reveal(self.state.caret)

    def selected_span(self) -> Span | None:
        """Return what is selected, None when nothing is."""
        return self.state.selection

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self._put_caret(self.state.caret, self.state.caret)

    def caret(self) -> int:
        """Return where the caret is."""
        return self.state.caret

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere, select nothing, and show the place."""
        self.move_caret(movement.snapped(self.page, offset))

    def move_caret(self, offset: int, *, select: bool = False) -> None:
        """Move the caret as a key does: clears the current mark; ``select`` keeps the other end of the selection."""
        self._choose(None, emit=True)
        self._put_caret(offset, self.state.anchor if select else offset)
        self.reveal(offset)

    def copy(self) -> None:
        """Put the selected words, as they are stored, on the clipboard."""
        span = self.state.selection
        if span is not None:
            QGuiApplication.clipboard().setText(self.page.text[span.start : span.end])

    def select_all(self) -> None:
        """Select the whole text."""
        self._choose(None, emit=True)
        self._put_caret(len(self.page.text), 0)

    # -- the current mark

    def current(self) -> str | None:
        """Return the id of the current mark."""
        return self.state.current

    def set_current(self, mark_id: str | None, *, reveal: bool = True) -> None:
        """Make a mark current without telling; the caret goes to its start and, with ``reveal``, into view."""
        mark = self.marks.by_id.get(mark_id) if mark_id else None
        self._choose(mark.id if mark else None, emit=False)
        if mark is not None:
            self._put_caret(mark.start, mark.start)
            if reveal:
                self.reveal(mark.start, mark.end)

    def choose(self, mark_id: str | None) -> None:
        """Make a mark current as the user does, and tell."""
        changed = mark_id != self.state.current
        self.set_current(mark_id)
        if changed:
            self.current_changed.emit(self.state.current)

    def next_mark(self, direction: int = 1) -> None:
        """Make the next (1) or previous (-1) mark in reading order current."""
        mark = self.marks.step(direction, current=self.state.current, offset=self.state.caret)
        if mark is not None:
            self.choose(mark.id)

    def cycle(self) -> None:
        """Make the next of the marks that lie at the caret current, from the innermost outwards."""
        there = self.annotations_at(self.state.caret)
        if there:
            place = there.index(self.state.current) + 1 if self.state.current in there else 0
            mark_id, caret = there[place % len(there)], self.state.caret
            self.choose(mark_id)
            self._put_caret(caret, caret)

    def annotations_at(self, offset: int) -> list[str]:
        """Return the ids of the marks that hold the code point at ``offset``, the innermost first."""
        return [mark.id for mark in self.marks.at(offset)]

    def visible_marks(self) -> list[str]:
        """Return the ids of the marks that begin or end in view, in reading order."""
        shown = self.page.shown()
        if not shown:
            return []
        start, end = self.page.table.starts[shown[0].paragraph], self.page.table.ends[shown[-1].paragraph]
        return [mark.id for mark in self.marks.within(start, end)]

    # -- scrolling

    def reveal(self, start: int, end: int | None = None) -> None:
        """Scroll, if need be, until ``start`` and as much as can be of ``[start, end)`` is in view."""
        index, laid, within = self.page.place(start)
        line = laid.lines[laid.line_of(within)]
        top = self.page.top_in_view(index) + line.top
        bottom = top + laid.style.pitch
        margin = min(48, self.page.view_height // 4)
        shown = {s.paragraph for s in self.page.shown()}
        if index not in shown:
            self._jump(start)
            return
        if end is not None and self.page.table.at(end) in shown:
            last_index, last, place = self.page.place(end)
            bottom = min(
                self.page.top_in_view(last_index) + last.lines[last.line_of(place)].bottom,
                top + self.page.view_height - 2 * margin,
            )
        if top < margin:
            self.scroll_page(top - margin)
        elif bottom > self.page.view_height - margin:
            self.scroll_page(bottom - self.page.view_height + margin)

    def _jump(self, offset: int) -> None:
        self.page.restore((offset, self.page.view_height // 3))
        self._sync_bars()
        self.viewport().update()

    def scroll_page(self, pixels: int) -> None:
        """Move the page by so many pixels; down is positive."""
        moved = self.page.scroll_by(pixels)
        self._sync_bars()
        if moved:
            self.viewport().scroll(0, -moved)

    def go_to_paragraph(self, number: int) -> None:
        """Put the caret at the start of a paragraph, counted from 1."""
        index = max(0, min(number - 1, len(self.page.table) - 1))
        self.set_caret(self.page.table.starts[index])

    # -- inside

    def point_on_page(self, point: QPoint) -> tuple[float, float]:
        """Return a point of the viewport as x from the column's left edge and y from the viewport's top."""
        return point.x() - self.page.columns.text_left + self.horizontalScrollBar().value(), float(point.y())

    def _choose(self, mark_id: str | None, *, emit: bool) -> None:
        before = self.state.current
        if before == mark_id:
            return
        self.state.current = mark_id
        for start, end in self.marks.spans(id_ for id_ in (before, mark_id) if id_):
            self._update_range(start, end)
        if emit:
            self.current_changed.emit(mark_id)

    def hover(self, mark_id: str | None) -> None:
        """Show a mark stronger because the mouse is over it."""
        before = self.state.hovered
        if before != mark_id:
            self.state.hovered = mark_id
            for start, end in self.marks.spans(id_ for id_ in (before, mark_id) if id_):
                self._update_range(start, end)
            self.hovered_changed.emit(mark_id)

    def put_selection(self, caret: int, anchor: int) -> None:
        """Select from ``anchor`` to ``caret`` and tell."""
        self._put_caret(caret, anchor)

    def _put_caret(self, caret: int, anchor: int) -> None:
        before, was = self.state.selection, self.state.caret
        self.state.caret, self.state.anchor = caret, anchor
        after = self.state.selection
        touched = [was, caret]
        for span in (before, after):
            if span is not None and before != after:
                touched += [span.start, span.end]
        self._update_range(min(touched), max(touched))
        self._restart_blinking()
        if caret != was:
            self.caret_moved.emit(caret)
        if before != after:
            self.selection_changed.emit(after)

    def _touched(self, start: int, end: int) -> None:
        self.page.drop_draw_lists(start, end)
        self._update_range(start, end)

    def _update_range(self, start: int, end: int) -> None:
        """Repaint the paragraphs in view that ``[start, end)`` touches."""
        table = self.page.table
        first, last = table.at(start), table.at(end)
        shown = [s for s in self.page.shown() if first <= s.paragraph <= last]
        if shown:
            top = shown[0].top
            bottom = shown[-1].top + table.height(shown[-1].paragraph)
            self.viewport().update(QRect(0, top - 8, self.viewport().width(), bottom - top + 32))

    def _restyle(self) -> None:
        """Make brushes anew after a change of theme, tags or fonts."""
        paints = Paints(self._theme, self._styles, self._type.lanes.thickness, self.devicePixelRatioF())
        self.painter = PagePainter(self.page, self.marks, self.state, paints)
        self.page.drop_draw_lists()
        self._show_focus()
        self.viewport().update()

    def _retype(self) -> None:
        self._type = typography(self._family, self.font(), self._zoom)
        self._fit()
        self._restyle()

    def _fit(self) -> None:
        size = self.viewport().size()
        self.page.set_geometry(size.width(), size.height(), self._type)
        self._sync_bars()

    def _sync_bars(self) -> None:
        """Let the scroll bars say what the page says."""
        self._syncing = True
        try:
            self.page.shown()
            bar = self.verticalScrollBar()
            if not bar.isSliderDown():
                bar.setRange(0, self.page.scroll_range)
                bar.setPageStep(max(1, self.page.view_height))
                bar.setValue(self.page.scroll_value)
            bar.setSingleStep(self._type.label_height * 2)
            sideways = self.horizontalScrollBar()
            sideways.setRange(0, max(0, self.page.columns.page_width - self.viewport().width()))
            sideways.setPageStep(self.viewport().width())
        finally:
            self._syncing = False

    def _show_focus(self) -> None:
        palette = QPalette(self.palette())
        colour = self._theme.accent if self.hasFocus() else self._theme.base
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        palette.setColor(QPalette.ColorRole.Base, self._theme.base)
        self.setPalette(palette)

    def _restart_blinking(self) -> None:
        self.state.caret_on = self.hasFocus()
        flash = QApplication.cursorFlashTime()
        if self.hasFocus() and flash > 0:
            self._blink.start(flash // 2)
        else:
            self._blink.stop()

    def _blink_caret(self) -> None:
        self.state.caret_on = not self.state.caret_on
        self._update_range(self.state.caret, self.state.caret)

    # -- events

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._syncing:
            return
        if dx:
            self.viewport().update()
        if not dy:
            return
        if abs(dy) > 2 * self.page.view_height or self.verticalScrollBar().isSliderDown():
            self.page.scroll_to_value(self.verticalScrollBar().value())
            self.viewport().update()
        else:
            moved = self.page.scroll_by(-dy)
            self.viewport().scroll(0, -moved)
        self._sync_bars()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            self.painter.paint(painter, event.rect(), self.horizontalScrollBar().value())
        finally:
            painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus()
        self._restart_blinking()
        self._update_range(self.state.caret, self.state.caret)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus()
        self._restart_blinking()
        self._update_range(self.state.caret, self.state.caret)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            event.ignore()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
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
        self.context_menu_requested.emit(event.globalPos())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y()
            self.set_zoom(self._zoom + (_ZOOM_STEP if steps > 0 else -_ZOOM_STEP if steps < 0 else 0))
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hover(None)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._retype()

    def set_label_font(self, font: QFont) -> None:
        """Set labels, captions and the head of the page in another typeface than the application's."""
        self.setFont(font)
