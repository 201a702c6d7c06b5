"""A card that shows a passage in two lines and is clicked to go there."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from annotator.desktop.widgets.ink import tag_ink

_PAD = 8
_CHIP = 4


class QuoteButton(QAbstractButton):
    """``heading`` above, the quote below it, each cut to the width; a bar in the tag's ``colour`` at the left edge."""

    def __init__(self, heading: str, quote: str, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = heading
        self._quote = " ".join(quote.split())
        self._colour = colour
        self.setText(f"{heading}: {self._quote}")
        self.setAccessibleName(self.text())
        self.setToolTip(quote)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 2 * self.fontMetrics().lineSpacing() + 2 * _PAD)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        area = self.rect()
        lit = self.underMouse() or self.isDown() or self.hasFocus()
        painter.fillRect(area, palette.color(QPalette.ColorRole.Midlight if lit else QPalette.ColorRole.Base))
        chip = tag_ink(self._colour) if self._colour else palette.color(QPalette.ColorRole.Mid)
        painter.fillRect(QRect(0, 0, _CHIP, area.height()), chip)
        if self.hasFocus():
            painter.setPen(palette.color(QPalette.ColorRole.Accent))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        metrics = self.fontMetrics()
        line = QRect(_CHIP + _PAD, _PAD, area.width() - _CHIP - 2 * _PAD, metrics.lineSpacing())
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(line, metrics.elidedText(self._heading, Qt.TextElideMode.ElideRight, line.width()))
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        line.translate(0, metrics.lineSpacing())
        painter.drawText(line, metrics.elidedText(self._quote, Qt.TextElideMode.ElideRight, line.width()))
