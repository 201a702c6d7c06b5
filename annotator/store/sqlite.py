"""SQLite: how a project file is opened, and what its errors mean."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from annotator.domain.errors import DamagedError, ReadOnlyError, StorageError, UnwritableError, UserError
from annotator.store.connections import Connections, Waiting, dangling
from annotator.store.driver import COMMIT_PATIENCE, connect

T = TypeVar("T")

TOLD_AFTER = 3.0
"""Seconds of waiting for another program after which that is told."""
_PAUSE = 0.02
"""Seconds between two tries where SQLite itself does not wait."""

_ADVICE = {
    "SQLITE_FULL": (
        "The disk is full: the change was not saved.",
        "Free some space and do it again, or save a copy elsewhere; nothing is lost.",
    ),
    "SQLITE_READONLY_DBMOVED": (
        "The project file was moved or renamed while it was open: the change was not saved.",
        "Open it again where it is now, or save a copy elsewhere.",
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
        "Open it again where it is now, or save a copy elsewhere.",
    ),
}


def another_program() -> StorageError:
    """Return the refusal of a change while another program does not let go of the file."""
    return StorageError(*_ADVICE["SQLITE_BUSY"])


_UNWRITABLE = ("SQLITE_FULL", "SQLITE_READONLY_DBMOVED", "SQLITE_IOERR", "SQLITE_CANTOPEN")

_NO_TEXT = "Could not decode to UTF-8"
"""How ``sqlite3`` begins to say, without a code, that the bytes of a text are none; it goes on with the text."""


def patiently(act: Callable[[], T], waiting: Waiting, *, by_ourselves: Callable[[], bool] = lambda: False) -> T:
    """Do something that another program may keep from being done, again and again for ten seconds.

    ``waiting``: told True when that takes long, unless it is kept ``by_ourselves``, and False at its end. What it
    raises then is SQLite's last word. The connection's own patience is :data:`TOLD_AFTER`, or shorter.
    """
    began, told = time.monotonic(), False
    try:
        while True:
            try:
                return act()
            except sqlite3.OperationalError as error:
                spent = time.monotonic() - began
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or spent > COMMIT_PATIENCE:
                    raise
            if not told and spent >= min(TOLD_AFTER, COMMIT_PATIENCE) - _PAUSE and not by_ourselves():
                told = True
                waiting(True)  # noqa: FBT003  (a listener has one argument)
            time.sleep(_PAUSE)
    finally:
        if told:
            waiting(False)  # noqa: FBT003  (a listener has one argument)


class SqliteConnections(Connections):
    """The connections to a project file."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        super().__init__(self._engine_for(path, read_only=read_only))
        self._reading = 0
        self._counting = threading.Lock()

    def _engine_for(self, path: Path, *, read_only: bool) -> Engine:
        engine = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: self._patiently(
                lambda: connect(path, read_only=read_only, patience=min(TOLD_AFTER, COMMIT_PATIENCE))
            ),
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=28,
            hide_parameters=True,
        )
        event.listen(engine, "begin", self._begin_raw)
        return engine

    def _open_writer(self) -> Connection:
        """Open the connection for writing beside one for reading, which reads on when the file is moved later."""
        try:
            with self.engine.connect():
                return super()._open_writer()
        except (DBAPIError, sqlite3.Error) as error:
            if getattr(getattr(error, "orig", error), "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise  # it has been waited for
            return super()._open_writer()  # it has been moved already: with what is open

    @contextmanager
    def moving(self, path: Path) -> Iterator[Any]:
        """Give the raw connection for writing, to copy from; when left without an error, go on in the file ``path``.

        Whoever waits to write meanwhile writes there.
        """
        with self.gated() as writer:
            yield writer.connection.driver_connection
            writer.close()
            left, self.engine, self._writer = self.engine, self._engine_for(path, read_only=False), None
            left.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a read transaction on a connection of its own; end it when left."""
        with super().reading() as connection:
            with self._counting:
                self._reading += 1
            try:
                yield connection
            finally:
                with self._counting:
                    self._reading -= 1

    def _patiently(self, act: Callable[[], T]) -> T:
        """Wait for other programs; a long read or write of this one is nothing to tell."""
        return patiently(act, self.waiting, by_ourselves=lambda: bool(self._reading or self._inside))

    def _begin_raw(self, connection: Connection) -> None:
        """Begin, and take the lock that all which follows needs, so that nothing later meets a busy file."""
        raw: Any = connection.connection.driver_connection
        if connection.get_execution_options().get("writing", False):
            self._patiently(lambda: raw.execute("BEGIN IMMEDIATE"))
            return
        raw.execute("BEGIN")
        try:
            self._patiently(lambda: raw.execute("PRAGMA schema_version").fetchone())
        except BaseException:
            raw.execute("ROLLBACK")
            raise

    def _commit(self, connection: Connection, transaction: RootTransaction, change_id: str) -> None:  # noqa: ARG002
        """Commit; while readers are in the file, try again for ten seconds before anything is rolled back."""
        raw: Any = connection.connection.driver_connection
        try:
            patiently(lambda: raw.execute("COMMIT"), self.waiting, by_ourselves=lambda: self._reading > 0)
        except sqlite3.IntegrityError as error:
            loose = raw.execute("PRAGMA foreign_key_check").fetchone()
            raise dangling(loose[0], loose[2]) from error
        transaction.commit()

    def explain(self, error: BaseException) -> UserError | None:
        """Return what a person can do about an error of SQLite's."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        return explain(cause) if isinstance(cause, sqlite3.Error) else None


def explain(error: sqlite3.Error) -> UserError | None:
    """Return what a person can do about an error of SQLite's, None when it is our defect."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if not name and _NO_TEXT in str(error):
        name = "SQLITE_CORRUPT"
    for known, (message, advice) in _ADVICE.items():
        if name.startswith(known):
            if known == "SQLITE_CORRUPT":
                return DamagedError(message, advice)
            return (UnwritableError if known in _UNWRITABLE else StorageError)(message, advice)
    if name.startswith("SQLITE_READONLY"):
        return ReadOnlyError(
            "The project file may not be written.", "Change its permissions, or save a copy elsewhere."
        )
    return None
