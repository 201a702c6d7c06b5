"""What of the words at hand is marked already: so that nothing is marked a second time unnoticed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.desktop.article_picture import in_sentence
from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.domain.annotations import Span
from annotator.domain.marks import Mark
from annotator.domain.same_words import nearly_same_words, same_words
from annotator.domain.statements import what_is_said


class Marked:
    """Looks for the passages of the analyst who works here on the words that would be marked next."""

    def __init__(self, state: ProjectState, view: ArticleView) -> None:
        self._state = state
        self._view = view

    def said_here(self) -> Span | None:
        """Return *what is said* at the caret, in code points; None without an article."""
        text = self._state.text
        return what_is_said(text.text, self._view.caret()) if text is not None else None

    def on(self, span: Span) -> list[Mark]:
        """Return the passages on the words of ``span``, the innermost first.

        A selection is meant to the letter but for what stands at its ends; *what is said* at a caret is a proposal, of
        which a passage on nearly the same words takes the place.
        """
        text = self._state.text
        if text is None:
            return []
        alike = nearly_same_words if self._view.selected_span() is None else same_words
        found = [
            mark
            for mark in self._view.marks.meeting(span.start, span.end)
            if self._is_own(mark) and alike(text.text, Span(mark.start, mark.end), span)
        ]
        return sorted(found, key=lambda mark: (mark.end - mark.start, mark.id))

    def first(self) -> Mark | None:
        """Return the passage that a second one is to share its words with.

        It is the one on the selection; without one the current passage, else the innermost at the caret, else the one
        on *what is said* there.
        """
        selected = self._view.selected_span()
        if selected is not None:
            return next(iter(self.on(selected)), None)
        current = self._state.marks.get(self._state.current or "")
        if current is not None:
            return current
        here = (self._state.marks[id_] for id_ in self._view.annotations_at(self._view.caret()))
        own = next((mark for mark in here if self._is_own(mark)), None)
        said = self.said_here()
        return own or (next(iter(self.on(said)), None) if said is not None else None)

    def text(self, mark: Mark, tag_id: str) -> str:
        """Say that the words are marked already as ``mark``, and which keys go on from there with another tag."""
        had, tag = self._state.tag(mark.tag_id), self._state.tag(tag_id)
        name = in_sentence(had.name) if had is not None else _tr("passage")
        if not self._view.marks.shows(mark):
            name = _tr("{0} (hidden by the filter)").format(name)
        said = _tr("These words are marked as {0} already.").format(name)
        if tag is None or not tag.key:
            return said
        if had == tag:
            more = _tr("Shift+{0} makes a second passage on them.")
        else:
            more = _tr("{0} again changes it to {1}, Shift+{0} makes a second passage on them.")
        return f"{said} {more.format(tag.key, in_sentence(tag.name))}"

    def _is_own(self, mark: Mark) -> bool:
        analyst = self._state.analyst
        return analyst is not None and mark.analyst_id == analyst.id


def _tr(text: str) -> str:
    return QCoreApplication.translate("Marked", text)
