"""Small coloured marks that tell a tag: its colour, its key letter, and its kind by the line below."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap

_SIZE = 20


@lru_cache(maxsize=256)
def chip(colour: str, letter: str, ground: str, *, solid: bool, ratio: float = 3.0) -> QIcon:
    """Return a chip with a letter: filled when ``solid``, else an outline (the letter does nothing at present).

    ``colour``, ``ground``: ``#rrggbb``. Equal chips are one icon: Qt keeps pictures of each icon that is painted.
    """
    ink, base = QColor(colour), QColor(ground)
    picture = QPixmap(QSize(_SIZE, _SIZE) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(1.5, 1.5, _SIZE - 3, _SIZE - 3)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(ink if solid else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 4, 4)
    if letter:
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(base if solid else ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    elif solid:
        painter.setPen(QPen(base, 2))
        painter.drawPoint(QPointF(box.center()))
    painter.end()
    return QIcon(picture)
