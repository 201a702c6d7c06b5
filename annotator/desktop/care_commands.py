"""The care of the project's file: check, back up, put a backup back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.desktop.actions import ActionId as A
from annotator.desktop.dialogs.backups_dialog import BackupsDialog
from annotator.desktop.dialogs.report_dialog import Report, ReportDialog, lines_of
from annotator.desktop.offering_backups import rows_of
from annotator.desktop.plurals import plural_text
from annotator.desktop.prompts import offer_folder
from annotator.desktop.sentences import told
from annotator.desktop.words import passages_text
from annotator.domain.errors import DamagedError, StorageError

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.desktop.workspace import Workspace
    from annotator.services.care import CheckReport, Repaired, ToldBackup

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
        self._told_failure = ""
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
            plural_text("CareCommands", "1 text", "{0} texts", report.texts),
            plural_text("CareCommands", "1 version", "{0} versions", report.versions),
        )
        good = self.tr("The project is in order. {0}").format(counted)
        wrong = len(report.problems)
        advice = (
            self.tr("{0} What the history still tells can be repaired; the project is backed up before.")
            if report.repairable
            else self.tr("{0} Back the file up as it is, then restore an earlier backup.")
        )
        bad = advice.format(plural_text("CareCommands", "One thing is wrong.", "{0} things are wrong.", wrong))
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
        dialog = ReportDialog(shown, action=self.tr("Repair") if report.repairable else "", parent=self._space)
        if report.repairable:
            dialog.accepted.connect(self._repair)
        dialog.open()

    def _repair(self) -> None:
        self._space.jobs.long(
            lambda progress: self._project.care.repair(progress=progress.step),
            title=self.tr("Repairing the project"),
            done=self._tell_repaired,
            writes=True,
        )

    def _tell_repaired(self, repaired: Repaired) -> None:
        self._space.reload()
        self._tell(repaired.report)
        mended = self.tr("1 row") if repaired.mended == 1 else self.tr("{0} rows").format(repaired.mended)
        self._space.prompts.say(self.tr("Repaired: {0} put right.").format(mended))

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
        offer_folder(self._space.prompts, self.tr("Backed up to {0}").format(path), path)

    def _back_up_if_due(self) -> None:
        self._space.jobs.long(
            lambda progress: self._project.care.backup_if_due(progress=progress.step),
            title=self.tr("Backing up"),
            done=self._note_success,
            failed=self._tell_failure,
        )

    def _note_success(self, _path: Path | None) -> None:
        self._told_failure = ""

    def _tell_failure(self, error: Exception) -> bool:
        """Say once why no backup could be made: the work is saved all the same, and it is tried again."""
        if not isinstance(error, StorageError) or isinstance(error, DamagedError):
            return False
        if error.message != self._told_failure:
            self._told_failure = error.message
            self._space.prompts.say(
                self.tr("No automatic backup: {0} Your work is saved; it is tried again later.").format(
                    told(error.message)
                )
            )
        return True

    def restore(self) -> None:
        """Offer the backups of this project; the chosen one takes its place."""
        self._space.jobs.long(
            lambda _progress: self._project.care.told_backups(), title=self.tr("Listing the backups"), done=self._offer
        )

    def _offer(self, told: list[ToldBackup]) -> None:
        dialog = BackupsDialog(rows_of(told), self._space.prompts, self._space)
        dialog.accepted.connect(lambda: self._window.replacing.restore(dialog.chosen(), dialog.called()))
        dialog.open()
