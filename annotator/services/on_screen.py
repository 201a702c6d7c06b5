"""One article as a window shows it, read whole in one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.annotations import Span
from annotator.domain.errors import NotFoundError
from annotator.domain.relations import Relation
from annotator.domain.shown import ShownArticle
from annotator.services.context import Context
from annotator.services.texts import Texts
from annotator.store.article_rows import read_rows, shown_article


@dataclass(frozen=True, slots=True)
class ArticleOnScreen:
    """An article as it is shown, and the relations with at least one end at its passages.

    ``older``: whether some of its passages were marked on a text with other words.
    """

    shown: ShownArticle
    relations: list[Relation]
    older: bool


class OnScreen:
    """Reads articles for a window: four statements each, however many passages there are."""

    def __init__(self, context: Context, texts: Texts) -> None:
        self._context = context
        self._texts = texts

    def article(self, article_id: str) -> ArticleOnScreen:
        """Return the article that stands for an id, as it is shown; raises NotFoundError."""
        with self._context.read() as reader:
            rows = read_rows(reader.run, article_id)
            if rows is None:
                self._texts.of_article(reader, article_id)  # says what is missing
                raise NotFoundError("The text of this article is not in this project.")
            relations = reader.relations_at_articles(rows.article_ids)

            def place(old: str, new: str, spans: Sequence[Span]) -> list[Span | None]:
                found = self._texts.placements(reader, old, new, spans)
                return [placement.span if placement.certain else None for placement in found]

            return ArticleOnScreen(shown_article(rows, place), relations, rows.older)
