"""What the window shows of a project: loaded once through the jobs, then kept up by change sets.

Views read the dictionaries here and never the database. A change set refreshes the entities that it names and nothing
else, so that an edit costs the same in a project of ten passages and of ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from annotator.desktop.models.counting import recount
from annotator.desktop.models.loading import LoadedArticle, LoadedProject, load_article, load_project
from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, Role
from annotator.domain.articles import Article, TextVersion
from annotator.domain.changes import ChangeSet, Edit
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.entity import Entity
from annotator.domain.marks import Mark, MarkLabel
from annotator.domain.merging import resolve
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.relations import Relation
from annotator.services.articles import ArticleSummary

if TYPE_CHECKING:
    from annotator.desktop.bus import ProjectBus
    from annotator.desktop.jobs import Jobs
    from annotator.services.project import Project

_E = TypeVar("_E", bound=Entity)

MANY = 200
"""From so many touched marks on, the view is given all marks anew instead of one after the other."""


class ProjectState(QObject):
    """The tags, people, points, analysts and articles of a project, the open article, and the current passage.

    ``marks``, ``labels`` and ``relations`` are those of the open article (relations: with at least one end in it), by
    id. ``annotation`` is the current passage as an entity, None while it is being read.
    """

    loaded = Signal()
    codebook_changed = Signal()
    people_changed = Signal()
    points_changed = Signal()
    analysts_changed = Signal()
    articles_changed = Signal()
    article_opened = Signal(str)
    article_closed = Signal()
    article_edited = Signal()
    marks_changed = Signal()
    marks_touched = Signal(object, object)
    """Some marks were put (a tuple of Mark) and some removed (a tuple of ids); cheaper than ``marks_changed``."""
    labels_changed = Signal(object)
    """The labels of these annotation ids changed (a tuple)."""
    relations_changed = Signal()
    current_changed = Signal(object)
    current_loaded = Signal(object)

    def __init__(self, project: Project, jobs: Jobs, bus: ProjectBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.jobs = jobs
        self.tags: dict[str, Tag] = {}
        self.people: dict[str, Person] = {}
        self.points: dict[str, Point] = {}
        self.analysts: dict[str, Analyst] = {}
        self.articles: dict[str, ArticleSummary] = {}
        self.article: Article | None = None
        self.text: TextVersion | None = None
        self.marks: dict[str, Mark] = {}
        self.labels: dict[str, MarkLabel] = {}
        self.relations: dict[str, Relation] = {}
        self.current: str | None = None
        self.annotation: Annotation | None = None
        self._appliers: dict[str, Callable[[tuple[Edit, ...]], None]] = {
            Tag.TYPE: self._apply_tags,
            Person.TYPE: self._apply_people,
            Point.TYPE: self._apply_points,
            Analyst.TYPE: self._apply_analysts,
            Article.TYPE: self._apply_articles,
            TextVersion.TYPE: self._apply_texts,
            Annotation.TYPE: self._apply_annotations,
            Relation.TYPE: self._apply_relations,
        }
        bus.changed.connect(self.apply)

    # reading -----------------------------------------------------------------

    def load(self) -> None:
        """Read the register, the codebook and the list of articles; ``loaded`` follows."""
        self.jobs.read(lambda: load_project(self.project), done=self._take_project, key="project")

    def open_article(self, article_id: str, *, current: str | None = None) -> None:
        """Read an article with its marks, then emit ``article_opened``; ``current``: the passage to choose then."""
        self.jobs.read(
            lambda: load_article(self.project, article_id),
            done=lambda loaded: self._take_article(loaded, current),
            key="article",
        )

    def close_article(self) -> None:
        """Show no article."""
        self.set_current(None)
        self.article = self.text = None
        self.marks, self.labels, self.relations = {}, {}, {}
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

    # asking ------------------------------------------------------------------

    @property
    def analyst_id(self) -> str | None:
        """The analyst who writes in this window, if anybody is named."""
        return self.project.analyst.id if self.project.analyst else None

    def tag(self, tag_id: str) -> Tag | None:
        """Return the tag that a link to ``tag_id`` means today (merged tags are followed)."""
        return self.tags.get(self._resolve(tag_id, self.tags))

    def person(self, person_id: str) -> Person | None:
        """Return the person that a link to ``person_id`` means today (merged people are followed)."""
        return self.people.get(self._resolve(person_id, self.people))

    def point(self, point_id: str) -> Point | None:
        """Return the point that a link to ``point_id`` means today (merged points are followed)."""
        return self.points.get(self._resolve(point_id, self.points))

    def tags_in_use(self) -> list[Tag]:
        """Return the tags that can be given, in the order of the codebook."""
        return [tag for tag in self.tags.values() if not tag.retired and tag.merged_into is None]

    def kind_of(self, tag_id: str) -> TagKind:
        """Return what a tag stands for; ``OTHER`` when the tag is not known."""
        tag = self.tag(tag_id)
        return tag.kind if tag else TagKind.OTHER

    def quote(self, annotation_id: str) -> str:
        """Return the words of a passage of the open article, empty when it is not there."""
        mark = self.marks.get(annotation_id)
        return self.text.text[mark.start : mark.end] if mark and self.text else ""

    def relations_of(self, annotation_id: str) -> tuple[list[Relation], list[Relation]]:
        """Return the relations that start at and that point to a passage of the open article."""
        relations = self.relations.values()
        return (
            [r for r in relations if r.source_id == annotation_id],
            [r for r in relations if r.target_id == annotation_id],
        )

    def label_of(self, annotation: Annotation) -> MarkLabel:
        """Return what stands beside a passage."""
        people = [(entry.role, self.person(entry.person_id)) for entry in annotation.people]
        return MarkLabel(
            tuple(person.name for role, person in people if role is Role.SPEAKER and person),
            tuple(person.id for _, person in people if person),
        )

    # taking what was read ----------------------------------------------------

    def _take_project(self, loaded: LoadedProject) -> None:
        self.tags = {tag.id: tag for tag in loaded.tags}
        self.people = {person.id: person for person in loaded.people}
        self.points = {point.id: point for point in loaded.points}
        self.analysts = {analyst.id: analyst for analyst in loaded.analysts}
        self.articles = {summary.article.id: summary for summary in loaded.articles}
        for signal in (
            self.codebook_changed,
            self.people_changed,
            self.points_changed,
            self.analysts_changed,
            self.articles_changed,
            self.loaded,
        ):
            signal.emit()

    def _take_article(self, loaded: LoadedArticle, current: str | None) -> None:
        self.set_current(None)
        self.article, self.text = loaded.article, loaded.text
        self.marks = {mark.id: mark for mark in loaded.marks}
        self.labels = dict(loaded.labels)
        self.relations = {relation.id: relation for relation in loaded.relations}
        self.article_opened.emit(loaded.article.id)
        if current is not None:
            self.set_current(current)

    def _take_current(self, annotation: Annotation) -> None:
        if annotation.id == self.current:
            self.annotation = None if annotation.deleted else annotation
            self.current_loaded.emit(self.annotation)

    def _current_is_gone(self, _error: Exception) -> bool:
        """Choose nothing: what was chosen could not be written or has been deleted since."""
        self.set_current(None)
        return True

    def _take_labels(self, labels: Mapping[str, MarkLabel]) -> None:
        changed = tuple(id_ for id_, label in labels.items() if id_ in self.marks and self.labels.get(id_) != label)
        self.labels.update((id_, labels[id_]) for id_ in changed)
        if changed:
            self.labels_changed.emit(changed)

    # change sets -------------------------------------------------------------

    def apply(self, change: ChangeSet) -> None:
        """Take in the new states that a change set names and tell the views what they concern."""
        for entity_type, applier in self._appliers.items():
            edits = tuple(edit for edit in change.edits if edit.entity.TYPE == entity_type)
            if edits:
                applier(edits)

    def _apply_tags(self, edits: tuple[Edit, ...]) -> None:
        _put(self.tags, edits)
        self.tags = {tag.id: tag for tag in sorted(self.tags.values(), key=lambda tag: (tag.position, tag.id))}
        self.codebook_changed.emit()

    def _apply_people(self, edits: tuple[Edit, ...]) -> None:
        _put(self.people, edits)
        self.people_changed.emit()
        known = [edit for edit in edits if edit.before is not None]
        if known and self.article is not None:
            article_id = self.article.id
            self.jobs.read(lambda: self.project.annotations.labels(article_id), done=self._take_labels, key="labels")

    def _apply_points(self, edits: tuple[Edit, ...]) -> None:
        _put(self.points, edits)
        self.points_changed.emit()

    def _apply_analysts(self, edits: tuple[Edit, ...]) -> None:
        _put(self.analysts, edits)
        self.analysts_changed.emit()

    def _apply_articles(self, edits: tuple[Edit, ...]) -> None:
        for article in _after(Article, edits):
            known = self.articles.get(article.id)
            if article.deleted or article.merged_into is not None:
                self.articles.pop(article.id, None)
            else:
                self.articles[article.id] = (
                    replace(known, article=article)
                    if known
                    else ArticleSummary(article=article, counts={}, total=0, mine=0)
                )
            if self.article is not None and article.id == self.article.id:
                self._open_article_changed(article)
        self.articles_changed.emit()

    def _open_article_changed(self, article: Article) -> None:
        if article.id not in self.articles:
            self.close_article()
        elif self.text is not None and article.current_text_id != self.text.id:
            self.open_article(article.id)
        else:
            self.article = article
            self.article_edited.emit()

    def _apply_texts(self, edits: tuple[Edit, ...]) -> None:
        for text in _after(TextVersion, edits):
            if self.text is not None and text.id == self.text.id:
                self.text = replace(self.text, blocks=text.blocks, version=text.version, revision=text.revision)
                self.article_edited.emit()

    def _apply_annotations(self, edits: tuple[Edit, ...]) -> None:
        put: dict[str, Mark] = {}
        removed: list[str] = []
        recount(self.articles, edits, self.kind_of, self.analyst_id)
        for annotation in _after(Annotation, edits):
            if self.text is None or annotation.text_id != self.text.id:
                continue
            if annotation.deleted or annotation.session_id is not None:
                self.marks.pop(annotation.id, None)
                self.labels.pop(annotation.id, None)
                removed.append(annotation.id)
            else:
                put[annotation.id] = self.marks[annotation.id] = mark_of(annotation)
                self.labels[annotation.id] = self.label_of(annotation)
        self.articles_changed.emit()
        self._tell_of_marks(tuple(put.values()), tuple(removed))
        for annotation in _after(Annotation, edits):
            self._refresh_current(annotation)

    def _tell_of_marks(self, put: tuple[Mark, ...], removed: tuple[str, ...]) -> None:
        if len(put) + len(removed) > MANY:
            self.marks_changed.emit()
        elif put or removed:
            self.marks_touched.emit(put, removed)

    def _refresh_current(self, annotation: Annotation) -> None:
        if annotation.id != self.current:
            return
        if annotation.deleted:
            self.set_current(None)
        else:
            self.annotation = annotation
            self.current_loaded.emit(annotation)

    def _apply_relations(self, edits: tuple[Edit, ...]) -> None:
        for relation in _after(Relation, edits):
            here = relation.source_id in self.marks or relation.target_id in self.marks
            if relation.deleted or relation.session_id is not None or not here:
                self.relations.pop(relation.id, None)
            else:
                self.relations[relation.id] = relation
        self.relations_changed.emit()

    @staticmethod
    def _resolve(id_: str, entities: Mapping[str, Tag] | Mapping[str, Person] | Mapping[str, Point]) -> str:
        entity = entities.get(id_)
        if entity is None or entity.merged_into is None:
            return id_
        return resolve(id_, {key: value.merged_into for key, value in entities.items() if value.merged_into})


def mark_of(annotation: Annotation) -> Mark:
    """Return what the article view needs of an annotation."""
    return Mark(annotation.id, annotation.start, annotation.end, annotation.tag_id, annotation.analyst_id)


def _put(entities: dict[str, _E], edits: Iterable[Edit]) -> None:
    for edit in edits:
        entity = cast("_E", edit.entity)
        if edit.after is None or entity.deleted:
            entities.pop(entity.id, None)
        else:
            entities[entity.id] = entity


def _after(cls: type[_E], edits: Iterable[Edit]) -> list[_E]:
    return [edit.entity for edit in edits if isinstance(edit.entity, cls)]
