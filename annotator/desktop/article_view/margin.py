"""The labels in the margin: whose words a passage is, and under which tag."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText

from annotator.desktop.article_view.draw_list import MarginLabel
from annotator.desktop.article_view.look import ViewTheme
from annotator.desktop.article_view.metrics import Columns, Typography

_CHIP_GAP = 6
_SEPARATOR = " · "


class Margin:
    """Draws labels, fitted to the column: the speaker is cut before the tag is; initials alone when it is narrow."""

    def __init__(self, type_: Typography, theme: ViewTheme) -> None:
        self._type = type_
        self._theme = theme
        self._bold = QFont(type_.label_font)
        self._bold.setBold(True)
        self._plain_metrics = QFontMetricsF(type_.label_font)
        self._bold_metrics = QFontMetricsF(self._bold)
        self._fitted: dict[tuple[str, int], QStaticText] = {}
        self.chip = round(type_.label_font.pixelSize() * 0.7)

    def box(self, label: MarginLabel, columns: Columns) -> QRectF:
        """Return where a label stands, in the coordinates of its paragraph."""
        left = columns.label_left - columns.text_left
        return QRectF(left, label.top, columns.label_right - columns.text_left - left, self._type.label_height)

    def paint(self, painter: QPainter, label: MarginLabel, columns: Columns, *, strong: bool) -> None:
        """Draw a label at its place."""
        box = self.box(label, columns)
        if label.chip is not None:
            painter.fillRect(QRectF(box.right() - self.chip, self._chip_top(box), self.chip, self.chip), label.chip)
        painter.setPen(QColor(self._theme.text if label.chip is not None else self._theme.muted))
        width = int(box.width() - self.chip - _CHIP_GAP)
        if strong:
            text = self._shown(label, width, columns, self._bold_metrics)
            painter.setFont(self._bold)
            painter.drawText(box.adjusted(0, 0, -self.chip - _CHIP_GAP, 0), _RIGHT, text)
            return
        prepared = self._prepared(label, width, columns)
        painter.setFont(self._type.label_font)
        painter.drawStaticText(
            QPointF(round(box.left() + width - prepared.size().width()), box.top()),
            prepared,
        )

    def paint_whole(self, painter: QPainter, label: MarginLabel, columns: Columns, room: float) -> None:
        """Draw a label that was cut short whole, over its surroundings; ``room``: pixels left of the column of text."""
        box = self.box(label, columns)
        width = int(box.width() - self.chip - _CHIP_GAP)
        if self._shown(label, width, columns, self._bold_metrics) == label.text:
            return
        wanted = self._bold_metrics.horizontalAdvance(label.text) + 12
        right = box.right() - self.chip - _CHIP_GAP + 6
        left = max(right - wanted, -room + 2)
        frame = QRectF(left, box.top() - 2, max(wanted, right - left), box.height() + 4)
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(frame, 3, 3)
        painter.setPen(QColor(self._theme.text))
        painter.setFont(self._bold)
        painter.drawText(frame.adjusted(6, 0, -6, 0), _RIGHT, label.text)

    def _chip_top(self, box: QRectF) -> int:
        return round(box.center().y() - self.chip / 2)

    def _prepared(self, label: MarginLabel, width: int, columns: Columns) -> QStaticText:
        key = (label.text, width)
        prepared = self._fitted.get(key)
        if prepared is None:
            prepared = QStaticText(self._shown(label, width, columns, self._plain_metrics))
            prepared.setTextFormat(Qt.TextFormat.PlainText)
            prepared.prepare(font=self._type.label_font)
            self._fitted[key] = prepared
        return prepared

    def _shown(self, label: MarginLabel, width: int, columns: Columns, metrics: QFontMetricsF) -> str:
        if columns.initials and label.chip is not None:
            return initials(label.text)
        return fitted(label.text, width, metrics)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def fitted(text: str, width: float, metrics: QFontMetricsF) -> str:
    """Return a label cut to ``width`` pixels, at the end of the speaker's name while the tag has room."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    speaker, separator, tag = text.rpartition(_SEPARATOR)
    room = width - metrics.horizontalAdvance(separator + tag)
    if separator and room >= width / 3:
        return metrics.elidedText(speaker, Qt.TextElideMode.ElideRight, room) + separator + tag
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def initials(label: str) -> str:
    """Return the initials of the speaker in a label ("Ed Balls · claim": "EB"), of the tag when nobody is named."""
    words = label.split(_SEPARATOR, maxsplit=1)[0].replace(",", " ").split()
    return "".join(word[0] for word in words if word[0].isalnum())[:3].upper()
