"""One open project database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.domain.articles import TextVersion
from annotator.domain.entity import Entity
from annotator.domain.errors import Problem, ReadOnlyError, UsageError
from annotator.domain.progress import Progress, silent
from annotator.store import backups, checking, postgres, project_file, repairing, restoring, search
from annotator.store.checking import LooseLink
from annotator.store.connections import Connections, Waiting, nobody_told
from annotator.store.locking import not_open
from annotator.store.places import warning_about
from annotator.store.repository import Reader
from annotator.store.sqlite import SqliteConnections
from annotator.store.unit_of_work import UnitOfWork
from annotator.store.veil import Veil

_TEXTS_AT_A_TIME = 100
_AT_A_TIME = 5_000


class Database:
    """One open project: a SQLite file, or one schema of a PostgreSQL database.

    ``location``: the file's real path, or the URL without its password. ``read_only_reason``: empty when it can be
    written, else one sentence that says why not; ``held``: because another program has it open for writing.
    ``warning``: one sentence when the file lies where it is in danger (a
    network drive, a synchronised folder), else empty.
    """

    def __init__(
        self,
        location: str,
        connections: Connections,
        read_only_reason: str,
        close: Callable[[], None],
        *,
        warning: str = "",
        opened: project_file.Opened | None = None,
    ) -> None:
        self.location = location
        self.read_only_reason = read_only_reason
        self.held = opened is not None and opened.held
        self.warning = warning
        self._connections = connections
        self._close = close
        self._opened = opened

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return bool(self.read_only_reason)

    @classmethod
    def create(cls, location: str) -> Database:
        """Make a new, empty project database and open it. Raises StorageError when something is there already."""
        if location.startswith(postgres.PREFIX):
            return cls._on_server(*postgres.create(location))
        return cls._of_file(project_file.create(location))

    @classmethod
    def open(
        cls, location: str, *, read_only: bool = False, wait: float = 2.0, waiting: Waiting = nobody_told
    ) -> Database:
        """Open an existing project database.

        A file that another program has open for writing is waited for ``wait`` seconds, then opened for reading only;
        likewise one that may not be written. ``waiting`` is told, from now on, when a program that is changing the file
        at this moment is waited for. Raises NotFoundError or StorageError with what is wrong with it.
        """
        if location.startswith(postgres.PREFIX):
            reason = project_file.ASKED_FOR if read_only else ""
            return cls._on_server(*postgres.open_existing(location), reason)
        opened = project_file.open_existing(location, read_only=read_only, wait=wait, waiting=waiting)
        opened.connections.waiting = waiting
        return cls._of_file(opened)

    @classmethod
    def _on_server(cls, location: str, connections: Connections, reason: str = "") -> Database:
        return cls(location, connections, reason, connections.close)

    @classmethod
    def _of_file(cls, opened: project_file.Opened) -> Database:
        warning = warning_about(opened.path)
        return cls(str(opened.path), opened.connections, opened.reason, opened.close, warning=warning, opened=opened)

    def tell_waiting(self, waiting: Waiting) -> None:
        """Tell ``waiting``, and nobody else, when another program is waited for; on the thread that waits."""
        self._connections.waiting = waiting

    @contextmanager
    def read(self, veil: Callable[[Reader], Veil | None] | None = None) -> Iterator[Reader]:
        """Begin a short read transaction; usable from any thread. Compute with what was read after it has ended.

        ``veil``: tells, when the transaction has begun, what is to be kept from whoever reads.
        """
        with self._connections.reading() as connection:
            reader = Reader(connection)
            if veil is not None:
                reader.veil = veil(reader)
            yield reader

    def write(self, *, analyst_id: str | None, device: str) -> UnitOfWork:
        """Return a unit of work, to be entered with ``with``; it is rolled back unless it is committed.

        Raises ReadOnlyError when the project is open for reading only.
        """
        self._refuse_read_only()
        return UnitOfWork(self._connections, analyst_id=analyst_id, device=device)

    def storage_problems(self) -> list[Problem]:
        """Return what the database says is wrong with itself; see :func:`annotator.store.checking.is_rebuilt`."""
        with self._connections.reading() as connection:
            return checking.storage_problems(connection)

    def history_problems(self, progress: Progress = silent) -> list[Problem]:
        """Return what refers to nothing, and the rows that are not what their versions say.

        ``progress`` may raise to stop.
        """
        with self._connections.reading() as connection:
            return [*checking.dangling_problems(connection), *checking.history_problems(connection, progress)]

    def repair(self) -> int:
        """Build indexes, rows and the notes of conflicts anew from the versions; return how many were not right.

        Raises ReadOnlyError, or DamagedError when the file is too damaged: nothing is written then.
        """
        self._refuse_read_only()
        with self._connections.changing() as connection:
            return repairing.repair(connection)

    def loose_links(self) -> list[LooseLink]:
        """Return the live entities that refer to deleted ones."""
        with self._connections.reading() as connection:
            return checking.loose_links(connection)

    def rebuild_search(self) -> bool:
        """Build what the search needs anew; return whether it had been out of order. Raises ReadOnlyError."""
        self._refuse_read_only()
        with self._connections.changing() as connection:
            return search.rebuild(connection, _searched(Reader(connection)))

    def backup(self, target: Path, *, progress: Progress | None = None, as_it_is: bool = False) -> None:
        """Copy the project to a file, which is replaced whole or not at all; verified before it gets its name.

        ``as_it_is``: also what is not sound, to keep it before it is repaired.

        Raises UsageError for a project on a server, StorageError when the copy cannot be written.
        """
        if not isinstance(self._connections, SqliteConnections):
            raise UsageError(
                "A project on a server is backed up where the server is (pg_dump), not from here.",
                "To have a copy in a file, export it with its journal: annotator export",
            )
        with not_open(target), self._connections.gated() as writer:
            raw: Any = writer.connection.driver_connection
            backups.copy(raw, target, progress=progress, as_it_is=as_it_is)

    def move(self, target: Path, *, progress: Progress | None = None) -> None:
        """Copy the project to ``target`` and go on in that file, while it stays open; the file before stays as it is.

        It can be written there. What is open is copied, also when its file has been moved or may not be written.
        Raises UsageError for a project on a server, StorageError when there is no room there either.
        """
        if self._opened is None:
            raise UsageError("A project on a server is copied by an export with its journal, not from here.")
        opened = self._opened = self._opened.moved(target, progress)
        self.location, self.read_only_reason, self.held = str(opened.path), "", False
        self.warning, self._close = warning_about(opened.path), opened.close

    def restore(self, backup: Path, *, keep: Callable[[], Path], progress: Progress = silent) -> Path:
        """Give the project the content of a backup, in its own file, while it stays open; return what ``keep`` does.

        ``keep`` is called once the backup has been found sound, to keep what is here. Raises ReadOnlyError, UsageError
        for a project on a server, StorageError when the backup is not sound or another program does not let go of the
        file: nothing is changed then.
        """
        self._refuse_read_only()
        if not isinstance(self._connections, SqliteConnections):
            raise UsageError("A project on a server is restored where the server is, not from here.")
        with restoring.to_restore(backup) as source:
            kept = keep()
            with self._connections.gated() as writer:
                raw: Any = writer.connection.driver_connection
                restoring.put_in_place(source, raw, progress=progress, waiting=self._connections.waiting)
        return kept

    def close(self) -> None:
        """Close the connections and give the file back; a second time does nothing."""
        close, self._close = self._close, lambda: None
        close()

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise ReadOnlyError("This project is open for reading only.", self.read_only_reason)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _searched(reader: Reader) -> Iterator[list[Entity]]:
    """Yield all entities that are searched, some at a time, long texts but a few."""
    for cls in search.SEARCHED:
        ids, most = reader.ids(cls), _TEXTS_AT_A_TIME if cls is TextVersion else _AT_A_TIME
        for at in range(0, len(ids), most):
            yield list(reader.get_many(cls, ids[at : at + most]).values())
