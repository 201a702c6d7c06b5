"""How a project's database is reached: short read transactions from any thread, one write transaction at a time."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import DBAPIError

from annotator.domain.errors import RuleError, UserError

Waiting = Callable[[bool], None]
"""Called on any thread: True when another program is waited for, False when that is over."""


def nobody_told(_on: bool) -> None:
    """Hear that another program is waited for, and tell nobody."""


def dangling(table: str, target: str) -> RuleError:
    """Return the refusal of a link to nothing, from the row of one table to one of another."""
    article = "an" if target[0] in "aeiou" else "a"
    return RuleError(f"The {table} refers to {article} {target} that is not in this project: nothing was saved.")


class Connections(ABC):
    """The connections to one project: a pool for reading and one kept for writing."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.waiting: Waiting = nobody_told
        """Told when another program that has the project is waited for, and when that is over."""
        self._gate = threading.Lock()
        self._inside: int | None = None
        self._writer: Connection | None = None
        self._transaction: RootTransaction | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a read transaction on a connection of its own; end it when left."""
        with self.explained(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def changing(self, *, bare: bool = False) -> Iterator[Connection]:
        """Begin a write transaction beside the journal; committed when left without an error.

        ``bare``: in a database without tables yet.
        """
        connection = self.begin_writing(bare=bare)
        try:
            yield connection
            self.commit("")
        finally:
            self.end_writing()

    def begin_writing(self, *, bare: bool = False) -> Connection:
        """Take the one write lock and begin the write transaction; ``bare``: in a database without tables yet.

        Raises RuntimeError when this thread is in one already, StorageError when another program holds the file.
        """
        if self._inside == threading.get_ident():
            raise RuntimeError("a unit of work is open in this thread: pass it on instead of beginning another")
        self._gate.acquire()
        try:
            with self.explained():
                writer = self._begin(bare=bare)
        except BaseException:
            self.end_writing()
            raise
        self._inside = threading.get_ident()
        return writer

    def _begin(self, *, bare: bool) -> Connection:
        """Begin on the kept connection, or on a new one when that broke while it was idle."""
        try:
            return self._begin_on(self._kept_writer(), bare=bare)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._begin_on(self._kept_writer(), bare=bare)

    def _begin_on(self, writer: Connection, *, bare: bool) -> Connection:
        self._transaction = writer.begin()
        if not bare:
            self._begun(writer)
        return writer

    def _kept_writer(self) -> Connection:
        if self._writer is not None and self._writer.invalidated:
            self._writer.close()
            self._writer = None
        if self._writer is None:
            self._writer = self._open_writer()
        return self._writer

    @contextmanager
    def gated(self) -> Iterator[Connection]:
        """Take the write lock and give the connection for writing, without a transaction."""
        with self._gate:
            with self.explained():
                writer = self._kept_writer()
            yield writer

    def commit(self, change_id: str) -> None:
        """Commit the write transaction. ``change_id`` finds out whether a commit of unknown outcome happened."""
        assert self._writer is not None
        assert self._transaction is not None
        with self.explained():
            self._commit(self._writer, self._transaction, change_id)

    def end_writing(self) -> None:
        """Roll back what was not committed and give the write lock back."""
        try:
            if self._transaction is not None and self._transaction.is_active:
                self._transaction.rollback()
        finally:
            self._leave()

    def close(self) -> None:
        """Close every connection."""
        with self._gate:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self.engine.dispose()

    def _leave(self) -> None:
        self._transaction = None
        self._inside = None
        self._gate.release()

    def _open_writer(self) -> Connection:
        return self.engine.connect().execution_options(writing=True)

    def _begun(self, connection: Connection) -> None:
        """Do what must be done first in a write transaction; nothing, unless a database needs it."""
        del connection

    @abstractmethod
    def _commit(self, connection: Connection, transaction: RootTransaction, change_id: str) -> None:
        """Commit, patiently."""

    @abstractmethod
    def explain(self, error: BaseException) -> UserError | None:
        """Return what a person can do about an error of the database's, None when it is none or our defect."""

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn the database's errors that a person can act on into a UserError."""
        try:
            yield
        except Exception as error:
            known = self.explain(error)
            if known is None:
                raise
            raise known from error
