"""Report files of what broke: written without a text or a name of anybody's, offered once at the next start.

A report that nobody has taken (copied, or looked up in its folder) has a file of the same name ending in ``.new``.
Where Python itself ends, as in a defect of a library, ``faulthandler`` writes where each thread was; the next start
makes a report of that.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import qVersion

from annotator import __version__, paths
from annotator.log import frames_of, kind_of, logger, place

_log = logger(__name__)
_RAW = ".raw"
_NEW = ".new"
_FRAME = re.compile(r'File "([^"]*)"')


def report_text(error: BaseException) -> str:
    """Return what a developer needs to know of a defect: types, places, versions; nothing of anybody's work."""
    return f"{_head()}\n\n{frames_of(error)}\n"


def _head() -> str:
    import platform

    system = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}"
    return f"Annotator {__version__}, {system}\n{datetime.now(UTC).isoformat(timespec='seconds')}"


def write(text: str) -> Path | None:
    """Write a report file; None when even that fails."""
    name = f"report-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    try:
        file = _folder() / name
        file.write_text(text, encoding="utf-8")
        file.with_suffix(_NEW).touch()
    except OSError as failure:
        _log.warning("the report was not written: %s", kind_of(failure))
        return None
    return file


def note_taken(report: Path) -> None:
    """Note that somebody has the report, or was offered it: it is not offered any more."""
    with contextlib.suppress(OSError):
        report.with_suffix(_NEW).unlink(missing_ok=True)


def newest_untaken() -> Path | None:
    """Return the newest report that nobody has taken, those of a process that died among them; all are noted as taken.

    Call it before :class:`LastWords` are made.
    """
    try:
        for raw in _folder().glob(f"*{_RAW}"):
            _make_report(raw)
        untaken = sorted(mark.with_suffix(".txt") for mark in _folder().glob(f"*{_NEW}"))
    except OSError as failure:
        _log.warning("the reports were not looked through: %s", kind_of(failure))
        return None
    for report in untaken:
        note_taken(report)
    return next((report for report in reversed(untaken) if report.exists()), None)


def _make_report(raw: Path) -> None:
    """Make a report of what a dying process left, without the names of folders; it left nothing if it was killed."""
    words = raw.read_text(encoding="utf-8", errors="replace")
    if words.strip():
        write(f"{_head()}\n\n" + _FRAME.sub(lambda match: f'File "{place(match[1])}"', words))
    raw.unlink(missing_ok=True)


def _folder() -> Path:
    folder = paths.user_data_folder() / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class LastWords:
    """Lets Python write where it was when the process dies of a fault; until :meth:`end`."""

    def __init__(self) -> None:
        self._file = None
        try:
            self._path = _folder() / f"fault-{os.getpid()}{_RAW}"
            self._file = self._path.open("w", encoding="utf-8")
        except OSError as failure:
            _log.warning("nothing will be written of a fault: %s", kind_of(failure))
            return
        faulthandler.enable(self._file)

    def end(self) -> None:
        """Nothing went wrong: take the file away."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._path.unlink(missing_ok=True)
            self._file = None
