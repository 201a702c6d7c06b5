"""Copies of a project file: made through SQLite's backup interface, verified, and only then given their name."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from annotator import paths
from annotator.domain.errors import StorageError
from annotator.domain.progress import Progress
from annotator.store.driver import connect
from annotator.store.sqlite import explain
from annotator.store.thinning import Backup, newest_first, to_remove

STEP = 256
"""Pages copied at a time; between two steps progress is reported."""

_NAME = re.compile(r"(?P<at>\d{8}T\d{6}Z)-(?P<seq>\d{7,})(?:-(?P<why>[a-z-]+))?\.annotator")

_PLACES = "places.json"
_MOST_PLACES = 20
_COUNTS = (
    "SELECT count(*) FROM review_session WHERE mode = 'double_blind' AND revealed_at IS NULL AND deleted_at IS NULL",
    "SELECT count(*) FROM article WHERE deleted_at IS NULL",
    "SELECT count(*) FROM annotation WHERE deleted_at IS NULL AND session_id IS NULL",
    "SELECT count(*) FROM person WHERE deleted_at IS NULL",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in a backup. ``annotations``: None while a blind session keeps colleagues' work from each other."""

    articles: int
    annotations: int | None
    people: int


def folder_of(project_id: str) -> Path:
    """Return the folder of a project's rolling backups, in the user's data folder; it need not exist."""
    return paths.user_data_folder() / "backups" / project_id


def rolling_name(folder: Path, seq: int, why: str) -> Path:
    """Return the path of a new rolling backup."""
    at = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    return folder / f"{at}-{seq:07d}-{why}.annotator"


def aside_of(project: Path, at: datetime) -> Path:
    """Return the name beside a project under which it is kept when it is damaged."""
    return project.with_name(f"{project.stem}.damaged-{at:%Y%m%dT%H%M%SZ}{project.suffix}")


def rolling(folder: Path) -> list[Backup]:
    """Return the rolling backups in a folder, newest first: by the journal's number, then by time."""
    found = []
    for path in folder.glob("*.annotator"):
        match = _NAME.fullmatch(path.name)
        if match and path.is_file():
            at = datetime.strptime(match["at"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            size = path.stat().st_size
            found.append(Backup(path, at, int(match["seq"]), match["why"] or "", size))
    return newest_first(found)


def thin_out(folder: Path, now: datetime, *, limit: int | None = None) -> None:
    """Remove the rolling backups in a folder that are no longer kept (see :mod:`annotator.store.thinning`)."""
    for backup in to_remove(rolling(folder), now, limit=limit):
        with contextlib.suppress(OSError):
            backup.path.unlink()


def note_place(folder: Path, location: str) -> None:
    """Remember beside the backups where the project lies: a damaged file no longer tells which project it was."""
    places = [place for place in places_in(folder) if place != location]
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _PLACES).write_text(json.dumps([*places, location][-_MOST_PLACES:]), encoding="utf-8")


def places_in(folder: Path) -> list[str]:
    """Return where the project of these backups has been, the latest last."""
    try:
        found = json.loads((folder / _PLACES).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    return [place for place in found if isinstance(place, str)] if isinstance(found, list) else []


def of_place(project: Path) -> list[Backup]:
    """Return the rolling backups of the project file at a place, newest first; it may be damaged, or gone."""
    project_id = project_in(project)
    own = [] if project_id is None else rolling(folder_of(project_id))
    if own:
        return own
    place = str(project)
    folders = sorted(folder_of("").glob("*/"))
    return newest_first(backup for folder in folders if place in places_in(folder) for backup in rolling(folder))


def counts_in(path: Path) -> Counts | None:
    """Return what is in a backup, None when it cannot be read."""
    try:
        with closing(connect(path, read_only=True)) as connection:
            blind, articles, annotations, people = (connection.execute(query).fetchone()[0] for query in _COUNTS)
    except sqlite3.Error:
        return None
    return Counts(articles, None if blind else annotations, people)


def project_in(path: Path) -> str | None:
    """Return the id of the project in a file, None when there is none that can be read."""
    try:
        with closing(connect(path, read_only=True)) as connection:
            found = connection.execute("SELECT id FROM project ORDER BY id LIMIT 1").fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None


def copy(source: sqlite3.Connection, target: Path, *, progress: Progress | None = None, as_it_is: bool = False) -> None:
    """Copy an open project to ``target``, which is replaced whole or not at all.

    Unless a project that is not sound is kept ``as_it_is``, the copy is checked before it gets its name. Raises
    StorageError; nothing half written is left behind. ``progress`` is told pages.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_pages(source, unfinished, progress)
        if not as_it_is:
            _verify(source, unfinished)
        _sync(unfinished)
        unfinished.replace(target)
        _sync(target.parent)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":  # the copy's disk: nothing is written to the source
            raise _failed(target, "the disk is full") from error
        raise explain(error) or _failed(target, str(error)) from error
    except OSError as error:
        raise _failed(target, error.strerror or str(error)) from error
    finally:
        for left in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _copy_pages(source: sqlite3.Connection, path: Path, progress: Progress | None) -> None:
    def report(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    path.unlink(missing_ok=True)
    path.touch()
    made = connect(path)
    try:
        source.backup(made, pages=STEP, progress=report, sleep=0)
    finally:
        made.close()


def _verify(source: sqlite3.Connection, path: Path) -> None:
    """Compare a copy with what it was made of; raises StorageError when it is not sound."""
    made = connect(path)
    try:
        sound = made.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        same = all(
            made.execute(question).fetchall() == source.execute(question).fetchall()
            for question in ("PRAGMA application_id", "PRAGMA user_version", "SELECT seq FROM journal_head")
        )
    finally:
        made.close()
    if not sound or not same:
        raise StorageError("The copy of the project is not sound and was thrown away.", "Try again on another disk.")


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _failed(target: Path, why: str) -> StorageError:
    return StorageError(
        f"The copy “{target.name}” could not be written: {why}.", "Choose another folder or free some space."
    )
