"""Who may write a project file: a lock of the operating system, which nothing leaves behind when a program dies.

It is held on ``.~NAME.lock`` beside the project for as long as the project is open for writing; the file's text says
who holds it. The project file itself is not locked by this, so that any number of programs can read it.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.entity import now
from annotator.domain.errors import StorageError
from annotator.file_locks import lock

_PAUSE = 0.05
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a project open for writing; empty where the lock's text could not be read. ``since``: UTC."""

    user: str = ""
    host: str = ""
    since: str = ""

    def __str__(self) -> str:
        who = f"{self.user} on {self.host}" if self.user else "another program"
        return f"{who} since {self._time} UTC" if self.since else who

    @property
    def _time(self) -> str:
        return self.since[:16].replace("T", " ")

    def has(self, name: str) -> StorageError:
        """Return the refusal of what nobody else may do with the project file of this name."""
        advice = "Close it there first, or choose another file."
        if not self.user:
            return StorageError(f"“{name}” is open for writing by another program.", advice)
        if not self.since:
            return StorageError(f"“{name}” is open for writing by {self.user} on {self.host}.", advice)
        return StorageError(
            f"“{name}” is open for writing by {self.user} on {self.host} since {self._time} UTC.", advice
        )


class HeldError(Exception):
    """Somebody else holds the lock."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(str(holder))
        self.holder = holder


def lock_path(project: Path) -> Path:
    """Return the lock file of a project."""
    return project.with_name(f".~{project.name}.lock")


class ProjectLock:
    """The right to write one project file; given back by :meth:`release` or by the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, project: Path, *, wait: float) -> ProjectLock:
        """Take the lock, waiting up to ``wait`` seconds; raises HeldError, or OSError where no lock can be made."""
        path = lock_path(project)
        until = time.monotonic() + wait
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
            try:
                lock(descriptor)
            except (BlockingIOError, PermissionError):
                os.close(descriptor)
                if time.monotonic() >= until:
                    raise HeldError(holder_of(project)) from None
                time.sleep(_PAUSE)
                continue
            except BaseException:
                os.close(descriptor)
                raise
            if _is_still(descriptor, path):
                _sign(descriptor)
                return cls(path, descriptor)
            os.close(descriptor)

    @property
    def stands(self) -> bool:
        """Whether its file is still where others look for it: the folder may have been moved."""
        return self._descriptor is not None and _is_still(self._descriptor, self._path)

    def release(self) -> None:
        """Give the lock back and take its file away; once."""
        ours = self.stands
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        if sys.platform != "win32" and ours:
            with contextlib.suppress(OSError):
                self._path.unlink()
        os.close(descriptor)


@contextlib.contextmanager
def not_open(project: Path) -> Iterator[None]:
    """Keep a project file that is about to be replaced from being opened; raises StorageError when it is open.

    Where no lock can be made, as for a new file in a new folder, there is nothing to keep.
    """
    try:
        held = ProjectLock.take(project, wait=0) if project.exists() else None
    except HeldError as error:
        raise error.holder.has(project.name) from error
    except OSError:
        held = None
    try:
        yield
    finally:
        if held is not None:
            held.release()


def holder_of(project: Path) -> Holder:
    """Return who signed the lock file of a project."""
    try:
        signed = json.loads(lock_path(project).read_bytes()[:_LONGEST])
        return Holder(str(signed["user"])[:80], str(signed["host"])[:80], str(signed["since"])[:24])
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()


def _is_still(descriptor: int, path: Path) -> bool:
    """Whether the locked file is the one that has the name: its last holder takes it away."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


def _sign(descriptor: int) -> None:
    """Say in a lock file who holds it; the lock holds without that, so a full disk does not matter here."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "somebody"
    text = json.dumps({"user": user, "host": socket.gethostname(), "since": now()})
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text.encode())
