"""Go to a paragraph by its number, or to a place by per cent: the text follows while it is typed."""

from __future__ import annotations

import re
from bisect import bisect_right

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from annotator.desktop.article_view import ArticleView
from annotator.desktop.widgets.line_field import LineField
from annotator.domain.annotations import Span
from annotator.domain.blocks import paragraphs

_TYPED = re.compile(r"\s*(\d{1,9})\s*(%?)\s*")
_ALL = 100
_LINGERS = 1200
"""Milliseconds for which the paragraph gone to stays pointed out."""


class GoBar(QFrame):
    """Shows a paragraph while its number is typed; Enter puts the caret there, Esc returns to where the text was.

    Paragraphs are counted as in the quote sheet: blank lines are none.
    """

    closed = Signal()

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("goBar")
        self.setProperty("role", "bar")
        self._view = view
        self._paragraphs: list[Span] = []
        self._starts: list[int] = []
        self._came_from = (0, 0)
        self._offset: int | None = None
        self._label = QLabel(self.tr("Paragraph"), self)
        self.field = LineField(self)
        self.field.setObjectName("goField")
        self.field.setAccessibleName(self.tr("Go to paragraph, or per cent"))
        self.field.setMaximumWidth(120)
        self._label.setBuddy(self.field)
        self._count = QLabel(self)
        self._count.setObjectName("goCount")
        done = QToolButton(self)
        done.setObjectName("goClose")
        done.setText("×")
        done.setToolTip(self.tr("Back (Esc)"))
        done.setAccessibleName(done.toolTip())
        done.setAutoRaise(True)
        done.clicked.connect(self.give_up)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(8)
        for widget in (self._label, self.field, self._count):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(done)
        self._lingering = QTimer(self)
        self._lingering.setSingleShot(True)
        self._lingering.setInterval(_LINGERS)
        self._lingering.timeout.connect(lambda: view.point_out(None))
        self.field.textEdited.connect(self._preview)
        self.field.taken.connect(self._take)
        self.field.escaped.connect(self.give_up)
        self.field.stepped.connect(self._step)
        self.hide()

    def begin(self) -> None:
        """Show the bar with the paragraph of the caret."""
        self._paragraphs = list(paragraphs(self._view.page.text))
        self._starts = [span.start for span in self._paragraphs]
        if not self._starts:
            return
        if self.isHidden():
            self._came_from = self._view.page.reading_position()
        self.show()
        self._offset = None
        self.field.setText(str(max(1, bisect_right(self._starts, self._view.caret()))))
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._tell(self.field.text())

    def give_up(self) -> None:
        """Hide the bar and show what was read before."""
        if not self.isHidden():
            if self._offset is not None:
                self._view.show_reading(self._came_from)
            self._close()

    def _take(self) -> None:
        """Put the caret where the text has gone; what is no place is left to be corrected."""
        offset = self._place(self.field.text())
        if offset is None:
            self.field.selectAll()
            return
        self._close()
        self._view.set_caret(offset)
        self._point_out(offset)
        self._lingering.start()

    def _close(self) -> None:
        self._view.point_out(None)
        self.hide()
        self.closed.emit()

    def _step(self, by: int) -> None:
        """Take the paragraph below or above."""
        typed = _TYPED.fullmatch(self.field.text())
        if typed is not None and not typed[2]:
            self.field.setText(str(max(1, min(int(typed[1]) + by, len(self._starts)))))
            self._preview(self.field.text())

    def _preview(self, typed: str) -> None:
        offset = self._place(typed)
        if offset is not None:
            self._offset = offset
            self._view.reveal(offset)
            self._point_out(offset)
        self._tell(typed)

    def _point_out(self, offset: int) -> None:
        """Show which paragraph it is: it may have been in view all the time."""
        self._lingering.stop()
        self._view.point_out(self._paragraphs[bisect_right(self._starts, offset) - 1])

    def _place(self, typed: str) -> int | None:
        """Return the start of the paragraph that is typed, None when it is none."""
        found = _TYPED.fullmatch(typed)
        if found is None:
            return None
        number = int(found[1])
        if found[2]:
            at = len(self._view.page.text) * number // _ALL
            return self._starts[max(0, bisect_right(self._starts, at) - 1)] if number <= _ALL else None
        return self._starts[number - 1] if 1 <= number <= len(self._starts) else None

    def _tell(self, typed: str) -> None:
        text = self.tr("of {0}").format(len(self._starts))
        if typed.strip() and self._place(typed) is None:
            text = self.tr("there are {0} paragraphs; or type 50 %").format(len(self._starts))
        self._count.setText(text)
