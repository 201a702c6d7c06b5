"""What went wrong, in words for the message bar; a defect of ours also gets a report file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, qVersion

from annotator import __version__, paths
from annotator.desktop.sentences import told
from annotator.domain.errors import AnalystNeededError, InputError, Problem, UserError
from annotator.log import logger

_log = logger(__name__)
_tr = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of an error: ``details`` is what "Copy details" copies, ``report`` the file of a defect."""

    message: str
    advice: str
    details: str
    needs_analyst: bool = False
    defect: bool = False
    report: Path | None = None


def describe(error: BaseException) -> Shown:
    """Return what to show of an error, after writing the report of a defect."""
    if isinstance(error, UserError):
        problems = error.problems if isinstance(error, InputError) else ()
        details = "\n".join([str(error), *map(str, problems)])
        advice = told(error.advice)
        if problems:
            advice = " ".join(filter(None, (_problem(problems[0]), _more(len(problems) - 1), advice)))
        return Shown(told(error.message), advice, details, needs_analyst=isinstance(error, AnalystNeededError))
    _log.error("a defect: %s", type(error).__name__, exc_info=error)
    details = report_text(error)
    report = _write(details)
    where = _tr("Problems", "A report is in {0}.").format(report) if report else ""
    return Shown(
        _tr("Problems", "Something went wrong in Annotator itself: {0}").format(type(error).__name__),
        " ".join(filter(None, (_tr("Problems", "What was shown as saved is saved."), where))),
        details,
        defect=True,
        report=report,
    )


def report_text(error: BaseException) -> str:
    """Return what a developer needs to know of a defect."""
    import platform
    import traceback

    trace = "".join(traceback.format_exception(error))
    system = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return f"Annotator {__version__}, {system}\n{datetime.now(UTC).isoformat(timespec='seconds')}\n\n{trace}"


def _problem(problem: Problem) -> str:
    said = told(problem.message)
    return f"{problem.path}: {said}" if problem.path else said


def _more(number: int) -> str:
    return _tr("Problems", "({0} more: see the details.)").format(number) if number > 0 else ""


def _write(text: str) -> Path | None:
    """Write a report file; None when even that fails."""
    name = f"report-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder = paths.user_data_folder() / "reports"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / name
        file.write_text(text, encoding="utf-8")
    except OSError as failure:
        _log.warning("the report was not written: %s", failure)
        return None
    return file
