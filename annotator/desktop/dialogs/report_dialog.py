"""The outcome of a check, a verification or a merge: one sentence, and everything that was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.desktop.sentences import told_problem
from annotator.desktop.widgets.reading_order import OrderedDialog

if TYPE_CHECKING:
    from annotator.domain.errors import Problem


@dataclass(frozen=True, slots=True)
class Report:
    """What is told: ``verdict`` is one sentence; ``sections`` are titles with lines; ``good`` colours the verdict."""

    title: str
    verdict: str
    good: bool
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def text(self) -> str:
        """Return the sections as plain text."""
        parts = ["\n".join([title, *(f"    {line}" for line in lines)]) for title, lines in self.sections if lines]
        return "\n\n".join(parts)


class ReportDialog(OrderedDialog):
    """Shows a report; with ``action`` it asks whether to go on, and is ``accepted`` then."""

    def __init__(self, report: Report, *, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportDialog")
        self.setWindowTitle(report.title)
        self.setMinimumWidth(520)
        self.verdict = QLabel(report.verdict, self)
        self.verdict.setObjectName("reportVerdict")
        self.verdict.setProperty("role", "success" if report.good else "danger")
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.verdict)
        text = report.text()
        buttons = QDialogButtonBox(parent=self)
        if text:
            lines = QPlainTextEdit(text, self)
            lines.setObjectName("reportLines")
            lines.setAccessibleName(self.tr("Everything that was found"))
            lines.setReadOnly(True)
            layout.addWidget(lines, 1)
            self.resize(640, 480)
            copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{report.verdict}\n\n{text}"))
        if action:
            buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
            buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        else:
            buttons.addButton(QDialogButtonBox.StandardButton.Close)
        layout.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)


def lines_of(problems: Sequence[Problem]) -> tuple[str, ...]:
    """Return each problem as a line, in the user's language."""
    return tuple(map(told_problem, problems))
