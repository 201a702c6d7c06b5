"""Correcting an article's text: a new version is made, the old one stays, passages move along."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.widgets.exact_text import ExactTextEdit
from annotator.domain.text import canonical_text


class CorrectTextDialog(FormDialog):
    """Edits the text; nothing but what is typed is changed."""

    def __init__(self, text: str, passages: int, parent: QWidget | None = None) -> None:
        super().__init__("correctTextDialog", "", "", parent)
        self.setWindowTitle(self.tr("Correct the text"))
        self.accept_button.setText(self.tr("Make a new version"))
        self.resize(760, 640)
        self.explain(
            self.tr(
                "A corrected text becomes a new version; the old one stays. Your passages here ({0}) move along where "
                "their words are found for certain; the others wait to be placed and are never lost."
            ).format(passages)
        )
        self._before = text
        self.text = ExactTextEdit(text, self)
        self.text.setObjectName("correctText")
        self.text.setAccessibleName(self.tr("Text"))
        self.insert(self.text, 1)
        self.text.textChanged.connect(self.check)
        self.check()

    def corrected(self) -> str:
        """Return the text as it is to be."""
        return canonical_text(self.text.exact_text())

    def problem(self) -> str:
        """Return whether there is nothing to do yet."""
        if self.text.document().isEmpty():
            return self.tr("An article needs a text.")
        return "" if self.text.document().isModified() and self.corrected() != self._before else " "
