"""Where a window without a project begins: the start page, and the recent projects there and in the menu."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.desktop.menus import fill_recent
from annotator.desktop.start_page import StartPage

if TYPE_CHECKING:
    from annotator.desktop.main_window import MainWindow


class Starting(QObject):
    """Shows a window's start page and lists the recent projects."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @cached_property
    def page(self) -> StartPage:
        """What is shown while there is no project; made when it is first shown."""
        page = StartPage(self._window.all_actions, self._window.shared.icons, self._window)
        page.recent_requested.connect(self._window.open_project)
        page.forget_requested.connect(self.forget_recent)
        page.packet_requested.connect(self._window.commands.ask_packet)
        self._window.pages.addWidget(page)
        return page

    def show_page(self) -> None:
        """Show the start page, the first way to begin having the focus."""
        self.list_recent()
        self._window.pages.setCurrentWidget(self.page)
        if self.page.first_way is not None:
            self.page.first_way.setFocus()

    def fill_menu(self) -> None:
        """List the recent projects in the menu."""
        window = self._window
        fill_recent(window.recent_menu, window.shared.settings.recent_projects(), window.open_project)

    def list_recent(self) -> None:
        """List the recent projects on the start page; which of them are gone is looked up off the UI thread."""
        page, places = self.page, self._window.shared.settings.recent_projects()
        page.set_recent(places)
        if not places:
            return
        self._window.jobs.read(
            lambda: {place for place in places if "://" not in place and not Path(place).exists()},
            done=page.set_missing,
            failed=lambda _error: True,
            key="recent",
        )

    def forget_recent(self, location: str) -> None:
        """Take a project from the list of recent ones; its file stays."""
        self._window.shared.settings.forget_recent(location)
        self.list_recent()
