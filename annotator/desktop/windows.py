"""The windows of the program: made, found again, brought to the front, closed; and what they share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.children import is_bundled, own_command
from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.dressing import Dresser
from annotator.desktop.folders import Folders
from annotator.desktop.icons import Icons
from annotator.desktop.main_window import MainWindow
from annotator.desktop.prompts import Prompts
from annotator.desktop.shared import Shared
from annotator.desktop.shortcuts import Shortcuts
from annotator.desktop.theme import ThemeChoice, ThemeSource
from annotator.desktop.window_places import bring_within
from annotator.settings import THEME, Settings

if TYPE_CHECKING:
    from annotator.handing_over import Request

_CASCADE = QPoint(32, 32)
"""How far a further window stands from the one before."""
_RAISING = {"xcb", "windows", "cocoa"}
"""Where a program may put its windows above others; elsewhere Qt warns."""
_UNANSWERED = 500
"""Milliseconds after which a window that was not let come to the front asks for attention instead."""


class Windows(QObject):
    """Makes the windows and what they share; keeps each until it is closed."""

    def __init__(self, app: QApplication, settings: Settings | None = None) -> None:
        super().__init__()
        self._app = app
        settings = settings or Settings()
        themes = ThemeSource(ThemeChoice(settings.get(THEME)), self)
        self.windows: list[MainWindow] = []
        """The windows that are open."""
        self.shared = Shared(
            settings,
            themes,
            Icons(themes, self),
            Shortcuts(settings, self),
            Folders(settings),
            self.windows,
            self.open,
            self._show_open,
        )
        self._dresser = Dresser(app, self)
        themes.changed.connect(self._dresser.dress)
        self._dresser.dress(themes.theme)
        self._used: MainWindow | None = None
        self._anew: list[str] | None = None
        app.focusWindowChanged.connect(self._note_used)
        app.screenRemoved.connect(lambda _screen: QTimer.singleShot(0, self, self._bring_within))

    def make(
        self, location: str = "", *, analyst: str | None = None, prompts: Prompts | None = None, asks: bool = True
    ) -> MainWindow:
        """Return a new window that opens ``location``, empty for the start page, once it is shown.

        ``asks`` False: nobody sits before it, so it does not ask who works here.
        """
        window = MainWindow(self.shared, prompts=prompts, asks=asks, opens=bool(location))
        window.setWindowIcon(self._app.windowIcon())
        if self.windows:
            _place_beside(window, self.windows[-1])
        self.windows.append(window)
        window.closed.connect(lambda: self._forget(window))
        if collector := self._app.findChild(UiThreadCollector):
            window.closed.connect(collector.look_through_soon)
            window.begun_anew.connect(collector.look_through_soon)
        window.restart_requested.connect(self.restart)
        if location:
            window.open_project(location, analyst=analyst)
        return window

    def open(self, location: str, *, analyst: str | None = None) -> MainWindow:
        """Show a new window on ``location``."""
        window = self.make(location, analyst=analyst)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()
        return window

    def show_error(self, error: Exception) -> None:
        """Show an error that nothing caught over the window in use; with none left it goes to the terminal."""
        active = [window for window in self.windows if window.isActiveWindow()]
        for window in (active or self.windows)[:1]:
            window.show_error(error)
            return
        sys.__excepthook__(type(error), error, error.__traceback__)

    @property
    def last_used(self) -> MainWindow | None:
        """The window that had the focus last; None while there is no window."""
        return self._used if self._used in self.windows else next(reversed(self.windows), None)

    def take(self, request: Request) -> None:
        """Do what another start of the program was to do: each project in a window of its own, the rest in the last.

        What is open already comes to the front; a window that has no project yet takes the first.
        """
        projects, files = sort_locations(request.paths)
        shown = [self._show_project(location, request.analyst) for location in projects]
        window = shown[-1] if shown else self.last_used or self.open("")
        window.bring_in(files)
        _bring_to_front(window, request.token)

    def _bring_within(self) -> None:
        """Let no window stay where a screen was."""
        for window in self.windows:
            bring_within(window)

    def restart(self) -> None:
        """Close all windows, each after it has written what was typed, and start the program anew with the same."""
        self._anew = [window.opening.location for window in self.windows if window.opening.location]
        self.close()

    def start_anew(self) -> None:
        """Start the program again if that was asked for; the last window is closed and every file given back."""
        if self._anew is None or self.windows:
            return
        environment = dict(os.environ)
        if not is_bundled():
            root = str(Path(paths.__file__).resolve().parent.parent)
            environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, environment.get("PYTHONPATH"))))
        command, self._anew = own_command(*self._anew), None
        subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603  (our own program, no shell)

    def close(self) -> None:
        """Close all windows, those too that stand behind one that first has to write what was typed."""
        for window in tuple(self.windows):
            window.close()

    def _show_project(self, location: str, analyst: str | None) -> MainWindow:
        if (window := self._window_on(location)) is not None:
            return window
        free = next((window for window in self.windows if not window.opening.busy), None)
        if free is None:
            return self.open(location, analyst=analyst)
        free.open_project(location, analyst=analyst)
        return free

    def _window_on(self, location: str) -> MainWindow | None:
        return next((window for window in self.windows if _is_same(window.opening.location, location)), None)

    def _show_open(self, location: str) -> MainWindow | None:
        window = self._window_on(location)
        if window is not None:
            _bring_to_front(window, "")
        return window

    def _note_used(self, focused: QWindow | None) -> None:
        self._used = next((window for window in self.windows if window.windowHandle() is focused), self._used)

    def _forget(self, window: MainWindow) -> None:
        """Keep nothing of a window that was closed: with it its project's passages and labels would stay."""
        self.windows.remove(window)
        if self._used is window:
            self._used = None


def _place_beside(window: MainWindow, before: MainWindow) -> None:
    """Move a window a little off the one before, and make it smaller where it would leave the screen."""
    room = window.screen().availableGeometry()
    corner = before.pos() + _CASCADE
    if not room.adjusted(0, 0, -room.width() // 4, -room.height() // 4).contains(corner):
        corner = room.topLeft()
    frame = before.frameSize() - before.size()
    left = QSize(room.right() + 1 - corner.x(), room.bottom() + 1 - corner.y()) - frame
    window.resize(window.size().boundedTo(left).expandedTo(window.minimumSize()))
    window.move(corner)


def _is_same(one: str, other: str) -> bool:
    """Whether two locations are of one project, by whatever names; a file that is gone is known by its name."""
    if "://" in one or "://" in other:
        return one == other
    try:
        return bool(one) and Path(one).samefile(other)
    except OSError:
        return os.path.abspath(one) == os.path.abspath(other)  # noqa: PTH100  (what cannot be read is not resolved)


def _bring_to_front(window: MainWindow, token: str) -> None:
    """Bring a window to the front; where the system does not let it come, it asks for attention.

    ``token``: the leave that Wayland gave the program which the user started; Qt passes it on.
    """
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    if QApplication.platformName() in _RAISING:
        window.raise_()
    window.activateWindow()
    QTimer.singleShot(_UNANSWERED, window, lambda: QApplication.alert(window))  # nothing to a window that is active


def sort_locations(locations: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the projects and the other files among what was named."""
    projects = [place for place in locations if "://" in place or place.lower().endswith(".annotator")]
    return projects, [place for place in locations if place not in projects]
