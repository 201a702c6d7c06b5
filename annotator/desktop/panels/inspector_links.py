"""The inspector's links: what the passage rebuts, supports, answers, what does so to it, and its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from annotator.desktop.annotating.writes import AnnotationWrites
from annotator.desktop.article_picture import in_sentence
from annotator.desktop.explanations import explain
from annotator.desktop.models.state import ProjectState
from annotator.desktop.panels.inspector_section import Section
from annotator.desktop.widgets.quote_button import QuoteButton
from annotator.desktop.words import relation_text, stance_text
from annotator.domain.annotations import Annotation, AnnotationPoint, Stance
from annotator.domain.link_order import LinkPlace, last_place, link_place
from annotator.domain.passages import RECOGNISED_BY
from annotator.domain.relations import Relation, RelationKind


class InspectorLinks(QWidget):
    """Shows the relations and points of the current passage; a click on one goes there."""

    add_requested = Signal(str)
    """Link the passage of this id to another one."""
    jump_requested = Signal(str)

    def __init__(self, state: ProjectState, writes: AnnotationWrites, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._writes = writes
        self._annotation: Annotation | None = None
        self._editable = False
        self._far: dict[str, Annotation] = {}
        """Passages of other articles at the other end, their quotes cut: until another article is opened."""
        self._relations = Section(self.tr("Answers and is answered by"), self)
        self._relations.setObjectName("inspectorRelations")
        self._add = self._relations.add_button("inspectorAddRelation", self.tr("Link…"), "", self._request)
        self._points = Section(self.tr("Points"), self)
        self._points.setObjectName("inspectorPoints")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._relations)
        layout.addWidget(self._points)
        state.article_opened.connect(lambda _id: self._far.clear())
        state.relations_changed.connect(self._refresh)
        state.points_changed.connect(self._refresh)
        state.labels_changed.connect(self._refresh)

    def tell_key(self, key: str) -> None:
        """Say on the button which key does the same."""
        tip = self.tr("Link to another passage or a point ({0})").format(key)
        self._add.setToolTip(tip)
        self._add.setAccessibleName(tip)

    def show_annotation(self, annotation: Annotation, *, editable: bool) -> None:
        """Show the links of a passage."""
        self._annotation, self._editable = annotation, editable
        self._add.setEnabled(editable)
        self._refresh()

    def _refresh(self) -> None:
        if self._annotation is None:
            return
        outgoing, incoming = self._state.relations_of(self._annotation.id)
        ends = [(r, r.target_id) for r in outgoing] + [(r, r.source_id) for r in incoming]
        self._look_up([other for _relation, other in ends])
        ends.sort(key=lambda end: self._place(*end))
        self._relations.clear()
        for relation, other in ends:
            outgoes = relation.source_id == self._annotation.id
            self._relations.add(self._relation_row(relation, other, outgoing=outgoes))
        self._points.clear()
        for point in self._annotation.points:
            self._points.add(self._point_row(point))
        self._points.setVisible(bool(self._annotation.points))

    def _look_up(self, ids: Sequence[str]) -> None:
        """Read the passages of other articles that are not known yet."""
        missing = [id_ for id_ in ids if id_ not in self._state.marks and id_ not in self._far]
        if missing:
            get_many = self._state.project.annotations.get_many
            self._state.jobs.read(lambda: get_many(missing), done=self._take_far, key="other ends")

    def _take_far(self, found: dict[str, Annotation]) -> None:
        self._far |= {id_: replace(passage, quote=passage.quote[:RECOGNISED_BY]) for id_, passage in found.items()}
        if found:
            self._refresh()

    def _place(self, relation: Relation, other: str) -> LinkPlace:
        """Return where a link stands among those of the passage; last while the passage at its other end is read."""
        here = self._annotation.id if self._annotation is not None else ""
        mark, far = self._state.marks.get(other), self._far.get(other)
        summary = self._state.articles.get(far.article_id) if far is not None else None
        if mark is not None:
            return link_place(relation, here, start=mark.start, end=mark.end)
        if far is None or summary is None:
            return last_place(relation, here)
        return link_place(relation, here, start=far.start, end=far.end, elsewhere=summary.article)

    def _relation_row(self, relation: Relation, other: str, *, outgoing: bool) -> QWidget:
        quote, who, colour = self._described(other)
        heading = " · ".join(p for p in (relation_text(relation.kind, outgoing=outgoing), who) if p)
        button = QuoteButton(heading, quote, colour)
        button.setObjectName(f"relation.{relation.id}")
        explain(button, f"relation.{relation.kind}")
        button.clicked.connect(partial(self.jump_requested.emit, other))
        own = self._state.analyst is not None and relation.analyst_id == self._state.analyst.id
        return _row(button, self._relation_menu(relation) if own else None, self.tr("Change or remove this link"))

    def _described(self, annotation_id: str) -> tuple[str, str, str]:
        """Return quote, "speaker, tag" and colour of a passage at the other end."""
        mark, far = self._state.marks.get(annotation_id), self._far.get(annotation_id)
        tag = self._state.tag(mark.tag_id if mark else far.tag_id if far else "")
        if mark is not None:
            label = self._state.labels.get(annotation_id)
            quote, speakers = self._state.quote(annotation_id), label.speakers if label else ()
        elif far is not None:
            quote, speakers = far.quote, self._state.label_of(far).speakers
        else:
            return "…", "", ""
        name = in_sentence(tag.name) if tag else ""
        elsewhere = "" if far is None else self._title(far.article_id)
        return quote, " · ".join(p for p in (", ".join(speakers), name, elsewhere) if p), tag.colour if tag else ""

    def _title(self, article_id: str) -> str:
        summary = self._state.articles.get(article_id)
        return summary.article.title if summary else ""

    def _relation_menu(self, relation: Relation) -> QMenu:
        menu = QMenu(self)
        kinds = QActionGroup(menu)
        relations, jobs = self._state.project.relations, self._state.jobs
        for kind in RelationKind:
            action = menu.addAction(relation_text(kind, outgoing=True))
            action.setCheckable(True)
            action.setChecked(kind is relation.kind)
            action.triggered.connect(
                lambda _on=False, kind=kind: jobs.write(lambda: relations.edit(relation.id, kind=kind))
            )
            kinds.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Turn round"), lambda: jobs.write(lambda: relations.reverse(relation.id)))
        menu.addAction(self.tr("Remove link"), lambda: jobs.write(lambda: relations.delete(relation.id)))
        return menu

    def _point_row(self, entry: AnnotationPoint) -> QWidget:
        point = self._state.point(entry.point_id)
        button = QuoteButton(stance_text(entry.stance), point.text if point else "…", "")
        button.setObjectName(f"point.{entry.point_id}")
        button.setEnabled(self._editable)
        row = _row(button, self._point_menu(entry) if self._editable else None, self.tr("Change or remove this point"))
        more = row.findChild(QToolButton)
        if isinstance(more, QToolButton):
            button.clicked.connect(more.showMenu)
        return row

    def _point_menu(self, entry: AnnotationPoint) -> QMenu:
        menu = QMenu(self)
        stances = QActionGroup(menu)
        for stance in Stance:
            action = menu.addAction(stance_text(stance))
            action.setCheckable(True)
            action.setChecked(stance is entry.stance)
            action.triggered.connect(partial(self._set_stance, entry, stance))
            stances.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Remove point"), partial(self._remove_point, entry))
        return menu

    def _set_stance(self, entry: AnnotationPoint, stance: Stance) -> None:
        if self._annotation is not None:
            id_, add = self._annotation.id, self._state.project.annotations.add_point
            self._writes.change(id_, lambda version: add(id_, entry.point_id, stance, expected=version))

    def _remove_point(self, entry: AnnotationPoint) -> None:
        if self._annotation is not None:
            id_, remove = self._annotation.id, self._state.project.annotations.remove_point
            self._writes.change(id_, lambda version: remove(id_, entry.point_id, expected=version))

    def _request(self) -> None:
        if self._annotation is not None:
            self.add_requested.emit(self._annotation.id)


def _row(button: QuoteButton, menu: QMenu | None, tip: str) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    layout.addWidget(button, 1)
    if menu is not None:
        more = QToolButton(row)
        more.setObjectName(f"{button.objectName()}.more")
        more.setText("⋯")
        more.setToolTip(tip)
        more.setAccessibleName(tip)
        more.setAutoRaise(True)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu.setParent(more, menu.windowFlags())
        more.setMenu(menu)
        layout.addWidget(more)
    return row
