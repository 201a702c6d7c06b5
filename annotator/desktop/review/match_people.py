"""Which of the people whom several members added are one: proposals to confirm, and the rest to be asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.desktop.dialogs.form import FormDialog, quiet_label
from annotator.desktop.widgets.choice_box import ChoiceBox
from annotator.domain.people import Person, PersonKind

if TYPE_CHECKING:
    from annotator.desktop.models.registers import Registers
    from annotator.domain.matching import PeopleGroup
    from annotator.services.matching import Asked, MatchProposal


class MatchPeopleDialog(FormDialog):
    """A box to tick for each group, ticked at first; for each of the rest a field to say who that is.

    Show it with ``open()``; after ``accepted`` :meth:`pairs` says who stands for whom.
    """

    def __init__(self, proposal: MatchProposal, registers: Registers, parent: QWidget | None = None) -> None:
        super().__init__("matchPeopleDialog", "", "", parent)
        self.setWindowTitle(self.tr("Match people"))
        self.accept_button.setText(self.tr("Make them one"))
        self.explain(
            self.tr(
                "Members added these people by themselves. Who is the same becomes one in everybody’s work;"
                " the figures compare matched people. One undo takes all of it back."
            )
        )
        self._registers = registers
        self._proposal = proposal
        self._groups: list[tuple[QCheckBox, PeopleGroup]] = []
        self._asked: list[tuple[ChoiceBox, Asked]] = []
        inside = QWidget(self)
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(4)
        self._add_groups(inside)
        self._add_asked(inside)
        self._rows.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("matchList")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.insert(area, 1)
        self.resize(640, 520)
        self.check()
        (self._groups[0][0] if self._groups else self._asked[0][0]).setFocus()

    def pairs(self) -> list[tuple[str, str]]:
        """Return (loser's id, winner's id) for everybody who becomes somebody else."""
        found = [pair for box, group in self._groups if box.isChecked() for pair in group.pairs]
        return found + [(asked.person.id, key) for box, asked in self._asked if (key := box.key()) is not None]

    def problem(self) -> str:
        """Return whether there is nobody to make one."""
        return "" if self.pairs() else " "

    def _add_groups(self, parent: QWidget) -> None:
        if self._proposal.groups:
            self._rows.addWidget(_heading(self.tr("The same by name"), parent))
        for group in self._proposal.groups:
            box = QCheckBox(_called(group.winner).replace("&", "&&"), parent)
            box.setObjectName("matchGroup")
            box.setChecked(True)
            box.toggled.connect(self.check)
            who = quiet_label(self._said(group), parent)
            who.setContentsMargins(28, 0, 0, 6)
            box.setAccessibleDescription(who.text())
            self._rows.addWidget(box)
            self._rows.addWidget(who)
            self._groups.append((box, group))

    def _add_asked(self, parent: QWidget) -> None:
        if not self._proposal.asked:
            return
        self._rows.addSpacing(8)
        self._rows.addWidget(_heading(self.tr("Is this somebody who is here already?"), parent))
        for asked in self._proposal.asked:
            name = self.tr("{0}, added by {1}").format(_called(asked.person), self._name(asked.added_by))
            likely = self.tr("Perhaps {0}?").format(asked.likely[0].person.name) if asked.likely else ""
            label = QLabel(" · ".join(filter(None, (name, likely))), parent)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            box = ChoiceBox(self.tr("Nobody else: stays as it is"), parent)
            box.setObjectName("matchAsked")
            box.setAccessibleName(self.tr("Who is {0}?").format(name))
            box.set_choices(self._choices(asked))
            box.key_changed.connect(self.check)
            label.setBuddy(box)
            self._rows.addWidget(label)
            self._rows.addWidget(box)
            self._rows.addSpacing(6)
            self._asked.append((box, asked))

    def _said(self, group: PeopleGroup) -> str:
        """Return who added whom of a group."""
        parts = []
        for person in group.people:
            by = self._proposal.added_by.get(person.id)
            who = self.tr("in the register") if by is None else self._name(by)
            parts.append(self.tr("“{0}” ({1})").format(person.name, who))
        return ", ".join(parts)

    def _choices(self, asked: Asked) -> Sequence[tuple[str, str]]:
        """Return who it may be: the likely ones first, then everybody else of the kind by name.

        An organisation never becomes one with a person; an unnamed source may be anybody.
        """
        likely = [match.person for match in asked.likely]
        known = {person.id for person in likely} | {asked.person.id}
        kind = asked.person.kind
        others = [
            person
            for person in self._registers.people_in_use()
            if person.id not in known and kind in (person.kind, PersonKind.UNNAMED)
        ]
        return [(person.id, self._told(person)) for person in (*likely, *sorted(others, key=lambda p: p.name))]

    def _told(self, person: Person) -> str:
        by = self._proposal.added_by.get(person.id)
        return _called(person) if by is None else self.tr("{0}, added by {1}").format(_called(person), self._name(by))

    def _name(self, analyst_id: str) -> str:
        analyst = self._registers.analysts.get(analyst_id)
        return analyst.name if analyst is not None else self.tr("somebody")


def _called(person: Person) -> str:
    """Return a person's name with the position and the other names."""
    return ", ".join(filter(None, (person.name, person.position, *_aliases(person))))


def _aliases(person: Person) -> Iterable[str]:
    return (f"“{alias.text}”" for alias in person.aliases[:2])


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "heading")
    return label
