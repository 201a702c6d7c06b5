"""The inspector: everything about the current passage, editable in place."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from annotator.desktop.actions import ActionId as A
from annotator.desktop.actions import Actions
from annotator.desktop.annotating.commands import Annotating
from annotator.desktop.annotating.people import PassagePeople
from annotator.desktop.annotating.writes import AnnotationWrites
from annotator.desktop.article_picture import in_sentence
from annotator.desktop.article_view import ARTICLE_FAMILY
from annotator.desktop.models.state import ProjectState
from annotator.desktop.moments import moment_text
from annotator.desktop.panels.inspector_fields import InspectorFields
from annotator.desktop.panels.inspector_links import InspectorLinks
from annotator.desktop.panels.inspector_section import Section
from annotator.desktop.panels.person_chips import PersonChips
from annotator.desktop.sentences import told
from annotator.desktop.widgets.sized_font import points_of
from annotator.domain.annotations import Annotation
from annotator.domain.passages import RECOGNISED_BY
from annotator.services.history import HistoryEntry

_QUOTE_SHOWN = 600
"""Code points of a quote that are shown; more of it is in the tool tip, the whole in the text."""
_ENTRIES_SHOWN = 8
_TAGS_TOLD = 3
"""Tags whose keys are told while no passage is chosen."""


class Inspector(QStackedWidget):
    """Shows the current passage of the state, or how to begin when there is none."""

    people_requested = Signal(str)
    relation_requested = Signal(str)

    def __init__(
        self,
        state: ProjectState,
        annotating: Annotating,
        writes: AnnotationWrites,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self._state = state
        self._annotating = annotating
        self._writes = writes
        self._actions = actions
        self._people = PassagePeople(state, writes, self)
        self._quote = QLabel(self)
        self._quote.setObjectName("inspectorQuote")
        self._quote.setWordWrap(True)
        self._quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        font = QFont(ARTICLE_FAMILY)
        font.setPointSizeF(points_of(self.font()) * 1.15)
        self._quote.setFont(font)
        self._saving = QLabel(self)
        self._saving.setObjectName("inspectorSaving")
        self._saving.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._chips = PersonChips(self._people, self)
        self.fields = InspectorFields(state, annotating, writes, self)
        self._links = InspectorLinks(state, writes, self)
        self._history = Section(self.tr("History"), self)
        self._people_section = Section(self.tr("People"), self)
        self._owner = QLabel(self)
        self._empty = _empty_page(self)
        self.addWidget(self._empty)
        self.addWidget(self._page())
        self._connect()
        self._say_keys()
        self._show(state.annotation)

    def focus_note(self) -> None:
        """Put the caret into the note."""
        self.fields.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _page(self) -> QScrollArea:
        self._add = self._people_section.add_button("inspectorAddPerson", self.tr("Add…"), "", self._ask_people)
        self._people_section.add(self._chips)
        self._chips.emptied.connect(self._add.setFocus)
        self.fields.top.addWidget(self._people_section)
        self.fields.top.addWidget(self._links)
        delete = QToolButton(self)
        delete.setObjectName("inspectorDelete")
        delete.setText(self.tr("Delete passage"))
        delete.setAutoRaise(True)
        delete.clicked.connect(self._annotating.delete)
        self._delete = delete
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        self._history.add_beside(self._saving)
        layout.addWidget(self._owner)
        layout.addWidget(self._quote)
        layout.addWidget(self.fields)
        layout.addWidget(self._history)
        layout.addWidget(delete, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setObjectName("inspectorScroll")
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _connect(self) -> None:
        self._state.current_changed.connect(self._leave)
        self._state.current_loaded.connect(self._show)
        self._state.codebook_changed.connect(self._show_again)
        self._state.codebook_changed.connect(self._say_keys)
        self._actions.keys_changed.connect(self._say_keys)
        self._state.people_changed.connect(self._show_again)
        self._writes.saving_changed.connect(self._tell_saving)
        self.fields.saving_changed.connect(self._tell_saving)
        self._links.add_requested.connect(self.relation_requested)
        self._links.jump_requested.connect(self._state.go_to)

    def _leave(self) -> None:
        """Save what is being typed before another passage is shown."""
        self.fields.flush()

    def _show_again(self) -> None:
        self._show(self._state.annotation)

    def _show(self, annotation: Annotation | None) -> None:
        if annotation is None:
            if self._state.current is None:
                self.setCurrentIndex(0)
            return
        own = self._state.analyst is not None and annotation.analyst_id == self._state.analyst.id
        editable = own and not self._state.project.read_only
        quote = annotation.quote
        self._quote.setText(_shortened(quote, _QUOTE_SHOWN))
        self._quote.setToolTip(_shortened(quote, RECOGNISED_BY) if len(quote) > _QUOTE_SHOWN else "")
        analyst = self._state.analysts.get(annotation.analyst_id)
        self._owner.setText("" if own or analyst is None else self.tr("By {0}, read only").format(analyst.name))
        self._owner.setVisible(bool(self._owner.text()))
        if self._people.annotation_id != annotation.id:
            self._people.open(annotation.id)
        self._chips.set_editable(editable)
        self._add.setEnabled(editable)
        self._delete.setEnabled(editable)
        self.fields.show_annotation(annotation, editable=editable)
        self._links.show_annotation(annotation, editable=editable)
        self.setCurrentIndex(1)
        self._tell_saving()
        history = self._state.project.history
        self._state.jobs.read(
            lambda: history.of(Annotation.TYPE, annotation.id), done=self._show_history, key="inspector history"
        )

    def _show_history(self, entries: list[HistoryEntry]) -> None:
        self._history.clear()
        for entry in entries[::-1][:_ENTRIES_SHOWN]:
            line = QLabel(self)
            line.setObjectName("historyLine")
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            what = told(entry.label) or self.tr("from a file")
            line.setText(f"{_when(entry.at)} · {entry.analyst_name or '–'} · {what}")
            line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            self._history.add(line)
        more = len(entries) - _ENTRIES_SHOWN
        if more > 0:
            self._history.add(QLabel(self.tr("and {0} older changes").format(more), self))

    def _tell_saving(self) -> None:
        current = self._state.current
        saving = self.fields.waiting() or (current is not None and self._writes.saving(current))
        self._saving.setText(self.tr("saving…") if saving else "")

    def _say_keys(self) -> None:
        """Say which keys do what while no passage is chosen; those of the first tags are as in the codebook."""
        tags = [tag for tag in self._state.tags_in_use() if tag.key][:_TAGS_TOLD]
        names = ", ".join(in_sentence(tag.name) for tag in tags)
        key = self._actions.key_text
        keys = [
            (key(A.SELECTION_GROW), self.tr("grow the selection")),
            (f"{key(A.ANNOTATION_NEXT)}  {key(A.ANNOTATION_PREVIOUS)}", self.tr("next and previous passage")),
            (key(A.ANNOTATION_PEOPLE), self.tr("name who said it")),
            (key(A.ANNOTATION_LINK), self.tr("link it to what it answers")),
            (key(A.HELP_KEYS), self.tr("all keys")),
        ]
        if tags:
            marks = self.tr("mark the selected words, or what is said at the caret, as {0}").format(escape(names))
            keys.insert(0, ("  ".join(tag.key for tag in tags), marks))
        keys = [(escape(shown), what) for shown, what in keys]
        rows = "".join(f"<tr><td><b>{shown}</b>&nbsp;&nbsp;</td><td>{what}</td></tr>" for shown, what in keys)
        heading = self.tr("<p>No passage is chosen: click one, or drag over words to mark them.</p><p>In the text:</p>")
        people = self.tr("Name people in the people line ({0})").format(key(A.ANNOTATION_PEOPLE))
        self._add.setToolTip(people)
        self._add.setAccessibleName(people)
        self._delete.setToolTip(
            self.tr("Delete this passage and its links ({0}); undo brings them back").format(key(A.ANNOTATION_DELETE))
        )
        self._links.tell_key(key(A.ANNOTATION_LINK))
        self.fields.tell_unsure_key(key(A.ANNOTATION_UNSURE))
        self._empty.setText(f"{heading}<table cellspacing='0' cellpadding='4'>{rows}</table>")

    def _ask_people(self) -> None:
        if self._state.current is not None:
            self.people_requested.emit(self._state.current)


def _empty_page(parent: QWidget) -> QLabel:
    page = QLabel(parent)
    page.setObjectName("inspectorEmpty")
    page.setWordWrap(True)
    page.setTextFormat(Qt.TextFormat.RichText)
    page.setAlignment(Qt.AlignmentFlag.AlignTop)
    page.setMargin(24)
    return page


def _shortened(quote: str, most: int) -> str:
    return quote if len(quote) <= most else quote[:most].rstrip() + "…"


def _when(at: str) -> str:
    """Return a moment (UTC) in the user's own time zone and notation, without the day when it is today."""
    return moment_text(QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime(), today=False)
