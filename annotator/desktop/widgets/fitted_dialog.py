"""A dialog that is never larger than its screen: at 200 % a usual one has only 683 x 384 logical pixels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

_FRAME = QSize(8, 40)
"""What the window system puts round a dialog, in logical pixels, at the most."""
_BESIDE_BUTTONS = 12


def room_for(dialog: QWidget) -> QSize:
    """Return the largest size that a dialog may have on its screen, in logical pixels."""
    return dialog.screen().availableGeometry().size() - _FRAME


class FittedDialog(QDialog):
    """Takes no more room than there is; where that is too little its fields scroll, and its buttons stay in sight."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self._fit(room_for(self))
        super().showEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        """Grow where what is inside needs more than it did, as in a theme whose edges are wider."""
        asked, done = event.type() == QEvent.Type.LayoutRequest, super().event(event)  # another may have deleted it
        if asked and self.isVisible() and (layout := self.layout()) is not None:
            least = min(_least_height(layout, self.width()), room_for(self).height())
            self.resize(self.width(), max(self.height(), least))
        return done

    def _fit(self, room: QSize) -> None:
        layout = self.layout()
        self.setMinimumSize(self.minimumSize().boundedTo(room))
        width = min(self.width(), room.width())
        least = _least_height(layout, width) if layout is not None else 0
        if layout is not None and least > room.height():
            self._let_scroll(layout)
        sized = self.testAttribute(Qt.WidgetAttribute.WA_Resized)  # else Qt has made it as high as a narrower one is
        usual = self.height() if sized or layout is None else _usual_height(layout, width)
        self.resize(QSize(width, max(usual, least)).boundedTo(room))  # words that wrap may need more than it has

    def _let_scroll(self, layout: QLayout) -> None:
        """Put everything but the buttons where it scrolls; the field with the focus stays in sight by itself."""
        buttons = self.findChild(QDialogButtonBox, options=Qt.FindChildOption.FindDirectChildrenOnly)
        focus = self.focusWidget()
        if buttons is not None:
            layout.removeWidget(buttons)
        inside = QWidget()
        inside.setLayout(layout)  # takes the layout, and everything in it, from the dialog
        area = QScrollArea(self)
        area.setObjectName(f"{self.objectName()}Scroll")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, _BESIDE_BUTTONS)
        outer.setSpacing(_BESIDE_BUTTONS)
        outer.addWidget(area, 1)
        if buttons is not None:
            buttons.setContentsMargins(16, 0, 16, 0)
            outer.addWidget(buttons)
        self.setMinimumHeight(0)
        if focus is not None:
            focus.setFocus()


def _usual_height(layout: QLayout, width: int) -> int:
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


def _least_height(layout: QLayout, width: int) -> int:
    if layout.hasHeightForWidth():
        return layout.totalMinimumHeightForWidth(width)
    return layout.totalMinimumSize().height()
