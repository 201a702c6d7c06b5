"""Lists, trees and tables whose letters do nothing unseen: type-ahead is off, a filter field does that job."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QTreeView, QWidget
from typing_extensions import override


class QuietListView(QListView):
    """A list view without type-ahead; Enter activates the current row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _make_quiet(self)
        self.setUniformItemSizes(True)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Ignore letters: they belong to the article view alone."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _entered(self, event):
            super().keyPressEvent(event)


class QuietTreeView(QTreeView):
    """A tree view without type-ahead; Enter activates the current row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _make_quiet(self)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Ignore letters: they belong to the article view alone."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _entered(self, event):
            super().keyPressEvent(event)


class QuietTable(QuietTreeView):
    """Rows in columns, which share the room as whoever shows them says. ``resized``: the room has changed."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.header().setStretchLastSection(False)

    @override
    def drawRow(
        self, painter: QPainter, options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Frame the current row: Qt would lay a veil over it that no style sheet reaches."""
        super().drawRow(painter, options, index)
        if self.hasFocus() and index == self.currentIndex().siblingAtColumn(0):
            painter.setPen(self.palette().color(QPalette.ColorRole.Accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(options.rect.adjusted(0, 0, -1, -1))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def _make_quiet(view: QAbstractItemView) -> None:
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def _entered(view: QAbstractItemView, event: QKeyEvent) -> bool:
    """Activate the current row when the key is Enter; tell whether it was."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not view.currentIndex().isValid():
        return False
    view.activated.emit(view.currentIndex())
    event.accept()
    return True
