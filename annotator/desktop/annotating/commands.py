"""What an analyst does with a passage: tag it, tag it again, change it, take it away.

Everything is on screen before the database answers: a new passage as a mark shown ahead, which its change set confirms
and a failure takes away again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, SignalInstance

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.annotating.marked import Marked
from annotator.desktop.annotating.targets import quoted
from annotator.desktop.annotating.writes import AnnotationWrites
from annotator.desktop.article_picture import in_sentence
from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.domain.annotations import Annotation, AnnotationPerson, Attribution, Span
from annotator.domain.codebook import Tag
from annotator.domain.ids import new_id
from annotator.domain.marks import Mark, MarkLabel
from annotator.services.passage import DERIVED

_SHOWN = 40
"""Code points of a quote in a message."""


class Annotating(QObject):
    """The commands on passages; each says itself when there is nothing to do it on."""

    notice = Signal(str, bool)
    """A message for the message bar; whether it offers Undo."""
    tagged = Signal(str, bool)
    """A passage (its id) has just been made, and whether its people came from another one: the people line opens."""
    people_requested = Signal(str)
    relation_requested = Signal(str)
    attribution_requested = Signal(str)
    note_requested = Signal(str)

    def __init__(
        self,
        state: ProjectState,
        view: ArticleView,
        writes: AnnotationWrites,
        actions: Actions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._view = view
        self._writes = writes
        self._actions = actions
        self._marked = Marked(state, view)
        self._last: str | None = None
        writes.failed.connect(state.show_stored)
        writes.saving_changed.connect(self._end_ahead)

    # tagging -----------------------------------------------------------------

    def tag(self, tag_id: str) -> None:
        """A tag's key: a new passage of the selection, else a new tag for the current one, else *what is said* here.

        Words that this analyst has marked already are not marked a second time unnoticed: their passage is chosen.
        """
        selected = self._view.selected_span()
        if selected is not None:
            self._mark_words(tag_id, selected)
        elif self._state.current is not None:
            self.change_tag(self._state.current, tag_id)
        else:
            self._mark_words(tag_id, self._marked.said_here())

    def tag_again(self, tag_id: str) -> None:
        """Shift and a tag's key: a second passage on the same words, with the same people.

        Those are the words of the current passage, else of the one that lies on the selection or at the caret; where
        nothing is marked yet, it is the first passage.
        """
        first = self._marked.first()
        if first is None:
            self.tag(tag_id)
        else:
            self._create(tag_id, Span(first.start, first.end), like=first.id, on_its_words=True)

    def same_again(self) -> None:
        """Make a passage of the selection (or what is said here) with the last passage's tag and people."""
        last = self._state.marks.get(self._last or "")
        if last is None:
            self.notice.emit(self.tr("Nothing to repeat yet: tag a passage first."), False)
            return
        self._mark_words(last.tag_id, self._view.selected_span() or self._marked.said_here(), like=last.id)

    def _mark_words(self, tag_id: str, span: Span | None, *, like: str | None = None) -> None:
        """Make a passage of ``span``, unless one lies there already: then choose it and say how to go on."""
        marked = self._marked.on(span) if span is not None else []
        if not marked:
            self._create(tag_id, span, like=like)
            return
        mark = next((mark for mark in marked if self._state.tag(mark.tag_id) == self._state.tag(tag_id)), marked[0])
        self._view.choose(mark.id, caret=self._view.caret())
        self._state.set_current(mark.id)
        self.notice.emit(self._marked.text(mark, tag_id), False)

    def change_tag(self, annotation_id: str, tag_id: str) -> None:
        """Give a passage another tag, with a message that offers to undo it."""
        mark, tag = self._state.marks.get(annotation_id), self._state.tag(tag_id)
        if mark is None or tag is None:
            return
        if self._state.tag(mark.tag_id) == tag:
            self.notice.emit(self.tr("This is a {0} already.").format(in_sentence(tag.name)), False)
            return
        self._last = annotation_id
        self._state.show_ahead(mark._replace(tag_id=tag_id))
        self._writes.edit(annotation_id, tag=tag_id)
        self.notice.emit(self.tr("Changed to {0}.").format(in_sentence(tag.name)), True)

    def _create(self, tag_id: str, span: Span | None, *, like: str | None = None, on_its_words: bool = False) -> None:
        state, analyst = self._state, self._state.analyst
        if state.article is None or span is None or span.start >= span.end:
            self.notice.emit(self.tr("Nothing to tag here: select some words, or put the caret into them."), False)
            return
        mark = Mark(new_id(), span.start, span.end, tag_id, analyst.id if analyst else "")
        article_id, project = state.article.id, state.project
        label = state.labels.get(like, MarkLabel()) if like else MarkLabel()

        def work() -> Annotation:
            people = _people_of(project.annotations.get(like).people, on_its_words=on_its_words) if like else ()
            return project.annotations.add(
                article_id, start=mark.start, end=mark.end, tag=tag_id, people=people, id=mark.id
            )

        self._writes.create(mark.id, work)
        self._last = mark.id
        self._view.clear_selection()
        state.show_ahead(mark, label)
        self._view.choose(mark.id, caret=mark.end)  # reading goes on behind the passage
        state.set_current(mark.id)
        self.tagged.emit(mark.id, like is not None)

    def _end_ahead(self, annotation_id: str, saving: bool) -> None:
        """Once all is written, show what is stored where no change told of it: a write to and fro makes none."""
        if not saving and annotation_id in self._state.ahead:
            self._state.show_stored(annotation_id)

    # the current passage -----------------------------------------------------

    def move_ends(self) -> None:
        """Begin to move the ends of the current passage with the arrow keys."""
        if self._mark() is not None:
            self._view.begin_move_ends()

    def take_ends(self, annotation_id: str, start: int, end: int) -> None:
        """Write new ends, in code points, that the view has shown already."""
        mark = self._state.marks.get(annotation_id)
        if mark is None or (mark.start, mark.end) == (start, end):
            return
        self._state.show_ahead(mark._replace(start=start, end=end))
        move = self._state.project.annotations.move
        self._writes.change(annotation_id, lambda version: move(annotation_id, start, end, expected=version))

    def delete(self) -> None:
        """Delete the current passage and its relations, with a message that offers to undo it."""
        mark = self._mark()
        if mark is None:
            return
        words = quoted(_short(self._state.quote(mark.id)))
        text = self.tr("Deleted: {0} {1}").format(in_sentence(self._tag_name(mark)), words)
        delete = self._state.project.annotations.delete
        gone = self.tr("It was gone already: {0} {1}").format(in_sentence(self._tag_name(mark)), words)
        self._writes.change(
            mark.id,
            lambda version: delete(mark.id, expected=version),
            gone=lambda: self.notice.emit(gone, False),  # an undo would take back something else
        )
        self._state.hide_ahead(mark.id)
        self._view.set_caret(mark.start)
        self.notice.emit(text, True)

    def toggle_unsure(self) -> None:
        """Say that one is, or is no longer, unsure of the current passage."""
        self._with_current(self._toggle_unsure)

    def _toggle_unsure(self, annotation: Annotation) -> None:
        unsure = not annotation.unsure
        self._writes.edit(annotation.id, unsure=unsure)
        self._state.show_fields_ahead(unsure=unsure)
        self.notice.emit(self.tr("Marked as unsure.") if unsure else self.tr("Sure again."), True)

    def _with_current(self, use: Callable[[Annotation], object]) -> None:
        """Call ``use`` with the current passage, as soon as it has been read."""
        mark = self._mark()
        if mark is None:
            return
        if self._state.annotation is not None:
            use(self._state.annotation)
            return

        def take(annotation: Annotation | None) -> None:
            self._state.current_loaded.disconnect(take)
            if annotation is not None and annotation.id == mark.id:
                use(annotation)

        self._state.current_loaded.connect(take)

    def set_attribution(self, annotation_id: str, attribution: Attribution) -> None:
        """Say how a passage was said."""
        self._writes.edit(annotation_id, attribution=str(attribution))

    def derive_attribution(self, annotation_id: str) -> None:
        """Let the quotation marks tell again how a passage was said."""
        self._writes.edit(annotation_id, attribution=DERIVED)

    def ask_people(self) -> None:
        """Open the people line of the current passage."""
        self._request(self.people_requested)

    def ask_relation(self) -> None:
        """Open the relation line of the current passage."""
        self._request(self.relation_requested)

    def ask_attribution(self) -> None:
        """Offer the ways in which the current passage may have been said."""
        self._request(self.attribution_requested)

    def ask_note(self) -> None:
        """Put the caret into the note of the current passage."""
        self._request(self.note_requested)

    def _request(self, signal: SignalInstance) -> None:
        mark = self._mark()
        if mark is not None:
            signal.emit(mark.id)

    def _mark(self) -> Mark | None:
        """Return the current mark; without one, the innermost at the caret becomes it, the analyst's own before all."""
        if self._state.current is None:
            here = [self._state.marks[id_] for id_ in self._view.annotations_at(self._view.caret())]
            if here:
                self._state.set_current(next(filter(self._view.may_move, here), here[0]).id)
        mark = self._state.marks.get(self._state.current or "")
        if mark is None:
            self.notice.emit(self._how_to_choose(), False)
        return mark

    def _how_to_choose(self) -> str:
        """Say how a passage is chosen; behind the last one only the way back leads to any."""
        key = self._actions.key_text
        caret, starts = self._view.caret(), [mark.start for mark in self._state.marks.values()]
        if starts and max(starts) < caret:
            text = self.tr("No passage is chosen: press {0} for the one before, or click one.")
            return text.format(key(ActionId.ANNOTATION_PREVIOUS))
        text = self.tr("No passage is chosen: press {0} for the next one, or click one.")
        return text.format(key(ActionId.ANNOTATION_NEXT))

    def _tag_name(self, mark: Mark) -> str:
        tag: Tag | None = self._state.tag(mark.tag_id)
        return tag.name if tag else self.tr("Passage")


def _people_of(people: tuple[AnnotationPerson, ...], *, on_its_words: bool) -> tuple[AnnotationPerson, ...]:
    """Return the people for a second passage; the words that name them stay only on the same words."""
    if on_its_words:
        return people
    return tuple(replace(entry, mention_start=None, mention_end=None) for entry in people)


def _short(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"
