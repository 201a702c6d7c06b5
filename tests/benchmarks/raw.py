"""The same rows through ``sqlite3`` alone, as the reference of what the store does."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from annotator.store.database import Database

MARKS = (
    'SELECT id, start, "end", tag_id, analyst_id FROM annotation WHERE text_id = ? AND deleted_at IS NULL '
    'AND session_id IS NULL ORDER BY start, "end", id'
)
FIND = (
    "SELECT rowid, snippet(search_index, 0, '[', ']', '…', 16) FROM search_index WHERE search_index MATCH ? "
    "ORDER BY rank LIMIT 50"
)

Statement = tuple[str, Any]


def recorded(database: Database, work: Callable[[], object]) -> list[Statement]:
    """Return the statements of ``work`` that write, with their parameters."""
    found: list[Statement] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            found.append((statement, parameters))

    engine = database._connections.engine
    event.listen(engine, "before_cursor_execute", note)
    work()
    event.remove(engine, "before_cursor_execute", note)
    return found


def played(raw: sqlite3.Connection, statements: list[Statement]) -> Callable[[], None]:
    """Return what writes the rows of recorded statements again, each time with new keys, in one transaction."""
    numbers = itertools.count(1_000_000)

    def fresh(statement: str, row: tuple[Any, ...], key: str, number: int) -> tuple[Any, ...]:
        if statement.startswith("INSERT INTO annotation_person"):
            return (key, *row[1:])
        if statement.startswith("INSERT INTO change"):
            return (key, number, *row[2:])
        if statement.startswith("INSERT INTO version"):
            return (key, *row[1:9], key, *row[10:])
        return (number if statement.startswith("INSERT INTO search") else key, *row[1:])

    def play() -> None:
        number = next(numbers)
        key = f"{number:036d}"
        raw.execute("BEGIN IMMEDIATE")
        for statement, parameters in statements:
            if not statement.startswith("INSERT"):
                raw.execute(statement, parameters).fetchall()
            elif isinstance(parameters, list):
                raw.executemany(statement, [fresh(statement, row, key, number) for row in parameters])
            else:
                raw.execute(statement, fresh(statement, parameters, key, number))
        raw.execute("COMMIT")

    return play
