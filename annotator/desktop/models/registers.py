"""What the window knows of the whole project: codebook, people, points, analysts and the list of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from annotator.desktop.models.counting import recount
from annotator.desktop.models.loading import LoadedProject, load_project
from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article
from annotator.domain.changes import ChangeSet, Edit
from annotator.domain.codebook import Tag, TagKind
from annotator.domain.entity import Entity
from annotator.domain.merging import resolve
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.visibility import changes_sight
from annotator.services.articles import ArticleSummary
from annotator.services.codebook import in_tree_order

if TYPE_CHECKING:
    from annotator.desktop.bus import ProjectBus
    from annotator.desktop.jobs import Jobs
    from annotator.services.project import Project

_E = TypeVar("_E", bound=Entity)


class Registers(QObject):
    """Everything that is shown of a project apart from its texts and passages, by id.

    ``tags`` hold retired ones too, in the order of the codebook. ``analyst`` writes in this window, None when nobody is
    named.
    """

    loaded = Signal()
    codebook_changed = Signal()
    people_changed = Signal()
    points_changed = Signal()
    analysts_changed = Signal()
    articles_changed = Signal()
    passages_changed = Signal(object)
    """Passages of these articles (a frozenset of ids) were made, edited or deleted."""
    sight_changed = Signal()
    """What may be seen has changed, by a session that was opened or revealed: everything is to be read anew."""

    def __init__(self, project: Project, jobs: Jobs, bus: ProjectBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.jobs = jobs
        self.analyst: Analyst | None = None
        self.tags: dict[str, Tag] = {}
        self.people: dict[str, Person] = {}
        self.points: dict[str, Point] = {}
        self.analysts: dict[str, Analyst] = {}
        self.articles: dict[str, ArticleSummary] = {}
        self._appliers: dict[str, Callable[[tuple[Edit, ...]], None]] = {
            Tag.TYPE: self._apply_tags,
            Person.TYPE: self._apply_people,
            Point.TYPE: self._apply_points,
            Analyst.TYPE: self._apply_analysts,
            Article.TYPE: self._apply_articles,
            Annotation.TYPE: self._apply_annotations,
        }
        bus.changed.connect(self.apply)

    def load(self) -> None:
        """Read who writes, the codebook, the registers and the list of articles; ``loaded`` follows."""
        self.jobs.read(lambda: load_project(self.project), done=self._take_project, key="project")

    def tag(self, tag_id: str) -> Tag | None:
        """Return the tag that a link to ``tag_id`` means today (merged tags are followed)."""
        return self.tags.get(_resolve(tag_id, self.tags))

    def person(self, person_id: str) -> Person | None:
        """Return the person that a link to ``person_id`` means today (merged people are followed)."""
        return self.people.get(_resolve(person_id, self.people))

    def point(self, point_id: str) -> Point | None:
        """Return the point that a link to ``point_id`` means today (merged points are followed)."""
        return self.points.get(_resolve(point_id, self.points))

    def tags_in_use(self) -> list[Tag]:
        """Return the tags that can be given, in the order of the codebook."""
        return [tag for tag in self.tags.values() if not tag.retired and tag.merged_into is None]

    def people_in_use(self) -> list[Person]:
        """Return the people that can be named, without those merged into another."""
        return [person for person in self.people.values() if person.merged_into is None]

    def kind_of(self, tag_id: str) -> TagKind:
        """Return what a tag stands for; ``OTHER`` when the tag is not known."""
        tag = self.tag(tag_id)
        return tag.kind if tag else TagKind.OTHER

    def apply(self, change: ChangeSet) -> None:
        """Take in the new states that a change set names and tell the views what they concern."""
        for entity_type, applier in self._appliers.items():
            edits = tuple(edit for edit in change.edits if edit.entity.TYPE == entity_type)
            if edits:
                applier(edits)
        if changes_sight(change):
            self.sight_changed.emit()

    def _take_project(self, read: LoadedProject) -> None:
        self.analyst = read.analyst
        self.tags = {tag.id: tag for tag in read.tags}
        self.people = {person.id: person for person in read.people}
        self.points = {point.id: point for point in read.points}
        self.analysts = {analyst.id: analyst for analyst in read.analysts}
        self.articles = {summary.article.id: summary for summary in read.articles}
        for signal in (
            self.codebook_changed,
            self.people_changed,
            self.points_changed,
            self.analysts_changed,
            self.articles_changed,
            self.loaded,
        ):
            signal.emit()

    def _apply_tags(self, edits: tuple[Edit, ...]) -> None:
        put(self.tags, edits)
        self.tags = {tag.id: tag for tag in in_tree_order(self.tags.values())}
        self.codebook_changed.emit()

    def _apply_people(self, edits: tuple[Edit, ...]) -> None:
        put(self.people, edits)
        self.people_changed.emit()

    def _apply_points(self, edits: tuple[Edit, ...]) -> None:
        put(self.points, edits)
        self.points_changed.emit()

    def _apply_analysts(self, edits: tuple[Edit, ...]) -> None:
        put(self.analysts, edits)
        if self.analyst is not None:
            self.analyst = self.analysts.get(self.analyst.id, self.analyst)
        self.analysts_changed.emit()

    def _apply_articles(self, edits: tuple[Edit, ...]) -> None:
        for article in after(Article, edits):
            known = self.articles.get(article.id)
            if article.deleted or article.merged_into is not None:
                self.articles.pop(article.id, None)
            elif known is None:
                self.articles[article.id] = ArticleSummary(article=article, counts={}, total=0, mine=0)
            else:
                self.articles[article.id] = replace(known, article=article)
        self.articles_changed.emit()

    def _apply_annotations(self, edits: tuple[Edit, ...]) -> None:
        recount(self.articles, edits, self.kind_of, self.analyst.id if self.analyst else None)
        self.articles_changed.emit()
        self.passages_changed.emit(frozenset(annotation.article_id for annotation in after(Annotation, edits)))


def _resolve(id_: str, entities: Mapping[str, Tag] | Mapping[str, Person] | Mapping[str, Point]) -> str:
    entity = entities.get(id_)
    if entity is None or entity.merged_into is None:
        return id_
    return resolve(id_, {key: value.merged_into for key, value in entities.items() if value.merged_into})


def put(entities: dict[str, _E], edits: Iterable[Edit]) -> None:
    """Bring a dictionary up to date with edits of its entities: those that are gone are taken out."""
    for edit in edits:
        entity = cast("_E", edit.entity)
        if edit.after is None or entity.deleted:
            entities.pop(entity.id, None)
        else:
            entities[entity.id] = entity


def after(cls: type[_E], edits: Iterable[Edit]) -> list[_E]:
    """Return the newest states among the edits that are of one type."""
    return [edit.entity for edit in edits if isinstance(edit.entity, cls)]
