"""Sign a review session off: what is not decided yet, and under whose name it is closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.sentences import told


class CloseDialog(FormDialog):
    """Asks for the name under the minutes; what is open must be accepted as such."""

    def __init__(self, name: str, missing: Sequence[str], signed_by: str, parent: QWidget | None = None) -> None:
        super().__init__("closeSessionDialog", "", "", parent)
        self.setWindowTitle(self.tr("Close “{0}”").format(name))
        self.accept_button.setText(self.tr("Close the session"))
        self.explain(
            self.tr(
                "The figures are frozen, and the final version is what was decided. A backup is made first."
                " It cannot be undone, but the session can be opened again, with a reason."
            )
        )
        self.name = self.line("signedBy", self.tr("Signed by"), signed_by)
        self.unfinished: QCheckBox | None = None
        if missing:
            lines = QPlainTextEdit("\n".join(map(told, missing)), self)
            lines.setObjectName("closeMissing")
            lines.setAccessibleName(self.tr("What is not decided"))
            lines.setReadOnly(True)
            lines.setTabChangesFocus(True)
            self.unfinished = QCheckBox(self.tr("Close it although this is not decided"), self)
            self.unfinished.setObjectName("closeUnfinished")
            self.unfinished.toggled.connect(self.check)
            self.insert(lines, 1)
            self.insert(self.unfinished)
        self.check()
        self.name.setFocus()

    def problem(self) -> str:
        """Return what is missing: the name, or the word that the rest may stay open."""
        if not self.name.text().strip():
            return self.tr("The minutes need a name.")
        return " " if self.unfinished is not None and not self.unfinished.isChecked() else ""
