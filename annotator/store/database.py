"""One open project database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from annotator.domain.errors import ReadOnlyError
from annotator.store import postgres, project_file
from annotator.store.connections import Connections
from annotator.store.repository import Reader
from annotator.store.unit_of_work import UnitOfWork


class Database:
    """One open project: a SQLite file, or one schema of a PostgreSQL database.

    ``location``: the file's real path, or the URL without its password. ``read_only_reason``: empty when it can be
    written, else one sentence that says why not.
    """

    def __init__(
        self, location: str, connections: Connections, read_only_reason: str, close: Callable[[], None]
    ) -> None:
        self.location = location
        self.read_only_reason = read_only_reason
        self._connections = connections
        self._close = close

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
    def open(cls, location: str, *, read_only: bool = False, wait: float = 2.0) -> Database:
        """Open an existing project database.

        A file that another program has open for writing is waited for ``wait`` seconds, then opened for reading only;
        likewise one that may not be written. Raises NotFoundError or StorageError with what is wrong with it.
        """
        if location.startswith(postgres.PREFIX):
            reason = project_file.ASKED_FOR if read_only else ""
            return cls._on_server(*postgres.open_existing(location), reason)
        return cls._of_file(project_file.open_existing(location, read_only=read_only, wait=wait))

    @classmethod
    def _on_server(cls, location: str, connections: Connections, reason: str = "") -> Database:
        return cls(location, connections, reason, connections.close)

    @classmethod
    def _of_file(cls, opened: project_file.Opened) -> Database:
        return cls(str(opened.path), opened.connections, opened.reason, opened.close)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Begin a short read transaction; usable from any thread. Compute with what was read after it has ended."""
        with self._connections.reading() as connection:
            yield Reader(connection)

    def write(self, *, analyst_id: str | None, device: str) -> UnitOfWork:
        """Return a unit of work, to be entered with ``with``; it is rolled back unless it is committed.

        Raises ReadOnlyError when the project is open for reading only.
        """
        if self.read_only:
            raise ReadOnlyError("This project is open for reading only.", self.read_only_reason)
        return UnitOfWork(self._connections, analyst_id=analyst_id, device=device)

    def close(self) -> None:
        """Close the connections and give the file back; a second time does nothing."""
        close, self._close = self._close, lambda: None
        close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
