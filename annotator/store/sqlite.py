"""SQLite: how a project file is opened, and what its errors mean."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RootTransaction, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from annotator.domain.errors import DamagedError, ReadOnlyError, StorageError, UserError
from annotator.store.connections import Connections, dangling
from annotator.store.driver import COMMIT_PATIENCE, connect

_ADVICE = {
    "SQLITE_FULL": ("The disk is full: the change was not saved.", "Free some space and do it again; nothing is lost."),
    "SQLITE_READONLY_DBMOVED": (
        "The project file was moved or renamed while it was open: the change was not saved.",
        "Open it again where it is now.",
    ),
    "SQLITE_BUSY": (
        "Another program is using the project file: the change was not saved.",
        "Close the other program, or wait a moment, and try again.",
    ),
    "SQLITE_CORRUPT": ("The project file is damaged.", "Restore a backup; `annotator restore PROJECT` lists them."),
    "SQLITE_NOTADB": ("The file is not an Annotator project.", "Choose a file that Annotator made."),
    "SQLITE_IOERR": (
        "The disk reported an error: the change was not saved.",
        "See whether the drive is still there and in order, then try again.",
    ),
    "SQLITE_CANTOPEN": (
        "The project file cannot be opened: was it moved or renamed, or is its drive gone? Nothing was saved.",
        "Open it again where it is now.",
    ),
}


def another_program() -> StorageError:
    """Return the refusal of a change while another program does not let go of the file."""
    return StorageError(*_ADVICE["SQLITE_BUSY"])


_NO_TEXT = "Could not decode to UTF-8"
"""How ``sqlite3`` begins to say, without a code, that the bytes of a text are none; it goes on with the text."""


class SqliteConnections(Connections):
    """The connections to a project file."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        engine = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: connect(path, read_only=read_only, patience=COMMIT_PATIENCE),
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=28,
            hide_parameters=True,
        )
        event.listen(engine, "begin", _begin)
        super().__init__(engine)

    def _commit(self, connection: Connection, transaction: RootTransaction, change_id: str) -> None:  # noqa: ARG002
        """Commit; while readers are in the file, try again for ten seconds before anything is rolled back."""
        raw: Any = connection.connection.driver_connection
        until = time.monotonic() + COMMIT_PATIENCE
        while True:
            try:
                raw.execute("COMMIT")
            except sqlite3.IntegrityError as error:
                loose = raw.execute("PRAGMA foreign_key_check").fetchone()
                raise dangling(loose[0], loose[2]) from error
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                    raise
            else:
                break
        transaction.commit()

    def explain(self, error: BaseException) -> UserError | None:
        """Return what a person can do about an error of SQLite's."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        return explain(cause) if isinstance(cause, sqlite3.Error) else None


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def explain(error: sqlite3.Error) -> UserError | None:
    """Return what a person can do about an error of SQLite's, None when it is our defect."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if not name and _NO_TEXT in str(error):
        name = "SQLITE_CORRUPT"
    for known, (message, advice) in _ADVICE.items():
        if name.startswith(known):
            kind = DamagedError if known == "SQLITE_CORRUPT" else StorageError
            return kind(message, advice)
    if name.startswith("SQLITE_READONLY"):
        return ReadOnlyError(
            "The project file may not be written.", "Change its permissions, or save a copy elsewhere."
        )
    return None
