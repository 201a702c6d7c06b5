"""Text fields that save by themselves: a second after the last key, and when they are left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from annotator.desktop.widgets.line_edit import LineEdit, is_for_the_window
from annotator.desktop.widgets.note_edit import NoteEdit

PAUSE = 1000
"""Milliseconds after the last key until a field is saved."""


class Saver(QObject):
    """Tells when what was typed is to be saved, and whether something is waiting for it."""

    saved = Signal(str)
    """The text to be written."""
    waiting_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stay: object = object()
        """Stands for the present stay in the field: another one once it has been left."""
        self._text: str | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.flush)

    @property
    def waiting(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._text is not None

    def typed(self, text: str) -> None:
        """Note what the field holds after a key."""
        was_waiting, self._text = self.waiting, text
        self._timer.start()
        if not was_waiting:
            self.waiting_changed.emit(True)

    def leave(self) -> None:
        """Save what waits, and end the stay."""
        self.flush()
        self.stay = object()

    def flush(self) -> None:
        """Save now what waits."""
        self._timer.stop()
        text, self._text = self._text, None
        if text is not None:
            self.waiting_changed.emit(False)
            self.saved.emit(text)


class SavingLineEdit(LineEdit):
    """One line that saves itself; Enter saves at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.saver = Saver(self)
        self.textEdited.connect(self.saver.typed)
        self.returnPressed.connect(self.saver.flush)

    def show_text(self, text: str) -> None:
        """Show what is stored, unless something typed is waiting to be saved."""
        if not self.saver.waiting and text != self.text():
            self.setText(text)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.saver.leave()


class SavingNoteEdit(NoteEdit):
    """Several lines that save themselves."""

    def __init__(self, parent: QWidget | None = None, *, lines: int = 3) -> None:
        super().__init__(parent, lines=lines)
        self.saver = Saver(self)
        self._showing = False
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Show what is stored, unless something typed is waiting to be saved."""
        if not self.saver.waiting:
            self._showing = True
            self.set_text(text)
            self._showing = False

    def _changed(self) -> None:
        if not self._showing:
            self.saver.typed(self.text())

    @override
    def event(self, event: QEvent) -> bool:
        document = self.document()
        if is_for_the_window(event, undo=document.isUndoAvailable(), redo=document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.saver.leave()
