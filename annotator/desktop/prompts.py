"""Questions and messages to the user, behind one protocol: tests answer them, and no logic opens a message box."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QSize, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from annotator.desktop.folders import usual_folders
from annotator.desktop.widgets.fitted_dialog import room_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

_DIALOG_SIZE = QSize(900, 560)
_SIDE = 160
"""Logical pixels in which the names of the usual folders stand whole."""


class Prompts(Protocol):
    """What can be said and asked. Nothing blocks: the answer arrives in ``answer``, which is not called on "cancel"."""

    def say(self, text: str, *, undo: bool = False) -> None:
        """Show a passing message in the window's message bar; with ``undo``, beside a button that undoes."""

    def offer(self, text: str, action: str, run: Callable[[], object]) -> None:
        """Show a message that stays until it is closed, beside a button that calls ``run``."""

    def fail(self, error: Exception) -> None:
        """Show what went wrong and what to do next; anything but a ``UserError`` gets the crash report."""

    def confirm(self, title: str, text: str, action: str, answer: Callable[[], object]) -> None:
        """Ask whether to do what ``action`` (the button's text) says; for what cannot be undone only."""

    def text(self, title: str, label: str, value: str, answer: Callable[[str], object]) -> None:
        """Ask for one line of text."""

    def open_files(self, title: str, folder: str, filters: str, answer: Callable[[list[str]], object]) -> None:
        """Ask for files that exist; ``filters`` as in ``QFileDialog``."""

    def open_file(self, title: str, folder: str, filters: str, answer: Callable[[str], object]) -> None:
        """Ask for one file that exists."""

    def save_file(self, title: str, path: str, filters: str, answer: Callable[[str], object]) -> None:
        """Ask where to write; the chosen path has a suffix, and overwriting has been confirmed."""

    def open_folder(self, title: str, folder: str, answer: Callable[[str], object]) -> None:
        """Ask for a folder that exists."""


def offer_folder(prompts: Prompts, text: str, file: Path) -> None:
    """Say that a file has been written, beside a button that opens its folder."""
    prompts.offer(
        text,
        QCoreApplication.translate("Prompts", "Open the folder"),
        lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent))),
    )


class QtPrompts:
    """The real questions, as windows over ``parent``; what is said goes to the window's message bar."""

    def __init__(
        self,
        parent: QWidget,
        *,
        say: Callable[[str, bool], object],
        offer: Callable[[str, str, Callable[[], object]], object],
        fail: Callable[[Exception], object],
    ) -> None:
        self._parent = parent
        self._say = say
        self._offer = offer
        self._fail = fail

    def say(self, text: str, *, undo: bool = False) -> None:
        """Hand a message to the window."""
        self._say(text, undo)

    def offer(self, text: str, action: str, run: Callable[[], object]) -> None:
        """Hand a message with a button to the window."""
        self._offer(text, action, run)

    def fail(self, error: Exception) -> None:
        """Hand an error to the window."""
        self._fail(error)

    def confirm(self, title: str, text: str, action: str, answer: Callable[[], object]) -> None:
        """Show a message box with two buttons; "cancel" is the default."""
        from PySide6.QtWidgets import QMessageBox  # like the other dialogs, only when something is asked

        box = QMessageBox(QMessageBox.Icon.Question, title, title, QMessageBox.StandardButton.NoButton, self._parent)
        box.setInformativeText(text)
        accept = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.buttonClicked.connect(lambda button: answer() if button is accept else None)
        box.finished.connect(box.deleteLater)
        box.open()

    def text(self, title: str, label: str, value: str, answer: Callable[[str], object]) -> None:
        """Show an input dialog."""
        from PySide6.QtWidgets import QInputDialog, QLineEdit

        dialog = QInputDialog(self._parent)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(value)
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.textValueSelected.connect(answer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_files(self, title: str, folder: str, filters: str, answer: Callable[[list[str]], object]) -> None:
        """Show a file dialog for several files."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(title, folder, filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(answer)
        dialog.open()

    def open_file(self, title: str, folder: str, filters: str, answer: Callable[[str], object]) -> None:
        """Show a file dialog for one file."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(title, folder, filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(answer)
        dialog.open()

    def open_folder(self, title: str, folder: str, answer: Callable[[str], object]) -> None:
        """Show a file dialog for a folder."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(title, folder, "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(answer)
        dialog.open()

    def save_file(self, title: str, path: str, filters: str, answer: Callable[[str], object]) -> None:
        """Show a file dialog for a new file; the suffix of ``path`` is added when none is typed."""
        from PySide6.QtWidgets import QFileDialog

        name = Path(path).name
        dialog = self._dialog(title, str(Path(path).parent), filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        dialog.selectFile(name)
        dialog.fileSelected.connect(answer)
        dialog.open()

    def _dialog(self, title: str, folder: str, filters: str) -> QFileDialog:
        from PySide6.QtWidgets import QFileDialog, QHeaderView, QSplitter, QTreeView

        dialog = QFileDialog(self._parent, title, folder, filters)
        dialog.setLabelText(QFileDialog.DialogLabel.Reject, QCoreApplication.translate("Prompts", "Cancel"))
        dialog.setSidebarUrls([QUrl.fromLocalFile(str(folder)) for folder in usual_folders()])
        files = dialog.findChild(QTreeView, "treeView")
        if files is not None:  # Qt's own dialog, where the desktop has none: names of packets differ at their ends
            dialog.resize(_DIALOG_SIZE.boundedTo(room_for(dialog)))
            files.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            parts = dialog.findChild(QSplitter, "splitter")
            if parts is not None:
                parts.setSizes([_SIDE, dialog.width() - _SIDE])
        dialog.finished.connect(dialog.deleteLater)
        return dialog
