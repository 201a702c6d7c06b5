"""The codebook as a tree of tags for a view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt
from typing_extensions import override

from annotator.desktop.models.tree import Index, Node, TreeModel
from annotator.desktop.models.two_line import RowRole
from annotator.domain.codebook import Tag


class CodebookModel(TreeModel):
    """Tags in tree order; a tag whose parent is not shown stands at the top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: dict[str, Node] = {}

    def set_tags(self, tags: Iterable[Tag], *, retired: bool) -> None:
        """Show ``tags`` ordered by position; retired ones only when ``retired``; merged ones never.

        Of parents in a circle (after a merge of files) the first tag stands at the top.
        """
        shown = [t for t in tags if t.merged_into is None and (retired or not t.retired)]
        shown.sort(key=lambda t: (t.position, t.id))
        root = Node()
        nodes = {tag.id: Node(tag) for tag in shown}
        for tag in shown:
            node, parent = nodes[tag.id], nodes.get(tag.parent_id or "", root)
            (root if parent.within(node) else parent).add(node)
        self._nodes = nodes
        self.show(root)

    def tag_at(self, index: Index) -> Tag | None:
        """Return the tag behind an index, or None."""
        node = self.node(index)
        return node.content if node is not None else None

    def index_of(self, tag_id: str) -> QModelIndex:
        """Return the index of a tag, an invalid one when it is not shown."""
        node = self._nodes.get(tag_id)
        return self.index_for(node) if node else QModelIndex()

    def siblings_of(self, tag_id: str) -> list[Tag]:
        """Return the tags under the same parent, in order, the tag itself included."""
        node = self._nodes.get(tag_id)
        return [] if node is None or node.parent is None else [child.content for child in node.parent.children]

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
