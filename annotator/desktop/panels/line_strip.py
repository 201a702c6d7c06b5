"""The strip at the foot of the article in which a person types: a list, a line, and what the keys do.

It stands below the article view and takes room from it, so that it never covers the passage that it is about.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.widgets.choice_list import ChoiceList
from annotator.desktop.widgets.line_field import LineField

_BESIDE, _ABOVE = 16, 8
_WIDEST = 960
"""Pixels that the line takes at the most."""


class LineStrip(QFrame):
    """A hidden strip until it is opened; ``ended`` asks for the focus to go back to the text."""

    ended = Signal()
    resized = Signal()
    """The strip took or gave back room."""

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.annotation_id = ""
        self.setObjectName(f"{name}Strip")
        self.setProperty("role", "strip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.head = QVBoxLayout()
        self.head.setSpacing(4)
        self.choices = ChoiceList(self)
        self.choices.setObjectName(f"{name}Choices")
        self.choices.setAccessibleName(self.tr("{0}: choices").format(spoken))
        self.field = LineField(self)
        self.field.setObjectName(name)
        self.field.setAccessibleName(spoken)
        self.hint = QLabel(self)
        self.hint.setObjectName(f"{name}Hint")
        self.hint.setForegroundRole(self.hint.foregroundRole().PlaceholderText)
        self.offer = QToolButton(self)
        """For the mouse: takes what the line proposes; hidden while it proposes nothing."""
        self.offer.setObjectName(f"{name}Offer")
        self.offer.setProperty("role", "choice")
        self.offer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offer.hide()
        self._done = QToolButton(self)
        self._done.setObjectName(f"{name}Done")
        self._done.setText(self.tr("Done"))
        self._done.setToolTip(self.tr("Back to the text (Esc)"))
        self._done.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.offer)
        line.addWidget(self.hint)
        line.addWidget(self._done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_BESIDE, _ABOVE, _BESIDE, _ABOVE)
        layout.setSpacing(6)
        layout.addLayout(self.head)
        layout.addWidget(self.choices)
        layout.addLayout(line)
        self.setFocusProxy(self.field)
        self._done.clicked.connect(self.end)
        self.field.escaped.connect(self.end)
        self.field.stepped.connect(self.choices.move_selection)
        self.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand under the text: in a wide window a line over all of it would lead away from what it is about."""
        super().resizeEvent(event)
        beside = max(_BESIDE, (event.size().width() - _WIDEST) // 2)
        layout = self.layout()
        if layout is not None and layout.contentsMargins().left() != beside:
            layout.setContentsMargins(beside, _ABOVE, beside, _ABOVE)

    @property
    def is_open(self) -> bool:
        """Whether the strip is open."""
        return not self.isHidden()

    def begin(self, annotation_id: str) -> None:
        """Show the strip for a passage and give its line the focus."""
        self.annotation_id = annotation_id
        self.field.clear()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resized.emit()

    def end(self) -> None:
        """Hide the strip; what was begun in the line is dropped, what was entered stays."""
        if self.is_open:
            self.hide()
            self.field.clear()
            self.ended.emit()
