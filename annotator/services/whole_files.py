"""Writing files so that there is the whole new one or the whole old one, never half of either."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from annotator.domain.errors import StorageError
from annotator.store.project_file import is_project

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another folder; nothing was written."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, or choose another folder."),
    errno.EACCES: ("you may not write there", "Choose another folder."),
    errno.EPERM: ("you may not write there", "Choose another folder."),
    errno.EROFS: ("the folder is read-only", "Choose another folder."),
    errno.ENOENT: ("there is no such folder", "Make the folder first, or choose another one."),
    errno.ENOTDIR: ("there is no such folder", "Make the folder first, or choose another one."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one."),
}


def write_whole(path: Path, content: bytes | Iterable[bytes | memoryview]) -> None:
    """Write ``content``, whole or in chunks, to ``path``, replacing what is there only once everything is on the disk.

    A pipe or a device, such as ``/dev/stdout``, is never replaced: what it is given cannot be taken back. Raises
    StorageError, with advice, when that is not possible; what was there before is untouched then.
    """
    if os.path.isdir(path):  # noqa: PTH112  (Path.is_dir raises for a name that is too long)
        raise StorageError(f"“{path}” is a folder.", "Add a file name to it.")
    pieces = [content] if isinstance(content, bytes) else content
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113  (as above)
        _write_through(path, pieces)
        return
    if is_project(path):
        raise StorageError(f"“{path}” is a project: it was not written over.", "Choose another name.")
    temporary: Path | None = None
    try:
        target = path.resolve()  # what a link leads to is replaced, not the link
        temporary = target.with_name(f".~{secrets.token_hex(8)}.part")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
        temporary = None
        _settle(target.parent)
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _write_through(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    try:
        with path.open("wb") as stream:
            stream.writelines(pieces)
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError | ValueError) -> StorageError:
    reason, advice = _REASONS.get(getattr(error, "errno", 0) or 0, (str(error), "Choose another place."))
    return StorageError(f"“{path}” was not written: {reason}.", advice)


def _settle(folder: Path) -> None:
    """Have the folder's own entry written to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
