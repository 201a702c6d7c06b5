"""The blinking caret: to be seen with the focus only, and at once after every move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from annotator.desktop.article_view.page_view import PageView


class CaretBlink:
    """Switches the caret of a view on and off at the system's pace."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._timer = QTimer(view)
        self._timer.timeout.connect(self._switch)

    @property
    def running(self) -> bool:
        """Whether the caret blinks just now."""
        return self._timer.isActive()

    def restart(self) -> None:
        """Show the caret and begin to blink; without the focus, hide it."""
        view = self._view
        view.state.caret_on = view.hasFocus()
        flash = QApplication.cursorFlashTime()
        if view.hasFocus() and flash > 0:
            self._timer.start(flash // 2)
        else:
            self._timer.stop()
        self._repaint()

    def stop(self) -> None:
        """Blink no more until the next restart."""
        self._timer.stop()

    def _switch(self) -> None:
        self._view.state.caret_on = not self._view.state.caret_on
        self._repaint()

    def _repaint(self) -> None:
        self._view.update_range(self._view.state.caret, self._view.state.caret)
