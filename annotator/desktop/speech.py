"""What a screen reader is told of that no widget with the focus shows: changes, the current passage, what was found.

Messages of the message bar are spoken by itself: a new tag, a deletion, an undo and a failure come with one.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.desktop.actions import ActionId
from annotator.desktop.article_area import ArticleArea
from annotator.desktop.bus import ProjectBus
from annotator.desktop.models.state import ProjectState
from annotator.desktop.plurals import plural_text
from annotator.desktop.reading_view.passage_words import beginning, passage_words, tag_word
from annotator.desktop.sentences import told
from annotator.desktop.widgets.announcing import announce, is_heard
from annotator.desktop.words import relation_text, role_text
from annotator.domain.annotations import Annotation, AnnotationPerson
from annotator.domain.changes import ChangeSet, Edit
from annotator.domain.relations import Relation


class Speech(QObject):
    """Listens to the change sets and to what is current, found and shown; does nothing while nobody hears it."""

    def __init__(self, state: ProjectState, bus: ProjectBus, area: ArticleArea) -> None:
        super().__init__(area)
        self._state = state
        self._area = area
        self._shown: int | None = None
        bus.changed.connect(self._say_change)
        state.current_changed.connect(self._say_current)
        area.view.found_changed.connect(lambda _at, _of: self._say_found())
        area.view.moving_ends_changed.connect(self._say_moving)
        area.reading.end_tried.connect(self._say)
        area.filter_bar.applied.connect(self._say_shown)
        area.reading_changed.connect(self._say_reading)

    def _say(self, text: str) -> None:
        announce(self._area.reader, text)

    def _say_change(self, change: ChangeSet) -> None:
        if not is_heard() or change.undoes_id is not None:
            return
        said = [said for edit in change.edits for said in self._words_of(edit)]
        if len(said) > _MOST:
            said = [told(change.label)]
        self._say(". ".join(said))

    def _words_of(self, edit: Edit) -> list[str]:
        entity = edit.entity
        if isinstance(entity, Relation):
            return self._words_of_relation(edit, entity)
        if isinstance(entity, Annotation) and not entity.deleted:
            if edit.before is None:
                tagged = self.tr("Tagged as {0}").format(tag_word(self._state, entity.tag_id))
                return [f"{tagged}: {beginning(entity.quote)}"]
            if isinstance(edit.before, Annotation):
                return self._words_of_people(edit.before.people, entity.people)
        return []

    def _words_of_people(self, before: tuple[AnnotationPerson, ...], now: tuple[AnnotationPerson, ...]) -> list[str]:
        were, are = ({(entry.role, entry.person_id) for entry in people} for people in (before, now))
        said = []
        for pattern, changed in ((self.tr("{0} added: {1}"), are - were), (self.tr("{0} removed: {1}"), were - are)):
            for role, person_id in sorted(changed):
                person = self._state.person(person_id)
                said.append(pattern.format(role_text(role), person.name if person is not None else "–"))
        return said

    def _words_of_relation(self, edit: Edit, relation: Relation) -> list[str]:
        words = f"{relation_text(relation.kind, outgoing=True)} {beginning(self._state.quote(relation.target_id))}"
        if relation.deleted:
            return [self.tr("Relation removed: {0}").format(words)]
        return [self.tr("Relation made: {0}").format(words)] if edit.before is None else []

    def _say_current(self, annotation_id: str | None) -> None:
        """Say which passage was chosen; one that is being made is told of when it has been written."""
        mark = self._state.marks.get(annotation_id or "")
        if mark is not None and mark.id not in self._state.ahead and is_heard():
            self._say(passage_words(self._state, self._area.view, mark))

    def _say_found(self) -> None:
        """Say what the find bar shows, not before the whole article has been searched."""
        if self._area.find_bar.isVisible() and not self._area.view.finder.searching:
            self._say(self._area.find_bar.count())

    def _say_shown(self, shown: int) -> None:
        if shown == self._shown:
            return
        self._shown = shown
        self._say(plural_text("Speech", "One passage shown", "{0} passages shown", shown))

    def _say_moving(self, on: bool) -> None:
        if on:
            self._say(
                self.tr("Left and Right move the end, with Shift the start; Enter keeps them, Esc puts them back.")
            )

    def _say_reading(self, on: bool) -> None:
        key = self._area.key_text(ActionId.VIEW_READING)
        text = self.tr("Article view. {0} opens the reading view.").format(key)
        self._say(self.tr("Reading view") if on else text)


_MOST = 3
"""Parts of one change that are told one by one; of a larger one its label is."""
