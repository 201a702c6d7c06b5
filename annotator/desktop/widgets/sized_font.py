"""A font in another size, whether its size is given in points or in pixels."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontInfo


def points_of(font: QFont) -> float:
    """Return a font's size in points, also when it is given in pixels (then ``pointSizeF`` is -1)."""
    return font.pointSizeF() if font.pointSizeF() > 0 else QFontInfo(font).pointSizeF()


def resized(font: QFont, factor: float) -> QFont:
    """Return a copy of a font, ``factor`` times its size."""
    copy = QFont(font)
    copy.setPointSizeF(points_of(font) * factor)
    return copy
