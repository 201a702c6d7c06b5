"""The passages at the caret as a stock list: the innermost first, the current one chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.desktop.reading_view.passage_words import passage_words
from annotator.desktop.widgets.icons import chip_icon
from annotator.desktop.widgets.quiet_list import QuietListView

_CHIP = QSize(12, 12)
_MOST = 60
"""Rows at one place; O walks through the others too."""


class PassageList(QuietListView):
    """Lists passages by id; choosing a row tells which."""

    chosen = Signal(str)

    def __init__(self, state: ProjectState, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readingPassages")
        self.setAccessibleName(self.tr("Passages here"))
        self.setUniformItemSizes(False)
        self.setWordWrap(True)
        self.setIconSize(_CHIP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._state = state
        self._view = view
        self._rows = QStandardItemModel(self)
        self._shown: list[tuple[str, str]] = []
        self.setModel(self._rows)
        self.selectionModel().currentChanged.connect(lambda current, _previous: self._tell(current))

    def show_rows(self, ids: Sequence[str], current: str | None) -> None:
        """Show these passages, and which of them is the current one."""
        ids = ids[: max(_MOST, ids.index(current) + 1 if current in ids else 0)]
        marks = (self._state.marks.get(id_) for id_ in ids)
        rows = [(mark.id, passage_words(self._state, self._view, mark)) for mark in marks if mark is not None]
        if rows != self._shown:
            self._shown = rows
            self._fill()
        place = next((place for place, (id_, _) in enumerate(rows) if id_ == current), None)
        index = QModelIndex() if place is None else self._rows.index(place, 0)
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def _fill(self) -> None:
        self._rows.clear()
        for id_, words in self._shown:
            tag = self._state.tag(self._state.marks[id_].tag_id)
            row = QStandardItem(chip_icon(tag.colour if tag else ""), words)
            row.setData(id_)
            row.setToolTip(self._state.quote(id_))
            self._rows.appendRow(row)

    def _tell(self, current: QModelIndex) -> None:
        """Tell of a row that the person chose; what is shown because it is current already is none."""
        if current.isValid() and self.hasFocus():
            self.chosen.emit(self._rows.itemFromIndex(current).data())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and not self.currentIndex().isValid() and self._shown:
            self.setCurrentIndex(self._rows.index(0, 0))
        return super().event(event)
