"""The inspector's fields: the tag, how it was said, when and where, unsure, and the note."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from annotator.desktop.annotating.commands import Annotating
from annotator.desktop.annotating.writes import AnnotationWrites
from annotator.desktop.explanations import explain
from annotator.desktop.models.state import ProjectState
from annotator.desktop.panels.inspector_section import Section
from annotator.desktop.widgets.icons import chip_icon
from annotator.desktop.widgets.quiet_combo import QuietComboBox
from annotator.desktop.widgets.saving_field import Saver, SavingLineEdit, SavingNoteEdit
from annotator.desktop.words import attribution_text
from annotator.domain.annotations import Annotation, Attribution
from annotator.domain.dates import is_partial_date
from annotator.services.passage import DERIVED


class InspectorFields(QWidget):
    """Edits the plain fields of the current passage; what is typed is written under the passage it was typed for."""

    saving_changed = Signal(bool)
    """Something typed is waiting to be written."""

    def __init__(
        self, state: ProjectState, annotating: Annotating, writes: AnnotationWrites, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._annotating = annotating
        self._writes = writes
        self._shown: Annotation | None = None
        self.tag = self._combo("inspectorTag")
        self.attribution = self._combo("inspectorAttribution")
        self.attribution.setToolTip(self.tr("Automatic: by the quotation marks, until another is chosen"))
        self.unsure = QCheckBox(self.tr("Unsure"), self)
        self.unsure.setObjectName("inspectorUnsure")
        self.stated_on = SavingLineEdit(self)
        self.stated_on.setObjectName("inspectorStatedOn")
        self.stated_on.setPlaceholderText(self.tr("2024, 2024-10 or 2024-10-24"))
        self.occasion = SavingLineEdit(self)
        self.occasion.setObjectName("inspectorOccasion")
        self.occasion.setPlaceholderText(self.tr("a podcast, a debate, a post"))
        self.note = SavingNoteEdit(self, lines=4)
        self.note.setObjectName("inspectorNote")
        self._date_problem = QLabel(self.tr("Not a date: write 2024, 2024-10 or 2024-10-24"), self)
        self._date_problem.setWordWrap(True)
        self._date_problem.hide()
        self.top = QVBoxLayout()
        self._lay_out()
        self._connect()

    def tell_unsure_key(self, key: str) -> None:
        """Say on the box which key does the same."""
        self.unsure.setToolTip(self.tr("Listed under “To finish” until it is taken off ({0})").format(key))

    def show_annotation(self, annotation: Annotation, *, editable: bool) -> None:
        """Show a passage; fields that wait to be saved for the one before are saved first."""
        if self._shown is not None and self._shown.id != annotation.id:
            self.flush()
        self._shown = annotation
        for widget in (self.tag, self.attribution, self.unsure, self.stated_on, self.occasion, self.note):
            widget.setEnabled(editable)
        self._fill_tags(annotation)
        self._fill_attributions(annotation)
        self.unsure.setChecked(annotation.unsure)
        self.stated_on.show_text(annotation.stated_on)
        self.occasion.show_text(annotation.occasion)
        self.note.show_text(annotation.note)
        self._date_problem.hide()

    def flush(self) -> None:
        """Save what is waiting, and end the stay in the field."""
        for saver in self._savers():
            saver.leave()

    def waiting(self) -> bool:
        """Whether something typed is not written yet."""
        return any(saver.waiting for saver in self._savers())

    def _savers(self) -> tuple[Saver, ...]:
        return self.stated_on.saver, self.occasion.saver, self.note.saver

    def _combo(self, name: str) -> QuietComboBox:
        combo = QuietComboBox(self)
        combo.setObjectName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(8)
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return combo

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(_labelled(self.tr("Tag"), self.tag))
        layout.addWidget(_labelled(self.tr("How it was said"), self.attribution))
        layout.addLayout(self.top)
        layout.addWidget(_labelled(self.tr("Note"), self.note))
        layout.addWidget(self.unsure)
        when = _labelled(self.tr("Stated on"), self.stated_on)
        when.add(self._date_problem)
        layout.addWidget(when)
        layout.addWidget(_labelled(self.tr("Occasion"), self.occasion))

    def _connect(self) -> None:
        self.tag.activated.connect(self._set_tag)
        self.attribution.activated.connect(self._set_attribution)
        self.unsure.clicked.connect(self._set_unsure)
        self.stated_on.saver.saved.connect(self._save_date)
        self.occasion.saver.saved.connect(partial(self._save, "occasion", self.occasion.saver))
        self.note.saver.saved.connect(partial(self._save, "note", self.note.saver))
        for saver in self._savers():
            saver.waiting_changed.connect(self._tell_waiting)

    def _tell_waiting(self) -> None:
        self.saving_changed.emit(self.waiting())

    def _save(self, field: str, saver: Saver, text: str) -> None:
        if self._shown is not None and getattr(self._shown, field) != text:
            self._writes.edit(self._shown.id, stay=saver.stay, **{field: text})

    def _save_date(self, text: str) -> None:
        date = text.strip()
        wrong = bool(date) and not is_partial_date(date)
        self._date_problem.setVisible(wrong)
        if not wrong:
            self._save("stated_on", self.stated_on.saver, date)

    def _fill_tags(self, annotation: Annotation) -> None:
        tag = self._state.tag(annotation.tag_id)
        tags = self._state.tags_in_use()
        if tag is not None and tag not in tags:
            tags.append(tag)
        self.tag.clear()
        for known in tags:
            self.tag.addItem(chip_icon(known.colour), known.name, known.id)
        self.tag.setCurrentIndex(self.tag.findData(tag.id if tag else None))

    def _fill_attributions(self, annotation: Annotation) -> None:
        derived = attribution_text(annotation.attribution)
        explain(self.attribution, f"attribution.{annotation.attribution}")
        self.attribution.clear()
        if annotation.attribution_set:
            self.attribution.addItem(self.tr("Automatic"), DERIVED)
        else:
            self.attribution.addItem(self.tr("{0} (automatic)").format(derived), DERIVED)
        self.attribution.setItemData(0, self.tr("By the quotation marks"), Qt.ItemDataRole.ToolTipRole)
        for attribution in Attribution:
            self.attribution.addItem(attribution_text(attribution), str(attribution))
        shown = str(annotation.attribution) if annotation.attribution_set else DERIVED
        self.attribution.setCurrentIndex(self.attribution.findData(shown))

    def _set_tag(self, row: int) -> None:
        if self._shown is not None:
            self._annotating.change_tag(self._shown.id, str(self.tag.itemData(row)))

    def _set_attribution(self, row: int) -> None:
        if self._shown is not None:
            self._writes.edit(self._shown.id, attribution=str(self.attribution.itemData(row)))

    def _set_unsure(self, unsure: bool) -> None:
        if self._shown is not None:
            self._writes.edit(self._shown.id, unsure=unsure)


def _labelled(caption: str, field: QWidget) -> Section:
    section = Section(caption)
    section.add(field)
    section.label_for(field)
    return section
