"""A first look into a project file with ``sqlite3`` alone: its article is seen before SQLAlchemy is imported.

It only reads, and only a sound file of this program's own format that nobody is writing at this moment. Whatever else
a file is, opening the project says so; here it is no more than "nothing to see yet".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.domain.codebook import Tag, TagKind
from annotator.domain.shown import ShownArticle
from annotator.store.article_rows import Run, read_rows, shown_article
from annotator.store.driver import APPLICATION_ID, SCHEMA_VERSION, connect
from annotator.store.sealing import read_sealed
from annotator.store.veil import Veil, with_clause

Viewer = Callable[[str], "str | None"]
"""Returns who is looking at the project of an id: an analyst's id, None for nobody in particular."""

_PROJECT = (
    "SELECT a.application_id, u.user_version, p.id, p.name "
    "FROM pragma_application_id a, pragma_user_version u, project p WHERE p.deleted_at IS NULL LIMIT 1"
)
_ONLY_TABLES = (
    "SELECT count(*) FROM sqlite_master WHERE type IN ('view', 'trigger') "
    "OR (type = 'table' AND upper(ltrim(sql)) LIKE 'CREATE VIRTUAL%' AND name <> 'search_index')"
)
_TWO_ARTICLES = "SELECT id FROM article WHERE deleted_at IS NULL AND merged_into IS NULL LIMIT 2"
_TAGS = (
    "SELECT id, parent_id, kind, name, colour, key, merged_into FROM tag WHERE deleted_at IS NULL ORDER BY position, id"
)


@dataclass(frozen=True, slots=True)
class Glance:
    """What is seen first. ``tags`` have what is drawn of them, and no more."""

    project_id: str
    project_name: str
    tags: tuple[Tag, ...]
    shown: ShownArticle


def look(location: str, last_article: Callable[[str], str], viewer: Viewer | None = None) -> Glance | None:
    """Return the article that a window on the project at ``location`` shows first, None when that takes more.

    ``last_article`` gives the id of the article that was open last in the project of an id, or an empty text: then the
    only article is taken, if there is just one. ``viewer``: None when it takes more to tell who is looking; nothing is
    shown then while a session keeps something apart.
    """
    try:
        path = Path(location).expanduser().resolve(strict=True)
        if not path.is_file():
            return None
        connection = connect(path, read_only=True, patience=0)
    except (OSError, RuntimeError, ValueError, sqlite3.Error):
        return None
    try:
        connection.execute("BEGIN")
        return _look(connection, last_article, viewer)
    except (sqlite3.Error, ValueError, TypeError):
        return None  # a file that is no project, is damaged, or is being changed: the opening proper says which
    finally:
        connection.close()


def _look(connection: sqlite3.Connection, last_article: Callable[[str], str], viewer: Viewer | None) -> Glance | None:
    run = _runner(connection)
    if run(_ONLY_TABLES, {})[0][0]:
        return None
    found = run(_PROJECT, {})
    if not found or tuple(found[0][:2]) != (APPLICATION_ID, SCHEMA_VERSION):
        return None
    project_id, name = found[0][2:]
    sealed = read_sealed(run)
    if sealed is not None:
        if viewer is None:
            return None
        run = _runner(connection, sealed.veil(viewer(project_id)))
    article_id = last_article(project_id)
    if not article_id:
        articles = run(_TWO_ARTICLES, {})
        article_id = articles[0][0] if len(articles) == 1 else ""
    rows = read_rows(run, article_id) if article_id else None
    if rows is None or rows.older or rows.article.id != article_id:
        return None
    tags = tuple(map(_tag, run(_TAGS, {})))
    return Glance(project_id, name, tags, shown_article(rows, _nothing_is_placed))


def _runner(connection: sqlite3.Connection, veil: Veil | None = None) -> Run:
    clause, values = ("", {}) if veil is None else (with_clause("sqlite"), veil.values)

    def run(statement: str, wanted: Mapping[str, str]) -> Sequence[Sequence[Any]]:
        return connection.execute(clause + statement, {**wanted, **values}).fetchall()

    return run


def _tag(row: Sequence[Any]) -> Tag:
    id_, parent_id, kind, name, colour, key, merged_into = row
    return Tag(
        id=id_, parent_id=parent_id, kind=TagKind(kind), name=name, colour=colour, key=key, merged_into=merged_into
    )


def _nothing_is_placed(_old: str, _new: str, spans: Sequence[object]) -> list[None]:
    return [None] * len(spans)  # pragma: no cover  (an article with passages on older texts is not shown here)
