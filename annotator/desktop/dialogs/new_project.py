"""The dialog that makes a new project: what it is called, where it lies, who works in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.prompts import Prompts

SUFFIX = ".annotator"
_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class NewProject:
    """What the dialog gives back."""

    location: str
    name: str
    analyst: str
    description: str


class NewProjectDialog(FormDialog):
    """Asks for a name; the file is named after it until somebody types another."""

    def __init__(self, folder: Path, prompts: Prompts, *, analyst: str = "", parent: QWidget | None = None) -> None:
        super().__init__("newProjectDialog", "", "", parent)
        self.setWindowTitle(self.tr("New project"))
        self.accept_button.setText(self.tr("Make it"))
        self.explain(self.tr("A project is one file. Everything in it is saved at once; copy it to hand it on."))
        self._folder = folder
        self._own_place = False
        self.name = self.line("newProjectName", self.tr("Name"), hint=self.tr("For example: Harbour bridge"))
        self.analyst = self.line("newProjectAnalyst", self.tr("Your name"), analyst)
        self.analyst.setPlaceholderText(self.tr("Every passage says who marked it"))
        self.description = self.line("newProjectDescription", self.tr("About"), hint=self.tr("Optional"))
        self.place = PlaceRow(folder, prompts, self)
        self.form.addRow(self.tr("File"), self.place)
        self.name.textChanged.connect(self._follow_name)
        self.place.edited.connect(self._keep_place)
        self.place.changed.connect(self.check)
        self.check()
        self.name.setFocus()

    def fields(self) -> NewProject:
        """Return what the user entered."""
        return NewProject(
            location=str(self.place.path()),
            name=self.name.text().strip(),
            analyst=self.analyst.text().strip(),
            description=self.description.text().strip(),
        )

    def problem(self) -> str:
        """Return what is missing or in the way."""
        if not self.name.text().strip() or not self.analyst.text().strip():
            return " "
        return self.place.problem()

    def _keep_place(self) -> None:
        self._own_place = True

    def _follow_name(self, name: str) -> None:
        if not self._own_place:
            called = file_name(name)
            self.place.set_path(self._folder / called if called else None)


class PlaceRow(QWidget):
    """The file of a project that is to be made: a line to type in, and a button that asks for the place.

    ``edited``: somebody chose the place, so that it follows nothing any more.
    """

    changed = Signal()
    edited = Signal()

    def __init__(self, folder: Path, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._prompts = prompts
        self.line = QLineEdit(self)
        self.line.setObjectName("newProjectPlace")
        self.line.setAccessibleName(self.tr("File"))
        browse = QPushButton(self.tr("Choose…"), self)
        browse.setObjectName("newProjectBrowse")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.line, 1)
        layout.addWidget(browse)
        self.line.textChanged.connect(self.changed)
        self.line.textEdited.connect(self.edited)

    def set_path(self, path: Path | None) -> None:
        """Show a place; None for none yet."""
        self.line.setText(str(path) if path is not None else "")

    def path(self) -> Path:
        """Return the place that is shown, with a project's suffix."""
        path = Path(self.line.text().strip()).expanduser()
        return path if path.suffix.lower() == SUFFIX else path.parent / f"{path.name}{SUFFIX}"

    def problem(self) -> str:
        """Return what is in the way of making a project there, empty when nothing is."""
        if not self.line.text().strip():
            return self.tr("Say where the file is to lie.")
        path = self.path()
        if path.exists():
            return self.tr("There is a file of this name already. Choose another name.")
        if not path.parent.is_dir():
            return self.tr("There is no folder {0}.").format(path.parent)
        return ""

    def _browse(self) -> None:
        self._prompts.save_file(
            self.tr("Where the project is to lie"),
            str(self.path()) if self.line.text() else f"{self._folder.as_posix()}/{self.tr('project')}{SUFFIX}",
            self.tr("Annotator projects (*.annotator)"),
            self._take,
        )

    def _take(self, path: str) -> None:
        self.edited.emit()
        self.line.setText(path)


def file_name(name: str) -> str:
    """Return the name of a project's file after what it is called; empty when nothing of that can stand there."""
    stem = " ".join(_UNFIT.sub(" ", name).split()).strip(" .")
    return f"{stem}{SUFFIX}" if stem else ""
