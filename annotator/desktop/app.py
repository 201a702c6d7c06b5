"""The desktop program: one application, its windows, what they share, and what happens when something breaks."""

from __future__ import annotations

from annotator.desktop import before_qt  # first: what is imported after PySide6 takes longer

# isort: split
import signal
import sys
import threading
from collections.abc import Sequence
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QPoint, QSize, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from annotator import __version__, paths
from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.folders import Folders
from annotator.desktop.icons import Icons, app_icon
from annotator.desktop.main_window import MainWindow
from annotator.desktop.prompts import Prompts
from annotator.desktop.shared import Shared
from annotator.desktop.style import style_sheet
from annotator.desktop.theme import Theme, ThemeChoice, ThemeSource
from annotator.settings import OPEN_LAST, THEME, Settings

before_qt.all_imported()

_CASCADE = QPoint(32, 32)
"""How far a further window stands from the one before."""


class Windows(QObject):
    """Makes the windows and what they share; keeps each until it is closed."""

    def __init__(self, app: QApplication, settings: Settings | None = None) -> None:
        super().__init__()
        self._app = app
        settings = settings or Settings()
        themes = ThemeSource(ThemeChoice(settings.get(THEME)), self)
        self.windows: list[MainWindow] = []
        """The windows that are open."""
        self.shared = Shared(settings, themes, Icons(themes, self), Folders(settings), self.windows, self.open)
        themes.changed.connect(self._dress)
        self._dress(themes.theme)

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
        if location:
            window.open_project(location, analyst=analyst)
        return window

    def open(self, location: str) -> MainWindow:
        """Show a new window on ``location``."""
        window = self.make(location)
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
        app = QApplication(["annotator", "-style", "Fusion", *arguments])  # setStyle would load all of QStyle: 30 ms
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


def main(locations: Sequence[str] = (), *, analyst: str | None = None) -> int:
    """Show the window on a project, or on articles to bring in, and return the exit code when the last one closes."""
    app = make_application()
    windows = Windows(app)
    projects, files = _sorted(locations)
    recent = windows.shared.settings.recent_projects()
    if not projects and windows.shared.settings.get(OPEN_LAST) and recent:
        projects = recent[:1]
    window = windows.make(projects[0] if projects else "", analyst=analyst)
    for other in projects[1:]:
        windows.open(other)
    window.bring_in(files)
    uncaught = _Uncaught()
    uncaught.happened.connect(windows.show_error)
    sys.excepthook = uncaught.take
    threading.excepthook = uncaught.take_thread
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.closeAllWindows())  # heard at the next timer; what is typed is written
    window.show()
    code = app.exec()
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
    return code


def _sorted(locations: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the projects and the other files among what was named on the command line."""
    projects = [place for place in locations if "://" in place or place.lower().endswith(".annotator")]
    return projects, [place for place in locations if place not in projects]


def _translate(app: QApplication) -> None:
    """Load Qt's own texts and ours in the user's language, where there are any."""
    for folder, name in (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase"),
        (str(paths.resource("translations")), "annotator"),
    ):
        translator = QTranslator(app)
        if translator.load(QLocale.system(), name, "_", folder):
            app.installTranslator(translator)
