"""Looking at a file before it is trusted: is it SQLite, is it ours, of which format, sound, and nothing but ours."""

from __future__ import annotations

import sqlite3

from annotator.domain.errors import DamagedError, StorageError
from annotator.store.driver import APPLICATION_ID
from annotator.store.schema import metadata
from annotator.store.setup import newest_version, refuse_newer
from annotator.store.sqlite import explain

_OWN_TABLES = frozenset({"alembic_version", "search_index"})
_SHADOWS = "search_index_"
_OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
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
    problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        raise damaged(name, str(problem))
    _refuse_strange(connection, name, complete=found == newest_version())
    return found


def _refuse_strange(connection: sqlite3.Connection, name: str, *, complete: bool) -> None:
    """Refuse triggers, views and tables that we did not make: what is in them would run when the file is used."""
    expected = {table.name for table in metadata.tables.values()} | _OWN_TABLES
    tables = set()
    for kind, object_name, sql in connection.execute(_OBJECTS).fetchall():
        if kind == "index":
            continue
        ours = kind == "table" and (object_name in expected or object_name.startswith(_SHADOWS) or not complete)
        if not ours or (_is_virtual(sql) and object_name != "search_index"):
            raise StorageError(
                f"“{name}” holds something that Annotator did not make ({kind} “{object_name}”).",
                "It is not opened, because that could do harm. Ask where the file comes from, or restore a backup.",
            )
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
    if code.startswith("SQLITE_CORRUPT"):
        return damaged(name, str(error))
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return StorageError(
            f"“{name}” was left in the middle of a change and cannot be put right where it is.",
            f"Copy it together with “{name}-journal” to a folder that may be written, and open the copy.",
        )
    return explain(error) or error
