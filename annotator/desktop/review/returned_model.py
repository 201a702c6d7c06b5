"""What became of an analyst's passages, as a tree: a heading for each article, below it a row for each passage."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from typing_extensions import override

from annotator.desktop.models.tree import Index, Node, TreeModel
from annotator.desktop.review.overview_model import Symbol
from annotator.formats.review_record import Fate, Returned, ReturnedArticle

if TYPE_CHECKING:
    from annotator.formats.review_record import ReturnedWork

_SYMBOLS = {
    Fate.KEPT: ("check", "success"),
    Fate.CHANGED: ("pencil", "accent"),
    Fate.REJECTED: ("x", "danger"),
    Fate.ADDED: ("plus", "accent"),
    Fate.OPEN: ("clock", "muted"),
}
_tr = QCoreApplication.translate


class ReturnedColumn(IntEnum):
    """The columns, from the left."""

    FATE = 0
    PASSAGE = 1
    CHANGED = 2
    WHY = 3


def fate_text(fate: Fate) -> str:
    """Return what became of a passage."""
    return {
        Fate.KEPT: _tr("Returned", "kept"),
        Fate.CHANGED: _tr("Returned", "changed"),
        Fate.REJECTED: _tr("Returned", "not taken"),
        Fate.ADDED: _tr("Returned", "added"),
        Fate.OPEN: _tr("Returned", "not decided"),
    }[fate]


def changes_text(row: Returned) -> str:
    """Return what is different in the final version, row by row of the card; empty when nothing is."""
    return "; ".join(_tr("Returned", "{0}: {1} → {2}").format(*change) for change in row.rows)


def why_text(row: Returned) -> str:
    """Return why, as it was said."""
    parts = [part for part in (row.reason, row.comment) if part]
    return ". ".join(parts) or "; ".join(said.text for said in row.comments)


class ReturnedModel(TreeModel):
    """Shows the passages whose fates are wanted; an article without any has no heading."""

    def __init__(self, symbol: Symbol, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._symbol = symbol

    def set_work(self, work: ReturnedWork, fates: Collection[Fate]) -> None:
        """Show what became of an analyst's work."""
        root = Node()
        for article in work.articles:
            rows = [row for row in article.passages if row.fate in fates or row.told]
            if rows:
                heading = root.add(Node(article))
                for row in rows:
                    heading.add(Node(row))
        self.show(root)

    def passage(self, index: Index) -> Returned | None:
        """Return the passage that a row is about, None for a heading."""
        content = self._content(index)
        return content if isinstance(content, Returned) else None

    def article(self, index: Index) -> ReturnedArticle | None:
        """Return the article of a row."""
        content = self._content(index)
        if isinstance(content, Returned):
            content = self._content(index.parent())
        return content if isinstance(content, ReturnedArticle) else None

    def _content(self, index: Index) -> object:
        node = self.node(index) if index.isValid() else None
        return node.content if node is not None else None

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return len(ReturnedColumn)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            ReturnedColumn.FATE: self.tr("What became of it"),
            ReturnedColumn.PASSAGE: self.tr("Passage"),
            ReturnedColumn.CHANGED: self.tr("What was changed"),
            ReturnedColumn.WHY: self.tr("Why"),
        }[ReturnedColumn(section)]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        content = self._content(index)
        column = ReturnedColumn(index.column()) if index.isValid() else ReturnedColumn.FATE
        if isinstance(content, ReturnedArticle):
            shown = role == Qt.ItemDataRole.DisplayRole and column is ReturnedColumn.FATE
            return (
                f"{content.title} · {content.source}" if shown and content.source else content.title if shown else None
            )
        if not isinstance(content, Returned):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(content, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (self._text(content, one) for one in ReturnedColumn)))
        if role == Qt.ItemDataRole.DecorationRole and column is ReturnedColumn.FATE:
            return self._symbol(*_SYMBOLS[content.fate])
        return None

    @staticmethod
    def _text(row: Returned, column: ReturnedColumn) -> str:
        if column is ReturnedColumn.FATE:
            return fate_text(row.fate)
        if column is ReturnedColumn.PASSAGE:
            shown = row.mine or row.final
            return " … ".join(shown.quotes).replace("\n", " ") if shown is not None else ""
        return changes_text(row) if column is ReturnedColumn.CHANGED else why_text(row)
