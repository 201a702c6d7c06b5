"""The dialog that asks into which entry another one is merged: people, tags, points alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from annotator.desktop.models.rows import RowsModel
from annotator.desktop.models.two_line import RowRole, TwoLineDelegate
from annotator.desktop.widgets.quiet_list import QuietListView
from annotator.desktop.widgets.reading_order import OrderedDialog
from annotator.domain.folding import fold

Candidate = tuple[str, str, str]
"""``(id, name, detail)`` of an entry that can be the winner."""


class MergeDialog(OrderedDialog):
    """Asks for the entry that stays. Show it with ``open()``; after ``accepted`` read :meth:`winner_id`."""

    def __init__(self, loser: str, candidates: Sequence[Candidate], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mergeDialog")
        self.setWindowTitle(self.tr("Merge “{0}”").format(loser))
        self.setMinimumSize(420, 420)
        self._candidates = list(candidates)
        explanation = QLabel(
            self.tr("Wherever “{0}” stands, the entry you choose will count instead. Undo takes it back.").format(
                loser
            ),
            self,
        )
        explanation.setWordWrap(True)
        self._filter = QLineEdit(self)
        self._filter.setObjectName("mergeFilter")
        self._filter.setPlaceholderText(self.tr("Merge into…"))
        self._filter.setAccessibleName(self.tr("Merge into"))
        self._model: RowsModel[Candidate] = RowsModel(
            lambda row: row[0],
            {Qt.ItemDataRole.DisplayRole: lambda row: row[1], RowRole.DETAIL: lambda row: row[2]},
            self,
        )
        self._view = QuietListView(self)
        self._view.setObjectName("mergeCandidates")
        self._view.setAccessibleName(self.tr("Entries to merge into"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(TwoLineDelegate(self._view))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal, self)
        self._merge = buttons.addButton(self.tr("Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (explanation, self._filter, self._view, buttons):
            layout.addWidget(widget)
        self._filter.textChanged.connect(self._refresh)
        self._view.selectionModel().currentChanged.connect(self._check)
        self._view.activated.connect(self._accept_row)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._refresh()
        self._filter.setFocus()

    def winner_id(self) -> str | None:
        """Return the id of the chosen entry."""
        row = self._model.row_at(self._view.currentIndex())
        return row[0] if row else None

    def _refresh(self) -> None:
        words = fold(self._filter.text()).split()
        rows = [row for row in self._candidates if all(word in fold(f"{row[1]} {row[2]}") for word in words)]
        self._model.set_rows(rows)
        self._view.setCurrentIndex(self._model.index(0) if words and rows else QModelIndex())
        self._check()

    def _check(self) -> None:
        self._merge.setEnabled(self.winner_id() is not None)

    def _accept_row(self) -> None:
        if self.winner_id() is not None:
            self.accept()
