"""The codebook as a tree of tags for a view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from annotator.desktop.models.two_line import RowRole
from annotator.domain.codebook import Tag

Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True, eq=False)
class _Node:
    tag: Tag | None
    parent: _Node | None = None
    children: list[_Node] = field(default_factory=list)

    @property
    def row(self) -> int:
        return self.parent.children.index(self) if self.parent else 0


class CodebookModel(QAbstractItemModel):
    """Tags in tree order; a tag whose parent is missing, retired away or merged stands at the top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(None)
        self._nodes: dict[str, _Node] = {}

    def set_tags(self, tags: Iterable[Tag], *, retired: bool) -> None:
        """Show ``tags`` ordered by position; retired ones only when ``retired``; merged ones never."""
        shown = [t for t in tags if t.merged_into is None and (retired or not t.retired)]
        shown.sort(key=lambda t: (t.position, t.id))
        self.beginResetModel()
        self._root = _Node(None)
        self._nodes = {tag.id: _Node(tag) for tag in shown}
        for tag in shown:
            node = self._nodes[tag.id]
            parent = self._nodes.get(tag.parent_id or "")
            node.parent = self._root if parent is None or _within(parent, node) else parent
            node.parent.children.append(node)
        self.endResetModel()

    def tag_at(self, index: Index) -> Tag | None:
        """Return the tag behind an index, or None."""
        node = self._node(index)
        return node.tag if node is not None else None

    def index_of(self, tag_id: str) -> QModelIndex:
        """Return the index of a tag, an invalid one when it is not shown."""
        node = self._nodes.get(tag_id)
        return self.createIndex(node.row, 0, node) if node else QModelIndex()

    def siblings_of(self, tag_id: str) -> list[Tag]:
        """Return the tags under the same parent, in order, the tag itself included."""
        node = self._nodes.get(tag_id)
        if node is None or node.parent is None:
            return []
        return [child.tag for child in node.parent.children if child.tag is not None]

    def _node(self, index: Index) -> _Node | None:
        node = index.internalPointer() if index.isValid() else self._root
        return node if isinstance(node, _Node) else None

    @override
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        node = self._node(parent)
        if node is None or column != 0 or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, column, node.children[row])

    @override
    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # Qt overloads parent()
        node = self._node(index) if index.isValid() else None
        if node is None or node.parent is None or node.parent is self._root:
            return QModelIndex()
        return self.createIndex(node.parent.row, 0, node.parent)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        node = self._node(parent)
        return len(node.children) if node is not None else 0

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        tag = self.tag_at(index)
        if tag is None:
            return None
        readers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: tag.name,
            Qt.ItemDataRole.ToolTipRole: tag.decision_rule or tag.description,
            RowRole.ID: tag.id,
            RowRole.DETAIL: tag.description,
            RowRole.FIGURE: tag.key,
            RowRole.CHIP: tag.colour,
            RowRole.FADED: tag.retired,
        }
        return readers.get(role)


def _within(node: _Node | None, other: _Node) -> bool:
    """Whether ``node`` is ``other`` or lies under it (a cycle in a damaged codebook must not hang the view)."""
    while node is not None:
        if node is other:
            return True
        node = node.parent
    return False
