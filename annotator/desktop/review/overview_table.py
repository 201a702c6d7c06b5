"""The table of articles and authors: how it looks, and how it shares its width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget
from typing_extensions import override

from annotator.desktop.review.overview_model import OverviewModel

_LEAST_TITLE, _WIDEST_AUTHOR = 200, 200
_PADS, _ICON_AND_PADS = 24, 48
_LEAST_ROWS = 5


class OverviewTable(QTableView):
    """Shows an :class:`OverviewModel`; a cell is chosen at a time."""

    def __init__(self, model: OverviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._articles = model
        self.setObjectName("overviewTable")
        self.setAccessibleName(self.tr("Articles and authors"))
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setMinimumSectionSize(72)
        self.setMinimumHeight(_LEAST_ROWS * (self.fontMetrics().height() + 14))

    def share_width(self) -> None:
        """Give the article what the other columns leave, and never less than a readable part of its title."""
        header, room, model = self.horizontalHeader(), self.viewport().width(), self._articles
        metrics = self.fontMetrics()
        least = metrics.horizontalAdvance(self.tr("submitted · 000")) + _ICON_AND_PADS
        for column in range(1, model.columnCount()):
            heading = str(model.headerData(column, Qt.Orientation.Horizontal))
            wanted = max(metrics.horizontalAdvance(heading) + _PADS, least)
            header.resizeSection(column, min(wanted, _WIDEST_AUTHOR) if column <= model.authors else least)
        taken = sum(header.sectionSize(column) for column in range(1, model.columnCount()))
        header.resizeSection(0, max(_LEAST_TITLE, room - taken))

    @override
    def keyboardSearch(self, search: str) -> None:
        """Ignore letters: they choose nothing unseen."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()
