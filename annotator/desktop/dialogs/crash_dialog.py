"""What is shown when something broke that we, not the user, have to mend."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.desktop import reports
from annotator.desktop.problems import Shown
from annotator.desktop.widgets.reading_order import OrderedDialog


class CrashDialog(OrderedDialog):
    """Says what happened and what is saved, and offers the report; the program goes on, or starts anew.

    ``saved``: one sentence about the work in the window.
    """

    restart_requested = Signal()

    def __init__(self, shown: Shown, saved: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setWindowTitle(self.tr("Something went wrong"))
        self.resize(640, 420)
        self._shown = shown
        heading = QLabel(shown.message, self)
        heading.setProperty("role", "heading")
        heading.setWordWrap(True)
        saved = saved or self.tr("What was shown as saved is saved.")
        advice = QLabel(" ".join(filter(None, (saved, shown.advice))), self)
        advice.setWordWrap(True)
        private = QLabel(
            self.tr("The report says where in the program it happened. It holds no text and no names."), self
        )
        private.setProperty("role", "muted")
        private.setWordWrap(True)
        self.details = QPlainTextEdit(shown.details, self)
        self.details.setObjectName("crashDetails")
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setReadOnly(True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        action = QDialogButtonBox.ButtonRole.ActionRole
        buttons.addButton(self.tr("Copy details"), action).clicked.connect(self._copy)
        if shown.report is not None:
            buttons.addButton(self.tr("Open the folder"), action).clicked.connect(self._open_folder)
        restart = buttons.addButton(self.tr("Restart Annotator"), action)
        restart.setObjectName("crashRestart")
        restart.clicked.connect(self._restart)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (heading, advice, private, self.details, buttons):
            layout.addWidget(widget)
        self.finished.connect(self.deleteLater)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._shown.details)
        self._take()

    def _open_folder(self) -> None:
        if self._shown.report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shown.report.parent)))
        self._take()

    def _take(self) -> None:
        """Somebody has the report now: the next start does not offer it again."""
        if self._shown.report is not None:
            reports.note_taken(self._shown.report)

    def _restart(self) -> None:
        self.restart_requested.emit()
        self.accept()
