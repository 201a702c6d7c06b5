"""The labels in the margin: whose words a passage is, and under which tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText

from annotator.desktop.article_view.draw_list import MarginLabel
from annotator.desktop.article_view.look import ViewTheme
from annotator.desktop.article_view.metrics import Columns, Typography

_CHIP_GAP = 6
_INSET = 6
_WHOLE = 320
"""Pixels of width that a label in full may always have, whatever is under it."""
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
        self._fitted: dict[tuple[str, int], tuple[QStaticText, int]] = {}
        self._ink, self._faint = QColor(theme.text), QColor(theme.muted)
        self.chip = round(type_.label_font.pixelSize() * 0.7)

    def box(self, label: MarginLabel, columns: Columns) -> QRectF:
        """Return where a label stands, in the coordinates of its paragraph."""
        left = columns.label_left - columns.text_left
        return QRectF(left, label.top, columns.label_right - columns.text_left - left, self._type.label_height)

    def paint(self, painter: QPainter, labels: Iterable[MarginLabel], columns: Columns, strong: Sequence[str]) -> None:
        """Draw labels at their places, those of the marks ``strong`` in bold."""
        painter.setFont(self._type.label_font)
        painter.setPen(self._ink)
        right = columns.label_right - columns.text_left
        width = columns.label_right - columns.label_left - self.chip - _CHIP_GAP
        left, chip_left = columns.label_left - columns.text_left, right - self.chip
        drop = round((self._type.label_height - self.chip) / 2)
        fitted_already = self._fitted
        later = []
        for label in labels:
            if label.chip is None or (strong and label.mark_ids[0] in strong):
                later.append(label)
                continue
            painter.fillRect(chip_left, label.top + drop, self.chip, self.chip, label.chip)
            prepared, text_width = fitted_already.get((label.text, width)) or self._prepared(label, width, columns)
            painter.drawStaticText(left + width - text_width, label.top, prepared)
        for label in later:
            self._paint_one(painter, label, columns, strong=any(id_ in label.mark_ids for id_ in strong))

    def _paint_one(self, painter: QPainter, label: MarginLabel, columns: Columns, *, strong: bool) -> None:
        box = self.box(label, columns)
        if label.chip is not None:
            painter.fillRect(QRectF(box.right() - self.chip, self._chip_top(box), self.chip, self.chip), label.chip)
        painter.setPen(self._ink if label.chip is not None else self._faint)
        width = int(box.width() - self.chip - _CHIP_GAP)
        font, metrics = (self._bold, self._bold_metrics) if strong else (self._type.label_font, self._plain_metrics)
        painter.setFont(font)
        text = self._shown(label, width, columns, metrics)
        painter.drawText(box.adjusted(0, 0, -self.chip - _CHIP_GAP, 0), _RIGHT, text)

    def whole_frame(self, label: MarginLabel, columns: Columns) -> QRectF | None:
        """Return where a label that was cut short is written in full, in the coordinates of its paragraph, else None.

        One that is too long for the margin stands over the text, on several lines if need be.
        """
        box = self.box(label, columns)
        width = int(box.width() - self.chip - _CHIP_GAP)
        if label.chip is None or self._shown(label, width, columns, self._bold_metrics) == label.text:
            return None
        wanted = ceil(self._bold_metrics.horizontalAdvance(label.text))
        right = box.right() - self.chip - _CHIP_GAP + _INSET
        widest = max(right + columns.text_left - 2, min(columns.page_width - 4, _WHOLE)) - 2 * _INSET
        text = self._bold_metrics.boundingRect(QRectF(0, 0, min(wanted, widest), 0), _WRAPPED, label.text)
        frame = QRectF(0, box.top() - 2, ceil(text.width()) + 2 * _INSET, ceil(text.height()) + 4)
        frame.moveLeft(max(right - frame.width(), 2 - columns.text_left))
        return frame

    def paint_whole(self, painter: QPainter, label: MarginLabel, frame: QRectF) -> None:
        """Draw a label in full in its frame, over its surroundings."""
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(frame, 3, 3)
        painter.setPen(self._ink)
        painter.setFont(self._bold)
        painter.drawText(frame.adjusted(_INSET, 2, -_INSET, -2), _WRAPPED, label.text)

    def _chip_top(self, box: QRectF) -> int:
        return round(box.top()) + round((self._type.label_height - self.chip) / 2)

    def _prepared(self, label: MarginLabel, width: int, columns: Columns) -> tuple[QStaticText, int]:
        """Return a label's text ready to be drawn, and its width."""
        prepared = QStaticText(self._shown(label, width, columns, self._plain_metrics))
        prepared.setTextFormat(Qt.TextFormat.PlainText)
        prepared.prepare(font=self._type.label_font)
        found = self._fitted[label.text, width] = (prepared, round(prepared.size().width()))
        return found

    def _shown(self, label: MarginLabel, width: int, columns: Columns, metrics: QFontMetricsF) -> str:
        if columns.initials and label.chip is not None:
            return initials(label.text)
        return fitted(label.text, width, metrics)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine

_WRAPPED = Qt.TextFlag.TextWordWrap


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
