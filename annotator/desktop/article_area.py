"""The middle of the window: the article with everything that an analyst does in it.

Builds the view, the bars over it and the strips under it, and connects them with the commands and the actions. The
main window only places it (and the inspector that belongs to it).
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.annotating.binding import ArticleBinding
from annotator.desktop.annotating.commands import Annotating
from annotator.desktop.annotating.passage_menu import passage_menu
from annotator.desktop.annotating.people import PassagePeople
from annotator.desktop.annotating.writes import AnnotationWrites
from annotator.desktop.article_picture import ArticlePicture
from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.desktop.panels.filter_bar import FilterBar
from annotator.desktop.panels.find_bar import FindBar
from annotator.desktop.panels.go_bar import GoBar
from annotator.desktop.panels.inspector import Inspector
from annotator.desktop.panels.passages_here import PassagesHere
from annotator.desktop.panels.people_line import PeopleLine
from annotator.desktop.panels.relation_line import RelationLine
from annotator.desktop.panels.selection_bar import SelectionBar
from annotator.desktop.reading_places import ReadingPlaces
from annotator.desktop.reading_view import ReadingView
from annotator.desktop.theme import LIGHT
from annotator.desktop.widgets.letter_menu import LetterMenu, with_mnemonics
from annotator.desktop.words import attribution_text
from annotator.domain.annotations import Attribution
from annotator.domain.codebook import Tag

_LEAST_FOR_RULES = 420
"""Logical pixels of height below which the text needs the room more than a rule does."""
_LEAST_FOR_BARS = 320
"""Logical pixels of height below which an open line and the text need the room more than the bars over it do."""
_ROWS, _ROWS_WHERE_LOW = 6, 2
"""Rows of a line's list that are shown without scrolling, and in a low window."""

Say = Callable[[str, bool], object]
"""Shows a message; True puts Undo beside it."""


class ArticleArea(QWidget):
    """The article view with its bars and strips. ``inspector`` is made here and placed by the window."""

    note_requested = Signal()
    """The inspector is to be shown, with the caret in the note."""
    reading_changed = Signal(bool)
    """The article is shown in the reading view from now on, or in the article view."""

    def __init__(
        self,
        state: ProjectState,
        actions: Actions,
        *,
        say: Say,
        rules_shown: Callable[[], bool],
        parent: QWidget | None = None,
        view: ArticleView | None = None,
        glanced: ArticlePicture | None = None,
    ) -> None:
        """``view``: one that shows the picture ``glanced`` already; a new one when None."""
        super().__init__(parent)
        self._state = state
        self._actions = actions
        self._rules_shown = rules_shown
        self.view = view or ArticleView(self)
        self.writes = AnnotationWrites(state, self)
        self.annotating = Annotating(state, self.view, self.writes, actions, self)
        self.inspector = Inspector(state, self.annotating, self.writes, actions)
        self._bars = QWidget(self)
        self.filter_bar = FilterBar(state, self.view, self)
        self.find_bar = FindBar(self.view, actions, self)
        self.go_bar = GoBar(self.view, self)
        self.passages_here = PassagesHere(state, self.view, self)
        self.people_line = PeopleLine(PassagePeople(state, self.writes, self), self)
        self.relation_line = RelationLine(state, self.view, self.writes, self)
        self.selection_bar = SelectionBar(state, self.view)
        self.places = ReadingPlaces()
        self._binding = ArticleBinding(state, self.view, self.places, self, glanced=glanced)
        self.reading = ReadingView(state, self.view, LIGHT, self)
        self._lay_out()
        self._connect(say)
        self._connect_actions()
        self._tell_keys()
        actions.keys_changed.connect(self._tell_keys)

    def key_text(self, id_: ActionId) -> str:
        """Return the key that an action has at present."""
        return self._actions.key_text(id_)

    def _tell_keys(self) -> None:
        self.view.tell_reading_key(self.key_text(ActionId.VIEW_READING))

    def close_project(self) -> None:
        """Save what is being typed and let go of the project."""
        self._binding.note_place()
        self.inspector.fields.flush()
        self.writes.close()

    def add_bar(self, bar: QWidget) -> None:
        """Put a further bar over the others."""
        layout = self._bars.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, bar)

    def focus_text(self) -> None:
        """Give the focus to the text, closing the line that is open."""
        for strip in (self.people_line, self.relation_line):
            strip.end()
        self.passages_here.put_away()
        self._focus_view()

    @property
    def text_widgets(self) -> tuple[QWidget, ...]:
        """The widgets in which letters act on the article."""
        return (self.view, self.reading.text, self.reading.passages)

    @property
    def reader(self) -> QWidget:
        """The widget that shows the text: the article view, or the stock one of the reading view."""
        return self.reading.text if self.is_reading else self.view

    @property
    def is_reading(self) -> bool:
        """Whether the article is shown in the reading view."""
        return not self.reading.isHidden()

    def set_reading(self, on: bool) -> None:
        """Show the article in the reading view, or in the article view again, with the same caret and selection."""
        if on == self.is_reading:
            return
        focused = any(widget.hasFocus() for widget in self.text_widgets)
        self.view.setHidden(on)
        if on:
            self.reading.begin()
        else:
            self.reading.end()
            self._show_caret()
        self.setFocusProxy(self.reader)
        if focused:
            self._focus_view()
        self._make_room()
        self.reading_changed.emit(on)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bars = QVBoxLayout(self._bars)
        bars.setContentsMargins(0, 0, 0, 0)
        bars.setSpacing(0)
        for bar in (self.filter_bar, self.find_bar, self.go_bar):
            bars.addWidget(bar)
        layout.addWidget(self._bars)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.reading, 1)
        for strip in (self.passages_here, self.people_line, self.relation_line):
            layout.addWidget(strip)
        self.setFocusProxy(self.view)

    def _connect(self, say: Say) -> None:
        annotating, view = self.annotating, self.view
        annotating.notice.connect(say)
        annotating.tagged.connect(self._open_people_of_new)
        annotating.people_requested.connect(self._open_people)
        annotating.relation_requested.connect(self._open_relation)
        annotating.attribution_requested.connect(self._offer_attributions)
        annotating.note_requested.connect(self.note_requested)
        self.inspector.people_requested.connect(self._open_people)
        self.inspector.relation_requested.connect(self._open_relation)
        view.ends_moved.connect(annotating.take_ends)
        view.context_menu_requested.connect(self._show_menu)
        self.selection_bar.tag_requested.connect(annotating.tag)
        self.selection_bar.same_again_requested.connect(annotating.same_again)
        for bar in (self.filter_bar, self.find_bar, self.go_bar):
            bar.closed.connect(self._focus_view)
        for strip in (self.people_line, self.relation_line):
            strip.ended.connect(self._make_room)
            strip.ended.connect(self._focus_view)
            strip.resized.connect(self._make_room)
            strip.resized.connect(self._keep_in_sight)
        self.filter_bar.applied.connect(lambda _shown: self.reading.show_passages())
        self.reading.left.connect(lambda: self.set_reading(False))
        self._state.current_changed.connect(self._follow_current)
        self._state.article_opened.connect(self._focus_view)

    def _connect_actions(self) -> None:
        annotating, view = self.annotating, self.view
        slots: dict[ActionId, Callable[[], object]] = {
            ActionId.EDIT_FIND: self.find_bar.begin,
            ActionId.EDIT_FIND_NEXT: lambda: self.find_bar.go_on(1),
            ActionId.EDIT_FIND_PREVIOUS: lambda: self.find_bar.go_on(-1),
            ActionId.EDIT_GO_TO: self.go_bar.begin,
            ActionId.EDIT_COPY: view.copy,
            ActionId.VIEW_FILTER: self._toggle_filter,
            ActionId.SELECTION_GROW: view.grow_selection,
            ActionId.SELECTION_SHRINK: view.shrink_selection,
            ActionId.ANNOTATION_SAME_AGAIN: annotating.same_again,
            ActionId.ANNOTATION_PEOPLE: annotating.ask_people,
            ActionId.ANNOTATION_LINK: annotating.ask_relation,
            ActionId.ANNOTATION_MOVE_ENDS: annotating.move_ends,
            ActionId.ANNOTATION_ATTRIBUTION: annotating.ask_attribution,
            ActionId.ANNOTATION_NOTE: annotating.ask_note,
            ActionId.ANNOTATION_UNSURE: annotating.toggle_unsure,
            ActionId.ANNOTATION_NEXT: lambda: self._step(1),
            ActionId.ANNOTATION_PREVIOUS: lambda: self._step(-1),
            ActionId.ANNOTATION_CYCLE: view.cycle,
            ActionId.ANNOTATION_DELETE: annotating.delete,
        }
        for id_, slot in slots.items():
            self._actions.on(id_, slot)
        self._actions.tag_requested.connect(self._tag)
        for reader in (view, self.reading):
            self._actions.use_article_view(reader)

    def _tag(self, tag_id: str, second: bool) -> None:
        (self.annotating.tag_again if second else self.annotating.tag)(tag_id)
        tag = self._state.tag(tag_id)
        if tag is not None and self.people_line.is_open and not self.people_line.rule.isHidden():
            self.people_line.rule.setText(rule_text(tag))  # the passage that is being named has another tag now

    def _step(self, direction: int) -> None:
        """Choose the next (1) or previous (-1) passage, and say so where there is none: silence tells nothing."""
        before = self.view.current()
        self.view.next_mark(direction)
        if self.view.current() == before:
            further, back = self.tr("There is no passage further on."), self.tr("There is no passage before.")
            self.annotating.notice.emit(further if direction > 0 else back, False)

    # the lines ---------------------------------------------------------------

    def _make_room(self) -> None:
        """Leave the room below the text, and in a low window that above it, to the line that is open."""
        line_open = self.people_line.is_open or self.relation_line.is_open
        self.passages_here.set_quiet(self.is_reading or line_open)
        low = self.height() < _LEAST_FOR_BARS
        self._bars.setHidden(line_open and low)
        for strip in (self.people_line, self.relation_line):
            strip.choices.set_most(_ROWS_WHERE_LOW if low else _ROWS)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _open_people_of_new(self, annotation_id: str, copied: bool) -> None:
        """After tagging: show the tag's rule, and at the first tag of all what to type next."""
        mark = self._state.marks.get(annotation_id)
        tag = self._state.tag(mark.tag_id) if mark else None
        shown = tag is not None and self._rules_shown() and self.height() > _LEAST_FOR_RULES
        rule = rule_text(tag) if tag is not None and shown else ""
        first = not any(summary.mine for summary in self._state.articles.values())
        self.relation_line.end()
        self.people_line.open(annotation_id, rule=rule, first=first, proposing=not copied)

    def _open_people(self, annotation_id: str) -> None:
        self.relation_line.end()
        self.people_line.open(annotation_id)

    def _open_relation(self, annotation_id: str) -> None:
        self.people_line.end()
        self.relation_line.open(annotation_id)

    def _follow_current(self, annotation_id: str | None) -> None:
        """Another passage was chosen: by a click while one is being linked it is the other end, else lines close."""
        line = self.relation_line
        clicked = line.is_open and annotation_id not in (None, line.annotation_id) and self.reader.hasFocus()
        if clicked and annotation_id in self._state.marks:
            self.view.set_current(line.annotation_id, reveal=False)  # what was clicked stays where the eye is
            self._state.set_current(line.annotation_id)
            line.pick(annotation_id)
            return
        for strip in (self.people_line, self.relation_line):
            if strip.is_open and strip.annotation_id != annotation_id:
                strip.end()

    def _keep_in_sight(self) -> None:
        """The strip took room: let the layout settle, then scroll the passage out from behind nothing."""
        picked = self.relation_line.picked if self.relation_line.is_open else ""
        mark = self._state.marks.get(picked or self._state.current or "")
        layout = self.layout()
        if mark is not None and layout is not None:
            layout.activate()
            self.view.reveal(mark.start, mark.end)

    def _focus_view(self) -> None:
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_caret(self) -> None:
        """Scroll the article view, as large as it is now, to what is selected in it."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        selected, caret = self.view.selected_span(), self.view.caret()
        self.view.reveal(selected.start if selected else caret, selected.end if selected else caret)

    def _toggle_filter(self) -> None:
        if self.filter_bar.isHidden():
            self.filter_bar.begin()
        else:
            self.filter_bar.end()

    # menus -------------------------------------------------------------------

    def _offer_attributions(self, annotation_id: str) -> None:
        """Show how the passage may have been said as a menu at it; the underlined letter chooses."""
        menu = LetterMenu("attributionMenu", self)
        annotation = self._state.annotation
        texts = dict(zip(Attribution, with_mnemonics(map(attribution_text, Attribution)), strict=True))
        for attribution in Attribution:
            action = menu.addAction(texts[attribution])
            action.setCheckable(True)
            action.setChecked(annotation is not None and annotation.attribution is attribution)
            action.triggered.connect(
                lambda _checked=False, attribution=attribution: self.annotating.set_attribution(
                    annotation_id, attribution
                )
            )
        menu.addSeparator()
        menu.addAction(self.tr("&By the quotation marks"), lambda: self.annotating.derive_attribution(annotation_id))
        menu.popup(self._menu_place(annotation_id))

    def _menu_place(self, annotation_id: str) -> QPoint:
        """Return the point of the screen below the end of a passage, within the article."""
        mark, area = self._state.marks.get(annotation_id), self.view.viewport()
        if self.is_reading:
            return self.reading.place_below(mark.start if mark is not None else self.view.caret())
        point = self.view.point_below(mark.end) if mark is not None else area.rect().center()
        return area.mapToGlobal(QPoint(point.x(), max(0, min(point.y(), area.height()))))

    def _show_menu(self, where: QPoint) -> None:
        """The menu of the right mouse button: what lies there, the tags, and what can be done with the passage."""
        passage_menu(self._state, self.view, self._actions, self.annotating, self).popup(where)


def rule_text(tag: Tag) -> str:
    """Return a tag's decision rule with one example that fits and one that does not, as rich text."""
    yes = next((example.text for example in tag.examples if example.fits), "")
    no = next((example.text for example in tag.examples if not example.fits), "")
    parts = [f"<b>{escape(tag.name)}</b> {escape(tag.decision_rule or tag.description)}"]
    parts += [f"✓&nbsp;{escape(yes)}"] if yes else []
    parts += [f"✗&nbsp;{escape(no)}"] if no else []
    return " &nbsp; ".join(parts) if tag.decision_rule or yes or no else ""
