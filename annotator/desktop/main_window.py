"""The window of one project: it builds its parts and connects them, and closes without losing anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QMainWindow,
    QMenu,
    QMenuBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.brought import Brought
from annotator.desktop.bus import ProjectBus
from annotator.desktop.drops import Drops
from annotator.desktop.early_keys import EarlyKeys
from annotator.desktop.first_sight import FirstSight
from annotator.desktop.jobs import Jobs
from annotator.desktop.menus import fill_menu_bar, location_name
from annotator.desktop.opening import Opening
from annotator.desktop.progress import JobCancelled
from annotator.desktop.prompts import Prompts, QtPrompts
from annotator.desktop.replacing import Replacing
from annotator.desktop.sentences import told
from annotator.desktop.shared import Shared
from annotator.desktop.showing import Showing
from annotator.desktop.starting import Starting
from annotator.desktop.status_line import StatusLine
from annotator.desktop.telling import Telling
from annotator.desktop.top_bar import TopBar
from annotator.desktop.widgets.letting_go import let_go
from annotator.desktop.widgets.message_bar import MessageBar
from annotator.desktop.widgets.reading_order import step_focus
from annotator.desktop.window_commands import WindowCommands
from annotator.desktop.window_places import first_size, remember_place, restore_place
from annotator.domain.errors import DamagedError, ReadOnlyError, UnwritableError

if TYPE_CHECKING:
    from annotator.desktop.care_commands import CareCommands
    from annotator.desktop.workspace import Workspace
    from annotator.services.project import Project

_LEAST = QSize(640, 360)


class MainWindow(QMainWindow):
    """Shows one project, or the start page while it has none. ``project_opened`` comes once it can be used."""

    project_opened = Signal(object)  # Project
    closed = Signal()
    restart_requested = Signal()
    begun_anew = Signal()
    """What served the state of the project before has been let go of."""

    def __init__(
        self, shared: Shared, *, prompts: Prompts | None = None, asks: bool = True, opens: bool = False
    ) -> None:
        """``opens``: a project is opened next, so that there is no start page to begin with."""
        super().__init__()
        self.setObjectName("mainWindow")
        self.setMinimumSize(_LEAST)
        self.shared = shared
        self.asks = asks
        self.owner: QObject | None = None
        """What must live as long as the window."""
        self.replacing = Replacing(self)
        self._own_prompts = prompts
        self._closing = self._let_go = False
        self._set_up()
        self._restore()
        self.setAcceptDrops(True)
        if not opens:
            self._show_start()

    def _set_up(self) -> None:
        """Make everything that serves one project, or the start page."""
        self.project: Project | None = None
        self.workspace: Workspace | None = None
        self.care: CareCommands | None = None
        self.jobs = Jobs(self)
        self.bus = ProjectBus(self)
        self.all_actions = Actions(self, self.shared.shortcuts)
        self.message_bar = MessageBar(self.shared.icons, self)
        self.telling = Telling(self.message_bar, self)
        self.prompts = self._own_prompts or QtPrompts(
            self, say=self.telling.say, offer=self.telling.offer, fail=self.show_error
        )
        self._early = EarlyKeys(self.all_actions, self.telling.say, self)
        self._build()
        self.opening = Opening(self.jobs, self.sight.look, self)
        self.showing = Showing(self)
        self.commands = WindowCommands(self)
        self.starting = Starting(self)
        self.drops = Drops(self)
        self.brought = Brought(self)
        self._connect()
        self.starting.fill_menu()
        self.show_title()

    def begin_anew(self, *, closing: bool = False) -> None:
        """Stand as a new window does, for another state of the project; place and size stay.

        What listens to the parts of a window is not taken apart bit by bit: all of it is made anew. ``closing``: the
        project is closed, else somebody goes on with it. Jobs must have been done: whatever still runs is waited for.
        """
        self.setUpdatesEnabled(False)
        try:
            self._take_apart(closing=closing)
            self._set_up()
        finally:
            self.setUpdatesEnabled(True)
        self.begun_anew.emit()

    def _take_apart(self, *, closing: bool) -> None:
        self.bus.detach()
        if self.workspace is not None and self.project is not None:
            self.workspace.close_project()
            if closing:
                self.jobs.write(self.project.close)
        self.jobs.close()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        for action in self.actions():
            self.removeAction(action)
        for part in (self.jobs, self.bus, self.all_actions, self.telling, self._early, self.sight, self.opening):
            part.deleteLater()
        for other in (self.showing, self.commands, self.starting, self.drops, self.brought, self.recent_menu):
            other.deleteLater()
        if (whole := self.centralWidget()) is not None:
            let_go(whole)
        self.setMenuBar(QMenuBar(self))

    def _build(self) -> None:
        self.recent_menu = QMenu(self.tr("Open &recent"), self)
        fill_menu_bar(self.menuBar(), self.all_actions, self.recent_menu, self.shared.icons)
        self.top_bar = TopBar(self.all_actions, self.shared.icons, self.shared.themes, self)
        self.pages = QStackedWidget(self)
        self.sight = FirstSight(self.shared, self.pages, self)
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

    def _connect(self) -> None:
        self.opening.began.connect(self.sight.wait_for)
        self.opening.began.connect(lambda _location: self._show_bars(True))
        self.opening.looked.connect(self.sight.show)
        self.sight.named.connect(self.show_title)
        self.sight.painted.connect(self._go_on)
        self.opening.opened.connect(self.showing.take)
        self.opening.failed.connect(self.opening_failed)
        self.opening.restored.connect(self.replacing.tell_set_aside)
        for waits in (self.opening, self.bus):
            waits.waiting_changed.connect(self.telling.waiting)
        self.jobs.failed.connect(self.show_error)
        self.jobs.saving_changed.connect(self.show_saving)
        self.jobs.progressed.connect(self.status_line.show_progress)
        self.jobs.cancelled.connect(self.telling.cancelled)
        self.telling.restart_requested.connect(self.restart_requested)
        self.telling.analyst_wanted.connect(lambda: self.all_actions.trigger(ActionId.PROJECT_ANALYST))
        self.status_line.cancel_requested.connect(self.jobs.cancel)
        self.status_line.zoom_clicked.connect(lambda: self.all_actions.trigger(ActionId.VIEW_ZOOM_RESET))
        self.status_line.analyst_clicked.connect(lambda: self.all_actions.trigger(ActionId.PROJECT_ANALYST))
        self.drops.project_dropped.connect(self.open_project)
        self.drops.articles_dropped.connect(self.brought.keep_files)
        self.drops.exchange_dropped.connect(lambda file: self.brought.keep_files([file]))
        self.drops.text_dropped.connect(self.brought.keep_text)
        self.message_bar.shown_changed.connect(self.status_line.give_way)
        self.drops.packets_dropped.connect(self.commands.take_packets)
        self.message_bar.undo_requested.connect(lambda: self.all_actions.trigger(ActionId.EDIT_UNDO))
        self.recent_menu.aboutToShow.connect(self.starting.fill_menu)

    def open_project(self, location: str, *, analyst: str | None = None) -> None:
        """Open a project here, or in a window of its own when this one has one; one that is open comes to the front."""
        if self.shared.show_open(location):
            return
        if self.opening.busy:
            self.shared.open_window(location)
        else:
            self.opening.open(location, analyst=analyst)

    def bring_in(self, files: list[str]) -> None:
        """Import article or exchange files into the project, now or as soon as one is open here; open packets."""
        self.brought.bring_in(files)

    def _go_on(self) -> None:
        """Open the project, now that what was seen of it has been painted."""
        if not self._closing:
            self.opening.go_on()

    def opening_failed(self, error: Exception) -> None:
        """Go back to the start page and say why a project is not shown, unless somebody cancelled it."""
        if self._closing:
            return
        self._early.forget()
        self.sight.end()
        self.show_title()
        self._show_start()
        if not isinstance(error, JobCancelled):
            self.show_error(error)

    def _show_start(self) -> None:
        """Show the start page; the bars have nothing to say without a project."""
        self._show_bars(False)
        self.starting.show_page()

    def _show_bars(self, shown: bool) -> None:
        """Show the bars, which speak of a project, or have them say nothing."""
        self.top_bar.setVisible(shown)
        self.status_line.set_in_use(shown)

    def show_error(self, error: Exception, *, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Show what went wrong, with a button that calls ``run``; a defect of ours is reported first."""
        self._closing = False
        if run is None and isinstance(error, (UnwritableError, ReadOnlyError)) and self.replacing.can_move:
            action, run = self.tr("Save a copy elsewhere…"), self.replacing.ask_place
        mendable = self.telling.error(error, action=action, run=run)
        if mendable and isinstance(error, DamagedError) and run is None:
            self.commands.offer_backups(error)

    @property
    def is_closing(self) -> bool:
        """Whether the window is about to close, once everything has been written."""
        return self._closing

    @property
    def is_let_go(self) -> bool:
        """Whether the window has closed, and only waits to be taken away."""
        return self._let_go

    def show_saving(self, saving: bool) -> None:
        """Show whether something is still to be written; a window that is closing goes once nothing is."""
        if self.workspace is not None and self.workspace.read_only:
            self.status_line.set_read_only(told(self.project.read_only_reason) if self.project else "")
        elif self.workspace is not None:
            self.status_line.set_saving(saving)
        if self._closing and not saving:
            QTimer.singleShot(0, self, self.close)

    def show_title(self, name: str = "") -> None:
        """Show the name of the project; empty: that of its location."""
        name = name or (location_name(self.project.location) if self.project else "")
        read_only = self.tr(" (read-only)") if self.project and self.workspace and self.workspace.read_only else ""
        self.setWindowTitle(f"{name}{read_only} — Annotator" if name else "Annotator")
        self.top_bar.set_project_name(name)

    def _restore(self) -> None:
        self.resize(first_size(self.screen().availableSize()))
        restore_place(self, self.shared.settings)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.opening.waiting and self.sight.is_plain:
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
        if self.workspace is not None:
            self.workspace.close_project()
        if self.project is not None:
            self.jobs.write(self.project.close)
        self.jobs.close()
        event.accept()
        self.closed.emit()
