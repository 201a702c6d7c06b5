"""Putting a backup in a project's place, and upgrading on request."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from annotator.domain.errors import StorageError
from annotator.domain.progress import Progress, part, silent
from annotator.store import postgres
from annotator.store.backups import STEP, aside_of, copy
from annotator.store.connections import Waiting, nobody_told
from annotator.store.driver import COMMIT_PATIENCE, connect
from annotator.store.inspection import damaged, explained, inspect_project
from annotator.store.locking import HeldError, ProjectLock
from annotator.store.project_file import existing, roll_back
from annotator.store.setup import newest_version
from annotator.store.sqlite import TOLD_AFTER, another_program, explain

_PAUSE = 0.05
"""Seconds between two tries to get at a file that another program is using."""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def restore(backup: Path, project: Path, *, progress: Progress = silent) -> Path | None:
    """Replace ``project`` by ``backup``; return where what was there is kept, None when there was nothing.

    A sound project becomes a rolling backup first; a damaged one is set aside beside its place, with its journal.
    Raises StorageError, with the project as it was, when another program has it open for writing or is changing it.
    """
    from annotator.store.upgrade import back_up_before

    source_path = existing(str(backup))
    target = project.expanduser().resolve()
    if source_path == target:
        raise StorageError("That is the project itself, not a backup of it.", "Choose one of its backups.")
    with _held(target), _sound(source_path) as source:
        if not target.exists():
            _journal_of(target).unlink(missing_ok=True)
            copy(source, target, progress=progress)
            return None
        if _is_sound(target):
            kept = back_up_before(target, "restore", progress=part(progress, 0, 0.5))
            with closing(connect(target)) as present:
                put_in_place(source, present, progress=part(progress, 0.5, 1))
            return kept
        with _set_aside(target) as kept:
            copy(source, target, progress=progress)
        return kept


@contextmanager
def to_restore(backup: Path) -> Iterator[sqlite3.Connection]:
    """Open a sound backup as a project of this program's format: an older one is upgraded in a copy of its own."""
    from annotator.store.upgrade import upgrade_file

    path = existing(str(backup))
    with _sound(path) as source:
        if source.execute("PRAGMA user_version").fetchone()[0] == newest_version():
            yield source
            return
        with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
            made = Path(folder) / path.name
            copy(source, made)
            upgrade_file(made)
            with _sound(made) as upgraded:
                yield upgraded


def put_in_place(
    source: sqlite3.Connection,
    present: sqlite3.Connection,
    *,
    progress: Progress = silent,
    waiting: Waiting = nobody_told,
) -> None:
    """Give the project that is open on ``present`` the content of ``source``, in its own file and in one transaction.

    The file stays the same one, so that no journal of before can be played into it, whoever reads it sees the new
    content, and its rights and names stay. The numbers of its journal go on where they were, so that later backups are
    the newer ones. Raises StorageError, with nothing changed, when another program does not let go of it, which
    ``waiting`` is told before.
    """
    number = present.execute("SELECT seq FROM journal_head").fetchone()[0]
    patience = present.execute("PRAGMA busy_timeout").fetchone()[0]
    present.execute("PRAGMA busy_timeout=0")  # so that whoever waits is asked again and again whether to go on
    try:
        _copy_over(source, present, progress, waiting)
    except sqlite3.Error as error:
        raise explain(error) or error from error
    finally:
        present.execute(f"PRAGMA busy_timeout={patience}")
    present.execute("UPDATE journal_head SET seq = max(seq, ?)", (number,))
    problem = present.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if problem != "ok":
        raise damaged(Path(present.execute("PRAGMA database_list").fetchone()[2]).name, str(problem))


def _copy_over(source: sqlite3.Connection, present: sqlite3.Connection, progress: Progress, waiting: Waiting) -> None:
    began, told = time.monotonic(), False

    def report(status: int, remaining: int, total: int) -> None:
        nonlocal told
        if status in _BUSY and time.monotonic() - began > COMMIT_PATIENCE:
            raise another_program()
        held = status in _BUSY and time.monotonic() - began > TOLD_AFTER
        if held != told:
            told = held
            waiting(told)
        if status != sqlite3.SQLITE_DONE:  # it has happened: nothing may stop it any more
            progress(total - remaining, total)

    progress(0, 0)
    try:
        source.backup(present, pages=STEP, progress=report, sleep=_PAUSE)
    finally:
        if told:
            waiting(False)  # noqa: FBT003  (a listener has one argument)


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
        raise error.holder.has(path.name) from error
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
    """Whether what is about to be replaced can be read, after undoing what a crash left half done.

    Raises StorageError when another program keeps it from being looked at.
    """
    try:
        roll_back(target)
        with _sound(target):
            return True
    except (StorageError, sqlite3.Error) as error:
        if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in _BUSY:
            raise
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
