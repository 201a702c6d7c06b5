"""What went wrong, in words for the message bar; a defect of ours also gets a report file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from annotator.desktop.reports import report_text, write
from annotator.desktop.sentences import told, told_problem
from annotator.domain.errors import AnalystNeededError, InputError, UserError
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
            advice = " ".join(filter(None, (told_problem(problems[0]), _more(len(problems) - 1), advice)))
        return Shown(told(error.message), advice, details, needs_analyst=isinstance(error, AnalystNeededError))
    _log.error("a defect: %s", type(error).__name__, exc_info=error)
    details = report_text(error)
    report = write(details)
    where = _tr("Problems", "A report is in {0}.").format(report) if report else ""
    return Shown(
        _tr("Problems", "Something went wrong in Annotator itself: {0}").format(type(error).__name__),
        where,
        details,
        defect=True,
        report=report,
    )


def earlier(report: Path) -> Shown:
    """Return what to show of what broke before this start."""
    return Shown(
        _tr("Problems", "Annotator broke off last time"),
        _tr("Problems", "A report is in {0}.").format(report),
        report.read_text(encoding="utf-8", errors="replace"),
        defect=True,
        report=report,
    )


def _more(number: int) -> str:
    return _tr("Problems", "({0} more: see the details.)").format(number) if number > 0 else ""
