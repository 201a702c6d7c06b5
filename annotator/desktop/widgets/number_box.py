"""A field for a number whose text stands as that of other fields, and that the mouse wheel does not change unseen."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget
from typing_extensions import override

_PAD = 5
"""Pixels before the number; a style sheet's padding does not reach the field inside."""


class NumberBox(QSpinBox):
    """Keys and the two arrows change the number; the wheel scrolls what is around."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(_PAD, 0, 0, 0)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
