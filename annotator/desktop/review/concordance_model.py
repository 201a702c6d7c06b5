"""The passages of a session below each other, a column for each analyst: how each had them, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from annotator.desktop.review.overview_model import Symbol
from annotator.desktop.review.shown_cluster import Standing

Index = QModelIndex | QPersistentModelIndex
_SYMBOLS = {
    Standing.STALE: ("alert", "warning"),
    Standing.OPEN: ("circle-dot", "muted"),
    Standing.PARKED: ("clock", "muted"),
    Standing.DECIDED: ("check", "success"),
}


@dataclass(frozen=True, slots=True)
class ConcordanceRow:
    """One passage. ``id``: of its disagreement; ``versions``: how each analyst of the columns had it, empty for none.

    ``analysts``: whose version each column holds here: with names hidden, another one's in each article.
    """

    id: str
    quote: str
    article: str
    versions: tuple[str, ...]
    analysts: tuple[str, ...]
    standing: Standing
    outcome: str


class ConcordanceModel(QAbstractTableModel):
    """Columns: the passage, the article, each analyst's version, what was decided."""

    def __init__(self, symbol: Symbol, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self._rows: list[ConcordanceRow] = []
        self._columns: tuple[str, ...] = ()

    def set_rows(self, rows: Sequence[ConcordanceRow], columns: tuple[str, ...]) -> None:
        """Show rows; ``columns`` are the headings of the analysts. The same passages keep their places."""
        same = columns == self._columns and [row.id for row in rows] == [row.id for row in self._rows]
        if same and rows:
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._rows, self._columns = list(rows), columns
        self.endResetModel()

    def row_at(self, index: Index) -> ConcordanceRow | None:
        """Return what a row shows."""
        return self._rows[index.row()] if index.isValid() else None

    def place_of(self, row_id: str) -> int:
        """Return the place of a row, -1 when it is not shown."""
        return next((place for place, row in enumerate(self._rows) if row.id == row_id), -1)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns) + 3

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (self.tr("Passage"), self.tr("Article"), *self._columns, self.tr("Decided"))
        return titles[section]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        column, last = index.column(), self.columnCount() - 1
        if role == Qt.ItemDataRole.DecorationRole and column == last:
            return self._symbol(*_SYMBOLS[row.standing])
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        texts = (row.quote, row.article, *(version or "–" for version in row.versions), row.outcome)
        if role == Qt.ItemDataRole.AccessibleTextRole and column not in (0, last):
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {texts[column]}"
        return texts[column]
