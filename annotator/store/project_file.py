"""Opening a project file: every fault has its own message, and none makes the file worse.

The file is never opened with plain ``open()``: closing it would drop the locks that SQLite holds in this process.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.domain.errors import DamagedError, NotFoundError, StorageError
from annotator.domain.progress import Progress
from annotator.store import inspection
from annotator.store.connections import Waiting, nobody_told
from annotator.store.driver import APPLICATION_ID, connect
from annotator.store.locking import HeldError, ProjectLock, not_open
from annotator.store.setup import install, newest_version
from annotator.store.sqlite import TOLD_AFTER, SqliteConnections, explain, patiently

ASKED_FOR = "It was opened for reading only."


@dataclass(frozen=True, slots=True)
class Opened:
    """An open project file.

    ``reason``: why it cannot be written, empty when it can; ``held``: because another program has it open for writing.
    ``temporary``: the folder of an upgraded copy that is read in its place.
    """

    path: Path
    connections: SqliteConnections
    lock: ProjectLock | None = None
    reason: str = ""
    held: bool = False
    temporary: Path | None = None

    def close(self) -> None:
        """Close the connections, give the lock back, remove a temporary copy."""
        try:
            self.connections.close()
        finally:
            self._give_back()

    def _give_back(self) -> None:
        if self.lock is not None:
            self.lock.release()
        if self.temporary is not None:
            shutil.rmtree(self.temporary, ignore_errors=True)

    def moved(self, path: Path, progress: Progress | None = None) -> Opened:
        """Copy the project to ``path`` and go on there, with the same connections; what is here stays as it is.

        What is open is copied, also when the file has no name any more. Raises StorageError, and nothing has changed
        then.
        """
        from annotator.store.backups import copy

        with self.connections.moving(path) as raw:
            with not_open(path):
                copy(raw, path, progress=progress)
            lock = self.lock if path == self.path and self.lock is not None and self.lock.stands else None
            lock = lock or _lock_for_new(path)
        if lock is not self.lock:
            self._give_back()
        return Opened(path, self.connections, lock)


def create(location: str) -> Opened:
    """Make a new project file and open it; it gets its name when it is complete. Raises StorageError."""
    path = Path(location).expanduser()
    try:
        path = path.resolve()
        taken = path.exists()
    except (OSError, RuntimeError, ValueError) as error:
        raise _not_made(path, error) from error
    if taken:
        raise StorageError(f"There is a file “{path.name}” already.", "Open it, or choose another name.")
    lock = _lock_for_new(path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        unfinished.touch(exist_ok=False)
        connections = SqliteConnections(unfinished, read_only=False)
        try:
            with connections.changing(bare=True) as connection:
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={newest_version()}")
                install(connection)
        finally:
            connections.close()
        unfinished.rename(path)
    except OSError as error:
        lock.release()
        raise _not_made(path, error) from error
    except BaseException:
        lock.release()
        raise
    finally:
        unfinished.unlink(missing_ok=True)
        unfinished.with_name(f"{unfinished.name}-journal").unlink(missing_ok=True)
    return Opened(path, SqliteConnections(path, read_only=False), lock)


def _lock_for_new(path: Path) -> ProjectLock:
    try:
        return ProjectLock.take(path, wait=0)
    except HeldError as error:
        raise error.holder.has(path.name) from error
    except OSError as error:
        raise _not_made(path, error) from error


def _not_made(path: Path, error: Exception) -> StorageError:
    return StorageError(
        f"“{path.name[:80]}” cannot be made in “{path.parent}”: {getattr(error, 'strerror', None) or error}.",
        "Choose a folder that exists and may be written.",
    )


def open_existing(location: str, *, read_only: bool, wait: float, waiting: Waiting = nobody_told) -> Opened:
    """Open a project file; for reading only when asked for, or when it cannot be written (see ``Opened.reason``).

    ``wait``: seconds for another program to give the file back. ``waiting`` is told when one that is changing it keeps
    it from being looked at. Raises NotFoundError or StorageError.
    """
    path = existing(location)
    held = False
    reason, lock = (ASKED_FOR, None) if read_only else ("", None)
    if not read_only:
        try:
            reason, lock = _right_to_write(path, wait)
        except HeldError as error:
            reason, held = error.holder.has(path.name).message, True
    try:
        roll_back(path, waiting)
        found = _inspect(path, read_only=lock is None, waiting=waiting)
        if found == newest_version():
            return Opened(path, SqliteConnections(path, read_only=lock is None), lock, reason, held)
        return replace(_upgraded(path, found, lock, reason), held=held)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def is_project(path: Path) -> bool:
    """Whether there is a project at ``path``, sound or not: nothing else may be written over it."""
    try:
        found = path.resolve(strict=True)
        if not found.is_file() or found.stat().st_size == 0:
            return False
        connection = connect(found, read_only=True)
    except (OSError, RuntimeError, ValueError, sqlite3.Error):
        return False
    try:
        return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def existing(location: str) -> Path:
    """Return the real path of a file that can be opened at all."""
    try:
        path = Path(location).expanduser().resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise NotFoundError(f"There is no file “{location}”.", "See whether the name is right.") from error
    if path.is_dir():
        raise StorageError(f"“{path.name}” is a folder, not a project.", "Choose a file ending in .annotator.")
    if not path.is_file():
        raise StorageError(f"“{path.name}” is no ordinary file.", "Choose a file ending in .annotator.")
    if not os.access(path, os.R_OK):
        raise StorageError(f"“{path.name}” may not be read.", "Ask its owner to let you read it.")
    if path.stat().st_size == 0:
        raise DamagedError(
            f"“{path.name}” is empty: it has no bytes at all.",
            "Restore a backup; `annotator restore PROJECT` lists them.",
        )
    return path


def _right_to_write(path: Path, wait: float) -> tuple[str, ProjectLock | None]:
    """Return the lock, or why the project is opened for reading only; raises HeldError when another program has it."""
    if not os.access(path, os.W_OK):
        return f"The file “{path.name}” may not be written.", None
    if not os.access(path.parent, os.W_OK):
        return f"The folder “{path.parent}” may not be written, and SQLite needs a second file there.", None
    try:
        return "", ProjectLock.take(path, wait=wait)
    except OSError as error:
        return f"No lock can be made beside it ({error.strerror or error}).", None


def roll_back(path: Path, waiting: Waiting = nobody_told) -> None:
    """Let SQLite undo a change that a crash left half done; that needs to write, whoever opens the file.

    A journal that belongs to another program's change of this moment is left alone by SQLite.
    """
    if path.with_name(f"{path.name}-journal").exists() and os.access(path, os.W_OK):
        try:
            connection = _connected(path, waiting=waiting)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise explain(error) or error from error


def _connected(path: Path, *, read_only: bool = False, waiting: Waiting) -> sqlite3.Connection:
    """Open a file once no other program is writing its pages; connecting reads it."""
    return patiently(lambda: connect(path, read_only=read_only, patience=TOLD_AFTER), waiting)


def _inspect(path: Path, *, read_only: bool, waiting: Waiting) -> int:
    """Return the format of a sound project file; raises StorageError for anything else."""
    try:
        connection = _connected(path, read_only=read_only, waiting=waiting)
        try:
            return inspection.inspect_project(connection, path.name)
        finally:
            connection.close()
    except sqlite3.Error as error:
        if error.sqlite_errorname == "SQLITE_NOTADB" and _was_project(path):
            raise inspection.damaged(path.name, "it does not begin as a project does") from error
        raise inspection.explained(error, path.name) from error


def _was_project(path: Path) -> bool:
    """Whether what is no database was a project once: there are backups of it."""
    from annotator.store.backups import of_place

    return bool(of_place(path))


def _upgraded(path: Path, found: int, lock: ProjectLock | None, reason: str) -> Opened:
    """Upgrade a project of an older format after a backup; where it cannot be written, read an upgraded copy."""
    from annotator.store.upgrade import upgrade_file, upgrade_with_backup

    if lock is not None:
        upgrade_with_backup(path)
        return Opened(path, SqliteConnections(path, read_only=False), lock, reason)
    folder = Path(tempfile.mkdtemp(prefix="annotator-"))
    try:
        copy = folder / path.name
        _copy_file(path, copy)
        upgrade_file(copy)
        older = f"{reason} It has an older format ({found}), so a copy is shown.".strip()
        return Opened(path, SqliteConnections(copy, read_only=True), None, older, temporary=folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _copy_file(path: Path, target: Path) -> None:
    from annotator.store.backups import copy

    source = connect(path, read_only=True)
    try:
        copy(source, target)
    finally:
        source.close()
