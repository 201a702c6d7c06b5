"""What to export, for whom, and as what."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QVBoxLayout, QWidget

from annotator.desktop.dialogs.form import FormDialog, quiet_label
from annotator.desktop.export_words import label_of
from annotator.desktop.widgets.quiet_combo import RoomyComboBox
from annotator.formats.export_formats import EXPORTS, JSON, SHEETS, ExportFormat


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the dialog gives back. ``this_article`` and ``mine`` narrow it to the open article and the own layer."""

    format: ExportFormat
    client: bool
    no_text: bool
    with_journal: bool
    this_article: bool
    mine: bool


class ExportDialog(FormDialog):
    """Asks for format and contents; the file is asked for afterwards."""

    def __init__(
        self,
        *,
        article: str = "",
        listed: str = "",
        final: str = "",
        named: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """``article``: the title of the open one, or empty; ``named``: whether there is an own layer.

        ``listed``: it is to be a quote sheet of a list of passages, and this says whose they are. ``final``: it is to
        be the final version of the review session of this name.
        """
        super().__init__("exportDialog", "", "", parent)
        self.setWindowTitle(self.tr("Save as a quote sheet") if listed else self.tr("Export"))
        self.accept_button.setText(self.tr("Choose the file…"))
        self._formats = QButtonGroup(self)
        self.page.insertWidget(1, self._format_box(bool(listed)))
        self.scope: QComboBox | None = None
        self.layer: QComboBox | None = None
        if listed:
            self.fact("exportListed", self.tr("Passages"), self.tr("Those in the list: {0}").format(listed))
        elif final:
            self.fact("exportFinal", self.tr("Passages"), self.tr("The final version of “{0}”").format(final))
        else:
            self._ask_contents(article, named=named)
        self.client = self._option("exportClient", self.tr("For a client: no notes, no comments, no analysts’ names"))
        self.no_text = self._option("exportNoText", self.tr("Without the full texts: quotes with a little context"))
        self.journal = self._option("exportJournal", self.tr("With the journal: every earlier state, and originals"))
        self.insert(quiet_label(self.tr("An export is no backup: use “Back up…” in the File menu for that."), self))
        self.journal.setVisible(not final)
        self._formats.idToggled.connect(self._follow_format)
        self.client.toggled.connect(self._follow_format)
        self._follow_format()
        self._formats.button(self._formats.checkedId()).setFocus()

    def _ask_contents(self, article: str, *, named: bool) -> None:
        """Ask for the articles, and for whose passages."""
        self.scope = RoomyComboBox(self)
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scope.setMinimumContentsLength(30)
        self.scope.addItem(self.tr("The whole project"), "all")
        if article:
            self.scope.addItem(self.tr("Only “{0}”").format(article), "article")
        self.row("exportScope", self.tr("Articles"), self.scope)
        self.layer = RoomyComboBox(self)
        self.layer.addItem(self.tr("Everybody’s passages"), "all")
        if named:
            self.layer.addItem(self.tr("My passages"), "mine")
        self.row("exportLayer", self.tr("Passages"), self.layer)

    def choice(self) -> ExportChoice:
        """Return what was chosen."""
        json = self.format is JSON
        return ExportChoice(
            format=self.format,
            client=self.client.isChecked(),
            no_text=self.no_text.isChecked(),
            with_journal=json and self.journal.isEnabled() and self.journal.isChecked(),
            this_article=self.scope is not None and self.scope.currentData() == "article",
            mine=self.layer is not None and self.layer.currentData() == "mine",
        )

    @property
    def format(self) -> ExportFormat:
        """The format that is chosen."""
        return EXPORTS[self._formats.checkedId()]

    def _format_box(self, listed: bool) -> QWidget:
        offered = SHEETS if listed else EXPORTS
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for number, format_ in enumerate(EXPORTS):
            button = QRadioButton(label_of(format_), box)
            button.setObjectName(f"export.{format_.name}")
            button.setVisible(format_ in offered)
            self._formats.addButton(button, number)
            column.addWidget(button)
        self._formats.button(EXPORTS.index(offered[0])).setChecked(True)
        return box

    def _option(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(name)
        self.insert(box)
        return box

    def _follow_format(self) -> None:
        """A journal tells who did what: it is for JSON within the team only."""
        self.journal.setEnabled(self.format is JSON and not self.client.isChecked())
