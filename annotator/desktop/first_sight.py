"""What is seen of a project while it is being opened: what is waited for, then the article, as it will stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget

from annotator.desktop.menus import location_name
from annotator.desktop.shared import Shared
from annotator.settings import READING_VIEW, DeviceMemory

if TYPE_CHECKING:
    from annotator.desktop.glance_page import GlancePage
    from annotator.services.first_look import Glance

_UNSHOWN = 200
"""Milliseconds after which a window that nobody shows opens its project all the same."""


class FirstSight(QObject):
    """Shows on the pages of a window that a project is being opened, and its article as soon as that is known."""

    named = Signal(str)
    """The project has this name."""
    painted = Signal()
    """What there is to see has been painted, or nobody looks: the project can be opened. It may come again."""

    def __init__(self, shared: Shared, pages: QStackedWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shared = shared
        self._pages = pages
        self.page: GlancePage | None = None
        """The article that was seen, until the project is shown or cannot be."""
        self.waiting = QLabel(pages)
        """Says what is waited for when the article is not there at once."""
        self.waiting.setObjectName("waitingPage")
        self.waiting.setMargin(24)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waiting.setProperty("role", "muted")
        pages.addWidget(self.waiting)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to see but what is waited for."""
        return self.page is None and bool(self.waiting.text())

    def look(self, location: str, analyst: str | None) -> Glance | None:
        """Return what is seen first of a project by who was named or is remembered; called off the UI thread."""
        from annotator.services.first_look import first_look

        settings = self._shared.settings
        if settings.get(READING_VIEW):
            return None
        memory, place = DeviceMemory(), str(Path(location).resolve())
        viewer = (lambda project_id: memory.analyst(project_id, place)) if analyst is None else None
        return first_look(location, lambda project_id: settings.layout(f"article.{project_id}"), viewer)

    def wait_for(self, location: str) -> None:
        """Make room for the project; what it is waiting for is said when its article is not there at once."""
        text = self.tr("Opening {0}…").format(location_name(location)) if location else self.tr("Opening…")
        self.waiting.setAccessibleName(text)
        self.waiting.setText("" if location else text)
        self._pages.setCurrentWidget(self.waiting)

    def say(self, text: str) -> None:
        """Show what is waited for."""
        self.waiting.setAccessibleName(text)
        self.waiting.setText(text)
        self._pages.setCurrentWidget(self.waiting)

    def show(self, glance: Glance | None) -> None:
        """Show the article that was seen; without one, what is waited for."""
        QTimer.singleShot(_UNSHOWN, self, self.painted.emit)
        if glance is None:
            self.waiting.setText(self.waiting.accessibleName())
            if self._pages.window().isVisible():
                QTimer.singleShot(0, self, self.painted.emit)
            return
        from annotator.desktop.glance_page import GlancePage

        page = self.page = GlancePage(glance, self._shared, self._pages)
        page.painted.connect(lambda: QTimer.singleShot(0, self, self.painted.emit))
        self.named.emit(glance.project_name)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.setFocus()

    def end(self) -> None:
        """Take the article away that was seen."""
        if self.page is not None:
            self.page.deleteLater()
            self.page = None
