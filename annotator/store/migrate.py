"""Bringing an older project up to date. The only module that imports Alembic, and itself imported only when needed."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from annotator.domain.errors import StorageError
from annotator.paths import data_folder
from annotator.store.setup import newest_version


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction that is open on ``connection``.

    On SQLite the connection must have been made with ``foreign_keys=OFF``: rebuilding a table with foreign keys on
    loses rows. All keys are checked at the end instead. Raises StorageError when a link leads nowhere afterwards.
    """
    config = Config()
    config.set_main_option("script_location", str(data_folder("db")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if loose is not None:
            raise StorageError(
                f"The project could not be upgraded: in “{loose[0]}” something refers to nothing.",
                "It was left as it was. Restore a backup, or send the report to the people who make Annotator.",
            )
        connection.exec_driver_sql(f"PRAGMA user_version={newest_version()}")
