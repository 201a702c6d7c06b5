"""The people of a passage of one's own layer while they are being named, written with what else is written of it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from typing_extensions import override

from annotator.desktop.annotating.named_people import NamedPeople
from annotator.desktop.annotating.writes import AnnotationWrites
from annotator.desktop.models.state import ProjectState
from annotator.domain.annotations import Annotation, AnnotationPerson, Attribution, Role, Span
from annotator.domain.articles import Article, TextVersion
from annotator.services.people import NewPerson, PersonRef


class PassagePeople(NamedPeople):
    """Who is linked to one passage of the open article, as it will be once everything is written."""

    def __init__(self, state: ProjectState, writes: AnnotationWrites, parent: QObject | None = None) -> None:
        super().__init__(state, parent)
        self._writes = writes
        state.current_loaded.connect(self._take)
        state.article_opened.connect(self._forget_speaker)
        writes.saving_changed.connect(self._settle)

    @override
    def text(self) -> TextVersion | None:
        return self._state.text

    @override
    def article(self) -> Article | None:
        return self._state.article

    @override
    def open(self, annotation_id: str) -> None:
        if annotation_id == self.annotation_id and self._writes.saving(annotation_id):
            self.changed.emit()
            return
        self.annotation_id = annotation_id
        self.entries, self.own_voice = (), False
        annotation = self._state.annotation
        if annotation is not None and annotation.id == annotation_id:
            self._take(annotation)
        else:
            self.changed.emit()

    @override
    def _write_addition(self, annotation_id: str, entry: AnnotationPerson, person: NewPerson | None) -> None:
        add = self._state.project.annotations.add_person
        mention = None
        if entry.mention_start is not None and entry.mention_end is not None:
            mention = Span(entry.mention_start, entry.mention_end)
        who: PersonRef = person or entry.person_id
        self._writes.change(
            annotation_id, lambda version: add(annotation_id, who, entry.role, mention=mention, expected=version)
        )
        if entry.role is Role.SPEAKER:
            self._last_speaker = entry.person_id

    @override
    def _write_removal(self, annotation_id: str, entry: AnnotationPerson) -> None:
        remove = self._state.project.annotations.remove_person
        self._writes.change(
            annotation_id, lambda version: remove(annotation_id, entry.person_id, entry.role, expected=version)
        )

    @override
    def _write_people(self, annotation_id: str, people: tuple[AnnotationPerson, ...]) -> None:
        set_people = self._state.project.annotations.set_people
        self._writes.change(annotation_id, lambda version: set_people(annotation_id, people, expected=version))

    @override
    def _write_own_voice(self, annotation_id: str) -> None:
        self._writes.edit(annotation_id, attribution=Attribution.NARRATION)

    @override
    def _span(self) -> Span | None:
        mark = self._state.marks.get(self.annotation_id or "")
        return Span(mark.start, mark.end) if mark else None

    def _take(self, annotation: Annotation | None) -> None:
        """Take what is stored, unless writes that it does not know of are under way."""
        if annotation is None or annotation.id != self.annotation_id or self._writes.saving(annotation.id):
            return
        self.own_voice = annotation.attribution is Attribution.NARRATION and annotation.attribution_set
        self._show(annotation.people)

    def _settle(self, annotation_id: str, saving: bool) -> None:
        if not saving and annotation_id == self.annotation_id:
            self._take(self._state.annotation)

    def _forget_speaker(self) -> None:
        self._last_speaker = None
