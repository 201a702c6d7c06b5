"""Line icons from ``resources/icons``, drawn in a colour of the theme and drawn again when the theme changes."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import paths
from annotator.desktop.theme import Theme, ThemeSource, mix

_SIZES = (16, 20, 24, 48)
_FADED = 0.4
_ANY = 64
"""From so many pixels on any grid will do."""


class Dressed(Protocol):
    """What can have an icon: an action, a button."""

    def setIcon(self, icon: QIcon, /) -> None:  # noqa: N802  (Qt's name)
        """Take an icon."""


def icon(name: str, theme: Theme, colour: str = "text") -> QIcon:
    """Return an icon in a colour of the theme (a name such as ``text``, ``muted``, ``accent``, or ``#rrggbb``)."""
    wanted = colour if colour.startswith("#") else str(getattr(theme, colour))
    return _icon(name, wanted, theme.window)


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of ``size`` logical pixels for a screen of the given device pixel ratio."""
    return _drawn(_drawing(name, colour), size, ratio)


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """Return the icon of the application."""
    result = QIcon()
    for size in (16, 24, 32, 48, 128):
        result.addPixmap(_drawn(_drawing(app_drawing(size), QColor("black")), size))
    return result


def app_drawing(size: int) -> str:
    """Return the name of the drawing whose lines lie on the pixels of an application's icon of ``size``."""
    grid = next((grid for grid in (24, 16) if size % grid == 0 and size < _ANY), 0)
    return f"annotator-{grid}" if grid else "annotator"


class Icons(QObject):
    """Gives actions and buttons their icons and new ones when the theme changes."""

    def __init__(self, themes: ThemeSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._worn: WeakKeyDictionary[Dressed, tuple[str, str]] = WeakKeyDictionary()
        themes.changed.connect(self._dress_all)

    def dress(self, target: Dressed, name: str, colour: str = "text") -> None:
        """Put an icon on ``target`` and keep it in the theme's colour."""
        self._worn[target] = (name, colour)
        target.setIcon(icon(name, self._themes.theme, colour))

    def _dress_all(self, theme: Theme) -> None:
        for target, (name, colour) in list(self._worn.items()):
            if isinstance(target, QObject) and shiboken6.isValid(target):
                target.setIcon(icon(name, theme, colour))


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return paths.resource("icons", f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, ground: str) -> QIcon:
    result = QIcon()
    faded = mix(QColor(ground), QColor(colour), _FADED)
    for mode, ink in ((QIcon.Mode.Normal, QColor(colour)), (QIcon.Mode.Disabled, faded)):
        drawing = _drawing(name, ink)
        for size in _SIZES:
            result.addPixmap(_drawn(drawing, size), mode)
    return result


def _drawing(name: str, colour: QColor) -> QSvgRenderer:
    """Return an icon read in one colour, to be drawn in any size: reading takes longer than drawing."""
    return QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.name().encode())))


def _drawn(drawing: QSvgRenderer, size: int, ratio: float = 1.0) -> QPixmap:
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    drawing.render(painter, QRectF(result.rect()))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result
