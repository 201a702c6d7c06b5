"""A list model over frozen rows: replaces what changed and keeps what did not, so that views keep their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from annotator.desktop.models.two_line import RowRole

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Readers = Mapping[int, Callable[[R], Any]]


class RowsModel(QAbstractListModel, Generic[R]):
    """Rows of one frozen type. ``readers`` says for each role how it is read from a row; ``key`` names a row."""

    def __init__(self, key: Callable[[R], str], readers: Readers[R], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._readers = dict(readers)
        self._rows: list[R] = []

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show ``rows``. When the keys are the same in the same order only changed rows are announced."""
        new = list(rows)
        if [self._key(row) for row in new] == [self._key(row) for row in self._rows]:
            changed = [place for place, row in enumerate(new) if row != self._rows[place]]
            self._rows = new
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def row_at(self, index: Index) -> R | None:
        """Return the row behind an index of this model, or None."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of the row with ``key``, an invalid one when it is not shown."""
        for place, row in enumerate(self._rows):
            if self._key(row) == key:
                return self.index(place)
        return QModelIndex()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == RowRole.ID:
            return self._key(row)
        reader = self._readers.get(role)
        return reader(row) if reader is not None else None
