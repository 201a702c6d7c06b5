"""Passages as a tree: one row a passage, those that repeat it under it, and places where a person is only named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from annotator.desktop.models.tree import Index, Node, TreeModel
from annotator.desktop.sentences import told
from annotator.desktop.words import reason_text, relation_text
from annotator.domain.passages import Named, PassageRow
from annotator.services.loose_ends import LooseEnd

_OF_HEADER = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)  # the title, whole where it is shortened


AT_A_TIME = 2_000
"""Rows that the view is given at a time, more when one comes to their end: it lays out all it has at once."""


class Column(IntEnum):
    """The columns of the list of passages."""

    SPEAKER = 0
    TAG = 1
    PASSAGE = 2
    ANSWERS = 3
    ARTICLE = 4
    DATE = 5


class Heading(str):
    """A row that is a heading and nothing else."""

    __slots__ = ()


def passages_tree(
    rows: Sequence[PassageRow], named: Sequence[Named], loose: Sequence[LooseEnd] = (), *, grouped: bool
) -> Node:
    """Return ``rows`` in order, repeats under the first of them when ``grouped``, then ``named`` and ``loose``.

    Nothing here is of Qt's: a long list is put together on a worker's thread.
    """
    root = Node()
    heads: dict[str, Node] = {}
    for row in rows:
        head = heads.get(row.group) if grouped else None
        if head is None:
            heads[row.group] = root.add(Node(row))
        else:
            head.add(Node(row))
    for title, group in (
        (QCoreApplication.translate("PassagesModel", "Named here but not marked ({0})"), named),
        (QCoreApplication.translate("PassagesModel", "To settle in the project ({0})"), loose),
    ):
        if group:
            heading = root.add(Node(Heading(title.format(len(group)))))
            for entry in group:
                heading.add(Node(entry))
    return root


class PassagesModel(TreeModel):
    """Shows :class:`PassageRow`, :class:`Named`, :class:`LooseEnd` and headings."""

    def __init__(self, tint: Callable[[str], QColor], parent: QObject | None = None) -> None:
        """``tint`` adapts a tag's colour (``#rrggbb``) to the theme."""
        super().__init__(parent)
        self._shown = 0
        self._tint = tint

    def show(self, root: Node) -> None:
        """Show a tree of :func:`passages_tree`."""
        self._shown = min(AT_A_TIME, len(root.children))
        super().show(root)

    def content(self, index: Index) -> PassageRow | Named | LooseEnd | Heading | None:
        """Return what a row shows."""
        node = self.node(index) if index.isValid() else None
        return node.content if node is not None else None

    def parents(self, first: int = 0) -> list[QModelIndex]:
        """Return the rows from ``first`` on that have others under them."""
        nodes = enumerate(self._root.children[first : self._shown], start=first)
        return [self.createIndex(row, 0, node) for row, node in nodes if node.children]

    def find(self, annotation_id: str) -> QModelIndex:
        """Return the row of a passage that stands under no other, an invalid index for none."""
        for row, node in enumerate(self._root.children):
            if isinstance(node.content, PassageRow) and node.content.annotation.id == annotation_id:
                self._show_until(row + 1)
                return self.createIndex(row, 0, node)
        return QModelIndex()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return super().rowCount(parent) if parent.isValid() else self._shown

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._shown < len(self._root.children)

    @override
    def fetchMore(self, parent: Index) -> None:
        if not parent.isValid():
            self._show_until(min(self._shown + AT_A_TIME, len(self._root.children)))

    def _show_until(self, end: int) -> None:
        if end > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, end - 1)
            self._shown = end
            self.endInsertRows()

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return len(Column)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role not in _OF_HEADER:
            return None
        titles = {
            Column.SPEAKER: self.tr("Speaker"),
            Column.TAG: self.tr("Tag"),
            Column.PASSAGE: self.tr("Passage"),
            Column.ANSWERS: self.tr("Answers and answered by"),
            Column.ARTICLE: self.tr("Article"),
            Column.DATE: self.tr("Date"),
        }
        return titles[Column(section)]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.content(index)
        column = Column(index.column()) if index.isValid() else Column.SPEAKER
        if isinstance(row, Heading):
            return str(row) if role == Qt.ItemDataRole.DisplayRole and column is Column.SPEAKER else None
        if isinstance(row, Named):
            return self._named(row, column, role)
        if isinstance(row, LooseEnd):
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and column is Column.PASSAGE
            return told(row.message) if shown else None
        return self._passage(row, column, role) if row is not None else None

    def _passage(self, row: PassageRow, column: Column, role: int) -> str | QColor | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            reasons = [reason_text(reason) for reason in row.unfinished]
            return "\n".join((row.annotation.quote, *reasons)) if column is Column.PASSAGE else self._text(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.TAG:
            return self._tint(row.tag.colour)
        return None

    def _text(self, row: PassageRow, column: Column) -> str:
        if column is Column.SPEAKER:
            return ", ".join(row.speakers) or "–"
        if column is Column.TAG:
            return row.tag.name + (" ?" if row.annotation.unsure else "")
        if column is Column.PASSAGE:
            return row.annotation.quote.replace("\n", " ")
        if column is Column.ANSWERS:
            return "; ".join(
                f"{relation_text(a.kind, outgoing=a.outgoing)} {', '.join(a.speakers) or a.quote[:40]}"
                for a in row.answers
            )
        if column is Column.ARTICLE:
            return _place(row)
        return row.article.published_at

    def _named(self, row: Named, column: Column, role: int) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        texts = {
            Column.PASSAGE: row.context,
            Column.ARTICLE: _place(row),
            Column.DATE: row.article.published_at,
        }
        return texts.get(column, "")


def _place(row: PassageRow | Named) -> str:
    """Return where a row stands: an outlet may have several articles, so that the title follows while it has room."""
    article = row.article
    parts = [f"{article.outlet or article.title} ¶ {row.paragraph}", article.title if article.outlet else ""]
    return " · ".join(part for part in parts if part)
