"""Find in the article, as you type: which hit of how many, and the ways to the next and the previous one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget
from typing_extensions import override

from annotator.desktop.article_view import ArticleView
from annotator.desktop.widgets.line_field import LineField


class FindBar(QFrame):
    """Looks words up in the article view; Esc leaves the hit that was looked at selected, ready to be tagged."""

    closed = Signal()

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setProperty("role", "bar")
        self._view = view
        self._selected = False
        self.field = LineField(self)
        self.field.setObjectName("findField")
        self.field.setAccessibleName(self.tr("Find in this article"))
        self.field.setPlaceholderText(self.tr("Find in this article"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self._count = QLabel(self)
        self._count.setObjectName("findCount")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(8)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._button("findPrevious", "↑", self.tr("Previous (Shift+Enter)"), self._previous))
        layout.addWidget(self._button("findNext", "↓", self.tr("Next (Enter)"), self._next))
        layout.addWidget(self._button("findClose", "×", self.tr("Close (Esc)"), self.end))
        self.field.textChanged.connect(self._find)
        self.field.taken.connect(self._next)
        self.field.escaped.connect(self.end)
        self.field.stepped.connect(self._step)
        self.hide()

    def begin(self) -> None:
        """Show the bar with what is selected in the article, or with what was looked for last."""
        self.show()
        selected = self._view.selected_text()
        if selected and "\n" not in selected:
            self.field.setText(selected)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._find()

    def end(self) -> None:
        """Hide the bar and its highlights; the hit that was looked at is selected."""
        if not self.isHidden():
            if self._view.found()[1] and not self._selected:
                self._view.find_next()
            self._view.find("")
            self.hide()
            self.closed.emit()

    def _button(self, name: str, text: str, tip: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.clicked.connect(slot)
        return button

    def _find(self) -> None:
        self._selected = False
        self._view.find(self.field.text())
        self._tell()

    def _next(self) -> None:
        self._selected = True
        self._view.find_next()
        self._tell()

    def _previous(self) -> None:
        self._selected = True
        self._view.find_previous()
        self._tell()

    def _step(self, by: int) -> None:
        (self._next if by > 0 else self._previous)()

    def _tell(self) -> None:
        at, of = self._view.found()
        if not self.field.text():
            self._count.setText("")
        elif of == 0:
            self._count.setText(self.tr("not found"))
        else:
            self._count.setText(self.tr("{0} of {1}").format(at, of))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shift+Enter goes to the previous hit."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if shifted and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._previous()
                return True
        return super().eventFilter(watched, event)
