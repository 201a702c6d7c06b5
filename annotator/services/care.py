"""Care of a project's file: looking it over, backups, restoring, upgrading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.domain.annotations import Annotation
from annotator.domain.articles import TextVersion
from annotator.domain.errors import DamagedError, Problem, StorageError
from annotator.domain.progress import Progress, part, silent
from annotator.formats.exchange.state import ProjectState
from annotator.formats.exchange.verifying import verify_state
from annotator.services.context import Context
from annotator.services.loose_ends import LooseEnds
from annotator.services.project_state import state_of
from annotator.settings import BACKUP_LIMIT, Settings
from annotator.store import backups, checking, restoring
from annotator.store.backups import Counts
from annotator.store.inspection import damaged
from annotator.store.thinning import Backup

HOURLY = timedelta(hours=1)
"""The least time between two automatic backups."""

_MEGABYTE = 1_000_000
_STEPS = 5
"""What a check does: look the database over, then its rows, compute hashes and quotes, find loose ends, build the
search."""


@dataclass(frozen=True, slots=True)
class ToldBackup:
    """A rolling backup with what is in it; ``counts`` is None when it cannot be read: it is no backup any more."""

    backup: Backup
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What looking a project over found.

    ``problems``: what is wrong. ``to_finish``: what a person should decide: conflicts, links to what was deleted.
    ``search_rebuilt``: whether the search had been out of order and was put right. ``repairable``: whether something
    is wrong that :meth:`Care.repair` can build anew.
    """

    problems: tuple[Problem, ...]
    to_finish: tuple[Problem, ...]
    search_rebuilt: bool
    repairable: bool
    texts: int
    annotations: int
    versions: int

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did. ``kept``: where the project is as it was, None on a server; ``mended``: rows put right."""

    kept: Path | None
    mended: int
    report: CheckReport


class Care:
    """Check and backups of an open project."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def check(self, *, progress: Progress | None = None) -> CheckReport:
        """Look everything over: the database, every hash and quote, rows, links; build the search anew.

        ``progress`` is told before and within the steps and may raise to stop: looking changes nothing. A file that is
        not sound is not written to, and nothing more is asked of it.
        """
        step = progress or silent
        step(0, _STEPS)
        storage = self._database.storage_problems()
        if not all(map(checking.is_rebuilt, storage)):
            return CheckReport(tuple(storage), (), False, False, 0, 0, 0)  # noqa: FBT003  (nothing of it was done)
        step(1, _STEPS)
        history = self._database.history_problems(part(step, 1 / _STEPS, 2 / _STEPS))
        step(2, _STEPS)
        state = self._state()
        verified = verify_state(state, part(step, 2 / _STEPS, 3 / _STEPS)).problems if state else ()
        step(3, _STEPS)
        ends = LooseEnds(self._context).list() if state else ()
        step(4, _STEPS)
        rebuilt = not (self._database.read_only or storage or state is None) and self._database.rebuild_search()
        report = CheckReport(
            problems=(*storage, *history, *verified),
            to_finish=tuple(Problem(f"{end.entity_type} {' '.join(end.entity_ids)}", end.message) for end in ends),
            search_rebuilt=rebuilt,
            repairable=bool(storage or history) and not self._database.read_only,
            texts=len(state.entities[TextVersion]) if state else 0,
            annotations=len(state.entities[Annotation]) if state else 0,
            versions=len(state.versions) if state else 0,
        )
        if state:
            state.free()
        return report

    def _state(self) -> ProjectState | None:
        """Return everything in the project, None when a row of it cannot be read; the history says which."""
        try:
            with self._context.read() as reader:
                return state_of(reader)
        except DamagedError:
            return None

    def repair(self, *, progress: Progress | None = None) -> Repaired:
        """Build anew what follows from the history: indexes, rows, notes of conflicts, the search; then check again.

        The project is kept as it was first. Raises DamagedError when the file itself is not sound: nothing is written.
        """
        storage = self._database.storage_problems()
        if not all(map(checking.is_rebuilt, storage)):
            raise damaged(Path(self._database.location).name, storage[0].message)
        kept = self._kept_as_it_is() if storage else self.backup_before("repair")
        mended = self._database.repair()
        return Repaired(kept, mended, self.check(progress=progress))

    def _kept_as_it_is(self) -> Path:
        """Keep a file with broken indexes beside itself: it is no backup that could be restored."""
        location = Path(self._database.location)
        target = backups.aside_of(location, datetime.now(UTC))
        self._database.backup(target, as_it_is=True)
        return target

    def backup(self, path: str | Path | None = None, *, why: str = "asked", progress: Progress | None = None) -> Path:
        """Make a verified backup at ``path``, or among the rolling ones when None; return where it is.

        Raises StorageError when it cannot be written (nothing half written stays), UsageError on a server.
        """
        if path is not None:
            target = self._place_for_copy(path)
            self._database.backup(target, progress=progress)
            return target
        with self._context.read() as reader:
            seq = reader.head_seq()
        target = backups.rolling_name(self._folder, seq, why)
        self._database.backup(target, progress=progress)
        backups.note_place(self._folder, self._database.location)
        self._thin_out()
        return target

    def _place_for_copy(self, path: str | Path) -> Path:
        """Return the real path of a copy that may be written there; raises StorageError."""
        target = Path(path).expanduser().resolve()
        if target == Path(self._database.location) and target.exists():
            raise StorageError("A backup cannot be the project itself.", "Choose another name.")
        if target.is_file() and backups.project_in(target) != self._context.project_id:
            raise StorageError(
                f"“{target.name}” is there already and is no backup of this project: it was not written over.",
                "Choose another name.",
            )
        return target

    def move(self, path: str | Path, *, progress: Progress | None = None) -> Path:
        """Save what is open as a file of its own and go on there; return where. What was there before stays as it is.

        For a project that cannot be written where it is: the disk is full, the file read-only, renamed or gone.
        Raises StorageError when it cannot be written there either, and UsageError on a server: nothing changes then.
        """
        target = self._place_for_copy(path)
        who = self._context.who()
        self._database.move(target, progress=progress)
        if who is not None:
            self._context.remember(who)
        return target

    def backup_if_due(
        self, *, now: Callable[[], datetime] = lambda: datetime.now(UTC), progress: Progress | None = None
    ) -> Path | None:
        """Make a rolling backup when something changed since the last one and that is at least an hour old."""
        if self._on_server or self._database.read_only:
            return None
        newest = next(iter(self.backups()), None)
        if newest is not None:
            with self._context.read() as reader:
                unchanged = reader.head_seq() == newest.seq
            if unchanged or timedelta(0) <= now() - newest.at < HOURLY:
                return None
        return self.backup(why="hourly", progress=progress)

    def backup_before(self, why: str, *, progress: Progress | None = None) -> Path | None:
        """Make a rolling backup before something that cannot be undone; None on a server, which has its own."""
        return None if self._on_server else self.backup(why=why, progress=progress)

    def restore(self, backup: str | Path, *, progress: Progress = silent) -> Path:
        """Give this project the content of one of its backups while it stays open; return where the present is kept.

        What was read of the project before is out of date then: go on with :meth:`Project.anew`. ``progress`` may
        raise to stop, and nothing is changed then. Raises StorageError when the backup is not sound, is one of another
        project, or another program does not let go of the file; ReadOnlyError, UsageError on a server.
        """
        self._context.refuse_read_only()
        source = Path(backup).expanduser().resolve()
        if source == Path(self._database.location):
            raise StorageError("That is the project itself, not a backup of it.", "Choose one of its backups.")
        if backups.project_in(source) not in {None, self._context.project_id}:
            raise StorageError(
                f"“{source.name}” is not a backup of this project, but of another one.",
                "Open it as a project of its own, or choose a backup of this one.",
            )
        return self._database.restore(
            source,
            keep=lambda: self.backup(why="restore", progress=part(progress, 0, 0.5)),
            progress=part(progress, 0.5, 1),
        )

    def backups(self) -> list[Backup]:
        """Return the rolling backups of this project, newest first."""
        return backups.rolling(self._folder)

    def told_backups(self) -> list[ToldBackup]:
        """Return the rolling backups of this project with what is in each, newest first."""
        return _told(self.backups())

    @property
    def _folder(self) -> Path:
        return backups.folder_of(self._context.project_id)

    @property
    def _on_server(self) -> bool:
        return "://" in self._database.location

    def _thin_out(self) -> None:
        limit = Settings().get(BACKUP_LIMIT) * _MEGABYTE
        backups.thin_out(self._folder, datetime.now(UTC), limit=limit)


def backups_of(project: str | Path) -> list[ToldBackup]:
    """Return the rolling backups of a project file, newest first; it may be damaged, or gone."""
    return _told(backups.of_place(Path(project).expanduser().resolve()))


def _told(found: list[Backup]) -> list[ToldBackup]:
    return [ToldBackup(backup, backups.counts_in(backup.path)) for backup in found]


def restore(backup: str | Path, project: str | Path, *, progress: Progress = silent) -> Path | None:
    """Put a backup in the place of a project file; return where what was there is kept, None when nothing was.

    Raises StorageError when the backup is not sound or the project is open elsewhere: it stays as it was then.
    """
    return restoring.restore(Path(backup), Path(project), progress=progress)


def upgrade(location: str) -> bool:
    """Bring a project up to this program's format; return whether there was anything to do.

    A file is backed up first. Raises StorageError when it is newer than the program, or open elsewhere.
    """
    return restoring.upgrade(location)
