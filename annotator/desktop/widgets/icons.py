"""Small icons that are made, not drawn: a square in a tag's colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

_SIZE, _SCALE = 12, 2


@lru_cache(maxsize=256)
def chip_icon(colour: str) -> QIcon:
    """Return a rounded square in ``colour`` (``#rrggbb``), an empty icon for no colour.

    Equal chips are one icon: Qt keeps pictures of each icon that is painted.
    """
    if not colour:
        return QIcon()
    pixmap = QPixmap(_SIZE * _SCALE, _SIZE * _SCALE)
    pixmap.setDevicePixelRatio(_SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(1, 1, _SIZE - 2, _SIZE - 2), 2, 2)
    painter.end()
    return QIcon(pixmap)
