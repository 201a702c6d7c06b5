"""Find in the article, as you type: which hit of how many, and the ways to the next and the previous one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget
from typing_extensions import override

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.article_view import ArticleView
from annotator.desktop.widgets.line_field import LineField
from annotator.domain.finding import MAX_HITS

_LONGEST = 200
"""A longer selection is not what somebody looks for."""


class FindBar(QFrame):
    """Looks words up in the article view.

    Esc leaves the hit that was looked at selected, ready to be tagged, as browsers do; where nothing was found, the
    text goes back to where it was, unless the reader has gone on.
    """

    closed = Signal()

    def __init__(self, view: ArticleView, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setProperty("role", "bar")
        self._view = view
        self._actions = actions
        self._came_from: tuple[int, int] | None = None
        """What was read before the first hit was shown; None once the reader has gone on."""
        self._looked_at = False
        """Whether a hit is shown that no step has selected yet."""
        self._shown = (0, 0)
        """What was read when the hit that is looked at had been shown."""
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
        back = self._button("findPrevious", "↑", "", self._previous)
        self._steps = (back, self._button("findNext", "↓", "", self._next))
        for step in self._steps:
            layout.addWidget(step)
        self._tell_keys()
        actions.keys_changed.connect(self._tell_keys)
        layout.addWidget(self._button("findClose", "×", self.tr("Close (Esc)"), self.end))
        self.field.textChanged.connect(self._find)
        view.found_changed.connect(self._tell)
        self.field.taken.connect(self._next)
        self.field.escaped.connect(self.end)
        self.field.stepped.connect(self._step)
        self.hide()

    def begin(self) -> None:
        """Show the bar with what is selected in the article, or with what was looked for last."""
        if self.isHidden():
            self._came_from = self._view.page.reading_position()
        self.show()
        selected = self._view.selected_text()
        if selected and "\n" not in selected and len(selected) <= _LONGEST:
            self.field.setText(selected)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._find()

    def go_on(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) place of what was looked for last, from the text; ask when it is none."""
        if not self.field.text().strip():
            self.begin()
            return
        if self.isHidden():
            self.show()
            self._find()
            self._looked_at = False  # the reader has not seen it yet
        self._go(direction)

    def end(self) -> None:
        """Hide the bar and its highlights; the hit that was looked at is selected, else the text goes back."""
        if not self.isHidden():
            if self._view.found()[0] and self._came_from is not None:
                self._came_from = None
                self._view.finder.take()
            self._view.find("")
            if self._came_from is not None and self._shown == self._view.page.reading_position():
                self._view.show_reading(self._came_from)
            self._came_from = None
            self.hide()
            self.closed.emit()

    def count(self) -> str:
        """Return what the bar says of the hits: "2 of 7", "not found", that it went on from the top."""
        return self._count.text()

    def _button(self, name: str, text: str, tip: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.clicked.connect(slot)
        return button

    def _tell_keys(self) -> None:
        """Say on the buttons which keys do the same."""
        previous, further = (
            self._actions.key_text(id_) for id_ in (ActionId.EDIT_FIND_PREVIOUS, ActionId.EDIT_FIND_NEXT)
        )
        tips = (
            self.tr("Previous (Shift+Enter, {0})").format(previous),
            self.tr("Next (Enter, {0})").format(further),
        )
        for button, tip in zip(self._steps, tips, strict=True):
            button.setToolTip(tip)
            button.setAccessibleName(tip)

    def _find(self) -> None:
        self._view.find(self.field.text())
        self._looked_at = True
        self._shown = self._view.page.reading_position()

    def _next(self) -> None:
        self._go(1)

    def _previous(self) -> None:
        self._go(-1)

    def _go(self, direction: int) -> None:
        self._came_from = None
        if self._looked_at:
            self._looked_at = False
            self._view.finder.take()
        (self._view.find_next if direction > 0 else self._view.find_previous)()
        self._tell()

    def _step(self, by: int) -> None:
        self._go(by)

    def _tell(self) -> None:
        at, of = self._view.found()
        finder = self._view.finder
        if not self.field.text().strip():
            text = ""
        elif of == 0:
            text = self.tr("searching…") if finder.searching else self.tr("not found")
        else:
            more = "+" if finder.searching or of >= MAX_HITS else ""
            text = self.tr("{0} of {1}").format(at, f"{of}{more}")
        if finder.wrapped:
            text += self.tr(", on from the top") if finder.wrapped > 0 else self.tr(", on from the end")
        self._count.setText(text)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shift+Enter goes to the previous hit."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if shifted and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._previous()
                return True
        return super().eventFilter(watched, event)
