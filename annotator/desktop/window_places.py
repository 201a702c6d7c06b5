"""Where windows stand: remembered for each set of screens, and never where no screen is any more."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from annotator.settings import Settings

_REACHABLE = 96, 24
"""Pixels of a window's top, width and height, that have to be on a screen: it can be seized there."""
_LAST = "window"


def restore_place(window: QWidget, settings: Settings) -> None:
    """Put a window where one stood last with these screens, else where one stood with others, as far as it fits."""
    geometry = settings.layout(_name(QGuiApplication.screens())) or settings.layout(_LAST)
    if geometry:
        window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
        bring_within(window)


def remember_place(window: QWidget, settings: Settings) -> None:
    """Remember where a window stands, with the screens of now."""
    geometry = window.saveGeometry().toBase64().toStdString()
    settings.remember_layout(**{_LAST: geometry, _name(QGuiApplication.screens()): geometry})


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
