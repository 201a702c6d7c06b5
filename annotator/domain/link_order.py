"""In which order the links of one passage are told: what it does to others first, then as the others are read."""

from __future__ import annotations

from annotator.domain.articles import Article
from annotator.domain.relations import Relation

LinkPlace = tuple[bool, tuple[str, ...], int, int, str, str, str]
"""Compared with those of the other links of the same passage."""
_UNKNOWN = ("\U0010ffff",)


def link_place(
    relation: Relation, passage_id: str, *, start: int = 0, end: int = 0, elsewhere: Article | None = None
) -> LinkPlace:
    """Return where a link stands among those of the passage ``passage_id``.

    ``start``, ``end``: the passage at the other end, in code points of its article, half-open; ``elsewhere``: that
    article, None for the passage's own. Links to one place stand in the order of making.
    """
    article = () if elsewhere is None else (elsewhere.published_at, elsewhere.title, elsewhere.id)
    return _place(relation, passage_id, article, start, end)


def last_place(relation: Relation, passage_id: str) -> LinkPlace:
    """Return where a link stands whose other end is not known: behind those that are."""
    return _place(relation, passage_id, _UNKNOWN, 0, 0)


def _place(relation: Relation, passage_id: str, article: tuple[str, ...], start: int, end: int) -> LinkPlace:
    incoming = relation.source_id != passage_id
    return incoming, article, start, -end, relation.created_at, relation.kind, relation.id
