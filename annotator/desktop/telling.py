"""What a window tells at its foot, what it offers beside that, and what it shows when something broke."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.desktop.widgets.message_bar import MessageBar, Severity

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.desktop.problems import Shown


class Telling(QObject):
    """Writes a window's messages in its bar; an offer stands for the one action that the latest message has."""

    analyst_wanted = Signal()
    restart_requested = Signal()

    def __init__(self, bar: MessageBar, window: MainWindow) -> None:
        super().__init__(window)
        self._bar = bar
        self._window = window
        self._offered: Callable[[], object] | None = None
        self._waits = 0
        bar.action_requested.connect(self._take_offer)

    def say(self, text: str, undo: bool = False) -> None:
        """Tell something, with a button that undoes it when ``undo``."""
        self._bar.show_message(Severity.NOTICE, text, undo=undo)

    def offer(self, text: str, action: str, run: Callable[[], object], *, severity: Severity = Severity.DONE) -> None:
        """Tell something with a button, called ``action``, that calls ``run``."""
        self._offered = run
        self._bar.show_message(severity, text, action=action)

    def waiting(self, on: bool) -> None:
        """Tell that another program has the project's file, for as long as it is waited for."""
        self._waits += 1 if on else -1
        text = self.tr("Another program is using the project file. It is waited for; nothing is lost.")
        if self._waits > 0:
            self._bar.show_message(Severity.NOTICE, text, stays=True)
        else:
            self._bar.take_back(text)

    def cancelled(self, title: str) -> None:
        """Tell that long work has been stopped."""
        self.say(self.tr("Cancelled: {0}. Nothing of it was kept.").format(title))

    def error(self, error: Exception, *, action: str = "", run: Callable[[], object] | None = None) -> bool:
        """Show what went wrong, with a button that calls ``run``; return whether it is what the user can mend.

        A defect of ours opens a dialog with its report.
        """
        from annotator.desktop.problems import describe

        problem = describe(error)
        if problem.defect:
            self._report(problem)
            return False
        if problem.needs_analyst:
            self.analyst_wanted.emit()
        self._offered = run
        self._bar.show_message(
            Severity.ERROR, problem.message, advice=problem.advice, details=problem.details, action=action
        )
        return True

    def earlier_report(self, report: Path) -> None:
        """Offer the report of what broke at an earlier start."""
        from annotator.desktop.dialogs.crash_dialog import CrashDialog
        from annotator.desktop.problems import earlier

        self.offer(
            self.tr("Annotator broke off last time. What was shown as saved is saved."),
            self.tr("Show the report"),
            lambda: CrashDialog(earlier(report), parent=self._window).open(),
        )

    def _report(self, problem: Shown) -> None:
        from annotator.desktop.dialogs.crash_dialog import CrashDialog

        dialog = CrashDialog(problem, self._what_is_saved(), self._window)
        dialog.restart_requested.connect(self.restart_requested)
        dialog.open()

    def _what_is_saved(self) -> str:
        """Say whether everything in this window is saved, for the report of a defect."""
        if self._window.project is None:
            return ""
        if self._window.jobs.saving:
            return self.tr("The last change is being saved now; all the others are.")
        return self.tr("All your changes are saved.")

    def _take_offer(self) -> None:
        if self._offered is not None:
            self._offered()
