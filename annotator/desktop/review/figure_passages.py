"""The passages behind a figure: a list beside the figures, from which one goes to the article."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.desktop.models.rows import RowsModel
from annotator.desktop.models.two_line import RowRole, TwoLineDelegate
from annotator.desktop.widgets.quiet_list import QuietListView
from annotator.services.agreement import PassageBehind


class FigurePassages(QWidget):
    """Lists passages; ``passage_requested`` carries the article's and the annotation's id."""

    passage_requested = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figurePassages")
        self._rows: Sequence[PassageBehind] = ()
        self._apart: frozenset[str] = frozenset()
        self._title = QLabel(self)
        self._title.setProperty("role", "heading")
        self._title.setWordWrap(True)
        self._only = QCheckBox(self.tr("Only where they differ"), self)
        self._only.setObjectName("figurePassagesApart")
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setToolTip(self.tr("Close the list (Esc)"))
        self._close.setAccessibleName(self.tr("Close the list"))
        self._model: RowsModel[PassageBehind] = RowsModel(
            lambda row: row.annotation.id,
            {
                Qt.ItemDataRole.DisplayRole: lambda row: " ".join(row.annotation.quote.split()),
                Qt.ItemDataRole.ToolTipRole: lambda row: row.annotation.quote,
                RowRole.DETAIL: lambda row: f"{row.analyst} · {row.tag.name} · {row.article.title}",
                RowRole.CHIP: lambda row: row.tag.colour,
            },
            self,
        )
        self.view = QuietListView(self)
        self.view.setObjectName("figurePassagesList")
        self.view.setAccessibleName(self.tr("Passages behind the figure"))
        self.view.setModel(self._model)
        self.view.setItemDelegate(TwoLineDelegate(self.view))
        self.view.activated.connect(self._go)
        self._only.toggled.connect(self._fill)
        self._close.clicked.connect(self.closed)
        self._build()

    def show_passages(self, title: str, rows: Sequence[PassageBehind], apart: frozenset[str]) -> None:
        """Show passages in order; ``apart``: ids of those on which the analysts differ, which are shown first."""
        self._rows, self._apart = rows, apart
        self._title.setText(title)
        for_all = not apart
        self._only.setVisible(not for_all)
        self._only.setChecked(not for_all)
        self._fill()
        self.view.setCurrentIndex(self._model.index(0))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        only = self._only.isChecked()
        self._model.set_rows([row for row in self._rows if not only or row.annotation.id in self._apart])

    def _go(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None:
            self.passage_requested.emit(row.annotation.article_id, row.annotation.id)

    def _build(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self._title, 1)
        above.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(above)
        layout.addWidget(self._only)
        layout.addWidget(self.view, 1)
