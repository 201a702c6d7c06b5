"""The dialog in which a tag of the codebook is made or edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.widgets.note_edit import NoteEdit
from annotator.desktop.words import tag_kind_text
from annotator.domain.codebook import RESERVED_KEYS, Example, Tag, TagKind

COLOURS = ("#2f6fd0", "#c8452b", "#2c8a57", "#8a4fbf", "#b06a00", "#0f7f8c", "#b0307e", "#6b6f1d", "#555f6d")
"""Colours offered for new tags, told apart with colour-blind eyes as well as nine can be."""


@dataclass(frozen=True, slots=True)
class TagFields:
    """What the dialog gives back: the fields of a tag that a user edits."""

    kind: TagKind
    name: str
    colour: str
    key: str
    parent_id: str | None
    description: str
    decision_rule: str
    examples: tuple[Example, ...]


def colour_icon(colour: str, size: int = 16) -> QIcon:
    """Return a square chip of ``colour`` (``#rrggbb``)."""
    chip = QPixmap(size, size)
    chip.fill(QColor(colour))
    return QIcon(chip)


class ColourButton(QPushButton):
    """Shows a colour and opens the colour dialog to change it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagColour")
        self.colour = ""
        self.clicked.connect(self._choose)

    def set_colour(self, colour: str) -> None:
        """Show ``colour`` (``#rrggbb``)."""
        self.colour = colour
        self.setIcon(colour_icon(colour))
        self.setText(colour)
        self.setAccessibleName(self.tr("Colour {0}").format(colour))

    def _choose(self) -> None:
        dialog = QColorDialog(QColor(self.colour), self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog, on=True)
        for place, colour in enumerate(COLOURS):
            QColorDialog.setCustomColor(place, QColor(colour))
        dialog.colorSelected.connect(lambda chosen: self.set_colour(chosen.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class TagDialog(QDialog):
    """Edits one tag. Show it with ``open()``; after ``accepted`` read :meth:`fields`."""

    def __init__(self, tag: Tag | None, codebook: Sequence[Tag], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagDialog")
        self.setWindowTitle(self.tr("Edit tag") if tag else self.tr("New tag"))
        self.setMinimumWidth(480)
        self._tag = tag
        self._codebook = tuple(codebook)
        self._name = QLineEdit(self)
        self._name.setObjectName("tagName")
        self._kind = QComboBox(self)
        self._kind.setObjectName("tagKind")
        for kind in TagKind:
            self._kind.addItem(tag_kind_text(kind), kind)
        self._parent_tag = self._parent_box()
        self._colour = ColourButton(self)
        self._key = QLineEdit(self)
        self._key.setObjectName("tagKey")
        self._key.setMaxLength(1)
        self._key.setPlaceholderText(self.tr("One letter, or empty"))
        self._description = NoteEdit(self, lines=2)
        self._description.setObjectName("tagDescription")
        self._rule = NoteEdit(self, lines=3)
        self._rule.setObjectName("tagRule")
        self._fits = NoteEdit(self, lines=2)
        self._fits.setObjectName("tagExamplesYes")
        self._fits_not = NoteEdit(self, lines=2)
        self._fits_not.setObjectName("tagExamplesNo")
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._build()
        self._show(tag or Tag(id="", colour=self._free_colour()))

    def fields(self) -> TagFields:
        """Return what the user entered; examples are one a line."""
        yes = [Example(text=line) for line in _lines(self._fits.text())]
        no = [Example(text=line, fits=False) for line in _lines(self._fits_not.text())]
        return TagFields(
            kind=TagKind(self._kind.currentData()),
            name=self._name.text().strip(),
            colour=self._colour.colour,
            key=self._key.text().strip().upper(),
            parent_id=self._parent_tag.currentData(),
            description=self._description.text().strip(),
            decision_rule=self._rule.text().strip(),
            examples=(*yes, *no),
        )

    def _parent_box(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("tagParent")
        box.addItem(self.tr("None (top level)"), None)
        below = _with_descendants(self._tag.id, self._codebook) if self._tag else frozenset()
        for entry in self._codebook:
            if entry.id not in below and not entry.retired:
                box.addItem(colour_icon(entry.colour), entry.name, entry.id)
        return box

    def _free_colour(self) -> str:
        used = {tag.colour for tag in self._codebook}
        return next((colour for colour in COLOURS if colour not in used), COLOURS[-1])

    def _build(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setSpacing(8)
        for label, field in (
            (self.tr("&Name"), self._name),
            (self.tr("&Kind"), self._kind),
            (self.tr("&Under"), self._parent_tag),
            (self.tr("&Colour"), self._colour),
            (self.tr("Ke&y"), self._key),
            (self.tr("&Description"), self._description),
            (self.tr("Decision &rule"), self._rule),
            (self.tr("&Fits, for example"), self._fits),
            (self.tr("Does no&t fit"), self._fits_not),
        ):
            form.addRow(label, field)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel,
            Qt.Orientation.Horizontal,
            self,
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._save = buttons.button(QDialogButtonBox.StandardButton.Save)
        self._name.textChanged.connect(self._check)
        self._key.textChanged.connect(self._check)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._hint)
        layout.addWidget(buttons)

    def _show(self, tag: Tag) -> None:
        self._name.setText(tag.name)
        self._kind.setCurrentIndex(self._kind.findData(tag.kind))
        self._parent_tag.setCurrentIndex(max(0, self._parent_tag.findData(tag.parent_id)))
        self._colour.set_colour(tag.colour or self._free_colour())
        self._key.setText(tag.key)
        self._description.set_text(tag.description)
        self._rule.set_text(tag.decision_rule)
        self._fits.set_text("\n".join(e.text for e in tag.examples if e.fits))
        self._fits_not.set_text("\n".join(e.text for e in tag.examples if not e.fits))
        self._check()

    def _check(self) -> None:
        problem = self._problem()
        self._save.setEnabled(not problem)
        self._hint.setText(problem)

    def _problem(self) -> str:
        if not self._name.text().strip():
            return self.tr("A name is needed.")
        key = self._key.text().strip().upper()
        if not key:
            return ""
        if not ("A" <= key <= "Z") or key in RESERVED_KEYS:
            letters = " ".join(sorted(RESERVED_KEYS))
            return self.tr("The key is one letter, and not one that the article view uses itself: {0}").format(letters)
        for other in self._codebook:
            itself = self._tag is not None and other.id == self._tag.id
            if other.key == key and not itself and not other.retired:
                return self.tr("{0} is the key of “{1}” already.").format(key, other.name)
        return ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _with_descendants(tag_id: str, codebook: Sequence[Tag]) -> frozenset[str]:
    found = {tag_id}
    grown = True
    while grown:
        more = {tag.id for tag in codebook if tag.parent_id in found} - found
        grown = bool(more)
        found |= more
    return frozenset(found)
