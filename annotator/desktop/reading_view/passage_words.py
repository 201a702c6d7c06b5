"""A passage in words, as a list shows it and a screen reader says it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.desktop.annotating.targets import quoted
from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.domain.marks import Mark

_tr = QCoreApplication.translate
_BEGINNING = 80
"""Code points of a quote that are said; the text itself is there to be read."""


def passage_words(state: ProjectState, view: ArticleView, mark: Mark) -> str:
    """Return tag, speakers and place of a passage and how it begins: "Claim, Tor Falk, 3 of 29: “It was…”"."""
    counted = _tr("PassageWords", "{0} of {1}").format(*view.marks.place(mark))
    label = state.labels.get(mark.id)
    parts = (tag_word(state, mark.tag_id), *(label.speakers if label else ()), counted)
    return f"{', '.join(parts)}: {beginning(state.quote(mark.id))}"


def tag_word(state: ProjectState, tag_id: str) -> str:
    """Return the name of a tag, "Passage" for one that is gone."""
    tag = state.tag(tag_id)
    return tag.name if tag is not None else _tr("PassageWords", "Passage")


def beginning(quote: str) -> str:
    """Return how a quote begins, on one line, in quotation marks."""
    line = " ".join(quote.split())
    return quoted(line if len(line) <= _BEGINNING else line[: _BEGINNING - 1].rstrip() + "…")
