"""Reading the bytes of a file that somebody wants to import, with a clear refusal for everything that is none."""

from __future__ import annotations

import stat
from pathlib import Path

from annotator.domain.articles import MAX_ARTICLE_BYTES
from annotator.domain.errors import InputError

_MEGABYTE = 1024 * 1024


def read_source(path: Path, *, limit: int = MAX_ARTICLE_BYTES) -> bytes:
    """Return the bytes of ``path``, at least one and at most ``limit``.

    Raises InputError, with advice, for a missing or unreadable file, a folder, a device, an empty file and one that is
    too large; a file that is too large is not read.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"“{path}” is a folder.", advice="Choose a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"“{path}” is no ordinary file.", advice="Choose a file on a disk.")
        _refuse_size(path, status.st_size, limit)
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise InputError(f"There is no file “{path}”.", advice="Check the name and the folder.") from None
    except (PermissionError, OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(
            f"“{path}” cannot be read: {reason}.", advice="Check that you may read it, or copy it elsewhere first."
        ) from error
    _refuse_size(path, len(content), limit)
    return content


def _refuse_size(path: Path, size: int, limit: int) -> None:
    if size == 0:
        raise InputError(f"“{path}” is empty.", advice="Choose a file that has text in it.")
    if size > limit:
        raise InputError(
            f"“{path}” is {size / _MEGABYTE:,.1f} MB large; the limit is {limit // _MEGABYTE:,} MB.",
            advice="Cut it into smaller files, one article each.",
        )
