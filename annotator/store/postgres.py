"""PostgreSQL: a project is one schema of a database, named by ``?schema=`` in its URL (``annotator`` without it).

``postgresql+psycopg://ann@db.example/stories?schema=bridge_affair``. The password is given by the system (``.pgpass``,
the keyring), never kept in what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import URL, Connection, RootTransaction, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, OperationalError

from annotator.domain.errors import NotFoundError, StorageError, UsageError, UserError
from annotator.store.connections import Connections, dangling
from annotator.store.setup import found_version, install, newest_version, refuse_newer

PREFIX = "postgresql"
DEFAULT_SCHEMA = "annotator"
_SCHEMA_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_MISSING_TABLE = re.compile(r'table "(\w+)"')
_KEEPALIVES = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "connect_timeout": 10}
_LOCK = text("SELECT seq FROM journal_head WHERE id = 1 FOR UPDATE")
_HAPPENED = text(
    "SELECT EXISTS (SELECT 1 FROM change WHERE id = :id) OR EXISTS (SELECT 1 FROM merge_log WHERE id = :id)"
)
_LOCK_TIMEOUT = "55P03"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a project is on a server: the URL of the database, and the schema in it."""

    url: URL
    schema: str

    @classmethod
    def of(cls, location: str) -> Address:
        """Read a location; raises UsageError when it is no such URL."""
        try:
            url = make_url(location)
            url.get_dialect()
        except (ArgumentError, NoSuchModuleError, ValueError) as error:
            raise UsageError(
                "This is not the address of a project on a server.",
                "It looks like postgresql+psycopg://NAME@SERVER/DATABASE?schema=PROJECT",
            ) from error
        schema = url.query.get("schema", DEFAULT_SCHEMA)
        if not isinstance(schema, str) or not _SCHEMA_NAME.fullmatch(schema):
            raise UsageError(
                "The schema in the address is not a name that can be used.",
                "Use lower-case letters, digits and underscores, beginning with a letter.",
            )
        return cls(url.set(drivername="postgresql+psycopg").difference_update_query(["schema"]), schema)

    @property
    def shown(self) -> str:
        """The location without its password: what may be shown, logged and remembered."""
        url = self.url
        shown = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
        return shown.update_query_dict({"schema": self.schema}).render_as_string()


class PostgresConnections(Connections):
    """The connections to a project on a server; a writer first locks the row of ``journal_head``: that orders them."""

    def __init__(self, address: Address) -> None:
        try:
            engine = create_engine(
                address.url,
                connect_args={"options": f"-c search_path={address.schema} -c lock_timeout=10s", **_KEEPALIVES},
                pool_pre_ping=True,
                pool_size=4,
                max_overflow=28,
                hide_parameters=True,
            )
        except ModuleNotFoundError as error:
            raise UsageError(
                "Projects on a server need the package psycopg, which is not installed.",
                "Install it: pip install “annotator[team]”",
            ) from error
        super().__init__(engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a read-only transaction that sees one state of the project throughout."""
        with self.explained(), self.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    def _begun(self, connection: Connection) -> None:
        connection.execute(_LOCK)

    def _open_writer(self) -> Connection:
        return self.engine.connect()

    def _commit(self, connection: Connection, transaction: RootTransaction, change_id: str) -> None:  # noqa: ARG002
        """Commit; when the connection breaks meanwhile, look whether the server did it."""
        try:
            transaction.commit()
        except OperationalError as error:
            if not error.connection_invalidated or not self._happened(change_id):
                raise

    def _happened(self, change_id: str) -> bool:
        with self.engine.connect() as connection:
            return bool(connection.execute(_HAPPENED, {"id": change_id}).scalar_one())

    def explain(self, error: BaseException) -> UserError | None:
        """Return what a person can do about an error of the server's."""
        return explain(error) if isinstance(error, DBAPIError) else None


def explain(error: DBAPIError) -> UserError | None:
    """Return what a person can do about an error of the server's, None when it is our defect."""
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error, IntegrityError):
        diagnosis = getattr(error.orig, "diag", None)
        missing = _MISSING_TABLE.search(getattr(diagnosis, "message_detail", None) or "")
        return dangling(diagnosis.table_name or "entry", missing.group(1)) if diagnosis and missing else None
    if state == _LOCK_TIMEOUT:
        return StorageError("A colleague's change is taking long: yours was not saved.", "Try again in a moment.")
    if isinstance(error, OperationalError):
        return StorageError(
            "The database server cannot be reached: nothing was saved.",
            "See whether the network and the server are up, then try again.",
        )
    return None


def create(location: str) -> tuple[str, PostgresConnections]:
    """Make a project in a schema that is empty or not there yet; return its location and connections."""
    address = Address.of(location)
    connections = PostgresConnections(address)
    with _closed_on_error(connections), connections.changing(bare=True) as connection:
        connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{address.schema}"')
        in_use = "SELECT count(*) FROM information_schema.tables WHERE table_schema = :schema"
        if connection.execute(text(in_use), {"schema": address.schema}).scalar_one():
            raise StorageError(
                f"The schema “{address.schema}” of that database is in use.",
                "Choose another name after ?schema=, or open the project that is there.",
            )
        install(connection)
    return address.shown, connections


def open_existing(location: str) -> tuple[str, PostgresConnections]:
    """Return location and connections of a project that is there.

    Raises NotFoundError when there is none, StorageError when it is newer or older than this program: the schema on a
    server is upgraded by ``annotator upgrade`` alone.
    """
    address = Address.of(location)
    connections = PostgresConnections(address)
    with _closed_on_error(connections):
        with connections.reading() as connection:
            found = found_version(connection)
        _refuse_other_format(found, address)
    return address.shown, connections


def _refuse_other_format(found: int | None, address: Address) -> None:
    if found is None:
        raise NotFoundError(
            f"There is no project in the schema “{address.schema}” of that database.",
            "See whether the address is right, or make a project there: annotator new ADDRESS",
        )
    refuse_newer(found, address.shown)
    if found < newest_version():
        raise StorageError(
            f"The project on the server has an older format ({found}; this program writes {newest_version()}).",
            "When all colleagues have the new version: annotator upgrade ADDRESS",
        )


@contextmanager
def _closed_on_error(connections: Connections) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connections.close()
        raise
