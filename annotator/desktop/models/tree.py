"""The skeleton of a Qt tree model over frozen rows: what Qt wants to know of rows and parents, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex
from typing_extensions import override

Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True, eq=False)
class Node:
    """One row of a tree: what it shows, and the rows under it."""

    content: Any = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def add(self, child: Node) -> Node:
        """Put ``child`` last under this row and return it."""
        child.parent = self
        self.children.append(child)
        return child

    @property
    def row(self) -> int:
        """The place among the siblings, from 0."""
        return self.parent.children.index(self) if self.parent else 0

    def within(self, other: Node) -> bool:
        """Whether this row is ``other`` or lies under it."""
        node: Node | None = self
        while node is not None:
            if node is other:
                return True
            node = node.parent
        return False


def free_tree(root: Node) -> None:
    """Let go of a tree that is shown no more, a little at a time.

    Its rows hold each other: the collector alone would free them, and of a long list not before nobody looks.
    """
    left = [root]
    while left:
        node = left.pop()
        left += node.children
        node.parent = node.content = None
        node.children.clear()


class TreeModel(QAbstractItemModel):
    """A tree of :class:`Node`; a subclass gives ``data``, ``columnCount`` and fills it through :meth:`show`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node()

    @property
    def root(self) -> Node:
        """The tree that is shown."""
        return self._root

    def show(self, root: Node) -> None:
        """Show another tree."""
        self.beginResetModel()
        self._root = root
        self.endResetModel()

    def node(self, index: Index) -> Node | None:
        """Return the row behind an index; the root for an invalid one."""
        found = index.internalPointer() if index.isValid() else self._root
        return found if isinstance(found, Node) else None

    def index_for(self, node: Node, column: int = 0) -> QModelIndex:
        """Return the index of a row of this tree."""
        return QModelIndex() if node is self._root else self.createIndex(node.row, column, node)

    @override
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        node = self.node(parent)
        if node is None or not 0 <= column < self.columnCount() or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, column, node.children[row])

    @override
    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # Qt overloads parent()
        node = self.node(index) if index.isValid() else None
        return QModelIndex() if node is None or node.parent is None else self.index_for(node.parent)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        node = self.node(parent)
        return len(node.children) if node is not None and parent.column() <= 0 else 0

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 1
