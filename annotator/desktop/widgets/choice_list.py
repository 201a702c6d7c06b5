"""A short list of choices under or over a line that a person types in: it never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.widgets.ink import tag_ink

_DETAIL = Qt.ItemDataRole.UserRole + 1
_COLOUR = Qt.ItemDataRole.UserRole + 2
_BADGE = Qt.ItemDataRole.UserRole + 3
_ROW = 28
_GAP = 8
_CHIP = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: ``detail`` stands grey behind the text, a tag's ``colour`` is a chip, ``badge`` a letter."""

    key: str
    text: str
    detail: str = ""
    colour: str = ""
    badge: str = ""


class ChoiceList(QListWidget):
    """Shows up to ``most`` rows without scrolling, fewer where there is no room, and is hidden while it has none."""

    chosen = Signal(str)
    """The key of the row that was clicked."""

    def __init__(self, parent: QWidget | None = None, *, most: int = 6) -> None:
        super().__init__(parent)
        self._most = most
        self._choices: list[Choice] = []
        self._moved = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setItemDelegate(_Rows(self))
        self.itemClicked.connect(lambda item: self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole))))
        self.hide()

    def set_most(self, most: int) -> None:
        """Show up to ``most`` rows without scrolling from now on."""
        if most != self._most:
            self._most = most
            self.updateGeometry()

    def set_choices(self, choices: Sequence[Choice], *, keep: bool = False, selecting: bool = True) -> None:
        """Show ``choices`` with the first one selected, with none unless ``selecting``.

        ``keep``: with the one that a person has moved to.
        """
        self._moved = self._moved and keep
        chosen = self.selected() if self._moved else None
        if list(choices) != self._choices:
            self._choices = list(choices)
            self.clear()
            for choice in choices:
                self.addItem(_row_of(choice))
            self.updateGeometry()
        self.setVisible(bool(choices))
        keys = [choice.key for choice in choices]
        first = min(0, len(keys) - 1) if selecting else -1
        self.setCurrentRow(keys.index(chosen.key) if chosen is not None and chosen.key in keys else first)

    def selected(self) -> Choice | None:
        """Return the selected row."""
        row = self.currentRow()
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def move_selection(self, step: int) -> None:
        """Select the next or previous row; above the first there is none, past the last it stays."""
        self._moved = True
        self.setCurrentRow(max(-1, min(self.count() - 1, self.currentRow() + step)))

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, min(len(self._choices), self._most) * _ROW + 2 * self.frameWidth())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(len(self._choices), 1) * _ROW + 2 * self.frameWidth())


def _row_of(choice: Choice) -> QListWidgetItem:
    item = QListWidgetItem(choice.text)
    item.setData(Qt.ItemDataRole.UserRole, choice.key)
    item.setData(_DETAIL, choice.detail)
    item.setData(_COLOUR, choice.colour)
    item.setData(_BADGE, choice.badge)
    item.setToolTip(f"{choice.text}\n{choice.detail}".strip())
    item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(p for p in (choice.text, choice.detail) if p))
    return item


class _Rows(QStyledItemDelegate):
    """Draws badge, chip, text and grey detail in one line, each cut short where it must be."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        area: QRect = option.rect
        painter.save()
        option.widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        text_role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        area = area.adjusted(_GAP, 0, -_GAP, 0)
        area = self._badge(painter, area, str(index.data(_BADGE) or ""), palette.color(text_role))
        area = self._chip(painter, area, str(index.data(_COLOUR) or ""))
        painter.setPen(palette.color(text_role))
        area = self._words(painter, area, str(index.data()), 0.65 if index.data(_DETAIL) else 1.0)
        muted = text_role if selected else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(muted))
        self._words(painter, area, str(index.data(_DETAIL) or ""), 1.0)
        painter.restore()

    @staticmethod
    def _badge(painter: QPainter, area: QRect, badge: str, colour: QColor) -> QRect:
        if not badge:
            return area
        width = max(20, painter.fontMetrics().horizontalAdvance(badge) + 8)
        box = QRect(area.left(), area.center().y() - 9, width, 19)
        painter.setPen(colour)
        painter.drawRoundedRect(box, 3, 3)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge)
        return area.adjusted(width + _GAP, 0, 0, 0)

    @staticmethod
    def _chip(painter: QPainter, area: QRect, colour: str) -> QRect:
        if not colour:
            return area
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tag_ink(colour))
        painter.drawRoundedRect(QRect(area.left(), area.center().y() - _CHIP // 2 + 1, _CHIP, _CHIP), 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return area.adjusted(_CHIP + _GAP, 0, 0, 0)

    @staticmethod
    def _words(painter: QPainter, area: QRect, words: str, share: float) -> QRect:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(area.width() * share))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return area.adjusted(metrics.horizontalAdvance(shown) + 2 * _GAP, 0, 0, 0)
