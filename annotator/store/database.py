"""One open project database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.store import postgres
from annotator.store.connections import Connections
from annotator.store.repository import Reader
from annotator.store.schema import SCHEMA_VERSION
from annotator.store.setup import install
from annotator.store.sqlite import APPLICATION_ID, SqliteConnections
from annotator.store.unit_of_work import UnitOfWork


class Database:
    """One open project: a SQLite file, or one schema of a PostgreSQL database.

    ``location``: the file's real path or the URL without its password. ``read_only_reason``: empty when it can be
    written, else one sentence that says why not.
    """

    def __init__(self, location: str, connections: Connections, read_only_reason: str = "") -> None:
        self.location = location
        self.read_only_reason = read_only_reason
        self._connections = connections

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return bool(self.read_only_reason)

    @classmethod
    def create(cls, location: str) -> Database:
        """Make a new, empty project database and open it."""
        if location.startswith(postgres.PREFIX):
            return cls(*postgres.create(location))
        path = Path(location).resolve()
        path.touch(exist_ok=False)
        connections = SqliteConnections(path, read_only=False)
        with connections.changing() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
            install(connection)
        return cls(str(path), connections)

    @classmethod
    def open(cls, location: str, *, read_only: bool = False, wait: float = 2.0) -> Database:  # noqa: ARG003
        """Open an existing project database."""
        reason = "It was opened for reading only." if read_only else ""
        if location.startswith(postgres.PREFIX):
            return cls(*postgres.open_existing(location), reason)
        path = Path(location).resolve(strict=True)
        connections = SqliteConnections(path, read_only=read_only)
        return cls(str(path), connections, reason)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Begin a short read transaction; usable from any thread. Compute with what was read after it has ended."""
        with self._connections.reading() as connection:
            yield Reader(connection)

    def write(self, *, analyst_id: str | None, device: str) -> UnitOfWork:
        """Return a unit of work, to be entered with ``with``; it is rolled back unless it is committed."""
        return UnitOfWork(self._connections, analyst_id=analyst_id, device=device)

    def close(self) -> None:
        """Close the connections and give the file back."""
        self._connections.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
