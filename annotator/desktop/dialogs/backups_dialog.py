"""The list of backups of a project, to put one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.prompts import Prompts

_WHEN, _WHY, _ARTICLES, _PASSAGES, _PEOPLE, _SIZE = range(6)
_WIDTH, _HEIGHT = 720, 420
_FIGURES = range(_ARTICLES, _SIZE + 1)


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup as it is told: when and why it was made, its counts and its size; ``sound`` False: no use any more."""

    path: Path
    cells: tuple[str, ...]
    sound: bool = True


class BackupsDialog(FormDialog):
    """Offers backups, newest first, and any other file."""

    def __init__(
        self, backups: Sequence[BackupRow], prompts: Prompts, parent: QWidget | None = None, *, damaged: bool = False
    ) -> None:
        super().__init__("backupsDialog", "", "", parent)
        self.setWindowTitle(self.tr("Restore a backup"))
        self.accept_button.setText(self.tr("Put it back"))
        if damaged:
            self.explain(
                self.tr(
                    "The backup takes the place of the damaged file, which is set aside under another name and not "
                    "written to."
                )
            )
        else:
            self.explain(
                self.tr(
                    "The backup takes the place of the project as it is now, which is kept as one more backup: you can "
                    "go back."
                )
            )
        self._prompts = prompts
        self._rows: list[BackupRow] = []
        self.table = self._made_table()
        for backup in backups:
            self._add(backup)
        self.table.currentCellChanged.connect(self.check)
        self.table.itemActivated.connect(self.accept_button.click)
        self.insert(self.table, 1)
        other = QPushButton(self.tr("Another file…"), self)
        other.setObjectName("backupsOther")
        other.setAutoDefault(False)
        other.clicked.connect(self._ask_file)
        self.insert(other)
        self.page.setAlignment(other, Qt.AlignmentFlag.AlignLeft)
        self._choose_first(backups)
        self.table.setVisible(bool(backups))
        self.check()
        self.resize(_WIDTH, _HEIGHT if backups else self.page.totalHeightForWidth(_WIDTH))
        (self.table if backups else other).setFocus()

    def _made_table(self) -> QTableWidget:
        heads = [
            self.tr("Made"),
            self.tr("Why"),
            self.tr("Articles"),
            self.tr("Passages"),
            self.tr("People"),
            self.tr("Size"),
        ]
        table = QTableWidget(0, len(heads), self)
        table.setObjectName("backupsList")
        table.setProperty("role", "figures")
        table.setAccessibleName(self.tr("Backups"))
        for column, head in enumerate(heads):
            cell = QTableWidgetItem(head)
            cell.setTextAlignment(_alignment(column))
            table.setHorizontalHeaderItem(column, cell)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        return table

    def chosen(self) -> Path:
        """Return the backup that was chosen."""
        return self._rows[self.table.currentRow()].path

    def called(self) -> str:
        """Return the backup that was chosen in words: of which moment it is, or which file."""
        made, named, *_ = self._rows[self.table.currentRow()].cells
        return self.tr("the backup of {0}").format(made) if made else named

    def problem(self) -> str:
        """Return whether there is nothing to choose."""
        if self.table.currentRow() >= 0:
            return ""
        if self._rows:
            return self.tr("None of these can be read any more: choose another file.")
        return self.tr("There is no backup yet: they are made hourly while you work. Another file can be chosen.")

    def _choose_first(self, backups: Sequence[BackupRow]) -> None:
        for row, backup in enumerate(backups):
            if backup.sound:
                self.table.setCurrentCell(row, _WHEN)
                return

    def _add(self, backup: BackupRow) -> None:
        row = self.table.rowCount()
        self._rows.append(backup)
        self.table.insertRow(row)
        for column, text in enumerate(backup.cells):
            cell = QTableWidgetItem(text)
            cell.setToolTip(str(backup.path))
            cell.setTextAlignment(_alignment(column))
            if not backup.sound:
                cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.table.setItem(row, column, cell)

    def _ask_file(self) -> None:
        self._prompts.open_file(
            self.tr("Restore a backup"), "", self.tr("Annotator projects (*.annotator);;All files (*)"), self._take
        )

    def _take(self, path: str) -> None:
        named = self.tr("the file “{0}”").format(Path(path).name)
        self._add(BackupRow(Path(path), ("", named, "", "", "", "")))
        self.table.show()
        self.table.setCurrentCell(self.table.rowCount() - 1, _WHEN)
        self.resize(self.width(), max(self.height(), _HEIGHT))


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
