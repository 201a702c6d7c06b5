"""Small icons that are made, not drawn: a square in a tag's colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from typing_extensions import override

from annotator.desktop.widgets.ink import tag_ink

_EDGE, _ROUND = 1 / 12, 1 / 6
"""What stays free at each side, and the radius of the corners; of the icon's side."""
_FADED = 0.5
"""How opaque it is where it cannot be used."""


@lru_cache(maxsize=256)
def chip_icon(colour: str) -> QIcon:
    """Return a rounded square in a tag's colour (``#rrggbb``), an empty icon for no colour.

    It is painted in the theme's colour for the tag, also once that theme has changed. Equal chips are one icon.
    """
    return QIcon(_Chip(colour)) if colour else QIcon()


class _Chip(QIconEngine):
    """Paints the square in the theme that is worn when it is painted."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        edge = side * _EDGE
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_FADED if mode == QIcon.Mode.Disabled else 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tag_ink(self._colour))
        painter.drawRoundedRect(square.adjusted(edge, edge, -edge, -edge), side * _ROUND, side * _ROUND)
        painter.restore()

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)  # Qt's own leaves what was in that memory before
        painter = QPainter(picture)
        self.paint(painter, picture.rect(), mode, state)
        painter.end()
        return picture

    @override
    def clone(self) -> QIconEngine:
        return _Chip(self._colour)
