"""The people line: who said it, and about whom. A proposal and Enter is all that most passages need."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLabel, QToolButton, QWidget

from annotator.desktop.annotating.named_people import NamedPeople
from annotator.desktop.explanations import explain
from annotator.desktop.panels.line_strip import LineStrip
from annotator.desktop.panels.person_chips import PersonChips
from annotator.desktop.widgets.choice_list import Choice
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.words import person_kind_text, role_text
from annotator.domain.annotations import Role
from annotator.domain.folding import fold
from annotator.domain.people import Person, PersonKind

PREFIXES = {"t": Role.TARGET, "a": Role.ABOUT, "r": Role.REPORTED_BY, "b": Role.ON_BEHALF_OF, "s": Role.SPEAKER}
OWN_VOICE = "-"
_NEW = "new:"
_MOST, _MOST_LISTED = 5, 100
_KINDS_OFFERED = (PersonKind.PERSON, PersonKind.ORGANISATION, PersonKind.UNNAMED)
_ARTICLES = frozenset({"a", "an", "one", "some", "the", "ein", "eine", "un", "une", "en", "et", "ett"})
_NOBODY_NAMED = frozenset(
    {"another", "several", "senior", "officials", "sources", "insiders", "aides", "allies", "critics"}
)
_ORGANISATIONS = frozenset(
    {"agency", "association", "bank", "board", "bureau", "campaign", "commission", "committee", "company", "council"}
    | {"court", "department", "foundation", "fund", "government", "group", "inc", "institute", "ltd", "ministry"}
    | {"office", "party", "plc", "police", "society", "times", "trust", "union", "university"}
)
"""Words that tell an organisation's name; only a likely kind, the next rows offer the others."""


class PeopleLine(LineStrip):
    """Names the people of one passage. Its line is the widget called ``peopleLine``."""

    def __init__(self, people: NamedPeople, parent: QWidget | None = None) -> None:
        super().__init__("peopleLine", self.tr("Who said it?"), parent)
        self._people = people
        self._role = Role.SPEAKER
        self._proposal: Person | None = None
        self._candidate = ""
        self._pristine = True
        self._first = False
        self._listing = False
        """Whether everybody is listed while nothing is typed: for the mouse."""
        self._asked = False
        """Whether Enter has been pressed on a grey name that is nobody's yet."""
        self.rule = QLabel(self)
        self.rule.setObjectName("tagRule")
        self.rule.setWordWrap(True)
        self.rule.hide()
        self.first_step = QLabel(self)
        self.first_step.setObjectName("firstStep")
        self.first_step.setProperty("role", "heading")
        self.first_step.setWordWrap(True)
        self.first_step.hide()
        self.chips = PersonChips(people, self)
        self._buttons = QButtonGroup(self)
        self.head.addWidget(self.first_step)
        self.head.addWidget(self.rule)
        self.head.addWidget(self.chips)  # over the roles: those stay where the pointer is when somebody is named
        self.head.addLayout(self._roles())
        self.field.textEdited.connect(self._typed)
        self.field.taken.connect(self._take)
        self.field.made.connect(self._make)
        self.field.erased.connect(self._take_back)
        self.field.pressed.connect(self._list_all)
        self.choices.chosen.connect(self._take_key)
        self.chips.emptied.connect(self.field.setFocus)
        self.offer.clicked.connect(self._take_offer)
        people.changed.connect(self._refresh)

    def open(self, annotation_id: str, *, rule: str = "", first: bool = False, proposing: bool = True) -> None:
        """Open for a passage.

        ``rule``: the tag's decision rule (rich text); ``first``: say what to type next; ``proposing``: propose a
        speaker while there is none.
        """
        self._pristine = proposing
        self._people.open(annotation_id)
        self.rule.setText(rule)
        self.rule.setVisible(bool(rule))
        self._first, self._listing, self._asked = first, False, False
        self._set_role(Role.SPEAKER)
        self.begin(annotation_id)
        self._refresh()

    def _roles(self) -> FlowLayout:
        row = FlowLayout(gap=4)
        letters = {role: letter for letter, role in PREFIXES.items()}
        for role in Role:
            button = QToolButton(self)
            button.setObjectName(f"role.{role}")
            button.setText(role_text(role))
            button.setToolTip(self.tr("Type {0}: before the name").format(letters[role]))
            button.setProperty("role", "choice")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._choose_role, role))
            self._buttons.addButton(button)
            row.addWidget(button)
        voice = QToolButton(self)
        voice.setObjectName("role.own_voice")
        voice.setText(self.tr("Reporter’s own voice"))
        voice.setProperty("role", "choice")
        voice.setToolTip(self.tr("Type - and Enter"))
        voice.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        voice.clicked.connect(self._take_own_voice)
        row.addWidget(voice)
        return row

    # what is offered ---------------------------------------------------------

    def _refresh(self, *, typed_now: bool = False) -> None:
        """Offer anew what fits the line as it stands; what is chosen stays so unless somebody types."""
        if not self.is_open:
            return
        typed = self.field.text().strip()
        wants = self._pristine and not typed and not self._people.has(Role.SPEAKER) and not self._people.own_voice
        likely = self._people.proposal() if wants else ""
        self._proposal = likely if isinstance(likely, Person) else None
        self._candidate = likely if isinstance(likely, str) else ""
        self.field.setPlaceholderText(self._placeholder())
        self._show_offer()
        if typed or not self._listing:
            self.choices.set_choices(self._offers(typed) if typed and typed != OWN_VOICE else [], keep=not typed_now)
        else:
            self._show_all()
        self.hint.setText(self._hint(typed))
        self.first_step.setVisible(self._first)
        self.first_step.setText(self._first_hint() if self._first else "")
        self.resized.emit()

    def _show_all(self) -> None:
        """List everybody who can be named, those that are named near the passage first; Enter takes none unseen."""
        near = {mention.person_id for mention in self._people.named_near()}
        people = sorted(self._people.in_use(), key=lambda one: (one.id not in near, fold(one.name)))[:_MOST_LISTED]
        choices = [Choice(person.id, person.name, person.position) for person in people]
        self.choices.set_choices(choices, keep=True, selecting=False)

    def _list_all(self) -> None:
        """The line was clicked: show who can be taken by another click."""
        self._listing = True
        self._refresh()

    def _show_offer(self) -> None:
        """Put what is proposed on a button as well, for the mouse."""
        name = self._proposal.name if self._proposal is not None else self._candidate
        known = self._proposal is not None
        self.offer.setText(self.tr("Take {0}").format(name) if known else self.tr("Add {0}").format(name))
        self.offer.setVisible(bool(name))

    def _take_offer(self) -> None:
        if self._proposal is not None:
            self._add(self._proposal)
        elif self._candidate:
            self._make()

    def _placeholder(self) -> str:
        if self._proposal is not None:
            return self._proposal.name
        if self._candidate:
            return self.tr("{0}   (Ctrl+Enter: new person)").format(self._candidate)
        return self.tr("{0}: type a name").format(role_text(self._role))

    def _hint(self, typed: str) -> str:
        if typed == OWN_VOICE:
            return self.tr("Enter: the reporter’s own voice")
        if typed:
            return self.tr("Enter takes · ↑↓ choose · Ctrl+Enter new")
        if self._proposal is not None:
            return self.tr("Enter takes · Esc ends")
        return self.tr("Enter or Esc ends")

    def _first_hint(self) -> str:
        """At the first tag of all: what to type next."""
        if self._proposal is not None:
            return self.tr(
                "Your first passage. Now say who said it: Enter takes the grey name, or type another. Esc when done."
            )
        if self._candidate:
            return self.tr(
                "Your first passage. Now say who said it: Ctrl+Enter makes the grey name a new person. Esc when done."
            )
        return self.tr("Your first passage. Now say who said it: type a name and press Ctrl+Enter. Esc when done.")

    def _offers(self, typed: str) -> list[Choice]:
        """Return who fits what is typed, then whom Ctrl+Enter would make."""
        offers = [
            Choice(match.person.id, match.person.name, self._detail(match.person, match.text))
            for match in self._people.matches(typed, _MOST)
        ]
        name = self._new_name(typed)
        likely = kind_of_new(name)
        kinds = [likely] if offers else [likely, *(kind for kind in _KINDS_OFFERED if kind is not likely)]
        what = self.tr("Ctrl+Enter: new {0}")
        return offers + [
            Choice(f"{_NEW}{kind}:{name}", name, what.format(person_kind_text(kind).lower())) for kind in kinds
        ]

    def _detail(self, person: Person, matched: str) -> str:
        alias = matched if matched != person.name else ""
        return " · ".join(part for part in (alias, person.position) if part)

    def _new_name(self, typed: str) -> str:
        """Return what is typed, or, typed small, the name near that has it: "balls" is the "Ed Balls" of the text."""
        folded = fold(typed)
        if not typed.islower():
            return typed
        return next((name for name in self._people.new_names_near() if f" {folded}" in f" {fold(name)}"), typed)

    # keys --------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self._pristine = False
        prefix, colon, rest = text.partition(":")
        role = PREFIXES.get(prefix.strip().lower()) if colon else None
        if role is not None:
            self._set_role(role)
            self.field.setText(rest.lstrip())
        self._refresh(typed_now=True)

    def _take(self) -> None:
        """Enter: the reporter's voice, the selected person, the proposal, or the end of the line.

        A grey name that is nobody's yet looks like a proposal, and Enter makes no person: the first one says so.
        """
        typed = self.field.text().strip()
        if typed == OWN_VOICE:
            self._take_own_voice()
        elif typed:
            choice = self.choices.selected()
            if choice is not None and not choice.key.startswith(_NEW):
                self._take_key(choice.key)
            else:
                self.hint.setText(self.tr("Nobody of that name yet: Ctrl+Enter makes a new entry"))
        elif self._listing and (choice := self.choices.selected()) is not None:
            self._take_key(choice.key)
        elif self._proposal is not None:
            self._add(self._proposal)
        elif self._candidate and not self._asked:
            self._asked = True
            self.hint.setText(
                self.tr("Not in the register: Ctrl+Enter adds {0} · Enter: nobody").format(self._candidate)
            )
        else:
            self.end()

    def _make(self) -> None:
        """Ctrl+Enter: a new person of the name that is typed, else who is proposed, new or not."""
        typed = self.field.text().strip()
        choice = self.choices.selected()
        if typed == OWN_VOICE:
            return
        if not typed and self._proposal is not None:  # the name is there: whoever has it is linked, as with a typed one
            self._add(self._proposal)
            return
        if choice is not None and choice.key.startswith(_NEW):
            self._take_key(choice.key)
            return
        name = self._new_name(typed) if typed else self._candidate
        if name:
            self._people.add_new(name, kind_of_new(name), self._role)
            self._ready_for_next()

    def _take_key(self, key: str) -> None:
        if key.startswith(_NEW):
            kind, _, name = key.removeprefix(_NEW).partition(":")
            self._people.add_new(name, PersonKind(kind), self._role)
            self._ready_for_next()
            return
        person = self._people.person(key)
        if person is not None:
            self._add(person)

    def _add(self, person: Person) -> None:
        self._people.add(person, self._role)
        self._ready_for_next()

    def _take_own_voice(self) -> None:
        self._people.take_own_voice()
        self._ready_for_next()

    def _take_back(self) -> None:
        """Backspace in the empty line: take out who was named last."""
        self._pristine = False
        if self._people.entries:
            self._people.remove(self._people.entries[-1])
        elif self._role is not Role.SPEAKER:
            self._set_role(Role.SPEAKER)
        self._refresh()

    def _ready_for_next(self) -> None:
        self._pristine = self._first = self._listing = False
        self.field.clear()
        self._set_role(Role.SPEAKER)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh()

    def _choose_role(self, role: Role) -> None:
        self._pristine = self._pristine and role is Role.SPEAKER
        self._listing = True
        self._set_role(role)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh()

    def _set_role(self, role: Role) -> None:
        self._role = role
        explain(self, f"role.{role}")
        for button in self._buttons.buttons():
            button.setChecked(button.objectName() == f"role.{role}")


def _of_nobody_named(name: str) -> bool:
    """Whether it is "a spokesman for Ms Quist": small until it says whose; "the Ferry Board" is not."""
    head = name.partition(" for ")[0].partition(" of ")[0].partition(" to ")[0]
    return head != name and head.islower()


def kind_of_new(name: str) -> PersonKind:
    """Return what a new entry most likely is: "a spokesman" is an unnamed source, "Ferry Board" an organisation."""
    words = fold(name).split()
    if words and words[0] in _ARTICLES | _NOBODY_NAMED and (name.islower() or _of_nobody_named(name)):
        return PersonKind.UNNAMED
    return PersonKind.ORGANISATION if _ORGANISATIONS.intersection(words) else PersonKind.PERSON
