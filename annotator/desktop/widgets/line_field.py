"""A line that a person types in while a list beside it answers: its keys are signals."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from typing_extensions import override

from annotator.desktop.widgets.line_edit import LineEdit

_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_OWN = (*_RETURNS, *_STEPS, Qt.Key.Key_Escape)
"""Keys that are the line's own, whatever the window's actions do with them."""


class LineField(LineEdit):
    """Enter, Ctrl+Enter, the arrows up and down, Esc and Backspace in the empty line are its own."""

    taken = Signal()
    """Enter."""
    made = Signal()
    """Ctrl+Enter."""
    stepped = Signal(int)
    """Down (+1) or Up (-1)."""
    escaped = Signal()
    erased = Signal()
    """Backspace in the empty line."""
    pressed = Signal()
    """A press of the mouse."""

    @override
    def event(self, event: QEvent) -> bool:
        override_ = event.type() == QEvent.Type.ShortcutOverride
        if override_ and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RETURNS:
            (self.made if event.modifiers() & Qt.KeyboardModifier.ControlModifier else self.taken).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.erased.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed.emit()
