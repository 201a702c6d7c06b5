"""A table of figures that is as high as its rows, and of which every figure opens the passages behind it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from annotator.desktop.review.agreement_sheets import Entry, Sheet

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NAME_SHARE = 260


class SheetModel(QAbstractTableModel):
    """Shows a sheet; numbers stand at the right, a figure that is not defined says why in its tool tip."""

    def __init__(self, sheet: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet

    def entry(self, index: Index) -> Entry:
        """Return the cell at an index."""
        return self.sheet.rows[index.row()][index.column()]

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.sheet.rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.sheet.heads)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.sheet.heads[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entry(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.detail or entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (entry.title, entry.text, entry.detail)))
        return self._alignment(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        numbers = {"figures": (1, 2)}.get(self.sheet.key, tuple(range(1, len(self.sheet.heads))))
        side = Qt.AlignmentFlag.AlignRight if column in numbers else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class FigureTable(QTableView):
    """Shows a sheet whole: the page scrolls, not the table. Enter or a click on a figure asks for its passages."""

    passages_requested = Signal(object)  # Entry
    cell_reached = Signal(object)
    """The keys have moved to a cell (a QRect in this table's coordinates): the page has to scroll to it."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"agreement.{sheet.key}")
        self.setAccessibleName(sheet.title)
        self.setProperty("role", "figures")
        self._model = SheetModel(sheet, self)
        self.setModel(self._model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(
            len(sheet.heads) - 1 if sheet.key == "figures" else 0, QHeaderView.ResizeMode.Stretch
        )
        self.clicked.connect(self._ask)
        self.activated.connect(self._ask)

    @property
    def sheet(self) -> Sheet:
        """The table that is shown."""
        return self._model.sheet

    @override
    def sizeHint(self) -> QSize:
        rows = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar()
        return QSize(400, rows + 2 * self.frameWidth() + 4 + (bar.sizeHint().height() if bar.maximum() else 0))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_NAME_SHARE, self.sizeHint().height())

    @override
    def keyboardSearch(self, search: str) -> None:
        """Ignore letters: they belong to the article view alone."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._ask(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.cell_reached.emit(self.visualRect(current).translated(self.viewport().pos()))

    def _ask(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if entry.ids:
            self.passages_requested.emit(entry)
