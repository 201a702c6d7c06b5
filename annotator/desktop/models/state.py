"""What the window shows of a project: loaded once through the jobs, then kept up by change sets.

Views read the dictionaries here and never the database. A change set refreshes the entities that it names and nothing
else, so that an edit costs the same in a project of ten passages and of ten thousand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from annotator.desktop.models.registers import Registers, after
from annotator.domain.annotations import Annotation, Role
from annotator.domain.articles import Article, TextVersion
from annotator.domain.changes import Edit
from annotator.domain.marks import Mark, MarkLabel
from annotator.domain.passages import RECOGNISED_BY
from annotator.domain.relations import Relation

if TYPE_CHECKING:
    from annotator.desktop.bus import ProjectBus
    from annotator.desktop.jobs import Jobs
    from annotator.services.on_screen import ArticleOnScreen
    from annotator.services.project import Project

MANY = 200
"""From so many touched marks on, the view is given all marks anew instead of one after the other."""


class ProjectState(Registers):
    """The registers of a project, its open article, and the current passage.

    ``marks``, ``labels`` and ``relations`` are those of the open article (relations: with at least one end in it), by
    id. ``annotation`` is the current passage as an entity, None while it is being read. ``ahead`` holds the ids of
    marks that are shown as they will be once they are written.
    """

    article_opened = Signal(str)
    article_closed = Signal()
    article_edited = Signal()
    """The open article's own fields or the blocks of its text changed."""
    marks_changed = Signal()
    marks_touched = Signal(object, object)
    """Some marks were put (a tuple of Mark) and some removed (a tuple of ids); cheaper than ``marks_changed``."""
    labels_changed = Signal(object)
    """The labels of these annotations changed (a tuple of ids)."""
    relations_changed = Signal()
    current_changed = Signal(object)
    current_loaded = Signal(object)

    def __init__(self, project: Project, jobs: Jobs, bus: ProjectBus, parent: QObject | None = None) -> None:
        super().__init__(project, jobs, bus, parent)
        self.article: Article | None = None
        self.text: TextVersion | None = None
        self.marks: dict[str, Mark] = {}
        self.labels: dict[str, MarkLabel] = {}
        self.relations: dict[str, Relation] = {}
        self.ahead: set[str] = set()
        self.older = False
        """Whether passages of the open article lay on texts with other words when it was read."""
        self.current: str | None = None
        self.annotation: Annotation | None = None
        self._appliers[TextVersion.TYPE] = self._apply_texts
        self._appliers[Relation.TYPE] = self._apply_relations

    def open_article(self, article_id: str, *, current: str | None = None) -> None:
        """Read an article with its marks, then emit ``article_opened``; ``current``: the passage to choose then."""
        self.jobs.read(
            lambda: self.project.on_screen.article(article_id),
            done=lambda read: self._take_article(read, current),
            key="article",
        )

    def close_article(self) -> None:
        """Show no article."""
        self.set_current(None)
        self.article = self.text = None
        self.marks, self.labels, self.relations = {}, {}, {}
        self.ahead.clear()
        self.article_closed.emit()

    def set_current(self, annotation_id: str | None) -> None:
        """Choose the current passage; ``current_changed`` comes at once, ``current_loaded`` when it has been read."""
        if annotation_id == self.current:
            return
        self.current, self.annotation = annotation_id, None
        self.current_changed.emit(annotation_id)
        if annotation_id is None:
            self.current_loaded.emit(None)
        else:
            self.jobs.read(
                lambda: self.project.annotations.get(annotation_id),
                done=self._take_current,
                failed=self._current_is_gone,
                key="current",
            )

    def go_to(self, annotation_id: str) -> None:
        """Choose a passage wherever it is, opening its article when it is another one."""
        if annotation_id in self.marks:
            self.set_current(annotation_id)
            return
        self.jobs.read(
            lambda: self.project.annotations.get(annotation_id),
            done=lambda found: self.open_article(found.article_id, current=found.id),
            key="go to",
        )

    def show_ahead(self, mark: Mark, label: MarkLabel | None = None) -> None:
        """Show a mark as it will be once it is written; the change set confirms it."""
        self.ahead.add(mark.id)
        self.marks[mark.id] = mark
        if label is not None:
            self.labels[mark.id] = label
        self.marks_touched.emit((mark,), ())

    def show_fields_ahead(self, **fields: Any) -> None:  # noqa: ANN401  (the fields of an annotation)
        """Show the current passage with these fields, as it will be once they are written."""
        if self.annotation is not None:
            self.annotation = replace(self.annotation, **fields)
            self.current_loaded.emit(self.annotation)

    def hide_ahead(self, annotation_id: str) -> None:
        """Take a mark away that is being deleted; the change set confirms it."""
        if annotation_id == self.current:
            self.set_current(None)
        self._remove(annotation_id)
        self.marks_touched.emit((), (annotation_id,))

    def show_stored(self, annotation_id: str) -> None:
        """Show a mark as it is in the database: what was shown ahead could not be written."""
        self.jobs.read(
            lambda: self.project.annotations.get(annotation_id),
            done=self._take_stored,
            failed=lambda _error: self._nothing_stored(annotation_id),
        )

    def quote(self, annotation_id: str) -> str:
        """Return the words of a passage of the open article, empty when it is not there.

        Of a long one where they begin: hundreds may be told of at once that each span the article.
        """
        mark = self.marks.get(annotation_id)
        if mark is None or self.text is None:
            return ""
        words = self.text.text[mark.start : min(mark.end, mark.start + RECOGNISED_BY)]
        return words if mark.end - mark.start <= RECOGNISED_BY else f"{words}…"

    def relations_of(self, annotation_id: str) -> tuple[list[Relation], list[Relation]]:
        """Return the relations that start at and those that point to a passage of the open article."""
        relations = self.relations.values()
        return (
            [relation for relation in relations if relation.source_id == annotation_id],
            [relation for relation in relations if relation.target_id == annotation_id],
        )

    def label_of(self, annotation: Annotation) -> MarkLabel:
        """Return what stands beside a passage."""
        people = [(entry.role, self.person(entry.person_id)) for entry in annotation.people]
        return MarkLabel(
            tuple(person.name for role, person in people if role is Role.SPEAKER and person),
            tuple(person.id for _, person in people if person),
        )

    def _take_article(self, read: ArticleOnScreen, current: str | None) -> None:
        self.set_current(None)
        shown = read.shown
        self.article, self.text = shown.article, shown.text
        self.marks = {mark.id: mark for mark in shown.marks}
        self.labels = dict(shown.labels)
        self.older = read.older
        self.relations = {relation.id: relation for relation in read.relations}
        self.ahead.clear()
        self.article_opened.emit(shown.article.id)
        if current is not None:
            self.set_current(current)

    def _take_current(self, annotation: Annotation) -> None:
        if annotation.id == self.current:
            self.annotation = annotation
            self.current_loaded.emit(annotation)

    def _current_is_gone(self, _error: Exception) -> bool:
        """Choose nothing: what was chosen could not be written or has been deleted since."""
        self.set_current(None)
        return True

    def _take_stored(self, annotation: Annotation) -> None:
        self.ahead.discard(annotation.id)
        if self.text is not None and annotation.text_id == self.text.id:
            self._show_edits((annotation,))
        elif annotation.id in self.marks:
            self._remove(annotation.id)  # it lies on an older text and has no certain place in this one
            self.marks_touched.emit((), (annotation.id,))

    def _nothing_stored(self, annotation_id: str) -> bool:
        self.hide_ahead(annotation_id)
        return True

    def _take_labels(self, labels: Mapping[str, MarkLabel]) -> None:
        changed = tuple(id_ for id_, label in labels.items() if id_ in self.marks and self.labels.get(id_) != label)
        self.labels.update((id_, labels[id_]) for id_ in changed)
        if changed:
            self.labels_changed.emit(changed)

    def _apply_people(self, edits: tuple[Edit, ...]) -> None:
        super()._apply_people(edits)
        if self.article is not None and any(edit.before is not None for edit in edits):
            article_id = self.article.id
            self.jobs.read(lambda: self.project.annotations.labels(article_id), done=self._take_labels, key="labels")

    def _apply_articles(self, edits: tuple[Edit, ...]) -> None:
        super()._apply_articles(edits)
        for article in after(Article, edits):
            if self.article is None or article.id != self.article.id:
                continue
            if article.id not in self.articles:
                self.close_article()
            elif self.text is not None and article.current_text_id != self.text.id:
                self.open_article(article.id)
            else:
                self.article = article
                self.article_edited.emit()

    def _apply_texts(self, edits: tuple[Edit, ...]) -> None:
        for text in after(TextVersion, edits):
            if self.text is not None and text.id == self.text.id:
                self.text = replace(self.text, blocks=text.blocks, version=text.version, revision=text.revision)
                self.article_edited.emit()

    def _apply_annotations(self, edits: tuple[Edit, ...]) -> None:
        super()._apply_annotations(edits)
        self._show_edits(after(Annotation, edits))

    def _show_edits(self, annotations: Sequence[Annotation]) -> None:
        put: dict[str, Mark] = {}
        removed: list[str] = []
        for annotation in annotations:
            if self.article is None or self.text is None:
                break
            if annotation.id not in self.marks and annotation.article_id != self.article.id:
                continue
            if annotation.text_id != self.text.id and not annotation.deleted:
                self.show_stored(annotation.id)  # it was made on an equal or an older text: the service places it
                continue
            if annotation.deleted or annotation.session_id is not None:
                self._remove(annotation.id)
                removed.append(annotation.id)
            else:
                put[annotation.id] = self._mark(annotation)
                self.labels[annotation.id] = self.label_of(annotation)
        if len(put) + len(removed) > MANY:
            self.marks_changed.emit()
        elif put or removed:
            self.marks_touched.emit(tuple(put.values()), tuple(removed))
        for annotation in annotations:
            self._refresh_current(annotation)

    def _mark(self, annotation: Annotation) -> Mark:
        """Take the mark of a written annotation, unless a later edit of it is shown already."""
        mark = mark_of(annotation)
        if annotation.id in self.ahead:
            shown = self.marks.get(annotation.id, mark)
            if shown != mark:
                return shown
            self.ahead.discard(annotation.id)
        self.marks[annotation.id] = mark
        return mark

    def _remove(self, annotation_id: str) -> None:
        self.ahead.discard(annotation_id)
        self.marks.pop(annotation_id, None)
        self.labels.pop(annotation_id, None)

    def _refresh_current(self, annotation: Annotation) -> None:
        if annotation.id != self.current:
            return
        if annotation.deleted:
            self.set_current(None)
        else:
            self.annotation = annotation
            self.current_loaded.emit(annotation)

    def _apply_relations(self, edits: tuple[Edit, ...]) -> None:
        for relation in after(Relation, edits):
            here = relation.source_id in self.marks or relation.target_id in self.marks
            if relation.deleted or relation.session_id is not None or not here:
                self.relations.pop(relation.id, None)
            else:
                self.relations[relation.id] = relation
        self.relations_changed.emit()


def mark_of(annotation: Annotation) -> Mark:
    """Return what the article view needs of an annotation."""
    return Mark(annotation.id, annotation.start, annotation.end, annotation.tag_id, annotation.analyst_id)
