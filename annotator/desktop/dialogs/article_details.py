"""An article's details: its metadata, and what each paragraph of its text is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.dialogs.article_fields import ArticleFields
from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.widgets.note_edit import NoteEdit
from annotator.desktop.widgets.quiet_combo import RoomyComboBox
from annotator.desktop.words import block_text
from annotator.domain.articles import Article, Block, BlockKind, Capture, TextVersion

_SHOWN = 160


class BlockTable(QTableWidget):
    """The paragraphs of a text with their kinds; the kind of all chosen rows is set at once."""

    def __init__(self, text: str, blocks: Sequence[Block], parent: QWidget | None = None) -> None:
        super().__init__(len(blocks), 2, parent)
        self.setObjectName("blockTable")
        self.setAccessibleName(self.tr("Paragraphs"))
        self.setHorizontalHeaderLabels([self.tr("Kind"), self.tr("Paragraph")])
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._blocks = list(blocks)
        for row, block in enumerate(blocks):
            words = " ".join(text[block.start : block.end].split())
            cell = QTableWidgetItem(words if len(words) <= _SHOWN else words[:_SHOWN] + "…")
            cell.setToolTip(words[:2000])
            self.setItem(row, 0, QTableWidgetItem(block_text(block.kind)))
            self.setItem(row, 1, cell)

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks with the kinds that were chosen."""
        return tuple(self._blocks)

    def set_kind(self, kind: BlockKind) -> None:
        """Say what the chosen paragraphs are."""
        for row in sorted({index.row() for index in self.selectedIndexes()}):
            self._blocks[row] = replace(self._blocks[row], kind=kind)
            cell = self.item(row, 0)
            if cell is not None:
                cell.setText(block_text(kind))


class ArticleDetailsDialog(FormDialog):
    """Edits the metadata of an article and the kinds of its paragraphs; read-only when ``editable`` is False."""

    def __init__(
        self, article: Article, text: TextVersion, *, editable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__("articleDetailsDialog", "", "", parent)
        self.setWindowTitle(self.tr("Details and blocks"))
        self.accept_button.setText(self.tr("Keep"))
        self.resize(720, 680)
        self._editable = editable
        self._article = article
        self.fields_ = ArticleFields(self, article)
        self._note = NoteEdit(self, lines=2)
        self._note.set_text(article.note)
        self.row("articleNote", self.tr("Note"), self._note)
        self.form.addRow(self.tr("Kept"), QLabel(self._kept(article, text), self))
        self.table = BlockTable(text.text, text.blocks, self)
        self._kind = RoomyComboBox(self)
        self._kind.setObjectName("blockKind")
        self._kind.setAccessibleName(self.tr("Kind of the chosen paragraphs"))
        for kind in BlockKind:
            self._kind.addItem(block_text(kind), str(kind))
        self.insert(self._block_box(), 1)
        self._kind.activated.connect(lambda: self.table.set_kind(BlockKind(self._kind.currentData())))
        self.table.itemSelectionChanged.connect(self._show_kind)
        self._show_kind()
        self.check()

    def values(self) -> dict[str, str]:
        """Return the article's fields that were changed."""
        wanted = {**self.fields_.values(), "note": self._note.text()}
        return {name: value for name, value in wanted.items() if str(getattr(self._article, name)) != value}

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks with the kinds that were chosen."""
        return self.table.blocks()

    def problem(self) -> str:
        """Return what is wrong with the fields."""
        return self.fields_.problem() if self._editable else " "

    def _block_box(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(self.tr("The chosen paragraphs are:"), box))
        row.addWidget(self._kind)
        row.addStretch(1)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        return box

    def _show_kind(self) -> None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        kinds = {self.table.blocks()[row].kind for row in rows}
        self._kind.setEnabled(bool(rows) and self._editable)
        if len(kinds) == 1:
            self._kind.setCurrentIndex(self._kind.findData(str(kinds.pop()), Qt.ItemDataRole.UserRole))

    def _kept(self, article: Article, text: TextVersion) -> str:
        figures = self.tr("{0} code points, {1} paragraphs").format(f"{len(text.text):,}", len(text.blocks))
        if article.capture is Capture.FILE and text.source_sha256:
            return self.tr("{0}; the original file is kept").format(figures)
        return self.tr("{0}; pasted, no original kept").format(figures)
