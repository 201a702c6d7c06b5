"""Putting a backup in a project's place, and upgrading on request."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from annotator.domain.errors import StorageError
from annotator.store import postgres
from annotator.store.backups import aside_of, copy
from annotator.store.driver import connect
from annotator.store.inspection import damaged, explained, inspect_project
from annotator.store.locking import HeldError, ProjectLock
from annotator.store.project_file import existing, roll_back
from annotator.store.setup import newest_version


def restore(backup: Path, project: Path) -> Path | None:
    """Replace ``project`` by ``backup``; return where what was there is kept, None when there was nothing.

    A sound project becomes a rolling backup first; a damaged one is set aside beside its place, with its journal.
    """
    from annotator.store.upgrade import back_up_before

    source_path = existing(str(backup))
    target = project.expanduser().resolve()
    if source_path == target:
        raise StorageError("That is the project itself, not a backup of it.", "Choose one of its backups.")
    with _held(target), _sound(source_path) as source:
        if not target.exists():
            _journal_of(target).unlink(missing_ok=True)
            copy(source, target)
            return None
        if _is_sound(target):
            kept = back_up_before(target, "restore")
            copy(source, target)
            return kept
        with _set_aside(target) as kept:
            copy(source, target)
        return kept


def upgrade(location: str) -> bool:
    """Upgrade a project to this program's format; return whether there was anything to do."""
    from annotator.store.upgrade import upgrade_server, upgrade_with_backup

    if location.startswith(postgres.PREFIX):
        return upgrade_server(location)
    path = existing(location)
    with _held(path):
        roll_back(path)
        with _sound(path) as connection:
            found = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if found == newest_version():
            return False
        upgrade_with_backup(path)
        return True


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold the right to write a project file."""
    try:
        lock = ProjectLock.take(path, wait=2.0)
    except HeldError as error:
        raise StorageError(f"“{path.name}” is open for writing by {error.holder}.", "Close it there first.") from error
    except OSError as error:
        raise StorageError(
            f"Nothing can be written in “{path.parent}”: {error.strerror or error}.", "Choose another folder."
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _sound(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a project file for reading after looking at every page of it."""
    try:
        connection = connect(path, read_only=True)
        try:
            inspect_project(connection, path.name)
            problem = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if problem != "ok":
                raise damaged(path.name, str(problem))
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise explained(error, path.name) from error


def _is_sound(target: Path) -> bool:
    """Whether what is about to be replaced can be read, after undoing what a crash left half done."""
    try:
        roll_back(target)
        with _sound(target):
            return True
    except (StorageError, sqlite3.Error):
        return False


@contextmanager
def _set_aside(target: Path) -> Iterator[Path]:
    """Give a damaged file and its journal another name, and their own again when nothing comes in their place."""
    aside = aside_of(target, datetime.now(UTC))
    pairs = [(target, aside), (_journal_of(target), _journal_of(aside))]
    moved = [(old, old.rename(new)) for old, new in pairs if old.exists()]
    try:
        yield aside
    except BaseException:
        for old, new in moved:
            new.rename(old)
        raise


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
