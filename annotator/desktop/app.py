"""The desktop program: one application, its windows, what they share, and what happens when something breaks."""

from __future__ import annotations

from annotator.desktop import before_qt  # first: what is imported after PySide6 takes longer

# isort: split
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QPoint, QSize, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from annotator import __version__, log, paths
from annotator.children import is_bundled, own_command
from annotator.desktop import reports
from annotator.desktop.application import Application
from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.folders import Folders
from annotator.desktop.icons import Icons, app_icon
from annotator.desktop.main_window import MainWindow
from annotator.desktop.prompts import Prompts
from annotator.desktop.shared import Shared
from annotator.desktop.shortcuts import Shortcuts
from annotator.desktop.style import style_sheet
from annotator.desktop.theme import Theme, ThemeChoice, ThemeSource
from annotator.desktop.window_places import bring_within
from annotator.settings import OPEN_LAST, THEME, Settings

if TYPE_CHECKING:
    from annotator.handing_over import Request
    from annotator.instance import Claim

before_qt.all_imported()

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
        themes.changed.connect(self._dress)
        self._dress(themes.theme)
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
        window.closed.connect(lambda: self.windows.remove(window))
        if collector := self._app.findChild(UiThreadCollector):
            window.closed.connect(collector.look_through_soon)
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

    def _show_open(self, location: str) -> bool:
        window = self._window_on(location)
        if window is not None:
            _bring_to_front(window, "")
        return window is not None

    def _note_used(self, focused: QWindow | None) -> None:
        self._used = next((window for window in self.windows if window.windowHandle() is focused), self._used)

    def _dress(self, theme: Theme) -> None:
        self._app.setPalette(theme.palette())
        self._app.setStyleSheet(style_sheet(theme, paths.resource("icons").as_posix()))


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


class _Uncaught(QObject):
    """Brings exceptions that nothing caught to the UI thread, whatever thread they came from."""

    happened = Signal(object)

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Serve as ``sys.excepthook``."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.happened.emit(error)

    def take_thread(self, caught: threading.ExceptHookArgs) -> None:
        """Serve as ``threading.excepthook``."""
        if caught.exc_value is not None:
            self.take(caught.exc_type, caught.exc_value, caught.exc_traceback)


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application, made and set up when there is none yet: style, name, icon, translations."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        app = running
        app.setStyle("Fusion")
    else:
        app = Application(["annotator", "-style", "Fusion", *arguments])  # setStyle would load all of QStyle: 30 ms
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("annotator")
    app.setWindowIcon(app_icon())
    if app.property("translated") is None:
        app.setProperty("translated", True)
        _translate(app)
        UiThreadCollector(app)
    return app


def create_window(location: str, *, analyst: str | None = None, prompts: Prompts | None = None) -> MainWindow:
    """Return a window on a project, for a script or a test; ``location`` empty gives the start page.

    The project is opened off the UI thread once events are processed: wait for ``window.project_opened``.
    """
    windows = Windows(make_application())
    window = windows.make(str(location), analyst=analyst, prompts=prompts)
    window.owner = windows
    return window


def main(
    locations: Sequence[str] = (), *, analyst: str | None = None, claim: Claim | None = None, notice: str = ""
) -> int:
    """Show the window on a project, or on articles to bring in, and return the exit code when the last one closes.

    Args:
        locations: projects, articles, packets.
        analyst: who writes there: a name, initials or an id.
        claim: the right to be the first instance; later starts hand over to this one then.
        notice: what the window is to say first.
    """
    app = make_application()
    windows = Windows(app)
    broken, last_words = reports.newest_untaken(), reports.LastWords()
    projects, files = sort_locations(locations)
    recent = windows.shared.settings.recent_projects()
    if not projects and windows.shared.settings.get(OPEN_LAST) and recent:
        projects = recent[:1]
    window = windows.make(projects[0] if projects else "", analyst=analyst)
    for other in projects[1:]:
        windows.open(other, analyst=analyst)
    window.bring_in(files)
    if broken is not None:
        window.telling.earlier_report(broken)
    if notice:
        window.prompts.say(notice)
    _hear(app, windows, claim)
    uncaught = _Uncaught()
    uncaught.happened.connect(windows.show_error)
    sys.excepthook = uncaught.take
    threading.excepthook = uncaught.take_thread
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: windows.close())  # heard at the next timer; what is typed is written
    window.show()
    logging_to = log.start(paths.user_log_folder())
    code = app.exec()
    if claim is not None:
        claim.close()
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
    last_words.end()
    log.stop(logging_to)
    windows.start_anew()
    return code


def _hear(app: QApplication, windows: Windows, claim: Claim | None) -> None:
    """Open what later starts of the program, and macOS by its events, ask for."""
    from annotator.handing_over import Request  # imported by the command line already, before Qt

    if isinstance(app, Application):
        app.opens_by(lambda path: windows.take(Request((path,))))
    if claim is not None:
        from annotator.desktop.receiving import Receiver

        receiver = Receiver(claim, windows)
        receiver.requested.connect(windows.take)
        app.lastWindowClosed.connect(receiver.close)


def sort_locations(locations: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the projects and the other files among what was named."""
    projects = [place for place in locations if "://" in place or place.lower().endswith(".annotator")]
    return projects, [place for place in locations if place not in projects]


def _translate(app: QApplication) -> None:
    """Load Qt's own texts and ours in the user's language, or that of ``ANNOTATOR_LANGUAGE``, where there are any."""
    wanted = os.environ.get("ANNOTATOR_LANGUAGE", "")
    if wanted == "pseudo":
        from annotator.desktop.pseudo_language import PseudoLanguage

        app.installTranslator(PseudoLanguage(app))
        return
    language = QLocale(wanted) if wanted else QLocale.system()
    for folder, name in (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase"),
        (str(paths.resource("translations")), "annotator"),
    ):
        translator = QTranslator(app)
        if translator.load(language, name, "_", folder):
            app.installTranslator(translator)
    for name in (language.name(), language.name()[:2]):
        sentences = paths.resource("translations", f"sentences_{name}.json")
        if sentences.exists():
            import json

            from annotator.desktop.sentences import SentenceTranslator

            app.installTranslator(SentenceTranslator(json.loads(sentences.read_text("utf-8")), app))
            break
