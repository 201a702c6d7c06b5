"""The people of the final version while a reviewer names them: every change is a decision by hand."""

from __future__ import annotations

from PySide6.QtCore import QObject
from typing_extensions import override

from annotator.desktop.annotating.named_people import NamedPeople
from annotator.desktop.review.decider import Decider, Why
from annotator.desktop.review.review_state import ReviewState
from annotator.desktop.review.shown_cluster import shown_wordings
from annotator.domain.annotations import AnnotationPerson, Attribution, Span
from annotator.domain.articles import Article, TextVersion
from annotator.domain.deciding import Wording
from annotator.services.final_version import wording_of
from annotator.services.links import PersonLink
from annotator.services.people import NewPerson
from annotator.services.review_edits import Writing


class FinalPeople(NamedPeople):
    """Who is linked to the passage of the final version of a disagreement; its id stands for the passage's."""

    def __init__(self, review: ReviewState, decider: Decider, parent: QObject | None = None) -> None:
        super().__init__(review.state, parent)
        self._review = review
        self._decider = decider
        review.touched.connect(self._follow)
        review.loaded.connect(self._follow)

    @override
    def text(self) -> TextVersion | None:
        read = self._review.read
        return read.texts.get(self._review.text_id_of(self.annotation_id)) if read is not None else None

    @override
    def article(self) -> Article | None:
        read = self._review.read
        return read.articles.get(self._review.article_of(self.annotation_id)) if read is not None else None

    @override
    def open(self, annotation_id: str) -> None:
        self.annotation_id = annotation_id
        self._follow()

    @override
    def _span(self) -> Span | None:
        wordings = self._wordings()
        return wordings[0].span if wordings else None

    def _wordings(self) -> tuple[Wording, ...]:
        id_ = self.annotation_id or ""
        if id_ in self._review.others:
            return tuple(map(wording_of, self._review.others[id_].final))
        return shown_wordings(self._review.clusters[id_]) if id_ in self._review.clusters else ()

    def _follow(self, ids: frozenset[str] | None = None) -> None:
        """Show what is stored, once nothing of it is being written any more."""
        id_ = self.annotation_id or ""
        if id_ in self._review.pending or (ids is not None and id_ not in ids):
            return
        wordings = self._wordings()
        self.own_voice = any(w.attribution is Attribution.NARRATION and w.attribution_set for w in wordings)
        parts = (part for wording in wordings for part in wording.people)
        self._show(tuple({(part.person_id, part.role): part for part in parts}.values()))

    @override
    def _write_addition(self, annotation_id: str, entry: AnnotationPerson, person: NewPerson | None) -> None:
        mention = None
        if entry.mention_start is not None and entry.mention_end is not None:
            mention = Span(entry.mention_start, entry.mention_end)
        added: PersonLink = entry if person is None else (person, entry.role, mention)
        self._write(annotation_id, Writing(people=[*self.entries, added]))

    @override
    def _write_removal(self, annotation_id: str, entry: AnnotationPerson) -> None:
        self._write(annotation_id, Writing(people=[known for known in self.entries if known != entry]))

    @override
    def _write_people(self, annotation_id: str, people: tuple[AnnotationPerson, ...]) -> None:
        self._write(annotation_id, Writing(people=people))

    @override
    def _write_own_voice(self, annotation_id: str) -> None:
        self._write(annotation_id, Writing(attribution=Attribution.NARRATION))

    def _write(self, annotation_id: str, writing: Writing) -> None:
        self._decider.edit(annotation_id, writing, Why())
