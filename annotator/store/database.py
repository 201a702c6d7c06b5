"""One open project database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.store.connections import Connections
from annotator.store.repository import Reader
from annotator.store.schema import REVISION, SCHEMA_VERSION, journal_head, metadata
from annotator.store.search import DDL
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
        path = Path(location).resolve()
        path.touch(exist_ok=False)
        connections = SqliteConnections(path, read_only=False)
        with connections.engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
            metadata.create_all(connection)
            for statement in DDL[connection.dialect.name]:
                connection.exec_driver_sql(statement)
            connection.execute(journal_head.insert().values(id=1, seq=0))
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))
        return cls(str(path), connections)

    @classmethod
    def open(cls, location: str, *, read_only: bool = False, wait: float = 2.0) -> Database:  # noqa: ARG003
        """Open an existing project database."""
        path = Path(location).resolve(strict=True)
        connections = SqliteConnections(path, read_only=read_only)
        return cls(str(path), connections, "It was opened for reading only." if read_only else "")

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
