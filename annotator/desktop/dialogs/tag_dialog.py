"""The dialog in which a tag of the codebook is made or edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QComboBox, QPushButton, QWidget
from typing_extensions import override

from annotator.desktop.dialogs.form import FormDialog
from annotator.desktop.widgets.icons import chip_icon
from annotator.desktop.widgets.note_edit import NoteEdit
from annotator.desktop.widgets.quiet_combo import RoomyComboBox
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
    """Return a square of exactly ``colour`` (``#rrggbb``), as it was chosen, whatever the theme makes of it."""
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
        dialog.setWindowTitle(self.tr("Colour of the tag"))
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog, on=True)
        for place, colour in enumerate(COLOURS):
            QColorDialog.setCustomColor(place, QColor(colour))
        dialog.colorSelected.connect(lambda chosen: self.set_colour(chosen.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class TagDialog(FormDialog):
    """Edits one tag. Show it with ``open()``; after ``accepted`` read :meth:`fields`."""

    def __init__(self, tag: Tag | None, codebook: Sequence[Tag], parent: QWidget | None = None) -> None:
        super().__init__("tagDialog", "", "", parent)
        self.setWindowTitle(self.tr("Edit tag") if tag else self.tr("New tag"))
        self.accept_button.setText(self.tr("Save"))
        self._tag = shown = tag or Tag(id="")
        self._codebook = tuple(codebook)
        self._name = self.line("tagName", self.tr("Name"), shown.name)
        self._kind = RoomyComboBox(self)
        for kind in TagKind:
            self._kind.addItem(tag_kind_text(kind), kind)
        self._kind.setCurrentIndex(self._kind.findData(shown.kind))
        self.row("tagKind", self.tr("Kind"), self._kind)
        self._parent_tag = self._parent_box()
        self.row("tagParent", self.tr("Under"), self._parent_tag)
        self._colour = ColourButton(self)
        self._colour.setAutoDefault(False)
        self._colour.set_colour(shown.colour or self._free_colour())
        self.row("tagColour", self.tr("Colour"), self._colour)
        self._key = self.line("tagKey", self.tr("Key"), shown.key, hint=self.tr("One letter, or empty"))
        self._key.setMaxLength(1)
        self._description = self._note("tagDescription", self.tr("Description"), shown.description)
        self._rule = self._note("tagRule", self.tr("Decision rule"), shown.decision_rule, lines=3)
        yes, no = (_shown(shown.examples, fits=fits) for fits in (True, False))
        self._fits = self._note("tagExamplesYes", self.tr("Fits, for example"), yes)
        self._fits_not = self._note("tagExamplesNo", self.tr("Does not fit"), no)
        self.check()
        self._name.setFocus()

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

    @override
    def problem(self) -> str:
        """Return what is wrong with the name or the key."""
        if not self._name.text().strip():
            return self.tr("A name is needed.")
        key = self._key.text().strip().upper()
        if not key:
            return ""
        if not ("A" <= key <= "Z") or key in RESERVED_KEYS:
            letters = " ".join(sorted(RESERVED_KEYS))
            return self.tr("The key is one letter, and not one that the article view uses itself: {0}").format(letters)
        for other in self._codebook:
            if other.key == key and other.id != self._tag.id and not other.retired:
                return self.tr("{0} is the key of “{1}” already.").format(key, other.name)
        return ""

    def _note(self, name: str, label: str, text: str, *, lines: int = 2) -> NoteEdit:
        field = NoteEdit(self, lines=lines)
        field.set_text(text)
        self.row(name, label, field)
        return field

    def _parent_box(self) -> QComboBox:
        box = RoomyComboBox(self)
        box.addItem(self.tr("None (top level)"), None)
        below = _with_descendants(self._tag.id, self._codebook)
        for entry in self._codebook:
            if entry.id not in below and not entry.retired:
                box.addItem(chip_icon(entry.colour), entry.name, entry.id)
        box.setCurrentIndex(max(0, box.findData(self._tag.parent_id)))
        return box

    def _free_colour(self) -> str:
        used = {tag.colour for tag in self._codebook}
        return next((colour for colour in COLOURS if colour not in used), COLOURS[-1])


def _shown(examples: Sequence[Example], *, fits: bool) -> str:
    return "\n".join(example.text for example in examples if example.fits is fits)


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
