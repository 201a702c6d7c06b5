"""Keeps the article view showing what the state says, and tells the state what was chosen in the view."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject

from annotator.desktop.article_picture import (
    ArticlePicture,
    label_words,
    picture_of,
    show_picture,
    style_of,
    styled_tags,
)
from annotator.desktop.article_view import ArticleView, TagStyle
from annotator.desktop.models.state import ProjectState
from annotator.desktop.reading_places import ReadingPlace, ReadingPlaces
from annotator.domain.annotations import Annotation
from annotator.domain.marks import Mark


class ArticleBinding(QObject):
    """Feeds an ArticleView from a ProjectState; neither knows of the other.

    ``places``: where each text was read last; an article is shown there again. ``glanced``: what the view shows
    already; the first article is shown over it, touching only what differs.
    """

    def __init__(
        self,
        state: ProjectState,
        view: ArticleView,
        places: ReadingPlaces,
        parent: QObject | None = None,
        *,
        glanced: ArticlePicture | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._view = view
        self._places = places
        self._text_id = ""
        self._glanced = glanced
        state.article_opened.connect(self._show_article)
        state.article_closed.connect(self._show_nothing)
        state.article_edited.connect(self._show_article_again)
        state.codebook_changed.connect(self._show_codebook)
        state.marks_changed.connect(self._show_marks)
        state.marks_touched.connect(self._touch_marks)
        state.labels_changed.connect(self._touch_labels)
        state.relations_changed.connect(self._show_relations)
        state.current_changed.connect(self._show_current)
        state.analysts_changed.connect(self._show_own)
        view.current_changed.connect(state.set_current)
        view.elsewhere_requested.connect(state.go_to)

    def _show_article(self, _article_id: str = "") -> None:
        article, text = self._state.article, self._state.text
        if article is None or text is None:
            return
        another = text.id != self._text_id
        if another:
            self.note_place()
            self._text_id = text.id
        picture = picture_of(article, text, self._state.tags, list(self._state.marks.values()), self._state.labels)
        before, self._glanced = self._glanced, None
        show_picture(self._view, picture, before)
        self._show_own()
        if before is None:
            self._view.set_current(self._state.current, reveal=False)
        self._show_relations()
        stays = not another or (before is not None and before.text == text.text)
        place = None if stays else self._places.of(text.id)
        if place is not None:
            self._view.put_selection(place.caret, place.caret)
            self._view.show_reading((place.offset, place.below))

    def _show_nothing(self) -> None:
        self.note_place()
        self._text_id = ""
        self._view.clear()

    def note_place(self) -> None:
        """Remember where the article that is shown is read."""
        if self._text_id:
            place = ReadingPlace(*self._view.page.reading_position(), self._view.caret())
            self._places.note(self._text_id, place)

    def _show_own(self) -> None:
        """Give handles to the passages of the analyst who works here, and to no others."""
        analyst, writable = self._state.analyst, not self._state.project.read_only
        self._view.set_own_analyst(analyst.id if analyst is not None and writable else "")

    def _show_article_again(self) -> None:
        """Show corrected blocks or metadata without losing the reader's place."""
        self._show_article()

    def _show_codebook(self) -> None:
        if self._state.article is None:
            return  # its article will bring the codebook's colours with it
        self._view.set_tag_styles(self._styles())
        self._view.set_labels(self._labels(self._state.marks))

    def _show_marks(self) -> None:
        self._view.set_marks(list(self._state.marks.values()))
        self._view.set_labels(self._labels(self._state.marks))
        self._view.set_current(self._state.current, reveal=False)

    def _touch_marks(self, put: tuple[Mark, ...], removed: tuple[str, ...]) -> None:
        for annotation_id in removed:
            self._view.remove_mark(annotation_id)
        for mark in put:
            self._view.add_mark(mark, pending=mark.id in self._state.ahead)
        if put:
            self._view.update_labels(self._labels(mark.id for mark in put))

    def _touch_labels(self, changed: tuple[str, ...]) -> None:
        self._view.update_labels(self._labels(changed))

    def _show_relations(self) -> None:
        self._view.set_relations([(r.source_id, r.target_id, r.kind) for r in self._state.relations.values()])
        self._look_up_titles(self._state.current)

    def _look_up_titles(self, current: str | None) -> None:
        """Let the view name the articles to which the current passage's relations lead."""
        state = self._state
        outgoing, incoming = state.relations_of(current) if current is not None else ([], [])
        ends = {*(relation.target_id for relation in outgoing), *(relation.source_id for relation in incoming)}
        far = sorted(ends - state.marks.keys() - self._view.state.elsewhere.keys())
        if far:
            get_many = state.project.annotations.get_many
            state.jobs.read(lambda: get_many(far), done=self._show_titles, key="relations elsewhere")

    def _show_titles(self, found: dict[str, Annotation]) -> None:
        titles = dict(self._view.state.elsewhere)
        for annotation in found.values():
            summary = self._state.articles.get(annotation.article_id)
            article = summary.article if summary is not None else None
            titles[annotation.id] = (article.title or article.outlet if article is not None else "") or "–"
        self._view.set_elsewhere(titles)

    def _show_current(self, annotation_id: str | None) -> None:
        if self._view.current() != annotation_id:
            self._view.set_current(annotation_id)
        self._look_up_titles(annotation_id)

    def _styles(self) -> dict[str, TagStyle]:
        return {tag_id: style_of(tag) for tag_id, tag in styled_tags(self._state.tags).items()}

    def _labels(self, annotation_ids: Iterable[str]) -> dict[str, str]:
        return {id_: label_text(self._state, id_) for id_ in annotation_ids}


def label_text(state: ProjectState, annotation_id: str) -> str:
    """Return what the margin says of a passage."""
    mark = state.marks.get(annotation_id)
    return label_words(state.tag(mark.tag_id) if mark else None, state.labels.get(annotation_id))
