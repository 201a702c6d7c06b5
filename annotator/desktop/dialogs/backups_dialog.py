"""The list of backups of a project, to put one back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.prompts import Prompts


class BackupsDialog(FormDialog):
    """Offers backups as (path, what is said of it), newest first, and any other file."""

    def __init__(self, backups: Sequence[tuple[Path, str]], prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__("backupsDialog", "", "", parent)
        self.setWindowTitle(self.tr("Restore a backup"))
        self.accept_button.setText(self.tr("Put it back"))
        self.explain(
            self.tr(
                "The backup takes the place of the project as it is now, which is kept beside it under another name."
            )
        )
        self._prompts = prompts
        self.list = QListWidget(self)
        self.list.setObjectName("backupsList")
        self.list.setAccessibleName(self.tr("Backups"))
        for path, said in backups:
            self._add(path, said)
        self.list.currentRowChanged.connect(self.check)
        self.list.itemActivated.connect(self.accept)
        self.insert(self.list, 1)
        other = QPushButton(self.tr("Another file…"), self)
        other.setObjectName("backupsOther")
        other.setAutoDefault(False)
        other.clicked.connect(self._ask_file)
        self.insert(other)
        self.list.setCurrentRow(0)
        self.check()

    def chosen(self) -> Path:
        """Return the backup that was chosen."""
        return Path(str(self.list.currentItem().data(Qt.ItemDataRole.UserRole)))

    def problem(self) -> str:
        """Return whether there is nothing to choose."""
        return "" if self.list.currentRow() >= 0 else self.tr("There is no backup yet: choose a file.")

    def _add(self, path: Path, said: str) -> None:
        row = QListWidgetItem(said)
        row.setData(Qt.ItemDataRole.UserRole, str(path))
        row.setToolTip(str(path))
        self.list.addItem(row)

    def _ask_file(self) -> None:
        self._prompts.open_file(
            self.tr("Restore a backup"), "", self.tr("Annotator projects (*.annotator);;All files (*)"), self._take
        )

    def _take(self, path: str) -> None:
        self._add(Path(path), Path(path).name)
        self.list.setCurrentRow(self.list.count() - 1)
