"""Making the tables of a new project, and telling which version of them a database has; all without Alembic."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, MetaData, inspect, make_url, text
from sqlalchemy.engine.mock import MockConnection

from annotator.domain.errors import StorageError
from annotator.store.driver import SCHEMA_VERSION
from annotator.store.schema import REVISION, journal_head, metadata
from annotator.store.search import DDL


def install(connection: Connection) -> None:
    """Make all tables in an empty database or schema; equal to running every migration, and tested to be."""
    kind = connection.dialect.name
    for statement in (*_tables(kind), *DDL[kind]):
        connection.exec_driver_sql(statement)
    connection.execute(journal_head.insert().values(id=1, seq=0))
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version ("
        "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:revision)"), {"revision": REVISION})


@cache
def _tables(kind: str) -> tuple[str, ...]:
    """Return the statements that make the tables in a kind of database; they are the same for all projects.

    They are made of a copy of the tables: making those of PostgreSQL marks its late key as made.
    """
    copy = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.tables.values():
        table.to_metadata(copy)
    statements: list[str] = []
    dialect = make_url(f"{kind}://").get_dialect()()
    noting = MockConnection(dialect, lambda ddl, *_: statements.append(str(ddl.compile(dialect=dialect))))
    copy.create_all(noting, checkfirst=False)
    return tuple(statements)


def newest_version() -> int:
    """Return the number of the schema that this program writes."""
    return SCHEMA_VERSION


def found_version(connection: Connection) -> int | None:
    """Return the number of the schema that a database has, None when there is no project in it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return int(revision) if revision is not None and str(revision).isdigit() else None


def refuse_newer(found: int, location: str) -> None:
    """Raise StorageError when a project was made by a newer program than this."""
    if found > newest_version():
        raise StorageError(
            f"“{location}” was made by a newer version of Annotator (format {found}; this one reads up to "
            f"{newest_version()}).",
            "Install the newest Annotator to open it; the project was left as it is.",
        )
