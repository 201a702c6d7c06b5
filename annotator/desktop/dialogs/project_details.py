"""The project's own details: name, description, where it lies."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.widgets.note_edit import NoteEdit
from annotator.domain.projects import Project


class ProjectDetailsDialog(FormDialog):
    """Edits name and description."""

    def __init__(
        self, details: Project, location: str, *, editable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__("projectDetailsDialog", "", "", parent)
        self.setWindowTitle(self.tr("Project details"))
        self.accept_button.setText(self.tr("Keep"))
        self._editable = editable
        self.name = self.line("projectDetailsName", self.tr("Name"), details.name)
        self.description = NoteEdit(self, lines=4)
        self.description.set_text(details.description)
        self.row("projectDetailsDescription", self.tr("About"), self.description)
        self.fact("projectDetailsLocation", self.tr("Lies at"), location)
        self.fact("projectDetailsId", self.tr("Id"), details.id)
        self.check()

    def problem(self) -> str:
        """Return what stands in the way."""
        return "" if self._editable and self.name.text().strip() else " "
