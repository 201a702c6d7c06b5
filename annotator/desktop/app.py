"""The desktop program: one application, what it does from its start to its end, and when something breaks."""

from __future__ import annotations

from annotator.desktop import before_qt  # first: what is imported after PySide6 takes longer

# isort: split
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from annotator import __version__, log, paths
from annotator.desktop import reports
from annotator.desktop.application import Application
from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.icons import app_icon
from annotator.desktop.main_window import MainWindow
from annotator.desktop.one_heap import keep_one_heap
from annotator.desktop.portal import prefer_portal
from annotator.desktop.prompts import Prompts
from annotator.desktop.windows import Windows, sort_locations
from annotator.settings import OPEN_LAST

if TYPE_CHECKING:
    from annotator.instance import Claim

before_qt.all_imported()

_TURN = 0.001
"""Seconds that a thread which computes keeps Python from the others: with the usual five thousandths, a picture that
asks for twenty things took a tenth of a second beside a merge."""


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
        prefer_portal()
        keep_one_heap()
        app = Application(["annotator", "-style", "Fusion", *arguments])  # setStyle would load all of QStyle: 30 ms
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("annotator")
    app.setWindowIcon(app_icon())
    sys.setswitchinterval(_TURN)
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
        # heard at the next timer, heeded in a turn of its own: a window that is just being made is closed too
        signal.signal(number, lambda *_: QTimer.singleShot(0, windows, windows.close))
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    del window  # ``windows`` keeps it until it is closed
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
