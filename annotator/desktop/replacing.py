"""Another content or another file for the project of a window, in that window: a backup restored, a copy elsewhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.desktop.folders import documents_folder
from annotator.desktop.prompts import offer_folder

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.services.project import Project


class Replacing(QObject):
    """Restores backups in a window and lets its work go on elsewhere; the window stays, with its place and size.

    It lives as long as the window, whatever is made anew in it.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    # a backup ------------------------------------------------------------------------

    def restore(self, backup: Path, called: str) -> None:
        """Give the open project the content of a backup, ``called`` so; what is typed is written before."""
        window = self._window
        if window.project is None or window.workspace is None or window.workspace.at_rest:
            return
        window.workspace.flush()
        window.workspace.set_at_rest(at_rest=True)
        window.sight.say(self.tr("Restoring {0}…").format(called))
        project = window.project
        window.jobs.write(lambda: None, done=lambda _none: self._begin(project, backup, called))

    def _begin(self, project: Project, backup: Path, called: str) -> None:
        """Restore, now that everything that was typed has been written."""
        if self._window.is_closing:
            return
        self._window.jobs.long(
            lambda progress: project.care.restore(backup, progress=progress.step),
            title=self.tr("Restoring {0}").format(called),
            done=lambda kept: self._take_restored(project, kept, called),
            failed=self._go_back,
            writes=True,
        )

    def _take_restored(self, project: Project, kept: Path, called: str) -> None:
        if not self._window.is_closing:  # else it closes now, and shows what was restored the next time
            QTimer.singleShot(0, self, partial(self._show_restored, project.anew(), kept, called))

    def _show_restored(self, project: Project, kept: Path, called: str) -> None:
        self._window.begin_anew()
        self._window.opening.adopt(project)
        self._window.prompts.offer(
            self.tr("Restored: {0}. What was here before is kept as one more backup.").format(called),
            self.tr("Undo the restore"),
            lambda: self.restore(kept, self.tr("what was here before")),
        )

    def _go_back(self, _error: Exception) -> bool:
        """Show the project again, as it was: nothing of it was replaced."""
        space = self._window.workspace
        if space is not None:
            space.set_at_rest(at_rest=False)
            self._window.pages.setCurrentWidget(space)
            space.show_text()
        return False

    def restore_over_damaged(self, backup: Path, location: str, called: str) -> None:
        """Put a backup in the place of a damaged file, which is set aside; a project that is open here is closed."""
        window = self._window
        if window.project is None:
            window.opening.restore(str(backup), location, called)
            return

        def close_first() -> None:
            window.begin_anew(closing=True)
            window.opening.restore(str(backup), location, called)

        window.jobs.write(lambda: None, done=lambda _none: QTimer.singleShot(0, self, close_first))

    def tell_set_aside(self, kept: object, called: str) -> None:
        """Say what was restored in a file's place, and where that file is now; None: there was nothing."""
        if isinstance(kept, Path):
            text = self.tr("Restored: {0}. What was in its place is kept: {1}").format(called, kept)
            offer_folder(self._window.prompts, text, kept)
        else:
            self._window.prompts.say(self.tr("Restored: {0}.").format(called))

    # another place -------------------------------------------------------------------

    @property
    def can_move(self) -> bool:
        """Whether saving the project elsewhere helps when it cannot be written: not while another program has it."""
        project = self._window.project
        return project is not None and "://" not in project.location and not project.held

    def ask_place(self) -> None:
        """Ask where to save a copy of the project, and go on there."""
        project = self._window.project
        if project is None:
            return
        proposed = documents_folder() / Path(project.location).name
        if proposed.exists():
            proposed = proposed.with_name(self.tr("{0} copy").format(proposed.stem) + proposed.suffix)
        self._window.prompts.save_file(
            self.tr("Save a copy elsewhere"),
            proposed.as_posix(),
            self.tr("Annotator projects (*.annotator)"),
            self._window.shared.folders.noting(self._move),
        )

    def _move(self, path: str) -> None:
        project = self._window.project
        if project is not None:
            self._window.jobs.long(
                lambda progress: project.care.move(path, progress=progress.step),
                title=self.tr("Saving a copy"),
                done=lambda target: self._take_moved(project, target),
                writes=True,
            )

    def _take_moved(self, project: Project, target: Path) -> None:
        window, space = self._window, self._window.workspace
        if window.is_closing or space is None:
            return
        if space.read_only:  # its panels were built for reading
            QTimer.singleShot(0, self, partial(self._show_moved, project.anew(), target))
            return
        window.opening.location = project.location
        window.shared.settings.note_recent(project.location)
        space.flush()  # what could not be written before
        self._tell_moved(target)

    def _show_moved(self, project: Project, target: Path) -> None:
        self._window.begin_anew()
        self._window.opening.adopt(project)
        self._tell_moved(target)

    def _tell_moved(self, target: Path) -> None:
        text = self.tr("Saved as {0}; from now on you work there. The file before stays as it is.").format(target)
        offer_folder(self._window.prompts, text, target)
