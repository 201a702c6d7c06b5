"""Showing the project that a window has opened: its panels are built in some turns of the event loop, or given up."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.desktop.sentences import told
from annotator.desktop.widgets.message_bar import Severity

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow
    from annotator.desktop.workspace import Workspace
    from annotator.services.project import Project


class Showing(QObject):
    """Builds a window's workspace for a project that has been opened."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def take(self, project: Project) -> None:
        """Show the project that has been opened, in some turns of the event loop: one would be long.

        A defect in doing so leads back to the start page.
        """
        window = self._window
        if window.is_closing:
            window.jobs.write(project.close)
            return
        window.project = project
        window.jobs.sliced(
            self._show(project),
            title=self.tr("Opening…"),
            done=lambda _none: window.setUpdatesEnabled(True),
            failed=partial(self._give_up, project),
        )

    def _show(self, project: Project) -> Generator[tuple[int, int], None, None]:
        """Build the panels for the project that has been opened; everything they need is imported by now."""
        self._window.setUpdatesEnabled(False)
        space = self._build(project)
        for step in (space.build_panels, partial(self._bring_to_front, project, space)):
            yield 0, 0
            if self._window.is_let_go:
                return
            step()

    def _give_up(self, project: Project, error: Exception) -> bool:
        """Let go of a project that cannot be shown; this window takes no other: its actions may serve half of it."""
        window = self._window
        window.setUpdatesEnabled(True)
        if window.is_let_go:
            return True
        window.bus.detach()
        if window.workspace is not None:
            window.workspace.deleteLater()
        window.project = window.workspace = window.care = None
        window.jobs.write(project.close)
        window.opening_failed(error)
        return True

    def _build(self, project: Project) -> Workspace:
        from annotator.desktop.workspace import Workspace

        window = self._window
        window.bus.attach(project)
        return Workspace(
            project,
            window.jobs,
            window.bus,
            window.all_actions,
            window.prompts,
            window.shared,
            window.pages,
            glance=window.sight.page,
        )

    def _bring_to_front(self, project: Project, space: Workspace) -> None:
        """Connect the panels with the window and bring them to the front."""
        from annotator.desktop import wiring
        from annotator.desktop.project_parts import connect_window

        window = self._window
        window.workspace = space
        wiring.connect(space)
        connect_window(window, space)
        window.pages.addWidget(space)
        window.pages.setCurrentWidget(space)
        if window.sight.page is not None:
            space.area.focus_text()
            window.sight.end()
        space.panes.restore(window.shared.settings.layout("panes"))
        space.tell_needs()
        space.state.load()
        space.history.refresh()
        window.shared.settings.note_recent(project.location)
        window.show_title()
        window.show_saving(window.jobs.saving)
        self._tell_place(project)
        window.project_opened.emit(project)
        window.brought.hand_over()

    def _tell_place(self, project: Project) -> None:
        """Say what there is to say of where the project lies."""
        window = self._window
        if project.warning:
            window.prompts.say(told(project.warning))
        if project.read_only and window.replacing.can_move:
            window.telling.offer(
                self.tr("Nothing can be changed here: {0}").format(told(project.read_only_reason)),
                self.tr("Save a copy elsewhere…"),
                window.replacing.ask_place,
                severity=Severity.NOTICE,
            )
