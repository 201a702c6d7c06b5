"""A part of the inspector: a quiet caption, perhaps a button beside it, and what belongs under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.desktop.widgets.letting_go import clear_out
from annotator.desktop.widgets.sized_font import resized


class Section(QWidget):
    """A caption over a column of widgets."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = QLabel(caption, self)
        self.caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.caption.setFont(resized(self.caption.font(), 0.92))
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.caption, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._head)
        layout.addLayout(self.body)

    def add_button(self, name: str, text: str, tip: str, slot: Callable[[], object]) -> QToolButton:
        """Put a small button beside the caption."""
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.clicked.connect(slot)
        self._head.addWidget(button)
        return button

    def add_beside(self, widget: QWidget) -> None:
        """Put a widget beside the caption, at the right edge."""
        self._head.addWidget(widget)

    def add(self, widget: QWidget) -> None:
        """Put a widget under the caption."""
        self.body.addWidget(widget)

    def label_for(self, widget: QWidget) -> None:
        """Let the caption be the name of a field, for the eye and for screen readers."""
        self.caption.setBuddy(widget)
        widget.setAccessibleName(self.caption.text())

    def clear(self) -> None:
        """Take out and delete everything under the caption."""
        clear_out(self.body)
