"""The bar at the foot of the window that says what happened, what failed, and what to do next."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.widgets.announcing import announce

if TYPE_CHECKING:
    from annotator.desktop.icons import Icons

PASSING = 8_000
"""How long a message that passes by itself stays, in milliseconds; the pointer on it holds it."""


class Severity(StrEnum):
    """What sort of message it is."""

    NOTICE = "notice"
    DONE = "done"
    ERROR = "error"


class MessageBar(QFrame):
    """Shows one message at a time. Notices pass by themselves; an error stays until it is closed or another comes."""

    shown_changed = Signal(bool)
    undo_requested = Signal()
    action_requested = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Message"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._icons = icons
        self._details = ""
        self._symbol = QToolButton(self)
        self._symbol.setEnabled(True)
        self._symbol.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._symbol.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = self._label("messageText")
        self._advice = self._label("messageAdvice")
        self._advice.setProperty("role", "muted")
        self._undo = self._button("messageUndo", self.tr("Undo"))
        self._action = self._button("messageAction", "")
        self._action.setAccessibleName(self.tr("What the message offers"))
        self._copy = self._button("messageCopy", self.tr("Copy details"))
        self._close = QToolButton(self)
        self._close.setObjectName("messageClose")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.setToolTip(self.tr("Close the message"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._lay_out()
        self._timer.timeout.connect(self.hide)
        self._close.clicked.connect(self.hide)
        self._undo.clicked.connect(self.undo_requested)
        self._undo.clicked.connect(self.hide)
        self._action.clicked.connect(self.action_requested)
        self._action.clicked.connect(self.hide)
        self._copy.clicked.connect(self._copy_details)
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._advice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 3, 8, 3)  # no higher than the status line, whose place it takes
        layout.setSpacing(8)
        layout.addWidget(self._symbol)
        layout.addLayout(words, 1)
        for button in (self._undo, self._action, self._copy, self._close):
            layout.addWidget(button)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where it was: the bar goes with it
        return button

    def show_message(
        self,
        severity: Severity,
        text: str,
        *,
        advice: str = "",
        details: str = "",
        undo: bool = False,
        action: str = "",
        stays: bool = False,
    ) -> None:
        """Show a message; ``advice`` says what to do next, ``details`` is what "Copy details" copies.

        ``action`` is the text of a button that emits ``action_requested``. ``stays``: until it is taken back.
        """
        self._details = details
        self._text.setText(text)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._undo.setVisible(undo)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._copy.setVisible(bool(details))
        self.setProperty("severity", severity)
        self.style().unpolish(self)
        self.style().polish(self)
        name, colour = _SYMBOLS[severity]
        self._icons.dress(self._symbol, name, colour)
        self._icons.dress(self._close, "x", "muted")
        self.show()
        self._timer.stop()
        if severity is not Severity.ERROR and not action and not stays:
            self._timer.start(PASSING)
        announce(self, f"{text} {advice}".strip(), urgent=severity is Severity.ERROR)

    def take_back(self, text: str) -> None:
        """Take a message away, if it is still the one that is shown."""
        if self._text.text() == text:
            self.hide()

    @override
    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self.shown_changed.emit(visible)

    def text(self) -> str:
        """Return the message that is shown, empty when there is none."""
        return "" if self.isHidden() else f"{self._text.text()} {self._advice.text()}".strip()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer holds a message that would pass."""
        self._timer.stop()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Let a held message pass."""
        if self.property("severity") != Severity.ERROR and self._action.isHidden():
            self._timer.start(PASSING)
        super().leaveEvent(event)


_SYMBOLS = {
    Severity.NOTICE: ("info", "accent"),
    Severity.DONE: ("check-circle", "success"),
    Severity.ERROR: ("alert", "danger"),
}
