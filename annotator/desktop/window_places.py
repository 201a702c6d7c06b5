"""Where windows stand: remembered for each set of screens, and never where no screen is any more."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from annotator.settings import Settings

_REACHABLE = 96, 24
"""Pixels of a window's top, width and height, that have to be on a screen: it can be seized there."""
_EDGES = 8, 40
"""Pixels of width and height that the window system puts round a window, about: it is not known before it is shown."""
_USUAL, _LARGEST, _SHARE = QSize(1440, 900), QSize(2200, 1300), 0.6
"""The first window: so large, on a large screen this part of it, and no larger than is of use."""
_LAST = "window"
_FILLING = (Qt.WindowState.WindowMaximized, Qt.WindowState.WindowFullScreen)


def first_size(screen: QSize) -> QSize:
    """Return how large a window is that was never shown before, on a screen with this room, in logical pixels."""
    return _USUAL.expandedTo((screen * _SHARE).boundedTo(_LARGEST)).boundedTo(screen - QSize(*_EDGES))


def restore_place(window: QWidget, settings: Settings) -> None:
    """Put a window where one stood last with these screens, else where one stood with others, as far as it fits."""
    screens = QGuiApplication.screens()
    here = _Place.read(settings.layout(_name(screens)))
    place = here or _Place.read(settings.layout(_LAST))
    if place is None:
        return
    frame = place.frame
    if here is None:
        rooms = [screen.availableGeometry() for screen in screens]
        frame = fitted(frame.adjusted(0, 0, *_EDGES), rooms).adjusted(0, 0, -_EDGES[0], -_EDGES[1])
    if (screen := QGuiApplication.screenAt(frame.center())) is not None:
        window.setScreen(screen)
    window.resize(frame.size())
    window.move(frame.topLeft())
    window.setWindowState(place.state)
    bring_within(window)


def remember_place(window: QWidget, settings: Settings) -> None:
    """Remember where a window stands, with the screens of now."""
    place = _Place.of(window).text()
    settings.remember_layout(**{_LAST: place, _name(QGuiApplication.screens()): place})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the corner of a window's frame is, how large it is inside, and whether it fills the screen.

    Qt's own ``saveGeometry`` keeps where the inside begins, and ``restoreGeometry`` leaves room for a title bar that it
    guesses: a window at the top of a low screen would come back lower, its foot under the screen's edge.
    """

    frame: QRect
    state: Qt.WindowState

    @classmethod
    def of(cls, window: QWidget) -> _Place:
        """Return where a window stands, or would if it did not fill the screen."""
        inside = window.normalGeometry() if window.isMaximized() or window.isFullScreen() else window.geometry()
        frame = window.frameGeometry().topLeft() - window.geometry().topLeft()
        states = {state for state in _FILLING if window.windowState() & state}
        return cls(
            QRect(inside.topLeft() + frame, inside.size()),
            max(states, key=lambda state: state.value, default=Qt.WindowState.WindowNoState),
        )

    @classmethod
    def read(cls, text: str) -> _Place | None:
        """Return what :meth:`text` gave; None for any other text."""
        try:
            left, top, width, height, state = (int(part) for part in text.split())
        except ValueError:
            return None
        known = {one.value: one for one in (Qt.WindowState.WindowNoState, *_FILLING)}
        if width <= 0 or height <= 0 or state not in known:
            return None
        return cls(QRect(left, top, width, height), known[state])

    def text(self) -> str:
        """Return the place as a text for the settings."""
        frame = self.frame
        return f"{frame.x()} {frame.y()} {frame.width()} {frame.height()} {self.state.value}"


def bring_within(window: QWidget) -> None:
    """Move a window onto a screen when its top is on none, as after a screen was unplugged."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    frame = window.frameGeometry()
    if not is_reachable(frame, screens) and not window.isFullScreen():
        wanted = fitted(frame, screens)
        window.resize(window.size() - (frame.size() - wanted.size()))
        window.move(wanted.topLeft())


def is_reachable(frame: QRect, screens: Sequence[QRect]) -> bool:
    """Whether enough of the top of a window is on one of the screens."""
    width, height = _REACHABLE
    top = QRect(frame.left(), frame.top(), frame.width(), height)
    seen = [screen.intersected(top) for screen in screens]
    return any(part.width() >= min(width, frame.width()) and part.height() >= height // 2 for part in seen)


def fitted(frame: QRect, screens: Sequence[QRect]) -> QRect:
    """Return a window's frame moved, and made smaller where it must be, onto the screen of which it is nearest."""
    if not screens:
        return frame
    middle = frame.center()
    room = min(screens, key=lambda screen: (screen.center() - middle).manhattanLength())
    size = frame.size().boundedTo(room.size())
    left = max(room.left(), min(frame.left(), room.right() + 1 - size.width()))
    top = max(room.top(), min(frame.top(), room.bottom() + 1 - size.height()))
    return QRect(left, top, size.width(), size.height())


def _name(screens: Sequence[QScreen]) -> str:
    """Return the name under which places with these screens are remembered."""
    places = [(screen.name(), screen.geometry().getRect(), screen.devicePixelRatio()) for screen in screens]
    return f"{_LAST}.{zlib.crc32(repr(sorted(places)).encode()):08x}"
