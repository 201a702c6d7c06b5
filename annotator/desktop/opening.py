"""Opening and making projects off the UI thread; the services are imported there, after the window has painted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator import log
from annotator.desktop.jobs import Jobs
from annotator.desktop.progress import JobCancelled, Progress

_log = log.logger(__name__)

if TYPE_CHECKING:
    from annotator.services.first_look import Glance
    from annotator.services.project import Project

Look = Callable[[str, "str | None"], "Glance | None"]
"""Returns what a location shows at a first glance to who was named, if anybody; called off the UI thread."""


class Opening(QObject):
    """Opens one project for one window; a second call while one is under way or open is refused.

    A project that exists is looked at first, which is quick; the opening proper begins with :meth:`go_on`, when what
    was seen has been painted.
    """

    began = Signal(str)  # location, empty for one that is being made
    looked = Signal(object)  # Glance, or None when there is nothing to show yet
    opened = Signal(object)  # Project
    failed = Signal(object)  # Exception
    restored = Signal(object, str)
    """After ``opened``: a backup has taken the project's place. Where what was there is kept, or None; which backup."""
    waiting_changed = Signal(bool)
    """Another program keeps the file from being opened for a while, or not any more."""
    _waits = Signal(bool)

    def __init__(self, jobs: Jobs, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._look = look
        self._work: Callable[[], Project] | None = None
        self._waits.connect(self.waiting_changed)
        self.busy = False
        """Whether a project is being opened, or is open."""
        self.location = ""
        """Where that project lies; empty while there is none, and while one is being made."""
        self.asked_for = ""
        """The location that was to be opened last, empty for one that was to be made."""

    def open(self, location: str, *, analyst: str | None = None) -> None:
        """Open an existing project; ``analyst`` names who writes by id, name or initials."""

        def work() -> Project:
            from annotator.services.project import open_project

            return open_project(location, analyst=analyst, waiting=self._waits.emit)

        if not self._begin(location):
            return
        self._work = work
        self._jobs.read(lambda: self._look(location, analyst), done=self.looked.emit, failed=self._saw_nothing)

    @property
    def waiting(self) -> bool:
        """Whether the opening proper waits for :meth:`go_on`."""
        return self._work is not None

    def go_on(self) -> None:
        """Open what was looked at; a second call does nothing."""
        if self._work is not None:
            work, self._work = self._work, None
            self._jobs.write(lambda: _with_window(work), done=self._take, failed=self._fail)

    def _saw_nothing(self, error: Exception) -> bool:
        _log.error("the first look failed", exc_info=error)
        self.looked.emit(None)
        return True

    def create(self, location: str, *, name: str, analyst: str, description: str = "") -> None:
        """Make a project and open it."""

        def work() -> Project:
            from annotator.services.project import create_project

            return create_project(location, name=name, analyst=analyst or None, description=description)

        self._start("", work)

    def open_sample(self) -> None:
        """Open the user's own copy of the sample, made when it is missing."""

        def work() -> Project:
            from annotator.services.project import open_project
            from annotator.services.sample import make_sample

            return open_project(make_sample())

        self._start("", work)

    def open_packet(self, packet: str, location: str) -> None:
        """Open a review packet as a new project; who it is for writes there."""

        def work() -> Project:
            from annotator.services.packet_files import open_packet

            return open_packet(packet, location)

        self._start("", work)

    def restore(self, backup: str, location: str, called: str) -> None:
        """Put a backup, ``called`` so, in the place of a project that nobody has open, and open that."""

        def work(progress: Progress) -> tuple[Project, Path | None]:
            from annotator.services.care import restore
            from annotator.services.project import open_project

            kept = restore(backup, location, progress=progress.step)
            return _with_window(lambda: open_project(location, waiting=self._waits.emit)), kept

        def take(made: tuple[Project, Path | None]) -> None:
            self._take(made[0])
            self.restored.emit(made[1], called)

        if self._begin(location):
            title = self.tr("Restoring {0}").format(called)
            self._jobs.long(work, title=title, done=take, failed=self._fail, writes=True)

    def adopt(self, project: Project) -> None:
        """Take a project that is open already."""
        if self._begin(project.location):
            self._take(project)

    def _begin(self, location: str) -> bool:
        """Note that a project is being opened from now on; return False when one is already."""
        if self.busy:
            return False
        self.busy = True
        self.location = self.asked_for = location
        self.began.emit(location)
        return True

    def _start(self, location: str, work: Callable[[], Project]) -> None:
        if self._begin(location):
            self._jobs.write(lambda: _with_window(work), done=self._take, failed=self._fail)

    def _take(self, project: Project) -> None:
        self.location = project.location
        self.opened.emit(project)

    def _fail(self, error: Exception) -> bool:
        self.busy = False
        self.location = ""
        self.failed.emit(error)
        return not isinstance(error, JobCancelled)


def _with_window(work: Callable[[], Project]) -> Project:
    """Do the work of opening, once what shows a project is imported: on the UI thread it would stop the window."""
    import annotator.desktop.project_parts
    import annotator.desktop.wiring
    import annotator.desktop.workspace  # noqa: F401  (so that it is there)

    return work()
