"""Packets of members, each with what it would bring, to be taken in together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.dialogs.form import quiet_label
from annotator.desktop.models.rows import RowsModel
from annotator.desktop.models.two_line import RowRole, TwoLineDelegate
from annotator.desktop.review.packet_words import PacketState, Preview, reading
from annotator.desktop.widgets.quiet_list import QuietListView
from annotator.desktop.widgets.reading_order import OrderedDialog


@dataclass(frozen=True, slots=True)
class _Row:
    path: str
    preview: Preview


class CollectDialog(OrderedDialog):
    """Lists packets; ``files_added`` asks for their previews, which :meth:`show_preview` takes.

    Show it with ``open()``; after ``accepted`` :meth:`ready` names the files to take in.
    """

    files_added = Signal(object)  # list[str]
    choose_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("collectDialog")
        self.setWindowTitle(self.tr("Collect packets"))
        self.setAcceptDrops(True)
        self._rows: list[_Row] = []
        self._model: RowsModel[_Row] = RowsModel(
            lambda row: row.path,
            {
                Qt.ItemDataRole.DisplayRole: lambda row: Path(row.path).name,
                Qt.ItemDataRole.ToolTipRole: lambda row: row.path,
                Qt.ItemDataRole.AccessibleTextRole: lambda row: f"{Path(row.path).name}, {row.preview.summary}",
                RowRole.DETAIL: lambda row: row.preview.summary,
                RowRole.FADED: lambda row: row.preview.state is not PacketState.READY,
            },
            self,
        )
        self._view = QuietListView(self)
        self._view.setObjectName("collectList")
        self._view.setAccessibleName(self.tr("Packets"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(TwoLineDelegate(self._view))
        self._details = QPlainTextEdit(self)
        self._told = ""
        self._details.setObjectName("collectDetails")
        self._details.setAccessibleName(self.tr("What the packet brings"))
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._verdict = QLabel(self)
        self._verdict.setObjectName("collectVerdict")
        self._add = QPushButton(self.tr("Add files…"), self)
        self._add.setObjectName("collectAdd")
        self._add.setAutoDefault(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self._take = buttons.addButton(self.tr("Take in"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._take.setObjectName("collectTake")
        self._take.setDefault(True)
        self._lay_out(buttons)
        self._view.selectionModel().currentChanged.connect(self._show_details)
        self._add.clicked.connect(self.choose_requested)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.resize(720, 480)
        self._show_state()
        self._add.setFocus()

    def add_files(self, files: Sequence[str]) -> None:
        """Add packets that are not listed yet."""
        known = {row.path for row in self._rows}
        new = [file for file in dict.fromkeys(files) if file not in known]
        self._rows += [_Row(file, reading()) for file in new]
        self._show_rows()
        if new:
            self.files_added.emit(new)

    def show_preview(self, path: str, preview: Preview) -> None:
        """Show what a packet would bring."""
        self._rows = [_Row(path, preview) if row.path == path else row for row in self._rows]
        self._show_rows()

    def ready(self) -> list[str]:
        """Return the packets that can be taken in, in the order in which they were added."""
        return [row.path for row in self._rows if row.preview.state is PacketState.READY]

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        words = self.tr(
            "Add the packets that members sent you, or drop them here. Any order is right, and one that was taken in"
            " before does no harm. Everybody’s work is kept; nothing is overwritten."
        )
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self._view)
        split.addWidget(self._details)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._add)
        below.addWidget(self._verdict, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(quiet_label(words, self))
        layout.addWidget(split, 1)
        layout.addLayout(below)
        layout.addWidget(buttons)

    def _show_rows(self) -> None:
        self._model.set_rows(self._rows)
        if not self._view.currentIndex().isValid() and self._rows:
            self._view.setCurrentIndex(self._model.index(0))
        self._show_details(self._view.currentIndex())
        self._show_state()

    def _show_details(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        text = (row.preview.details or row.preview.summary) if row is not None else ""
        if text != self._told:  # else what is being read would scroll back to its beginning
            self._told = text
            self._details.setPlainText(text)

    def _show_state(self) -> None:
        waiting = sum(row.preview.state is PacketState.READING for row in self._rows)
        ready = len(self.ready())
        if waiting:
            words = self.tr("Reading {0}…").format(waiting)
        elif self._rows:
            words = self.tr("{0} of {1} can be taken in").format(ready, len(self._rows))
        else:
            words = self.tr("No packet yet")
        self._verdict.setText(words)
        self._details.setVisible(bool(self._rows))  # an empty box below an empty list tells nothing
        self._take.setEnabled(bool(ready) and not waiting)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()
