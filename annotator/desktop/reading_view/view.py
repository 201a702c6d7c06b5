"""The reading view: the text in a stock widget beside a stock list of the passages at the caret.

The article view stays the one that knows: its caret, selection and current passage are shown here, and moving the caret
here moves it there. So every action works on both alike, and a screen reader, which could not read a view that paints
its text itself, has widgets that Qt makes readable.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFontInfo, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QLabel, QSplitter, QTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.article_view import ArticleView, movement
from annotator.desktop.article_view.moving_ends import OURS
from annotator.desktop.models.state import ProjectState
from annotator.desktop.plurals import plural_text
from annotator.desktop.reading_view.passage_list import PassageList
from annotator.desktop.reading_view.reading_text import ReadingText
from annotator.desktop.theme import Theme
from annotator.domain.annotations import Span

_SHARES = (3, 1)
_READING_SIZE = 1.2
"""How much larger than the window's own text the article is read."""
_AT_AN_END = 4
"""Words that tell where a passage begins or ends."""
READING_TINT = 0.22
"""How much of its tag's colour the ground of the current passage has."""


class ReadingView(QSplitter):
    """Follows an article view while it is in use, and costs nothing while it is not."""

    left = Signal()
    """Esc was pressed with nothing selected and no passage chosen."""
    end_tried = Signal(str)
    """An end of the current passage has been moved by a key; the words at that end, as they would be."""

    def __init__(self, state: ProjectState, view: ArticleView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("readingView")
        self._state = state
        self._view = view
        self._theme = theme
        self._family = ""
        self._in_use = False
        self.text = ReadingText(self)
        self.text.setAccessibleName(self.tr("Article text"))
        self.passages = PassageList(state, view, self)
        self._heading = QLabel(self)
        self._heading.setProperty("role", "heading")
        self._heading.setBuddy(self.passages)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self.passages, 1)
        self.addWidget(self.text)
        self.addWidget(side)
        for place, share in enumerate(_SHARES):
            self.setStretchFactor(place, share)
        self.setChildrenCollapsible(False)

    def _connect(self) -> None:
        view, state = self._view, self._state
        self.text.moved.connect(self._take_caret)
        self.text.installEventFilter(self)
        self.text.customContextMenuRequested.connect(
            lambda place: view.context_menu_requested.emit(self.text.mapToGlobal(place))
        )
        self.passages.chosen.connect(lambda mark_id: view.choose(mark_id, caret=view.caret()))
        for signal in (view.caret_moved, view.selection_changed):
            signal.connect(lambda _value: self._follow_caret())
        view.found_changed.connect(lambda _at, _of: self._follow_found())
        view.zoom_changed.connect(lambda _percent: self._retype())
        state.article_opened.connect(lambda _id: self._show_article())
        state.article_closed.connect(self._show_article)
        state.current_changed.connect(lambda _id: self.show_passages())
        for signal in (state.marks_changed, state.codebook_changed):
            signal.connect(self.show_passages)
        state.marks_touched.connect(lambda _put, _removed: self.show_passages())
        state.labels_changed.connect(lambda _ids: self.show_passages())

    # -- in use or not

    def begin(self) -> None:
        """Show the article as the article view has it: text, caret, selection, current passage."""
        self._in_use = True
        self._show_article()
        self.show()

    def end(self) -> None:
        """Show nothing; the article view has everything already."""
        self._in_use = False
        self.hide()
        self.text.show_text("")

    def set_theme(self, theme: Theme) -> None:
        """Show the current passage in the colours of another theme."""
        self._theme = theme
        self._show_strong()

    def set_font_family(self, family: str) -> None:
        """Show the text in another typeface."""
        self._family = family
        self._retype()

    def place_below(self, offset: int) -> QPoint:
        """Return the point of the screen under the caret when it is at ``offset``, else the middle of the text."""
        here = self.text.cursorRect().bottomLeft()
        area = self.text.viewport()
        return area.mapToGlobal(here if self.text.caret() == offset else area.rect().center())

    # -- from the article view

    def _show_article(self) -> None:
        if not self._in_use:
            return
        article, text = self._state.article, self._state.text
        self.text.show_text(text.text if text is not None else "")
        about = (article.title, article.outlet, article.byline, article.published_at) if article is not None else ()
        self.text.setAccessibleDescription(", ".join(filter(None, about)))
        self._follow_caret()

    def _follow_caret(self) -> None:
        if self._in_use:
            selected, caret = self._view.selected_span(), self._view.caret()
            anchor = caret if selected is None else selected.start + selected.end - caret
            self.text.put_caret(caret, anchor)
            self.show_passages()

    def _follow_found(self) -> None:
        hit = self._hit()
        if self._in_use and hit is not None:
            self.text.show_place(hit.start, hit.end)
        elif self._in_use:
            self.text.ensureCursorVisible()
        self._show_strong()

    def _retype(self) -> None:
        points = QFontInfo(self.font()).pointSizeF() * self._view.zoom() / 100
        self.text.set_family(self._family, points * _READING_SIZE)
        self.text.set_measure(self._view.page.type.setting.characters)

    # -- to the article view

    def _take_caret(self, caret: int, anchor: int) -> None:
        page = self._view.page
        self._view.choose(None)
        self._view.put_selection(movement.snapped(page, caret), movement.snapped(page, anchor))

    # -- the passages

    def show_passages(self) -> None:
        """List the passages at the caret, or those that the selection touches."""
        if not self._in_use:
            return
        here = self._here()
        self.passages.show_rows(here, self._state.current)
        some = plural_text("ReadingView", "One passage here", "{0} passages here", len(here))
        self._heading.setText(some if here else self.tr("No passage here"))
        self._show_strong()

    def _here(self) -> list[str]:
        """Return the ids of the passages at the caret, the innermost first; just behind one it is at it as well."""
        view, selected, caret = self._view, self._view.selected_span(), self._view.caret()
        if selected is not None:
            here = [mark.id for mark in view.marks.inside_out(selected.start, selected.end)]
        else:
            here = view.annotations_at(caret) or view.annotations_at(caret - 1)
        current = view.current()
        return here if current is None or current in here else [current, *here]

    def _hit(self) -> Span | None:
        """Return the hit of the search that is looked at."""
        shown = self._view.state
        return shown.hits[shown.hit] if 0 <= shown.hit < len(shown.hits) else None

    def _show_strong(self) -> None:
        """Show the current passage and the hit that is looked at."""
        if not self._in_use:
            return
        strong: list[tuple[Span, QTextEdit.ExtraSelection]] = []
        mark = self._view.marks.by_id.get(self._state.current or "")
        length = len(self._state.text.text) if self._state.text is not None else 0
        if mark is not None and mark.end <= length:
            tag = self._state.tag(mark.tag_id)
            colour = self._theme.tag_colour(tag.colour if tag else "")
            ground = self._theme.tag_tint(tag.colour if tag else "", READING_TINT)
            strong.append((Span(mark.start, mark.end), _strong(ground, underline=colour)))
        hit = self._hit()
        if hit is not None and hit.end <= length:
            strong.append((hit, _strong(self._theme.colour("found"))))
        self.text.show_strong(strong)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Moving the ends of a passage, and Esc, are keys of the article view's."""
        ends = self._view.ends
        if event.type() == QEvent.Type.FocusOut and ends.by_keys:
            ends.keep()
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and ends.by_keys and Qt.Key(event.key()) in OURS:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if ends.by_keys and ends.press(event):
                self._show_moved(at_start=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._escape()
                return True
        return super().eventFilter(watched, event)

    def _show_moved(self, *, at_start: bool) -> None:
        """Show the ends of the current passage where the keys have put them, and tell of the one that moved."""
        self._show_strong()
        mark = self._view.marks.by_id.get(self._view.current() or "")
        if mark is not None and self._view.ends.by_keys:
            words = self._view.page.text[mark.start : mark.end].split()
            self.end_tried.emit(" ".join(words[:_AT_AN_END] if at_start else words[-_AT_AN_END:]))

    def _escape(self) -> None:
        """Give up what is selected, else what is current; with neither, the reading view."""
        if self._view.selected_span() is not None:
            self._view.clear_selection()
        elif self._view.current() is not None:
            self._view.choose(None)
        else:
            self.left.emit()


def _strong(ground: QColor, *, underline: QColor | None = None) -> QTextEdit.ExtraSelection:
    shown = QTextCharFormat()
    shown.setBackground(ground)
    if underline is not None:
        shown.setFontUnderline(True)
        shown.setUnderlineColor(underline)
    selection = QTextEdit.ExtraSelection()
    selection.format = shown
    return selection
