"""A line edit that leaves undo and redo to the window while there is no typing of its own to take back."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override


class LineEdit(QLineEdit):
    """Qt's own takes Ctrl+Z even when it can do nothing with it; for all fields of a window with a project."""

    @override
    def event(self, event: QEvent) -> bool:
        if is_for_the_window(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


def is_for_the_window(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether a key is an undo or a redo that a field has nothing for, so that the window's action takes it."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    wants_undo = event.matches(QKeySequence.StandardKey.Undo) and not undo
    return wants_undo or (event.matches(QKeySequence.StandardKey.Redo) and not redo)
