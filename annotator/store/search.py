"""What is searched: article texts, quotes, notes, people, points and comments, and how their words are kept.

What is searched is the folded form of the texts, cut into words here and not by the database, so that both databases
find the same: FTS5 on SQLite, a ``tsvector`` on PostgreSQL. The rows are written in the unit of work, are not part of
the journal, and ``check`` builds them anew. A query is nothing but words: no character in it is an operator.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, func, select, text
from sqlalchemy.exc import DBAPIError

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Article, TextVersion
from annotator.domain.changes import Edit
from annotator.domain.comments import Comment
from annotator.domain.entity import Entity
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.store.inserting import Inserter
from annotator.store.mapping import chunks
from annotator.store.schema import search_entry
from annotator.store.words import folded_words

SEARCHED: dict[type[Entity], tuple[str, ...]] = {
    Article: ("title", "outlet", "byline", "note"),
    TextVersion: ("text",),
    Annotation: ("quote", "note", "occasion"),
    Person: ("name", "aliases", "position", "note"),
    Point: ("text", "note"),
    Comment: ("text",),
}
"""The fields that are searched; ``aliases`` stands for the text of each."""

STRETCH = 100_000
"""Code points of a text that make one row; all words of a query must be within one."""

DDL = {
    "sqlite": (
        """CREATE VIRTUAL TABLE search_index USING fts5(
            words, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
        )""",
    ),
    "postgresql": (
        """CREATE TABLE search_index (
            rowid BIGINT NOT NULL, words TSVECTOR NOT NULL, CONSTRAINT pk_search_index PRIMARY KEY (rowid)
        )""",
        "CREATE INDEX ix_search_index_words ON search_index USING gin (words)",
    ),
}
"""What makes the table of words on each database. Words are cut here, so SQLite is told to cut at spaces alone;
``db/versions/0001_initial.py`` says the same."""

_INSERT_ENTRIES = Inserter(search_entry, ("id", "entity_type", "entity_id", "start"))
_INSERT_WORDS = {
    "sqlite": "INSERT INTO search_index (rowid, words) VALUES (?, ?)",
    "postgresql": "INSERT INTO search_index (rowid, words) VALUES (%s, CAST(%s AS tsvector))",
}
_REPLACE_WORDS = {
    "sqlite": "UPDATE search_index SET words = ? WHERE rowid = ?",
    "postgresql": "UPDATE search_index SET words = CAST(%s AS tsvector) WHERE rowid = %s",
}
_ALL = text(
    "SELECT e.entity_type, e.entity_id, e.start, i.words FROM search_entry e JOIN search_index i ON i.rowid = e.id"
)
_SHADOWS = ("data", "idx", "content", "docsize", "config")
_DELETE = text("DELETE FROM search_index WHERE rowid IN :ids").bindparams(bindparam("ids", expanding=True))


Field = tuple[str, str]
_Searched = tuple[Entity, list[Field]]


def fields_of(entity: Entity | None) -> list[Field]:
    """Return (field, text) of what is searched in an entity.

    Nothing for a tombstone, nor for a passage of a final version: it would be found beside those of the layers that it
    was made of.
    """
    if entity is None or entity.deleted or (isinstance(entity, Annotation) and entity.session_id is not None):
        return []
    found = []
    for name in SEARCHED.get(type(entity), ()):
        value = getattr(entity, name)
        texts = [part.text for part in value] if isinstance(value, tuple) else [value]
        found += [(name, stored) for stored in texts if stored]
    return found


def index_edits(connection: Connection, edits: Iterable[Edit]) -> None:
    """Bring the search rows up to date with what changed."""
    gone: list[str] = []
    new: list[_Searched] = []
    other: list[_Searched] = []
    for edit in edits:
        before, after = fields_of(edit.before), fields_of(edit.after)
        if before == after:
            continue
        if before and after and _in_one_row(before) and _in_one_row(after):
            other.append((edit.entity, after))
            continue
        if before:
            gone.append(edit.entity.id)
        if after:
            new.append((edit.entity, after))
    _remove(connection, gone)
    _add(connection, new)
    _replace(connection, other)


def _in_one_row(fields: Sequence[Field]) -> bool:
    return len(fields) > 1 or len(fields[0][1]) <= STRETCH


def _replace(connection: Connection, searched: Sequence[_Searched]) -> None:
    """Give the one row of each entity its new words."""
    numbers = _numbers(connection, [entity.id for entity, _ in searched])
    _add(connection, [(entity, fields) for entity, fields in searched if entity.id not in numbers])
    postgres = connection.dialect.name == "postgresql"
    rows = [
        (_vector(words) if postgres else " ".join(words), numbers[entity.id])
        for entity, fields in searched
        if entity.id in numbers
        for _, words in _stretches(fields)
    ]
    if rows:
        connection.exec_driver_sql(_REPLACE_WORDS[connection.dialect.name], rows)


def _numbers(connection: Connection, entity_ids: Iterable[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for chunk in chunks(entity_ids):
        statement = select(search_entry.c.entity_id, search_entry.c.id).where(search_entry.c.entity_id.in_(chunk))
        numbers.update((row[0], row[1]) for row in connection.execute(statement).all())
    return numbers


def clear(connection: Connection) -> None:
    """Drop all search rows."""
    connection.execute(text("DELETE FROM search_index"))
    connection.execute(delete(search_entry))


def rebuild(connection: Connection, entities: Iterable[Sequence[Entity]]) -> bool:
    """Build all search rows anew from batches of entities; return whether they were not what they should be."""
    before = _fingerprint(connection) if _is_whole(connection) else None
    if before is None:
        _make_anew(connection)
    clear(connection)
    for batch in entities:
        _add(connection, [(entity, fields) for entity in batch if (fields := fields_of(entity))])
    return _fingerprint(connection) != before


def _is_whole(connection: Connection) -> bool:
    """Whether the table of words is one at all: FTS5 keeps it in tables that ``integrity_check`` does not compare."""
    if connection.dialect.name != "sqlite":
        return True
    try:
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
        _fingerprint(connection)
    except DBAPIError:
        return False
    return True


def _make_anew(connection: Connection) -> None:
    """Put an empty table of words in the place of a broken one.

    FTS5 refuses to drop what it cannot read, so the tables under it are those of a fresh one first.
    """
    (made,) = DDL["sqlite"]
    connection.exec_driver_sql(made.replace("search_index", "search_fresh"))
    for shadow in _SHADOWS:
        fresh = text("SELECT sql FROM sqlite_master WHERE name = :name").bindparams(name=f"search_fresh_{shadow}")
        sql = str(connection.execute(fresh).scalar_one()).replace("search_fresh", "search_index")
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS search_index_{shadow}")
        connection.exec_driver_sql(sql)
        connection.exec_driver_sql(f"INSERT INTO search_index_{shadow} SELECT * FROM search_fresh_{shadow}")  # noqa: S608  (our names)
    connection.exec_driver_sql("DROP TABLE search_fresh")
    connection.exec_driver_sql("DROP TABLE search_index")
    connection.exec_driver_sql(made)


def _fingerprint(connection: Connection) -> int:
    """Return what all rows of words together with what they belong to come to, whatever their numbers and order."""
    hashes = (hashlib.sha256("\x00".join(map(str, row)).encode()) for row in connection.execute(_ALL))
    return sum(int.from_bytes(hash_.digest()) for hash_ in hashes)


def _remove(connection: Connection, entity_ids: Iterable[str]) -> None:
    for chunk in chunks(entity_ids):
        ids = connection.execute(select(search_entry.c.id).where(search_entry.c.entity_id.in_(chunk))).scalars().all()
        if ids:
            connection.execute(_DELETE, {"ids": ids})
            connection.execute(delete(search_entry).where(search_entry.c.id.in_(ids)))


def _add(connection: Connection, searched: Sequence[_Searched]) -> None:
    if not searched:
        return
    number = connection.execute(select(func.coalesce(func.max(search_entry.c.id), 0))).scalar_one()
    entries, rows = [], []
    postgres = connection.dialect.name == "postgresql"
    for entity, fields in searched:
        for start, words in _stretches(fields):
            number += 1
            entries.append((number, entity.TYPE, entity.id, start))
            rows.append((number, _vector(words) if postgres else " ".join(words)))
    _INSERT_ENTRIES(connection, entries)
    connection.exec_driver_sql(_INSERT_WORDS[connection.dialect.name], rows)


def _stretches(fields: Sequence[Field]) -> Iterator[tuple[int, list[str]]]:
    """Yield the words of an entity in rows; a long text is cut at a line or a space, with the offset of each cut."""
    if len(fields) == 1 and len(fields[0][1]) > STRETCH:
        stored = fields[0][1]
        start = 0
        while start < len(stored):
            end = _cut(stored, start)
            yield start, folded_words(stored, start, end)
            start = end
    else:
        yield 0, [word for _, stored in fields for word in folded_words(stored)]


def _cut(stored: str, start: int) -> int:
    if len(stored) - start <= STRETCH:
        return len(stored)
    end = start + STRETCH
    for separator in ("\n", " "):
        found = stored.rfind(separator, start + STRETCH // 2, end)
        if found > 0:
            return found + 1
    return end


def _vector(words: Sequence[str]) -> str:
    """Return words as the text of a ``tsvector``; they are letters and digits only."""
    places: dict[str, list[str]] = defaultdict(list)
    for place, word in enumerate(words, 1):
        places[word].append(str(min(place, 16383)))
    return " ".join(f"'{word}':{','.join(dict.fromkeys(found[:255]))}" for word, found in places.items())
