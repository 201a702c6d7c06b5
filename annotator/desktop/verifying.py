"""Verifying an exported file from the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.desktop.dialogs.report_dialog import Report, ReportDialog, lines_of

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.desktop.progress import Progress
    from annotator.formats.exchange.verifying import Verified


def verify(path: str, window: MainWindow) -> None:
    """Recompute everything in an exported file and show the outcome over the window."""

    def work(progress: Progress) -> tuple[Verified, str]:
        from annotator.services.verify import summary, verify_file

        verified = verify_file(path, progress=progress.step)
        return verified, summary(verified)

    window.jobs.long(
        work,
        title=_tr("Verifying {0}").format(Path(path).name),
        done=lambda outcome: ReportDialog(_report(Path(path).name, *outcome), parent=window).open(),
    )


def _report(name: str, verified: Verified, counted: str) -> Report:
    good = _tr("“{0}” fits: {1}.").format(name, counted)
    bad = _tr("“{0}” does not fit in {1} places.").format(name, len(verified.problems))
    return Report(
        _tr("Verify"),
        good if verified.passed else bad,
        good=verified.passed,
        sections=(
            (_tr("What does not fit"), lines_of(verified.problems)),
            (_tr("To note"), lines_of(verified.warnings)),
            (_tr("Compared"), (counted,) if not verified.passed and counted else ()),
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Verifying", text)
