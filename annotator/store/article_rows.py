"""Everything that is shown of one article in three statements, in SQL that SQLite and PostgreSQL both understand.

They are run by whoever has a connection: the repository through SQLAlchemy, the glance at the start through
``sqlite3`` alone. So there is one reading of an article, and the first picture is the one that stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from annotator.domain.annotations import Span
from annotator.domain.articles import Article, Block, TextVersion
from annotator.domain.entity import FieldSpec, Record, field_specs
from annotator.domain.marks import Mark
from annotator.domain.merging import resolve
from annotator.domain.shown import ShownArticle, label_of_links

Run = Callable[[str, Mapping[str, str]], Sequence[Sequence[Any]]]
"""Runs a statement with named parameters (``:name``) and returns all its rows."""
Place = Callable[[str, str, Sequence[Span]], Sequence[Span | None]]
"""Returns where spans of one text (its id) stand in another (its id), None where that is not certain."""

R = TypeVar("R", bound=Record)

_BULKY = ("text", "source_bytes")

_NAMES = """
SELECT 'article', id, '', merged_into FROM article WHERE merged_into IS NOT NULL AND deleted_at IS NULL
UNION ALL SELECT 'tag', id, '', merged_into FROM tag WHERE merged_into IS NOT NULL AND deleted_at IS NULL
UNION ALL SELECT 'person', id, name, merged_into FROM person WHERE deleted_at IS NULL
"""
_MARKS = (
    'SELECT n.text_id, n.id, n.start, n."end", n.tag_id, n.analyst_id, p.person_id, p.role FROM annotation n '
    "LEFT JOIN annotation_person p ON p.parent_id = n.id "
    "WHERE n.text_id IN ({texts}) AND n.deleted_at IS NULL AND n.session_id IS NULL "
    'ORDER BY n.start, n."end", n.id, p.position'
)


def _scalars(cls: type[Record]) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in field_specs(cls) if spec.part is None)


def _columns(table: str, specs: Iterable[FieldSpec]) -> str:
    return ", ".join(f'{table}."{spec.name}"' for spec in specs)


def _texts_statement() -> str:
    """Return the statement that reads the article, its texts, and the blocks of the current one.

    The words and the source file come once, with the first block of the current text.
    """
    first = "t.id = a.current_text_id AND coalesce(b.position, 0) = 0"
    columns = [
        f'CASE WHEN {first} THEN t."{spec.name}" END' if spec.name in _BULKY else f't."{spec.name}"'
        for spec in _scalars(TextVersion)
    ]
    return (
        f"SELECT {_columns('a', _scalars(Article))}, {', '.join(columns)}, {_columns('b', _scalars(Block))} "  # noqa: S608  (names of fields)
        "FROM article a LEFT JOIN text_version t ON t.article_id IN ({articles}) AND t.deleted_at IS NULL "
        "LEFT JOIN block b ON b.parent_id = t.id AND t.id = a.current_text_id "
        "WHERE a.id = :a0 ORDER BY t.id, b.position"
    )


_TEXTS = _texts_statement()


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """What :func:`read_rows` found. ``merged``: loser → winner by kind of entity; ``names``: of people by id."""

    article: Article
    text: TextVersion
    hashes: Mapping[str, str]
    """SHA-256 of each text on which passages may lie, by text id."""
    merged: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    marks: Sequence[Sequence[Any]]

    @property
    def older(self) -> bool:
        """Whether passages lie on texts with other words than the current one."""
        return any(self.hashes[row[0]] != self.text.sha256 for row in self.marks)

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The article and those that were merged into it."""
        return _group(self.article.id, self.merged[Article.TYPE])


def read_rows(run: Run, article_id: str) -> ArticleRows | None:
    """Read the article that stands for an id; None when it is not there, was deleted, or has no text."""
    merged: dict[str, dict[str, str]] = {"article": {}, "tag": {}, "person": {}}
    names = {}
    for kind, id_, name, winner in run(_NAMES, {}):
        if winner is not None:
            merged[kind][id_] = winner
        if kind == "person":
            names[id_] = name
    group = _group(article_id, merged[Article.TYPE])
    wanted = {f"a{number}": id_ for number, id_ in enumerate(group)}
    rows = run(_TEXTS.format(articles=_list(wanted)), wanted)
    wide, high = len(_scalars(Article)), len(_scalars(TextVersion))
    article = _made(Article, rows[0][:wide]) if rows else None
    if article is None or article.deleted:
        return None
    texts = [(_made(TextVersion, row[wide : wide + high]), row[wide + high :]) for row in rows if row[wide] is not None]
    current = [(text, block) for text, block in texts if text.id == article.current_text_id]
    if not current:
        return None
    blocks = tuple(_made(Block, block) for _, block in current if block[0] is not None)
    hashes = {text.id: text.sha256 for text, _ in texts}
    places = {f"t{number}": id_ for number, id_ in enumerate(hashes)}
    marks = run(_MARKS.format(texts=_list(places)), places)
    return ArticleRows(article, replace(current[0][0], blocks=blocks), hashes, merged, names, marks)


def shown_article(rows: ArticleRows, place: Place) -> ShownArticle:
    """Return an article as it is shown: links resolved, marks on the current text where their place is certain."""
    tags, people = rows.merged["tag"], rows.merged["person"]
    found: dict[str, Mark] = {}
    older: dict[str, list[Mark]] = {}
    links: dict[str, dict[tuple[str, str], None]] = {}
    for text_id, id_, start, end, tag_id, analyst_id, person_id, role in rows.marks:
        if id_ not in links:
            links[id_] = {}
            mark = Mark(id_, start, end, resolve(tag_id, tags) if tags else tag_id, analyst_id)
            if rows.hashes[text_id] == rows.text.sha256:
                found[id_] = mark
            else:
                older.setdefault(text_id, []).append(mark)
        if person_id is not None:
            links[id_][resolve(person_id, people), role] = None
    for text_id, marks in older.items():
        spans = place(text_id, rows.text.id, [Span(mark.start, mark.end) for mark in marks])
        for mark, span in zip(marks, spans, strict=True):
            if span is not None:
                found[mark.id] = mark._replace(start=span.start, end=span.end)
    in_order = sorted(found.values(), key=lambda mark: (mark.start, mark.end, mark.id)) if older else found.values()
    labels = {id_: label_of_links(links[id_], rows.names) for id_ in found}
    return ShownArticle(rows.article, rows.text, list(in_order), labels)


def _group(article_id: str, merged: Mapping[str, str]) -> tuple[str, ...]:
    winner = resolve(article_id, merged)
    return (winner, *sorted(loser for loser in merged if loser != winner and resolve(loser, merged) == winner))


def _list(parameters: Iterable[str]) -> str:
    return ", ".join(f":{name}" for name in parameters)


def _made(cls: type[R], values: Sequence[Any]) -> R:
    given = {
        spec.name: spec.scalar(value) if spec.scalar is not None and issubclass(spec.scalar, StrEnum) else value
        for spec, value in zip(_scalars(cls), values, strict=True)
    }
    return cls(**given)
