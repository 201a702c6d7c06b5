"""One instance a user: a start finds the one that runs already and hands over to it what it was to open.

The standard library's sockets serve, not Qt's: a second start ends before Qt is imported, which takes longer than all
the rest of it. Who holds the lock of the operating system on ``NAME.lock`` is the first instance, so that two starts
at the same moment never both are, and nothing stale matters after a ``kill -9``. The holder listens at a
:class:`Door`: a Unix socket in a folder that only this user can enter; on Windows, whose Python has none, a port of
this machine whose number and secret lie in such a folder (as Emacs' server does it there).

Instances are one for each settings folder and
screen: a program started on another screen belongs there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import stat
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from annotator import paths
from annotator.file_locks import lock
from annotator.handing_over import TAKEN, Request, encode
from annotator.log import logger

PATIENCE = 1.2
"""Seconds within which an instance that runs has to answer."""
STARTING = 20.0
"""Seconds within which an instance that is still starting has to answer."""
_LONGEST_NAME = 100
"""Bytes of a Unix socket's path: 104 is the least that a system allows."""
_PAUSE = 0.02
_READY = b"ready"
_log = logger(__name__)


class Door(Protocol):
    """Where the first instance listens."""

    def listen(self) -> tuple[socket.socket, str]:
        """Return a listening socket and the secret that messages must have; called by the holder of the lock only."""
        ...

    def connect(self, timeout: float) -> tuple[socket.socket, str]:
        """Return a connection to the first instance and the secret; raises OSError when nobody listens."""
        ...


@dataclass(frozen=True, slots=True)
class SocketDoor:
    """A Unix socket, for this user alone."""

    path: Path

    def listen(self) -> tuple[socket.socket, str]:
        """Put a new socket in the place of what an instance that was killed has left."""
        self.path.unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            listening.bind(str(self.path))
        finally:
            os.umask(before)
        listening.listen(16)
        return listening, ""

    def connect(self, timeout: float) -> tuple[socket.socket, str]:
        """Connect to the socket."""
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(timeout)
        try:
            connection.connect(str(self.path))
        except OSError:
            connection.close()
            raise
        return connection, ""


@dataclass(frozen=True, slots=True)
class PortDoor:
    """A port of this machine that others cannot reach; its number and a secret lie in a file of this user's."""

    path: Path

    def listen(self) -> tuple[socket.socket, str]:
        """Listen at a free port and write down which."""
        self.path.unlink(missing_ok=True)
        listening = socket.create_server(("127.0.0.1", 0), backlog=16)
        secret = os.urandom(16).hex()
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(f"{listening.getsockname()[1]} {secret}\n")
        return listening, secret

    def connect(self, timeout: float) -> tuple[socket.socket, str]:
        """Read the port and connect to it."""
        written = self.path.read_text(encoding="ascii", errors="replace").split()
        if len(written) != 2 or not written[0].isdecimal():  # noqa: PLR2004  (port and secret)
            raise ConnectionRefusedError("the port is not written down yet")
        return socket.create_connection(("127.0.0.1", int(written[0])), timeout=timeout), written[1]


class Claim:
    """The right to be the first instance, with the socket at which it listens; given up by :meth:`close`."""

    def __init__(self, descriptor: int, listening: socket.socket, secret: str) -> None:
        self._descriptor: int | None = descriptor
        self.listening = listening
        self.secret = secret

    @classmethod
    def take(cls, place: Path) -> Claim | None:
        """Return the claim, or None when another process has it; raises OSError where there can be none."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(place.with_suffix(".lock"), flags, 0o600)
        try:
            lock(descriptor)
        except (BlockingIOError, PermissionError):
            os.close(descriptor)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        try:
            os.ftruncate(descriptor, 0)
            listening, secret = door_of(place).listen()
        except BaseException:
            os.close(descriptor)
            raise
        return cls(descriptor, listening, secret)

    def ready(self) -> None:
        """Say that this instance answers at once from now on; later starts wait no longer than that takes."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):  # a full disk: they wait longer than they must
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, _READY)

    def close(self) -> None:
        """Listen no more and let another process be the first; once is enough."""
        descriptor, self._descriptor = self._descriptor, None
        self.listening.close()
        if descriptor is not None:
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Start:
    """What a start came to.

    ``taken``: the instance that runs has taken the request. ``claim``: this is the first instance. ``silent``: one
    runs and does not answer.
    """

    taken: bool = False
    claim: Claim | None = None
    silent: bool = False


def begin(request: Request, place: Path | None = None) -> Start:
    """Be the first instance, or hand the request over to it.

    Where instances cannot meet, or the first does not answer in time, a start is on its own: nothing here keeps
    anybody from working.
    """
    try:
        place = place or meeting_place()
        wait = _Wait(place)
        while wait.goes_on:
            if (claim := Claim.take(place)) is not None:
                return Start(claim=claim)
            if _handed_over(request, place, wait):
                return Start(taken=True)
            time.sleep(_PAUSE)
    except (OSError, ValueError) as error:
        _log.warning("instances cannot meet: %s", error)
        return Start()
    return Start(silent=True)


class _Wait:
    """How long a start waits for the first instance: longer while that is still starting itself."""

    def __init__(self, place: Path) -> None:
        self._signed = place.with_suffix(".lock")
        self._began = self._can_answer_since = time.monotonic()

    @property
    def goes_on(self) -> bool:
        """Whether it may still answer in time; one that has only just become ready has as long as any other."""
        now = time.monotonic()
        if self._is_ready():
            return now - self._can_answer_since < PATIENCE
        self._can_answer_since = now
        return now - self._began < STARTING

    def _is_ready(self) -> bool:
        with contextlib.suppress(OSError):
            return self._signed.read_bytes() == _READY
        return False


def _handed_over(request: Request, place: Path, wait: _Wait) -> bool:
    """Send the request and await the answer; False when nobody answers, or nobody listens: yet, or any more."""
    try:
        connection, secret = door_of(place).connect(PATIENCE)
    except OSError:
        return False
    with connection, contextlib.suppress(OSError):
        _let_come_forward()
        connection.sendall(encode(request, secret))
        connection.settimeout(_PAUSE)
        while wait.goes_on:
            with contextlib.suppress(TimeoutError):
                return connection.recv(len(TAKEN), socket.MSG_WAITALL) == TAKEN
    return False


def _let_come_forward() -> None:
    """Let the first instance take the foreground, which Windows grants only to who was started by the user."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def door_of(place: Path) -> Door:
    """Return where the instances of ``place`` meet, as this system can."""
    if hasattr(socket, "AF_UNIX"):
        return SocketDoor(place.with_suffix(".socket"))
    return PortDoor(place.with_suffix(".port"))


def is_same_user(connection: socket.socket) -> bool:
    """Whether a connection is of this user's; True where the system does not tell."""
    if not hasattr(socket, "SO_PEERCRED") or connection.family != socket.AF_UNIX:
        return True
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _process, user, _group = struct.unpack("3i", credentials)
    return bool(user == os.geteuid())


def meeting_place() -> Path:
    """Return where the instances of this user on this screen meet, without a suffix; raises OSError for nowhere."""
    screen = [os.environ.get(name, "") for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")]
    seed = "\0".join([str(paths.user_config_folder()), *screen])
    name = hashlib.sha256(seed.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    refused: OSError = FileNotFoundError("no folder of this user's alone")
    for folder in _folders():
        place = folder / name
        try:
            if len(os.fsencode(place.with_suffix(".socket"))) <= _LONGEST_NAME:
                _make_private(folder)
                return place
        except OSError as error:
            refused = error
    raise refused


def _folders() -> Iterator[Path]:
    """Yield the folders that may serve, the best first: of this machine, gone when the user has logged out."""
    if sys.platform == "win32":
        yield paths.user_data_folder()
        return
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime) / "annotator"
    yield Path(f"/run/user/{os.geteuid()}/annotator")
    for temporary in (os.environ.get("TMPDIR"), "/tmp"):  # noqa: S108  (only where nobody else can enter)
        if temporary:
            yield Path(temporary) / f"annotator-{os.geteuid()}"


def _make_private(folder: Path) -> None:
    """Make a folder that nobody else can enter; raises OSError when it is another's, or cannot be written to."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if sys.platform == "win32":
        return
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise PermissionError(f"{folder} is not this user's")
    if found.st_mode & 0o077:
        folder.chmod(0o700)
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"{folder} cannot be written to")
