"""The care of the project's file: check, back up, put a backup back."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from annotator.desktop.actions import ActionId as A
from annotator.desktop.dialogs.backups_dialog import BackupsDialog
from annotator.desktop.dialogs.report_dialog import Report, ReportDialog, lines_of
from annotator.desktop.moments import moment_text
from annotator.desktop.words import passages_text

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.desktop.workspace import Workspace
    from annotator.services.care import CheckReport
    from annotator.store.thinning import Backup

_LOOK_EVERY = 10 * 60 * 1000
"""Milliseconds between two looks whether a backup is due."""


class CareCommands(QObject):
    """The slots of the actions on the file, and the rolling backups while it is open."""

    def __init__(self, space: Workspace, window: MainWindow) -> None:
        super().__init__(space)
        self._space = space
        self._window = window
        self._project = space.project
        space.all_actions.on(A.PROJECT_CHECK, self.check)
        space.all_actions.on(A.PROJECT_BACKUP, self.back_up)
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_EVERY)
        self._clock.timeout.connect(self._back_up_if_due)
        if not space.read_only:
            self._clock.start()

    def check(self) -> None:
        """Look the project over and show what was found."""
        self._space.jobs.long(
            lambda progress: self._project.care.check(progress=progress.step),
            title=self.tr("Checking the project"),
            done=self._tell,
        )

    def _tell(self, report: CheckReport) -> None:
        counted = self.tr("Checked: {0} in {1} and their history of {2}.").format(
            passages_text(report.annotations),
            self.tr("1 text") if report.texts == 1 else self.tr("{0} texts").format(report.texts),
            self.tr("1 version") if report.versions == 1 else self.tr("{0} versions").format(report.versions),
        )
        good = self.tr("The project is in order. {0}").format(counted)
        wrong = len(report.problems)
        bad = self.tr("{0} Back the file up as it is, then restore an earlier backup.").format(
            self.tr("One thing is wrong.") if wrong == 1 else self.tr("{0} things are wrong.").format(wrong)
        )
        rebuilt = (self.tr("The search was out of order and has been rebuilt."),) if report.search_rebuilt else ()
        shown = Report(
            self.tr("Check"),
            good if report.passed else bad,
            good=report.passed,
            sections=(
                (self.tr("Wrong"), lines_of(report.problems)),
                (self.tr("To finish"), lines_of(report.to_finish)),
                (self.tr("To note"), rebuilt),
            ),
        )
        ReportDialog(shown, parent=self._space).open()

    def back_up(self) -> None:
        """Ask where to, and write a verified copy of the project."""
        location = Path(self._project.location)
        proposed = location.with_name(f"{location.stem} backup.annotator")
        self._space.prompts.save_file(
            self.tr("Back up"), proposed.as_posix(), self.tr("Annotator projects (*.annotator)"), self._back_up_to
        )

    def _back_up_to(self, path: str) -> None:
        self._space.jobs.long(
            lambda progress: self._project.care.backup(path, progress=progress.step),
            title=self.tr("Backing up"),
            done=self._tell_backup,
        )

    def _tell_backup(self, path: Path) -> None:
        self._space.prompts.offer(
            self.tr("Backed up to {0}").format(path),
            self.tr("Open the folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
        )

    def _back_up_if_due(self) -> None:
        self._space.jobs.long(lambda _progress: self._project.care.backup_if_due(), title=self.tr("Backing up"))

    def restore(self) -> None:
        """Offer the backups of this project; the chosen one takes its place in a new window."""
        self._space.jobs.read(self._project.care.backups, done=self._offer)

    def _offer(self, backups: list[Backup]) -> None:
        rows = [(backup.path, _said(backup)) for backup in backups]
        dialog = BackupsDialog(rows, self._space.prompts, self._space)
        dialog.accepted.connect(lambda: self._window.restore_over(dialog.chosen()))
        dialog.open()


def _said(backup: Backup) -> str:
    """Return when and why a backup was made, in the user's time and manner."""
    at = QDateTime.fromSecsSinceEpoch(int(backup.at.replace(tzinfo=backup.at.tzinfo or UTC).timestamp()))
    return f"{moment_text(at)} · {backup.why}"
