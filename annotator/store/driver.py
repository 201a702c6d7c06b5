"""How a project file is reached through ``sqlite3`` alone; every connection to one is made here.

Nothing here needs SQLAlchemy, which takes longer to import than Qt: :mod:`annotator.store.glance` reads a file with it
while the window is being painted.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

APPLICATION_ID = 0x416E6E6F
"""``Anno``: the number in a project file's header by which programs know it."""

SCHEMA_VERSION = 2
"""Number of the newest migration. SQLite's ``user_version``; as four digits it is Alembic's revision."""

COMMIT_PATIENCE = 10.0
"""Seconds for which a COMMIT is tried again while a reader is in the file."""

PRAGMAS = {
    "foreign_keys": "ON",
    "trusted_schema": "OFF",
    "cell_size_check": "ON",
    "journal_mode": "DELETE",
    "synchronous": "EXTRA",
}
"""Set on every connection. DELETE and EXTRA: a project is one file that people copy, rename and mail."""


def connect(path: Path, *, read_only: bool = False, patience: float = COMMIT_PATIENCE) -> sqlite3.Connection:
    """Open an existing SQLite file with the pragmas of a project.

    ``patience``: seconds to wait for a lock that another program holds. Raises sqlite3.Error.
    """
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={'ro' if read_only else 'rw'}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}").fetchall()
    except UnicodeDecodeError as error:  # sqlite3 quotes in its message what it could not read
        connection.close()
        damage = sqlite3.DatabaseError("the description of the tables is no text")
        damage.sqlite_errorname = "SQLITE_CORRUPT"
        raise damage from error
    except BaseException:
        connection.close()
        raise
    return connection
