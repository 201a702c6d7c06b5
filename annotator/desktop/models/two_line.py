"""Rows of two lines: a title, a quieter line below it, a figure at the end; shared by the lists on the left."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from annotator.desktop.widgets.ink import tag_ink

Index = QModelIndex | QPersistentModelIndex
_PAD = 8


class RowRole(IntEnum):
    """What a row gives beyond Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole + 1
    DETAIL = Qt.ItemDataRole.UserRole + 2
    FIGURE = Qt.ItemDataRole.UserRole + 3
    CHIP = Qt.ItemDataRole.UserRole + 4
    FADED = Qt.ItemDataRole.UserRole + 5


class TwoLineDelegate(QStyledItemDelegate):
    """Paints a chip or dot, the title, the detail below it in a quieter colour, and the figure right-aligned."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(80, 2 * line + 2 * _PAD)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        painter.save()
        try:
            self._paint_texts(painter, option, index)
        finally:
            painter.restore()

    def _paint_texts(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        strong = option.palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        quiet = _mixed(
            strong, option.palette.color(QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Base)
        )
        area = option.rect.adjusted(_PAD, _PAD // 2, -_PAD, -_PAD // 2)
        area = self._paint_chip(painter, area, index, quiet)
        area = self._paint_figure(painter, area, option, index, quiet)
        line = option.fontMetrics.height()
        top = area.top() + (area.height() - 2 * line) // 2
        faded = bool(index.data(RowRole.FADED))
        detail = str(index.data(RowRole.DETAIL) or "")
        if not detail:
            top = area.top() + (area.height() - line) // 2
        _line(
            painter, QRect(area.left(), top, area.width(), line), option.font, quiet if faded else strong, option.text
        )
        _line(painter, QRect(area.left(), top + line, area.width(), line), option.font, quiet, detail)

    def _paint_chip(self, painter: QPainter, area: QRect, index: Index, quiet: QColor) -> QRect:
        chip = index.data(RowRole.CHIP)
        if chip is None:
            return area
        size = 10
        box = QRect(area.left(), area.top() + (area.height() - size) // 2, size, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(quiet)
        painter.setBrush(tag_ink(chip) if chip else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        return area.adjusted(size + _PAD, 0, 0, 0)

    def _paint_figure(
        self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, index: Index, quiet: QColor
    ) -> QRect:
        figure = str(index.data(RowRole.FIGURE) or "")
        if not figure:
            return area
        width = option.fontMetrics.horizontalAdvance(figure)
        painter.setFont(option.font)
        painter.setPen(quiet)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        return area.adjusted(0, 0, -width - _PAD, 0)


def _line(painter: QPainter, area: QRect, font: QFont, colour: QColor, text: str) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _mixed(colour: QColor, base: QColor) -> QColor:
    """Return ``colour`` a third of the way to ``base``: quieter, and still above the contrast that AA asks for."""
    keep = 0.68
    return QColor.fromRgbF(
        colour.redF() * keep + base.redF() * (1 - keep),
        colour.greenF() * keep + base.greenF() * (1 - keep),
        colour.blueF() * keep + base.blueF() * (1 - keep),
    )
