"""What narrows a concordance down: a tag, a person, words, and only what is not decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from annotator.desktop.models.state import ProjectState
from annotator.desktop.widgets.choice_box import ChoiceBox
from annotator.desktop.widgets.line_edit import LineEdit
from annotator.domain.folding import fold
from annotator.services.under_review import ClusterUnderReview

TYPING_PAUSE = 250
"""Milliseconds after the last key before the list follows."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: somebody gave it the tag, or names the person; the words are in it; it is not decided."""

    tag_id: str | None = None
    person_id: str | None = None
    words: str = ""
    undecided: bool = False

    def fits(self, found: ClusterUnderReview) -> bool:
        """Whether a passage is asked for, by the version of any analyst."""
        sides = found.cluster.sides
        if self.undecided and found.decided:
            return False
        if self.tag_id is not None and not any(self.tag_id in side.tags for side in sides):
            return False
        if self.person_id is not None and not any(
            self.person_id == person for side in sides for _role, person in side.people
        ):
            return False
        words = fold(self.words).split()
        quotes = " ".join(fold(annotation.quote) for annotation in found.cluster.annotations)
        return all(word in quotes for word in words)


class ConcordanceFilters(QWidget):
    """The fields in a row; ``changed`` says that something else is asked for."""

    changed = Signal()

    def __init__(self, state: ProjectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.tag = self._box("concordanceTag", self.tr("Any tag"), self.tr("Tag"))
        self.person = self._box("concordancePerson", self.tr("Anybody"), self.tr("Person"))
        self.words = LineEdit(self)
        self.words.setObjectName("concordanceWords")
        self.words.setPlaceholderText(self.tr("Words in the passage"))
        self.words.setAccessibleName(self.tr("Words in the passage"))
        self.words.setClearButtonEnabled(True)
        self.undecided = QCheckBox(self.tr("Not decided only"), self)
        self.undecided.setObjectName("concordanceUndecided")
        self._clear = QPushButton(self.tr("Clear"), self)
        self._clear.setObjectName("concordanceClear")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for field, stretch in ((self.tag, 2), (self.person, 3), (self.words, 3), (self.undecided, 0), (self._clear, 0)):
            layout.addWidget(field, stretch)
        self.tag.key_changed.connect(self.changed)
        self.person.key_changed.connect(self.changed)
        self.undecided.toggled.connect(self.changed)
        self.words.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.changed)
        self._clear.clicked.connect(self._empty)

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        return Wanted(self.tag.key(), self.person.key(), self.words.text(), self.undecided.isChecked())

    def offer(self, clusters: Iterable[ClusterUnderReview]) -> None:
        """Offer the tags and people that some passage has."""
        sides = [side for found in clusters for side in found.cluster.sides]
        tags = {tag for side in sides for tag in side.tags}
        people = {person for side in sides for _role, person in side.people}
        self.tag.set_choices([(tag.id, tag.name) for tag in self._state.tags.values() if tag.id in tags])
        named = [(id_, person.name) for id_, person in self._state.people.items() if id_ in people]
        self.person.set_choices(sorted(named, key=lambda pair: fold(pair[1])))

    def _empty(self) -> None:
        self.blockSignals(True)
        self.tag.set_key(None)
        self.person.set_key(None)
        self.words.clear()
        self.undecided.setChecked(False)
        self.blockSignals(False)
        self._pause.stop()
        self.changed.emit()

    def _box(self, name: str, any_text: str, spoken: str) -> ChoiceBox:
        box = ChoiceBox(any_text, self)
        box.setObjectName(name)
        box.setAccessibleName(spoken)
        return box
