"""Combo boxes that show all of their list, and one that neither letters nor the mouse wheel change unseen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override


class RoomyComboBox(QComboBox):
    """Opens its list wide enough for the longest entry and high enough for all that it shows without scrolling."""

    @override
    def showPopup(self) -> None:
        view = self.view()
        view.ensurePolished()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth() + bar)
        super().showPopup()
        self._show_whole()

    def _show_whole(self) -> None:
        """Give the list what it lacks: Qt measures without the frame that the style gives it once it is shown."""
        view = self.view()
        popup = view.parentWidget()
        layout = popup.layout() if popup is not None else None
        if popup is None or layout is None:
            return
        layout.activate()  # an arrow to scroll with may just have come
        parts = [part for part in popup.children() if isinstance(part, QWidget) and part.isVisible()]
        arrows = sum(part.height() for part in parts if part is not view)
        around = popup.height() - arrows - view.viewport().height()
        wanted = sum(view.sizeHintForRow(row) for row in range(self.count())) + around
        place, room = popup.geometry(), self.screen().availableGeometry()
        if not arrows or wanted > room.height():
            return
        for height in (wanted + arrows, wanted):  # the arrows go only where all has room beside them
            place.setHeight(height)
            place.moveBottom(min(place.bottom(), room.bottom()))
            popup.setGeometry(place)
            layout.activate()


class QuietComboBox(RoomyComboBox):
    """Arrow keys, Space and clicks choose; letters do nothing here, the wheel scrolls what is around."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        types = bool(event.text().strip()) and event.text().isprintable()
        if types and not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
