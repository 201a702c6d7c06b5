"""What became of a decision: who changed it, when and how."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.desktop.panels.inspector_section import Section
from annotator.desktop.review.shown_card import moment
from annotator.desktop.sentences import told
from annotator.services.history import HistoryEntry

_SHOWN = 6
"""Changes that are listed, the newest first."""


class CardHistory(QWidget):
    """Lists the changes of a decision; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._section = Section(self.tr("History of the decision"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._section)
        self.hide()

    def show_history(self, entries: Sequence[HistoryEntry]) -> None:
        """Show what was done, the newest first."""
        self._section.clear()
        for entry in list(entries)[::-1][:_SHOWN]:
            words = (moment(entry.at), entry.analyst_name, told(entry.label) or self.tr("from a file"))
            line = QLabel(" · ".join(part for part in words if part), self)
            line.setObjectName("reviewHistoryLine")
            line.setWordWrap(True)
            line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            self._section.add(line)
        self.setVisible(bool(entries))
