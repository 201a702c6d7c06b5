"""Plays steps in a real window inside its event loop, so that each is a turn as a person's key or click is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget

from annotator.desktop.actions import ActionId
from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.dialogs.settings_dialog import SettingsDialog
from annotator.desktop.dressing import Dresser
from annotator.desktop.main_window import MainWindow
from annotator.desktop.theme import ThemeChoice
from annotator.desktop.workspace import Workspace
from tests.desktop.watchdog.watch import Delay, Watch

W = TypeVar("W", bound=QWidget)
D = TypeVar("D", bound=QDialog)
GIVE_UP = 60_000
"""Milliseconds after which a step that never settles fails the test."""
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Stage:
    """A window under the watchdog. What a test does outside :meth:`act` is not watched."""

    def __init__(self, window: MainWindow, collector: UiThreadCollector) -> None:
        self.window = window
        self._collector = collector
        self.found: list[tuple[str, Delay]] = []
        self.worst: dict[str, float] = {}
        """The CPU seconds of the longest turn of each step."""

    @property
    def space(self) -> Workspace:
        """The workspace of the window's project."""
        assert self.window.workspace is not None
        return self.window.workspace

    def act(self, name: str, *steps: Callable[[], object], until: Callable[[], bool] = lambda: True) -> None:
        """Do steps, each in a turn of its own, and go on until no job is left and ``until`` holds, and then collect.

        A step that returns False waits for something: it is done again in the next turn.
        """
        watch, loop = Watch(), QEventLoop()
        waiting = list(steps)
        late = QTimer(loop)
        late.setSingleShot(True)
        late.timeout.connect(loop.quit)
        late.start(GIVE_UP)
        clock = QTimer(loop)

        def go_on() -> None:
            if waiting:
                if waiting[0]() is not False:
                    waiting.pop(0)
            elif not self.window.jobs.busy and until():
                clock.stop()
                QTimer.singleShot(0, loop, self._collector.collect)
                QTimer.singleShot(1, loop, loop.quit)

        clock.timeout.connect(go_on)
        clock.start(1)
        watch.start()
        loop.exec()
        watch.stop()
        clock.stop()
        clock.timeout.disconnect(go_on)  # else each would hold the other
        assert late.isActive(), f"{name} never came to rest"
        late.stop()
        self.worst[name] = watch.worst
        self.found += [(name, delay) for delay in watch.delays]

    def child(self, kind: type[W], name: str) -> W:
        """Return a widget of the window by its name."""
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def action(self, id_: ActionId) -> Callable[[], object]:
        """Return what does an action of the window, which must be enabled then."""

        def trigger() -> None:
            assert self.window.all_actions.action(id_).isEnabled(), id_
            self.window.all_actions.trigger(id_)

        return trigger

    def settled(self) -> bool:
        """Wait until no job is left; a step of :meth:`act`."""
        return not self.window.jobs.busy

    def shown(self, kind: type[QDialog]) -> Callable[[], bool]:
        """Return what waits until a dialog is shown and has the focus."""

        def look() -> bool:
            return any(dialog.isVisible() and dialog.isActiveWindow() for dialog in self.window.findChildren(kind))

        return look

    def dialog(self, kind: type[D]) -> D:
        """Return the dialog that is shown."""
        return next(dialog for dialog in self.window.findChildren(kind) if dialog.isVisible())

    def in_front(self) -> None:
        """Make the window the active one again after a dialog, as a window system does by itself."""
        self.window.activateWindow()

    def dressed(self) -> bool:
        """Whether a change of theme has come to what is hidden too."""
        windows = self.window.shared.themes.parent()
        assert windows is not None
        return not any(dresser._hidden for dresser in windows.findChildren(Dresser))

    def go_through_themes(self) -> None:
        """Choose each theme in the settings by keys."""
        self.act("open the settings", key(Qt.Key.Key_Comma, CTRL), self.shown(SettingsDialog))
        colours = self.child(QComboBox, "setting.view.theme")
        for way in [Qt.Key.Key_Down] * (len(ThemeChoice) - 1) + [Qt.Key.Key_Home]:
            steps = colours.setFocus, key(way)
            self.act(f"theme after {colours.currentText()}", *steps, until=self.dressed)
        assert colours.currentData() == self.window.shared.themes.choice == ThemeChoice.SYSTEM
        self.act("leave the settings", key(Qt.Key.Key_Escape), self.in_front)

    def passed(self) -> None:
        """Fail with every delay and its place, when there was one."""
        assert not self.found, "\n\n".join(f"{name}: {delay}" for name, delay in self.found)


def key(key_: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> Callable[[], object]:
    """Return what presses a key in whatever has the focus."""

    def press() -> None:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QTest.keyClick(target, key_, modifier)

    return press


def written(words: str) -> list[Callable[[], object]]:
    """Return steps that type words, a letter each."""

    def typing(letter: str) -> Callable[[], object]:
        def type_() -> None:
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the focus"
            QTest.keyClicks(target, letter)

        return type_

    return [typing(letter) for letter in words]
