"""Upgrading a project: a file in one transaction on a connection of its own, after a backup; a schema on a server."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

from annotator.domain.errors import StorageError
from annotator.domain.progress import Progress, silent
from annotator.store import backups
from annotator.store.driver import connect
from annotator.store.postgres import Address, PostgresConnections
from annotator.store.setup import found_version, refuse_newer


def back_up_before(path: Path, why: str = "upgrade", *, progress: Progress = silent) -> Path:
    """Make a rolling backup of a project file and return its path."""
    source = connect(path)
    try:
        project_id = source.execute("SELECT id FROM project ORDER BY id LIMIT 1").fetchone()
        seq = int(source.execute("SELECT seq FROM journal_head").fetchone()[0])
        folder = backups.folder_of(project_id[0] if project_id else "unnamed")
        target = backups.rolling_name(folder, seq, why)
        backups.copy(source, target, progress=progress)
    finally:
        source.close()
    return target


def upgrade_with_backup(path: Path) -> None:
    """Upgrade a project file after a backup of it; raises StorageError that names the backup when it fails."""
    backup = back_up_before(path)
    try:
        upgrade_file(path)
    except Exception as error:
        raise StorageError(
            f"“{path.name}” could not be upgraded ({error}). It was left as it was.", f"A backup of it is “{backup}”."
        ) from error


def upgrade_file(path: Path) -> None:
    """Run the missing migrations on a project file, in one transaction; it is as before when one of them fails."""
    from annotator.store.migrate import migrate

    engine = create_engine(
        "sqlite+pysqlite://", creator=lambda: _connect(path), poolclass=NullPool, hide_parameters=True
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            migrate(connection)
    finally:
        engine.dispose()


def _connect(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    connection.execute("PRAGMA foreign_keys=OFF")
    return connection


def upgrade_server(location: str) -> bool:
    """Upgrade a project on a server; return whether there was anything to do. Only ``annotator upgrade`` calls this."""
    from annotator.store.migrate import migrate

    address = Address.of(location)
    connections = PostgresConnections(address)
    try:
        with connections.changing(bare=True) as connection:
            connection.exec_driver_sql("SELECT version_num FROM alembic_version FOR UPDATE")
            found = found_version(connection)
            refuse_newer(found or 0, address.shown)
            migrate(connection)
            return found != found_version(connection)
    finally:
        connections.close()
