"""Logging: named loggers under ``annotator``; never article text, never a name of somebody's, never a password.

The text of an exception may hold any of these, so only its type and the places it went through are ever written.
"""

from __future__ import annotations

import errno
import logging
import re
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    _ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

LARGEST = 512 * 1024
"""Bytes of one log file; the one before and the one before that are kept beside it."""
_KEPT = 2
_PACKAGE = Path(__file__).resolve().parent
_LIBRARIES = re.compile(r".*[/\\](?:site-packages|dist-packages|python3\.\d+|_internal)[/\\]")


def logger(name: str) -> logging.Logger:
    """Return the logger of one module; pass ``__name__``."""
    return logging.getLogger(name)


def start(folder: Path) -> logging.Handler | None:
    """Write what is logged to ``annotator.log`` in a folder, from now on; None when nothing can be written there."""
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "annotator.log", maxBytes=LARGEST, backupCount=_KEPT, encoding="utf-8", errors="replace"
        )
    except OSError:
        return None
    handler.setFormatter(_WithoutContent("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    ours = logging.getLogger("annotator")
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    return handler


def stop(handler: logging.Handler | None) -> None:
    """End what :func:`start` began."""
    if handler is not None:
        logging.getLogger("annotator").removeHandler(handler)
        handler.close()


class _WithoutContent(logging.Formatter):
    """Writes of an exception what :func:`frames_of` tells."""

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802  (logging's name)
        return "" if ei[1] is None else frames_of(ei[1])

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another handler made of it has the words
        text = super().format(record)
        record.exc_text = None
        return text


def kind_of(error: BaseException) -> str:
    """Return the type of an exception with the system's or SQLite's own name for it; never its words."""
    codes = [getattr(error, "sqlite_errorname", "")]
    if isinstance(error, OSError) and error.errno is not None:
        codes.append(errno.errorcode.get(error.errno, str(error.errno)))
    known = " ".join(code for code in codes if code)
    return f"{type(error).__name__} ({known})" if known else type(error).__name__


def frames_of(error: BaseException) -> str:
    """Return the types of an exception and of those behind it, and the places they went through, the last one last."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    told = []
    for one in reversed(chain):
        frames = traceback.extract_tb(one.__traceback__)
        lines = [f"  {place(frame.filename)}, line {frame.lineno}, in {frame.name}" for frame in frames]
        told.append("\n".join([*lines, kind_of(one)]))
    return "\nwhich led to\n".join(told)


def place(file: str) -> str:
    """Return the name of a source file from the package or the library on: where it is installed names its user."""
    path = Path(file)
    if path.is_relative_to(_PACKAGE):
        return path.relative_to(_PACKAGE.parent).as_posix()
    shown = _LIBRARIES.sub("", file).replace("\\", "/")
    return shown if shown != file.replace("\\", "/") else path.name
