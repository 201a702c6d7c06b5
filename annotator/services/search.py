"""Searching the whole project: texts, quotes, notes, names."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.entities import BY_TYPE
from annotator.domain.errors import UsageError
from annotator.domain.people import Person
from annotator.services.context import Context
from annotator.services.merges import Merges
from annotator.services.references import described, noun, shortened
from annotator.store.finding import SearchRow
from annotator.store.repository import Reader

_MORE = 2
"""How many times as many rows are asked for, because old texts and merged entries are left out afterwards."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that was found.

    ``where`` says in words where it is. ``snippet`` begins at ``start`` of the field that was searched; ``matches`` are
    half-open ranges in that field. Offsets are code points; in an article's text they are those of its current text.
    ``article_id`` is None for a person or a tag.
    """

    entity_type: str
    entity_id: str
    article_id: str | None
    field: str
    where: str
    snippet: str
    start: int
    matches: tuple[tuple[int, int], ...]


class Search:
    """Finds words in a project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def find(self, query: str, limit: int = 50) -> list[Hit]:
        """Return what has all the words of ``query``, best first.

        Case, accents and kinds of quotation mark do not count; the last word may be the beginning of one. Of an
        article's texts only the current one is searched, of merged entries only the one that stands.
        Raises UsageError for a ``limit`` below 1.
        """
        if limit < 1:
            raise UsageError(f"{limit} hits cannot be shown.", "Ask for one at least.")
        with self._context.read() as reader:
            merges = Merges.of(reader)
            rows = reader.search(query, limit=limit * _MORE)
            articles = reader.get_many(Article, {merges.article(row.article_id) for row in rows if row.article_id})
            hits = [hit for row in rows if (hit := _hit(reader, row, merges, articles)) is not None]
        return hits[:limit]


def _hit(reader: Reader, row: SearchRow, merges: Merges, articles: dict[str, Article]) -> Hit | None:
    article = articles.get(merges.article(row.article_id)) if row.article_id else None
    if row.entity_type == TextVersion.TYPE and (article is None or article.current_text_id != row.entity_id):
        return None
    entity_id = merges.person(row.entity_id) if row.entity_type == Person.TYPE else row.entity_id
    if row.entity_type == Article.TYPE:
        entity_id = merges.article(row.entity_id)
    return Hit(
        entity_type=row.entity_type,
        entity_id=entity_id,
        article_id=article.id if article else None,
        field=row.field,
        where=_where(reader, row, entity_id, article),
        snippet=row.snippet,
        start=row.start,
        matches=row.matches,
    )


def _where(reader: Reader, row: SearchRow, entity_id: str, article: Article | None) -> str:
    title = f"“{shortened(article.title)}”" if article and article.title else "an article"
    if row.entity_type in {TextVersion.TYPE, Article.TYPE}:
        return title if row.entity_type == TextVersion.TYPE else f"{row.field} of {title}"
    if row.entity_type == Annotation.TYPE:
        return f"{'passage' if row.field == 'quote' else row.field + ' of a passage'} in {title}"
    entity = reader.get(BY_TYPE[row.entity_type], entity_id)
    return described(entity) if entity else noun(BY_TYPE[row.entity_type])
