"""Looking at a file before it is trusted: is it SQLite, is it ours, of which format, sound, and nothing but ours."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from annotator.domain.errors import DamagedError, StorageError
from annotator.store.driver import APPLICATION_ID
from annotator.store.schema import metadata
from annotator.store.setup import newest_version, refuse_newer
from annotator.store.sqlite import explain

_OWN_TABLES = frozenset({"alembic_version", "search_index"})
_SHADOWS = "search_index_"
_OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
_INDEXED = "SELECT count(*) FROM pragma_index_xinfo(?) WHERE cid = -2"
_RUNS = re.compile(r"\bCHECK\b|\bGENERATED\b", re.IGNORECASE)
"""What of a table's definition would be computed for each row; none of ours has any."""
DEADLINE = 120.0
"""Seconds that looking a file over may take: a sound one of 100 MB takes less than one."""
_STEPS = 100_000
"""Steps of SQLite's machine between two looks at the clock: some milliseconds."""
_COLUMNS = "SELECT name, hidden FROM pragma_table_xinfo(?)"


def inspect_project(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of the format of a project file that may be used.

    Raises StorageError, with ``name`` for people, when it is not ours, newer, damaged, or holds what we did not make.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StorageError(
            f"“{name}” is a database, but not a project of Annotator.", "Choose a file ending in .annotator."
        )
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    refuse_newer(found, name)
    with _in_time(connection):
        _refuse_strange(connection, name, complete=found == newest_version())  # first: the check below computes CHECKs
        problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        raise damaged(name, str(problem))
    return found


@contextmanager
def _in_time(connection: sqlite3.Connection) -> Iterator[None]:
    """Stop whatever SQLite does in here for longer than any file of ours needs."""
    until = time.monotonic() + DEADLINE
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _refuse_strange(connection: sqlite3.Connection, name: str, *, complete: bool) -> None:
    """Refuse triggers, views, tables and computed values that we did not make: they would run when the file is used."""
    expected = {table.name for table in metadata.tables.values()} | _OWN_TABLES
    tables = set()
    for kind, object_name, sql in connection.execute(_OBJECTS).fetchall():
        if kind == "index":
            ours = not connection.execute(_INDEXED, (object_name,)).fetchone()[0]
        else:
            ours = kind == "table" and (object_name in expected or object_name.startswith(_SHADOWS) or not complete)
            ours = ours and not _RUNS.search(sql or "")
        if not ours or (_is_virtual(sql) and object_name != "search_index"):
            raise StorageError(
                f"“{name}” holds something that Annotator did not make ({kind} “{object_name}”).",
                "It is not opened, because that could do harm. Ask where the file comes from, or restore a backup.",
            )
        if kind == "table":
            tables.add(object_name)
    if complete:
        _refuse_incomplete(connection, name, expected - tables)


def _refuse_incomplete(connection: sqlite3.Connection, name: str, missing: set[str]) -> None:
    if missing:
        raise damaged(name, f"the table {min(missing)} is missing")
    for table in metadata.tables.values():
        columns = connection.execute(_COLUMNS, (table.name,)).fetchall()
        if {column for column, _ in columns} != set(table.c.keys()) or any(hidden for _, hidden in columns):
            raise damaged(name, f"the columns of {table.name} are not those of a project")


def _is_virtual(sql: str | None) -> bool:
    return (sql or "").lstrip().upper().startswith("CREATE VIRTUAL")


def damaged(name: str, detail: str) -> DamagedError:
    """Return the refusal of a damaged file."""
    return DamagedError(
        f"“{name}” is damaged ({detail}). It was left as it is.",
        "Restore a backup; `annotator restore PROJECT` lists them.",
    )


def explained(error: sqlite3.Error, name: str) -> Exception:
    """Return what SQLite's error says about the file, for people."""
    code = getattr(error, "sqlite_errorname", "") or ""
    if code.startswith("SQLITE_NOTADB"):
        return StorageError(f"“{name}” is not a project of Annotator.", "Choose a file ending in .annotator.")
    if code.startswith("SQLITE_INTERRUPT"):
        return StorageError(
            f"“{name}” takes far longer to look over than a project does; it was left as it is.",
            "Ask where the file comes from, or restore a backup.",
        )
    if code.startswith("SQLITE_CORRUPT"):
        return damaged(name, str(error))
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return StorageError(
            f"“{name}” was left in the middle of a change and cannot be put right where it is.",
            f"Copy it together with “{name}-journal” to a folder that may be written, and open the copy.",
        )
    return explain(error) or error
