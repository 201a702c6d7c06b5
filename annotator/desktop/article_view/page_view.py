"""A scroll area that shows an article with its passages; what the user does in it is the article view's business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from annotator.desktop.article_view.fonts import ARTICLE_FAMILY
from annotator.desktop.article_view.look import LIGHT, ArticleHeader, TagStyle, ViewTheme
from annotator.desktop.article_view.map_bar import MapBar
from annotator.desktop.article_view.mark_set import MarkSet
from annotator.desktop.article_view.metrics import TextSetting, typography
from annotator.desktop.article_view.page import Page
from annotator.desktop.article_view.painter import PagePainter
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.article_view.repainting import Repainter
from annotator.desktop.article_view.scrolling import Scroller
from annotator.desktop.article_view.shown_state import ShownState
from annotator.desktop.article_view.thin_lanes import ThinLane, ThinLanes
from annotator.domain.annotations import Span
from annotator.domain.articles import Block
from annotator.domain.marks import Mark

LEAST_ZOOM, GREATEST_ZOOM = 50, 400
_LEAST_HEIGHT = 40


class PageView(QAbstractScrollArea):
    """Shows one article and the passages on it. All offsets are code points of its text, ranges half-open.

    ``page``, ``marks`` and ``state`` hold what is shown; every change of them goes through a method that repaints what
    it touches and no more.
    """

    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setLineWidth(1)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setViewport(QWidget(self))  # Qt's own would make PySide6 look through all of Qt's widgets for its class
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.marks = MarkSet()
        self.state = ShownState()
        self.thin = ThinLanes()
        self.styles: dict[str, TagStyle] = {}
        self._theme = LIGHT
        self._setting = TextSetting(ARTICLE_FAMILY)
        self._zoom = 100
        self.type = typography(self._setting, self.font(), self._zoom)
        self.page = Page(self.type)
        self.scroller = Scroller(self)
        self.repainter = Repainter(self)
        self.map = MapBar(self)
        self.setVerticalScrollBar(self.map)
        self.painter: PagePainter
        self._restyle()

    # -- what is shown

    def set_article(
        self, text: str, blocks: Sequence[Block], *, header: ArticleHeader | None = None, language: str = ""
    ) -> None:
        """Show an article, without marks. ``text`` is canonical; ``language``: BCP 47 or empty.

        Another text is shown from its top; the same text again (with other blocks, say) where it was read.
        """
        same = text == self.page.text and not self.page.at_top
        reading = self.page.reading_position() if same else None
        self.marks.replace_all(())
        self.state.forget_article()
        self.page.set_article(text, blocks, header or ArticleHeader(), language)
        if reading is not None:
            self.page.restore(reading)
        self.scroller.fit()
        self.viewport().update()

    def point_out(self, span: Span | None) -> None:
        """Show a panel under the paragraphs of ``span``, in place of the one there was; None for none."""
        before, self.state.pointed = self.state.pointed, span
        for changed in {before, span} - {None}:
            assert changed is not None
            self.update_range(changed.start, changed.end)

    def clear(self) -> None:
        """Show nothing."""
        self.set_article("", ())

    def set_tag_styles(self, styles: Mapping[str, TagStyle]) -> None:
        """Say how each tag is shown, by tag id."""
        self.styles = dict(styles)
        self._restyle()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks in place of all others; fastest when they come sorted by start."""
        self.marks.replace_all(marks)
        self.repainter.everything()

    def add_mark(self, mark: Mark, *, pending: bool = False) -> None:
        """Show one mark more, or in the place of the one with its id; ``pending`` until it is known to be saved."""
        self.put_mark(mark, pending=pending)

    def put_mark(self, mark: Mark, *, pending: bool) -> None:
        """Put a mark in, or move it, while it may be under the user's hand."""
        before = self.marks.add(mark, pending=pending)
        self.repainter.passages((mark,) if before is None else (before, mark))

    def remove_mark(self, mark_id: str) -> None:
        """Take a mark away; one that is not there is no error."""
        mark = self.marks.remove(mark_id)
        if mark is not None:
            self.repainter.passages((mark,))

    def set_labels(self, labels: Mapping[str, str]) -> None:
        """Give every mark's label in the margin, by mark id: "Speaker · tag"."""
        self.state.labels.clear()
        self.state.labels.update(labels)
        self.repainter.everything()

    def update_labels(self, changed: Mapping[str, str]) -> None:
        """Change some labels."""
        self.state.labels.update(changed)
        self.repainter.labels(self.marks.known(changed))

    def set_relations(self, relations: Sequence[tuple[str, str, str]]) -> None:
        """Give the relations of the article's marks: source id, target id, kind."""
        self.state.relations[:] = relations
        self.update_relations()

    def set_elsewhere(self, titles: Mapping[str, str]) -> None:
        """Give the titles of the articles of related passages that are not on this one, by mark id."""
        self.state.elsewhere = dict(titles)
        self.update_relations()

    def set_hidden(
        self,
        tags: frozenset[str] = frozenset(),
        marks: frozenset[str] = frozenset(),
        analysts: frozenset[str] = frozenset(),
    ) -> None:
        """Hide the marks with these tags, these ids, or by these analysts, and show all others."""
        self.marks.hidden_tags, self.marks.hidden_marks, self.marks.hidden_analysts = tags, marks, analysts
        self.repainter.everything()

    def set_hints(self, hints: Mapping[str, str]) -> None:
        """Draw a letter label at each of these marks, by mark id; none to take the labels away."""
        self.state.hints = dict(hints)
        self.viewport().update()

    def set_thin_lanes(self, lanes: Sequence[ThinLane]) -> None:
        """Show how others have the same words, one lane each below the passages' own."""
        self.thin.replace(lanes)
        if self._setting.thin_lanes == len(lanes):
            self._restyle()
        else:
            self.set_setting(self._setting)

    def set_strong_lines(self, mark_ids: frozenset[str]) -> None:
        """Let the lines of these marks in the thin lanes stand out."""
        if mark_ids != self.thin.strong:
            self.thin.strong = mark_ids
            self.viewport().update()

    def visible_marks(self) -> list[str]:
        """Return the ids of the marks of which a line is in view, in reading order."""
        shown = self.page.shown()
        if not shown:
            return []
        table = self.page.table
        around = self.marks.within(table.starts[shown[0].paragraph], table.ends[shown[-1].paragraph] + 1)
        return [mark.id for mark in around if self.painter.relations.height_of(mark) is not None]

    # -- looks

    def set_theme(self, theme: ViewTheme) -> None:
        """Take other colours."""
        self._theme = theme
        self._restyle()

    def set_setting(self, setting: TextSetting) -> None:
        """Set the article in another typeface, or with other widths and spaces; what is read stays in place."""
        setting = replace(setting, thin_lanes=len(self.thin.lanes))
        if setting != self._setting:
            self._setting = setting
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

    def show_focus(self) -> None:
        """Colour the frame: the accent with the focus, else the ground."""
        palette = QPalette(self.palette())
        colour = self._theme.accent if self.hasFocus() else self._theme.base
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        palette.setColor(QPalette.ColorRole.Base, self._theme.base)
        self.setPalette(palette)

    def _restyle(self) -> None:
        """Make brushes anew after a change of theme, tags, fonts or screen."""
        paints = Paints(self._theme, self.styles, self.type.lanes.thickness, self.devicePixelRatioF())
        self.painter = PagePainter(self.page, self.marks, self.state, paints, self._kind_words(), self.thin)
        self.show_focus()
        self.repainter.everything()

    def _retype(self) -> None:
        self.type = typography(self._setting, self.font(), self._zoom)
        self.scroller.fit()
        self._restyle()

    def _kind_words(self) -> dict[str, str]:
        return {
            "rebuts": self.tr("rebuts"),
            "concedes": self.tr("concedes"),
            "answers": self.tr("answers"),
            "supports": self.tr("supports"),
            "repeats": self.tr("repeats"),
            "qualifies": self.tr("qualifies"),
            "continues": self.tr("continues"),
        }

    # -- repainting and places

    def update_range(self, start: int, end: int) -> None:
        """Repaint the paragraphs in view that ``[start, end]`` touches."""
        strip = self.scroller.rect_of(start, end)
        if strip.isValid():
            self.viewport().update(strip)

    def update_mark(self, mark_id: str | None) -> None:
        """Repaint the lines of a mark and its label."""
        mark = self.marks.by_id.get(mark_id or "")
        strip = self.painter.strip_of(mark) if mark is not None else QRect()
        if strip.isValid():
            self.viewport().update(0, strip.top(), self.viewport().width(), strip.height())

    def update_relations(self) -> None:
        """Repaint the margin in which relations are drawn, and what of the text their words cover."""
        left = self.page.columns.text_left - self.horizontalScrollBar().value()
        left += min(self.page.columns.text_width, self.painter.relations.left())
        self.viewport().update(QRect(left, 0, self.viewport().width() - left, self.viewport().height()))

    def reveal(self, start: int, end: int | None = None) -> None:
        """Scroll, if need be, until ``start`` and as much as can be of ``[start, end)`` is in view."""
        self.scroller.reveal(start, end)

    def set_smooth_scrolling(self, *, wanted: bool) -> None:
        """Let a notch of the wheel glide, unless the system wants nothing animated."""
        self.scroller.wheel.glide.wanted = wanted

    def page_rests(self) -> None:
        """The page has come to rest after a glide."""

    def show_reading(self, reading: tuple[int, int]) -> None:
        """Show the text as it was read: what ``page.reading_position()`` returned then."""
        self.page.restore(reading)
        self.scroller.sync()
        self.viewport().update()

    def point_on_page(self, point: QPoint) -> tuple[float, float]:
        """Return a point of the viewport as x from the column's left edge and y from the viewport's top."""
        return point.x() - self.page.columns.text_left + self.horizontalScrollBar().value(), float(point.y())

    # -- events

    @override
    def minimumSizeHint(self) -> QSize:
        """Give way to what stands below the text: in a low window a line of it is enough while one types there."""
        return QSize(super().minimumSizeHint().width(), _LEAST_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.painter.paints.ratio != self.devicePixelRatioF():
            self._restyle()
        painter = QPainter(self.viewport())
        self.repainter.painted()
        exposed: list[QRect] = list(event.region())  # type: ignore[call-overload]  # PySide6 iterates, its stubs do not
        try:
            for rect in exposed:
                if len(exposed) > 1:
                    painter.setClipRect(rect)
                self.painter.paint(painter, rect, self.horizontalScrollBar().value())
        finally:
            painter.end()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.scroller.bars_moved(dx, dy)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.scroller.fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scroller.fit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.scroller.stop()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.scroller.wheel.turn(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._retype()
