"""The window of one project: it builds its parts and connects them, and closes without losing anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.bus import ProjectBus
from annotator.desktop.drops import Drops
from annotator.desktop.early_keys import EarlyKeys
from annotator.desktop.jobs import Jobs
from annotator.desktop.menus import fill_menu_bar, fill_recent, location_name
from annotator.desktop.opening import Opening
from annotator.desktop.prompts import Prompts, QtPrompts
from annotator.desktop.shared import Shared
from annotator.desktop.start_page import StartPage
from annotator.desktop.status_line import StatusLine
from annotator.desktop.telling import Telling
from annotator.desktop.top_bar import TopBar
from annotator.desktop.widgets.message_bar import MessageBar
from annotator.desktop.widgets.reading_order import step_focus
from annotator.desktop.window_commands import WindowCommands
from annotator.desktop.window_places import remember_place, restore_place
from annotator.domain.errors import DamagedError
from annotator.settings import READING_VIEW, DeviceMemory

if TYPE_CHECKING:
    from annotator.desktop.care_commands import CareCommands
    from annotator.desktop.glance_page import GlancePage
    from annotator.desktop.workspace import Workspace
    from annotator.services.first_look import Glance
    from annotator.services.project import Project

_USUAL = QSize(1440, 900)
_LEAST = QSize(640, 360)
_FRAME = QSize(8, 40)
"""What the system draws around a window, about: its size is not known before the window is shown."""
_UNSHOWN = 200
"""Milliseconds after which a window that nobody shows opens its project all the same."""


class MainWindow(QMainWindow):
    """Shows one project, or the start page while it has none. ``project_opened`` comes once it can be used."""

    project_opened = Signal(object)  # Project
    closed = Signal()
    restart_requested = Signal()

    def __init__(
        self, shared: Shared, *, prompts: Prompts | None = None, asks: bool = True, opens: bool = False
    ) -> None:
        """``opens``: a project is opened next, so that there is no start page to begin with."""
        super().__init__()
        self.setObjectName("mainWindow")
        self.setMinimumSize(_LEAST)
        self.shared = shared
        self.asks = asks
        self.project: Project | None = None
        self.workspace: Workspace | None = None
        self.care: CareCommands | None = None
        self.jobs = Jobs(self)
        self.bus = ProjectBus(self)
        self.all_actions = Actions(self, shared.shortcuts)
        self.message_bar = MessageBar(shared.icons, self)
        self.telling = Telling(self.message_bar, self)
        self.prompts = prompts or QtPrompts(self, say=self.telling.say, offer=self.telling.offer, fail=self.show_error)
        self.opening = Opening(self.jobs, self._look, self)
        self.owner: QObject | None = None
        """What must live as long as the window."""
        self._glance: GlancePage | None = None
        self._brought: list[str] = []
        self._brought_text = ""
        self._closing = self._let_go = False
        self._early = EarlyKeys(self.all_actions, self.telling.say, self)
        self._build()
        self.commands = WindowCommands(self)
        self.drops = Drops(self)
        self._connect()
        self._restore()
        self.show_recent()
        if not opens:
            self._show_start()
        self._show_title()

    def _build(self) -> None:
        self.recent_menu = QMenu(self.tr("Open &recent"), self)
        fill_menu_bar(self.menuBar(), self.all_actions, self.recent_menu, self.shared.icons)
        self.top_bar = TopBar(self.all_actions, self.shared.icons, self.shared.themes, self)
        self.waiting = QLabel(self)
        self.waiting.setObjectName("waitingPage")
        self.waiting.setMargin(24)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waiting.setProperty("role", "muted")
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.waiting)
        self.status_line = StatusLine(self)
        whole = QWidget(self)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.message_bar)
        layout.addWidget(self.status_line)
        self.setCentralWidget(whole)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self.opening.began.connect(self._show_waiting)
        self.opening.looked.connect(self._show_glance)
        self.opening.opened.connect(self._take_project)
        self.opening.failed.connect(self._opening_failed)
        self.jobs.failed.connect(self.show_error)
        self.jobs.saving_changed.connect(self._show_saving)
        self.jobs.progressed.connect(self.status_line.show_progress)
        self.jobs.cancelled.connect(self.telling.cancelled)
        self.telling.restart_requested.connect(self.restart_requested)
        self.telling.analyst_wanted.connect(lambda: self.all_actions.trigger(ActionId.PROJECT_ANALYST))
        self.status_line.cancel_requested.connect(self.jobs.cancel)
        self.status_line.zoom_clicked.connect(lambda: self.all_actions.trigger(ActionId.VIEW_ZOOM_RESET))
        self.status_line.analyst_clicked.connect(lambda: self.all_actions.trigger(ActionId.PROJECT_ANALYST))
        self.drops.project_dropped.connect(self.open_project)
        self.drops.articles_dropped.connect(self._keep_dropped)
        self.drops.exchange_dropped.connect(lambda file: self._keep_dropped([file]))
        self.drops.text_dropped.connect(self._keep_text)
        self.message_bar.shown_changed.connect(self.status_line.give_way)
        self.drops.packets_dropped.connect(self.commands.take_packets)
        self.message_bar.undo_requested.connect(lambda: self.all_actions.trigger(ActionId.EDIT_UNDO))
        self.recent_menu.aboutToShow.connect(self.show_recent)

    # projects --------------------------------------------------------------------

    def open_project(self, location: str, *, analyst: str | None = None) -> None:
        """Open a project here, or in a window of its own when this one has one; one that is open comes to the front."""
        if self.shared.show_open(location):
            return
        if self.opening.busy:
            self.shared.open_window(location)
        else:
            self.opening.open(location, analyst=analyst)

    def make_project(self, location: str, *, name: str, analyst: str, description: str = "") -> None:
        """Make a project and open it, in a window of its own when this one has a project already."""
        target = self.shared.open_window("") if self.opening.busy else self
        target.opening.create(location, name=name, analyst=analyst, description=description)

    def open_sample(self) -> None:
        """Open the user's copy of the sample, in a window of its own when this one has a project already."""
        target = self.shared.open_window("") if self.opening.busy else self
        guide = self.tr("Look around: N goes from passage to passage, and the note of each says what it shows.")
        target.project_opened.connect(lambda: target.prompts.say(guide), Qt.ConnectionType.SingleShotConnection)
        target.opening.open_sample()

    def restore_over(self, backup: Path) -> None:
        """Close the project, put a backup in its place and open it in a new window."""
        if self.project is None:
            return
        location, shared = self.project.location, self.shared
        self.closed.connect(lambda: shared.open_window("").opening.restore(str(backup), location))
        self.close()

    def _keep_dropped(self, files: list[str]) -> None:
        """Keep what was dropped on a window without a project; with one, its commands take it."""
        if self.workspace is None:
            self.bring_in(files)

    def bring_in(self, files: list[str]) -> None:
        """Import article or exchange files into the project, now or as soon as one is open here; open packets."""
        files = self.commands.take_first_packets(files)
        if self.workspace is not None:
            self.drops.take_files(files)
        elif files:
            self._brought += files
            self.telling.say(self.tr("Open or make a project: the files are brought in then."))

    def _keep_text(self, text: str) -> None:
        """Keep text that was dropped on a window without a project; with one, its commands take it."""
        if self.workspace is None:
            self._brought_text = text
            self.telling.say(self.tr("Open or make a project: the text is brought in then."))

    @property
    def opening_asked(self) -> bool:
        """Whether a project is still to be opened, once the window has been painted."""
        return self.opening.waiting

    def _go_on(self) -> None:
        """Open the project, now that what was seen of it has been painted."""
        if not self._closing:
            self.opening.go_on()

    def _look(self, location: str, analyst: str | None) -> Glance | None:
        """Return what is seen first of a project by who was named or is remembered; called off the UI thread."""
        from annotator.services.first_look import first_look

        settings = self.shared.settings
        if settings.get(READING_VIEW):
            return None
        memory, place = DeviceMemory(), str(Path(location).resolve())
        viewer = (lambda project_id: memory.analyst(project_id, place)) if analyst is None else None
        return first_look(location, lambda project_id: settings.layout(f"article.{project_id}"), viewer)

    def _show_waiting(self, location: str) -> None:
        """Make room for the project; what it is waiting for is said when its article is not there at once."""
        text = self.tr("Opening {0}…").format(location_name(location)) if location else self.tr("Opening…")
        self.waiting.setAccessibleName(text)
        self.waiting.setText("" if location else text)
        self.pages.setCurrentWidget(self.waiting)
        self.top_bar.show()
        self.status_line.set_in_use(True)

    def _show_glance(self, glance: Glance | None) -> None:
        """Show the article that was seen; the project is opened once that has been painted."""
        QTimer.singleShot(_UNSHOWN, self, self._go_on)
        if glance is None:
            self.waiting.setText(self.waiting.accessibleName())
            if self.isVisible():
                QTimer.singleShot(0, self, self._go_on)
            return
        from annotator.desktop.glance_page import GlancePage

        page = self._glance = GlancePage(glance, self.shared, self.pages)
        page.painted.connect(lambda: QTimer.singleShot(0, self, self._go_on))
        self._show_title(glance.project_name)
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def _end_glance(self) -> None:
        """Take the first sight of the project away."""
        if self._glance is not None:
            self._glance.deleteLater()
            self._glance = None

    def _take_project(self, project: Project) -> None:
        """Show the project that has been opened; a defect in doing so leads back to the start page."""
        if self._closing:
            self.jobs.write(project.close)
            return
        self.setUpdatesEnabled(False)
        try:
            self._build_workspace(project)
        except Exception as error:  # noqa: BLE001  (reported, and the file is given back)
            self._give_up(project, error)
        finally:
            self.setUpdatesEnabled(True)

    def _give_up(self, project: Project, error: Exception) -> None:
        """Let go of a project that cannot be shown; this window takes no other: its actions may serve half of it."""
        self.bus.detach()
        if self.workspace is not None:
            self.workspace.deleteLater()
        self.project = self.workspace = self.care = None
        self.jobs.write(project.close)
        self._opening_failed(error)

    def _build_workspace(self, project: Project) -> None:
        """Build the panels for the project that has been opened; everything they need is imported by now."""
        from annotator.desktop import wiring
        from annotator.desktop.project_parts import connect_window
        from annotator.desktop.workspace import Workspace

        self.project = project
        self.bus.attach(project)
        self.workspace = Workspace(
            project, self.jobs, self.bus, self.all_actions, self.prompts, self.shared, self.pages, glance=self._glance
        )
        wiring.connect(self.workspace)
        connect_window(self, self.workspace)
        self.pages.addWidget(self.workspace)
        self.pages.setCurrentWidget(self.workspace)
        if self._glance is not None:
            self.workspace.area.focus_text()
            self._end_glance()
        self.workspace.panes.restore(self.shared.settings.layout("panes"))
        self.workspace.tell_needs()
        self.workspace.state.load()
        self.workspace.history.refresh()
        self.shared.settings.note_recent(project.location)
        self._show_title()
        self._show_saving(self.jobs.saving)
        if project.warning:
            self.prompts.say(project.warning)
        self.project_opened.emit(project)
        brought, self._brought = self._brought, []
        self.drops.take_files(brought)
        text, self._brought_text = self._brought_text, ""
        if text:
            self.drops.text_dropped.emit(text)

    def _opening_failed(self, error: Exception) -> None:
        if self._closing:
            return
        self._early.forget()
        self._end_glance()
        self._show_title()
        self._show_start()
        self.show_error(error)

    @cached_property
    def start_page(self) -> StartPage:
        """What is shown while there is no project; made when it is first shown."""
        page = StartPage(self.all_actions, self.shared.icons, self)
        page.recent_requested.connect(self.open_project)
        page.forget_requested.connect(self.commands.forget_recent)
        page.packet_requested.connect(self.commands.ask_packet)
        self.pages.addWidget(page)
        return page

    def _show_start(self) -> None:
        """Show the start page; the bars have nothing to say without a project."""
        self.top_bar.hide()
        self.status_line.set_in_use(False)
        self.commands.list_recent()
        self.pages.setCurrentWidget(self.start_page)
        if self.start_page.first_way is not None:
            self.start_page.first_way.setFocus()

    def show_recent(self) -> None:
        """List the recent projects in the menu."""
        fill_recent(self.recent_menu, self.shared.settings.recent_projects(), self.open_project)

    # telling ---------------------------------------------------------------------

    def show_error(self, error: Exception, *, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Show what went wrong, with a button that calls ``run``; a defect of ours is reported first."""
        self._closing = False
        mendable = self.telling.error(error, action=action, run=run)
        if mendable and isinstance(error, DamagedError) and run is None:
            self.commands.offer_backups(error)

    def _show_saving(self, saving: bool) -> None:
        if self.workspace is not None and self.workspace.read_only:
            self.status_line.set_read_only(self.project.read_only_reason if self.project else "")
        elif self.workspace is not None:
            self.status_line.set_saving(saving)
        if self._closing and not saving:
            QTimer.singleShot(0, self, self.close)

    def _show_title(self, name: str = "") -> None:
        name = name or (location_name(self.project.location) if self.project else "")
        read_only = self.tr(" (read-only)") if self.project and self.workspace and self.workspace.read_only else ""
        self.setWindowTitle(f"{name}{read_only} – Annotator" if name else "Annotator")
        self.top_bar.set_project_name(name)

    def show_name(self, name: str) -> None:
        """Show the project's name."""
        self._show_title(name)

    # events ------------------------------------------------------------------------

    def _restore(self) -> None:
        self.resize(_USUAL.boundedTo(self.screen().availableSize() - _FRAME))
        restore_place(self, self.shared.settings)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.opening.waiting and self._glance is None and self.waiting.text():
            QTimer.singleShot(0, self, self._go_on)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused.click()
        elif self.opening.busy and self.workspace is None and self._early.take(event):
            event.accept()
        elif not self.all_actions.trigger_by(event):
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.drops.enter(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.drops.drop(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Go on in the order of reading."""
        return step_focus(self, forward=next)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is typed, wait for it, remember the layout, let go of the file; once is enough."""
        if self._let_go:
            event.accept()
            return
        if self.workspace is not None:
            self.workspace.flush()
        if self.jobs.saving:
            self._closing = True
            if stopping := self.jobs.cancel_long():
                self.telling.say(self.tr("Stopping, then closing: {0}").format(", ".join(stopping)))
            event.ignore()
            return
        self._closing = self._let_go = True
        remember_place(self, self.shared.settings)
        self.bus.detach()
        if self.workspace is not None and self.project is not None:
            self.workspace.close_project()
            self.jobs.write(self.project.close)
        self.jobs.close()
        event.accept()
        self.closed.emit()
