"""A headline figure as a card that can be pressed: what it says, the value, what it rests on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.review.agreement_words import (
    counted_text,
    method_text,
    number_text,
    statement_text,
    undefined_text,
    value_text,
)
from annotator.desktop.widgets.sized_font import resized
from annotator.domain.agreement import Figure
from annotator.domain.measures import Measure

_HUGE = 2.6
_HUNDRED = 100


class FigureCard(QPushButton):
    """Shows one figure in words; pressing it asks for the passages behind it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "figure")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._statement, self.value, self._counted, self._apart, self._note = (QLabel(self) for _ in range(5))
        self.value.setFont(resized(self.font(), _HUGE))
        self._statement.setProperty("role", "heading")
        for label in (self._counted, self._apart, self._note):
            label.setProperty("role", "muted")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, _HUNDRED)
        self._bar.setTextVisible(False)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        for part in (self._statement, self.value, self._bar, self._counted, self._apart, self._note):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
            if isinstance(part, QLabel):
                part.setWordWrap(part is not self.value)
        layout.addStretch(1)

    def show_figure(self, measure: Measure, figure: Figure) -> None:
        """Show a figure; one that is not defined is an en dash with its reason."""
        open_ = figure.value is None
        self._statement.setText(self.tr("They {0}").format(statement_text(measure)))
        self.value.setText(value_text(figure))
        self._bar.setValue(0 if figure.value is None else max(0, round(figure.value * _HUNDRED)))
        self._bar.setVisible(not open_)
        apart = number_text(len(figure.apart), self.tr("1 passage to look at"), self.tr("{0} passages to look at"))
        self._counted.setText(undefined_text(figure.reason) if open_ else counted_text(measure, figure))
        self._apart.setText(apart if figure.apart else self.tr("nothing differs"))
        self._apart.setVisible(not open_)
        self._note.setText(method_text(measure))
        self._note.setVisible(not open_)
        self.setCursor(Qt.CursorShape.PointingHandCursor if figure.ids else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{self._statement.text()}: {self.value.text()}. {self._counted.text()}")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return self._layout.sizeHint().expandedTo(QSize(180, 0))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._layout.minimumSize().height())

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._layout.heightForWidth(width)
