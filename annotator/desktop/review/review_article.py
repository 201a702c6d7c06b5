"""The middle of the review screen: the article with its final version, and below it how each analyst has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.article_picture import header_of, label_words, style_of, styled_tags
from annotator.desktop.article_view import ArticleView
from annotator.desktop.article_view.thin_lanes import ThinLane
from annotator.desktop.review.authors import Author, Shape, draw_shape
from annotator.desktop.review.review_state import ReviewState
from annotator.desktop.review.shown_cluster import shown_wordings
from annotator.domain.annotations import AnnotationPerson, Role
from annotator.domain.marks import Mark, MarkLabel
from annotator.services.under_review import ClusterUnderReview

_FROM_TOP = 0.35
"""Where in the height a passage stands that everybody looks at."""
PROPOSED = "proposed"
"""Begins the ids of the marks that stand for what would be taken."""


class ReviewArticle(QWidget):
    """Shows the article of the disagreement that is looked at; a click on words that somebody marked chooses theirs."""

    chosen = Signal(str)
    ends_moved = Signal(int, int)
    """The ends of the passage that is looked at were moved, in code points."""

    def __init__(self, review: ReviewState, parent: QWidget | None = None, *, neutral: bool = False) -> None:
        """``neutral``: nothing is proposed, what is undecided is selected, and it stands in the middle."""
        super().__init__(parent)
        self._review = review
        self._neutral = neutral
        self._article_id = ""
        self._text_id = ""
        self._lanes: tuple[object, ...] = ()
        self._marks: dict[str, Mark] = {}
        self._labels: dict[str, str] = {}
        self.view = ArticleView(self)
        self.view.setObjectName("reviewArticle")
        self.view.setAccessibleName(self.tr("Article under review"))
        self.strips = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addLayout(self.strips)
        self.setFocusProxy(self.view)
        self.view.ends_moved.connect(self._take_ends)
        self.view.viewport().installEventFilter(self)

    @property
    def article_id(self) -> str:
        """The article that is shown, empty for none."""
        return self._article_id

    def show_article(self, article_id: str, authors: Sequence[Author]) -> None:
        """Show an article of the session, where it was read last if it is the same."""
        read = self._review.read
        text_id = self._review.text_of(article_id)
        text = read.texts.get(text_id) if read is not None else None
        if read is None or text is None:
            self.view.clear()
            self._article_id = self._text_id = ""
            return
        if text_id != self._text_id or article_id != self._article_id:
            article = read.articles[article_id]
            self.view.set_article(text.text, text.blocks, header=header_of(article), language=article.language)
            self._article_id, self._text_id = article_id, text_id
            self._marks, self._lanes = {}, ()
        self.show_codebook()
        self._show_lanes(authors)
        self.show_marks()

    def show_codebook(self) -> None:
        """Take the codebook's colours."""
        styled = styled_tags(self._review.state.tags)
        self.view.set_tag_styles({tag_id: style_of(tag) for tag_id, tag in styled.items()})

    def show_marks(self) -> None:
        """Show the final version as it is now, and what is proposed for the disagreement that is looked at."""
        marks, labels, pending = self._wanted()
        for id_ in self._marks.keys() - marks.keys():
            self.view.remove_mark(id_)
        for id_, mark in marks.items():
            if self._marks.get(id_) != mark:
                self.view.add_mark(mark, pending=id_ in pending)
        changed = {id_: label for id_, label in labels.items() if self._labels.get(id_) != label}
        self._marks, self._labels = marks, labels
        if changed:
            self.view.update_labels(changed)
        self.view.set_relations([(r.source_id, r.target_id, r.kind) for r in self._review.links.values()])
        self.show_current(reveal=False)

    def show_current(self, *, reveal: bool = True) -> None:
        """Point out the disagreement that is looked at."""
        found, other = self._review.found, self._review.other
        if found is None or found.article_id != self._article_id:
            here = other.final if other is not None and other.article_id == self._article_id else ()
            self.view.set_strong_lines(frozenset())
            self.view.set_current(here[0].id if here else None, reveal=reveal)
            return
        self.view.set_strong_lines(frozenset(annotation.id for annotation in found.cluster.annotations))
        ids, span = self._ids_of(found), found.cluster.span
        self.view.set_current(ids[0] if ids else None, reveal=reveal)
        if not ids:
            self.view.put_selection(span.end if self._neutral else span.start, span.start)
        if reveal and self._neutral:
            self.view.show_reading((span.start, round(self.view.viewport().height() * _FROM_TOP)))
        elif reveal and not ids:
            self.view.reveal(span.start, span.end)

    def move_ends(self) -> None:
        """Let the keys move the ends of the passage that is looked at."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.begin_move_ends()

    def _ids_of(self, found: ClusterUnderReview) -> list[str]:
        if found.final:
            return [annotation.id for annotation in found.final]
        return [id_ for id_ in self._marks if id_.startswith(PROPOSED)]

    def _wanted(self) -> tuple[dict[str, Mark], dict[str, str], frozenset[str]]:
        """Return the marks to be shown, their labels, and which of them are only proposed."""
        marks, labels = {}, {}
        for annotation in self._review.finals.values():
            if annotation.text_id == self._text_id:
                marks[annotation.id] = Mark(annotation.id, annotation.start, annotation.end, annotation.tag_id, "")
                labels[annotation.id] = self._label(annotation.tag_id, annotation.people)
        found = self._review.found
        proposed = []
        undecided = found is not None and not found.decided and not found.final and not self._neutral
        if found is not None and undecided and found.article_id == self._article_id:
            for number, wording in enumerate(shown_wordings(found)):
                id_ = f"{PROPOSED} {number}"
                proposed.append(id_)
                marks[id_] = Mark(id_, wording.start, wording.end, wording.tag_id, "")
                labels[id_] = self.tr("{0}?").format(self._label(wording.tag_id, wording.people))
        return marks, labels, frozenset(proposed)

    def _label(self, tag_id: str, people: Sequence[AnnotationPerson]) -> str:
        state = self._review.state
        speakers = (state.person(part.person_id) for part in people if part.role is Role.SPEAKER)
        return label_words(state.tag(tag_id), MarkLabel(tuple(person.name for person in speakers if person)))

    def _show_lanes(self, authors: Sequence[Author]) -> None:
        """Give each analyst a lane with all their passages in this article."""
        by_author: Mapping[str, list[Mark]] = {author.analyst_id: [] for author in authors}
        for found in self._review.clusters.values():
            if found.cluster.text_id != self._text_id:
                continue
            for a in found.cluster.annotations:
                if a.analyst_id in by_author:
                    by_author[a.analyst_id].append(Mark(a.id, a.start, a.end, a.tag_id, a.analyst_id))
        lanes = tuple((author, tuple(by_author[author.analyst_id])) for author in authors)
        if lanes != self._lanes:
            self._lanes = lanes
            self.view.set_thin_lanes(
                [ThinLane(author.colour, partial(_draw, author.shape), marks) for author, marks in lanes]
            )

    def _choose_at_caret(self) -> None:
        """Choose what lies at the caret; of several the next one at each click."""
        there = self._review.at(self._text_id, self.view.caret()) if self.view.selected_span() is None else []
        if there and there != [self._review.current]:
            place = there.index(self._review.current) + 1 if self._review.current in there else 0
            self.chosen.emit(there[place % len(there)])
        elif not there and self.view.selected_span() is None:
            self.show_current(reveal=False)  # the click cleared it in the view, the card is still about it

    def _take_ends(self, mark_id: str, start: int, end: int) -> None:
        """Hand on new ends; of any but the passage that is looked at they are put back."""
        found, other = self._review.found, self._review.other
        ids = self._ids_of(found) if found is not None else [a.id for a in other.final] if other is not None else []
        if mark_id in ids:
            self.ends_moved.emit(start, end)
        elif mark_id in self._marks:
            self.view.add_mark(self._marks[mark_id])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose the disagreement whose words are clicked, once the view has put its caret there."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            QTimer.singleShot(0, self, self._choose_at_caret)
        return super().eventFilter(watched, event)


def _draw(shape: Shape, painter: QPainter, box: QRectF, colour: QColor) -> None:
    draw_shape(painter, shape, box, colour)
