"""A combo box that neither letters nor the mouse wheel change unseen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox
from typing_extensions import override


class QuietComboBox(QComboBox):
    """Arrow keys, Space and clicks choose; letters do nothing here, the wheel scrolls what is around."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        types = bool(event.text().strip()) and event.text().isprintable()
        if types and not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def showPopup(self) -> None:
        """Open the list wide enough for its longest entry, also where the box itself is narrow."""
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth() + bar)
        super().showPopup()
        if view.verticalScrollBar().maximum():  # Qt measures the first time before the list has its style's frame
            super().showPopup()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
