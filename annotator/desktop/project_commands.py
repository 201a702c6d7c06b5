"""What is done with the open project itself: its details, who works in it, its care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.desktop.actions import ActionId as A
from annotator.desktop.dialogs.project_details import ProjectDetailsDialog
from annotator.desktop.dialogs.who_are_you import WhoAreYouDialog
from annotator.desktop.window_commands import known_name
from annotator.domain.analysts import Analyst
from annotator.domain.changes import ChangeSet
from annotator.domain.projects import Project as ProjectDetails

if TYPE_CHECKING:
    from annotator.desktop.workspace import Workspace


class ProjectCommands(QObject):
    """The slots of the actions on the project."""

    renamed = Signal(str)

    def __init__(self, space: Workspace) -> None:
        super().__init__(space)
        self._space = space
        self._asking = False
        space.all_actions.on(A.PROJECT_DETAILS, self.show_details)
        space.all_actions.on(A.PROJECT_ANALYST, self.ask_analyst)

    def read_name(self) -> None:
        """Read what the project is called; ``renamed`` follows."""
        self._space.jobs.read(self._space.project.details, done=lambda details: self.renamed.emit(details.name))

    def take_change(self, change: ChangeSet) -> None:
        """Follow a new name of the project."""
        for details in change.after(ProjectDetails.TYPE):
            if isinstance(details, ProjectDetails):
                self.renamed.emit(details.name)

    def show_details(self) -> None:
        """Show name and description."""
        self._space.jobs.read(self._space.project.details, done=self._edit)

    def _edit(self, details: ProjectDetails) -> None:
        project, space = self._space.project, self._space
        dialog = ProjectDetailsDialog(details, project.location, editable=not space.read_only, parent=space)

        def keep() -> None:
            name, description = dialog.name.text().strip(), dialog.description.text()
            if (name, description) != (details.name, details.description):
                space.jobs.write(lambda: project.edit(name=name, description=description, expected=details.version))

        dialog.accepted.connect(keep)
        dialog.open()

    def ask_analyst(self) -> None:
        """Ask who works here; once at a time."""
        if self._asking:
            return
        self._asking = True
        self._space.jobs.read(self._space.project.analysts.list, done=self._ask, failed=self._stop_asking)

    def _ask(self, analysts: list[Analyst]) -> None:
        dialog = WhoAreYouDialog(
            analysts, self._space.state.analyst, self._space, proposed=known_name(self._space.shared.settings)
        )
        project = self._space.project

        def take() -> None:
            who, create = dialog.answer()
            self._space.jobs.write(lambda: project.act_as(who, create=create), done=lambda _: self._space.reload())

        dialog.accepted.connect(take)
        dialog.finished.connect(self._stop_asking)
        dialog.open()

    def _stop_asking(self, _outcome: object = None) -> None:
        self._asking = False
