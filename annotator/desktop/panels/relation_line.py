"""The relation line: what the passage rebuts, supports, answers … The next letter or word finds the other passage."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from annotator.desktop.annotating.targets import Target, Targets, hint_letters, quoted
from annotator.desktop.annotating.writes import AnnotationWrites
from annotator.desktop.article_view import ArticleView
from annotator.desktop.models.state import ProjectState
from annotator.desktop.panels.line_strip import LineStrip
from annotator.desktop.widgets.choice_list import Choice
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.words import relation_text, stance_text
from annotator.domain.annotations import Stance
from annotator.domain.codebook import TagKind
from annotator.domain.ids import new_id
from annotator.domain.relations import RelationKind
from annotator.services.points import NewPoint, PointRef

_POINT = "point:"
_NEW_POINT = "new point"
_HERE, _ELSEWHERE, _POINTS = 5, 4, 3
_LEAST_ELSEWHERE = 2
"""Letters from which on the other articles are searched as well."""
STANCES = {TagKind.DENIAL: Stance.DENIES, TagKind.EVIDENCE: Stance.SUPPORTS}
"""What a passage of a kind does with a point; all others assert it."""


class RelationLine(LineStrip):
    """Links one passage to others and to points. Its line is the widget called ``relationLine``."""

    def __init__(
        self, state: ProjectState, view: ArticleView, writes: AnnotationWrites, parent: QWidget | None = None
    ) -> None:
        super().__init__("relationLine", self.tr("What does it answer or support?"), parent)
        self._state = state
        self._view = view
        self._writes = writes
        self._targets = Targets(state, self)
        self._labels: dict[str, str] = {}
        self._offered: dict[str, Target] = {}
        self._elsewhere: tuple[str, list[Target]] = ("", [])
        self._picked = ""
        self._kind = RelationKind.REBUTS
        self._turned = False
        self._buttons = QButtonGroup(self)
        self._buttons.setExclusive(False)  # none is checked while nothing is chosen
        self._sentence = ElidedLabel("", self)
        self._sentence.setObjectName("relationSentence")
        self.head.addLayout(self._kinds())
        self.head.addLayout(self._said())
        self.field.setPlaceholderText(
            self.tr("A passage’s letter, or words of it, its speaker or its tag; or click it")
        )
        self.field.textEdited.connect(self._typed)
        self.field.taken.connect(self._take)
        self.field.made.connect(self._make_point)
        self.field.installEventFilter(self)
        self.choices.chosen.connect(self._link)
        self.offer.setText(self.tr("Link"))
        self.offer.clicked.connect(self._take)
        self.choices.currentRowChanged.connect(self._propose)
        self.ended.connect(self._hide_letters)

    def open(self, annotation_id: str) -> None:
        """Open for a passage of the open article."""
        self._elsewhere, self._picked = ("", []), ""
        self.begin(annotation_id)
        self._show_letters()
        self._refresh()

    def letters(self) -> dict[str, str]:
        """Return which passage each letter stands for, empty while the line is closed."""
        return dict(self._labels)

    def _kinds(self) -> FlowLayout:
        row = FlowLayout(gap=4)
        for kind in RelationKind:
            button = QToolButton(self)
            button.setObjectName(f"relation.{kind}")
            button.setText(relation_text(kind, outgoing=True))
            button.setProperty("role", "choice")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._choose_kind, kind))
            self._buttons.addButton(button)
            row.addWidget(button)
        return row

    def _said(self) -> QHBoxLayout:
        """Return the row that says the relation in words, with the button that turns it round."""
        turn = self._turn_button = QToolButton(self)
        turn.setObjectName("relation.turn")
        turn.setText(self.tr("⇄ Turn round"))
        turn.setProperty("role", "choice")
        turn.setToolTip(self.tr("Let the other passage be the one that answers or supports (Ctrl+Right)"))
        turn.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        turn.clicked.connect(self._turn)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._sentence)
        row.addWidget(turn)
        row.addStretch(1)
        return row

    # what is offered ---------------------------------------------------------

    def _show_letters(self) -> None:
        visible = [id_ for id_ in self._view.visible_marks() if id_ != self.annotation_id]
        letters = hint_letters(visible)
        self._labels = {letter: id_ for id_, letter in letters.items()}
        self._view.set_hints(letters)

    def _hide_letters(self) -> None:
        self._labels = {}
        self._view.set_hints({})

    @property
    def picked(self) -> str:
        """The other passage, chosen by a click on it; empty while there is none."""
        return self._picked

    def pick(self, annotation_id: str) -> None:
        """Choose the other passage by a click on it in the text; Enter or the button links."""
        self.field.clear()
        self._picked = annotation_id
        self._refresh(typed_now=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._picked = ""
        self._refresh(typed_now=True)

    def _refresh(self, *, typed_now: bool = False) -> None:
        """Offer anew what fits the line as it stands; what is chosen stays so unless somebody types."""
        if not self.is_open:
            return
        typed = self.field.text().strip()
        picked = self._targets.of(self._picked)
        found = self._found(typed) if typed else [picked] if picked else []
        self._offered = {target.annotation_id: target for target in found}
        letters = {id_: letter for letter, id_ in self._labels.items()}
        choices = [self._choice(target, letters.get(target.annotation_id, "")) for target in found]
        if typed:
            choices += self._points(typed)
        certain = len(typed) != 1 or typed.lower() in self._labels  # other letters are in many words
        self.choices.set_choices(choices, keep=not typed_now, selecting=certain)
        self.offer.setVisible(bool(choices))
        self._propose()
        self.hint.setText(self._hint(bool(choices)))
        self.resized.emit()

    def _found(self, typed: str) -> list[Target]:
        """Return the passage whose letter is typed, then those that have the words, near ones first."""
        labelled = self._targets.of(self._labels.get(typed.lower(), ""))
        here = self._targets.here(typed, self.annotation_id, _HERE)
        if len(typed) >= _LEAST_ELSEWHERE and self._elsewhere[0] != typed:
            self._targets.elsewhere(typed, _ELSEWHERE, partial(self._take_elsewhere, typed))
        known = {target.annotation_id: target for target in ([labelled] if labelled else []) + here}
        if self._elsewhere[0] == typed:
            known.update((target.annotation_id, target) for target in self._elsewhere[1])
        return list(known.values())

    def _take_elsewhere(self, typed: str, found: list[Target]) -> None:
        if self.is_open and typed == self.field.text().strip():
            self._elsewhere = (typed, found)
            self._refresh()

    def _choice(self, target: Target, letter: str) -> Choice:
        linked = self._linked_as(target.annotation_id)
        said = " · ".join(part for part in (linked, target.speakers, target.tag, target.elsewhere) if part)
        return Choice(target.annotation_id, quoted(target.quote), said, target.colour, letter.upper())

    def _linked_as(self, target_id: str) -> str:
        """Say how a passage is linked to already, empty when it is not."""
        kinds = [r.kind for r in self._state.relations_of(self.annotation_id)[0] if r.target_id == target_id]
        words = ", ".join(relation_text(kind, outgoing=True) for kind in kinds)
        return self.tr("linked already: {0}").format(words) if words else ""

    def _points(self, typed: str) -> list[Choice]:
        words = typed.casefold().split()
        known = [p for p in self._state.points.values() if p.merged_into is None]
        fitting = [p for p in known if all(word in p.text.casefold() for word in words)][:_POINTS]
        stance = stance_text(self._stance())
        offers = [Choice(_POINT + p.id, p.text, self.tr("point · {0} it").format(stance)) for p in fitting]
        if len(typed) >= _LEAST_ELSEWHERE:
            offers.append(Choice(_NEW_POINT, typed, self.tr("Ctrl+Enter: new point · {0} it").format(stance)))
        return offers

    def _hint(self, offering: bool) -> str:
        if offering:
            return self.tr("Enter links · Ctrl+↑↓ kind · Ctrl+Enter new point")
        return self.tr("Enter or Esc ends")

    # the kind ----------------------------------------------------------------

    def _propose(self) -> None:
        """Propose a kind for the selected passage and say the relation in words."""
        target = self._selected_target()
        if target is not None:
            self._kind, self._turned = self._targets.propose(self.annotation_id, target)
        self._show_kind()

    def _show_kind(self) -> None:
        target = self._selected_target()
        for button in self._buttons.buttons():
            button.setEnabled(target is not None)
            button.setChecked(target is not None and button.objectName() == f"relation.{self._kind}")
        self._turn_button.setEnabled(target is not None)
        this = self._targets.of(self.annotation_id)
        if target is None or this is None:
            self._sentence.setText(self.tr("Link {0}").format(_named(this)) if this else "")
            return
        source, other = (target, this) if self._turned else (this, target)
        verb = relation_text(self._kind, outgoing=True)
        self._sentence.setText(f"{_named(source)}  {verb} →  {_named(other)}")

    def _choose_kind(self, kind: RelationKind) -> None:
        self._kind = kind
        self._show_kind()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        self._turned = not self._turned
        self._show_kind()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_kind(self, step: int) -> None:
        kinds = list(RelationKind)
        self._choose_kind(kinds[(kinds.index(self._kind) + step) % len(kinds)])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and an arrow key choose the kind and turn the relation round."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._selected_target():
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if control and step is not None:
                self._step_kind(step)
                return True
            if control and event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
                self._turn()
                return True
        return super().eventFilter(watched, event)

    # linking -----------------------------------------------------------------

    def _selected_target(self) -> Target | None:
        choice = self.choices.selected()
        return self._offered.get(choice.key) if choice is not None else None

    def _take(self) -> None:
        """Enter: link to what is selected; on the empty line, end."""
        choice = self.choices.selected()
        if choice is None and not self.field.text().strip():
            self.end()
        elif choice is None and self.choices.count():
            self.hint.setText(self.tr("No passage in view has this letter: ↓ chooses, or type more"))
        elif choice is None or choice.key == _NEW_POINT:
            self.hint.setText(self.tr("No such passage: Ctrl+Enter makes a point of these words"))
        else:
            self._link(choice.key)

    def _link(self, key: str) -> None:
        if key == _NEW_POINT:
            self._make_point()
        elif key.startswith(_POINT):
            self._add_point(key.removeprefix(_POINT))
        elif key in self._offered:
            self._add_relation(key)

    def _add_relation(self, other: str) -> None:
        source, target = (other, self.annotation_id) if self._turned else (self.annotation_id, other)
        relations, kind, id_ = self._state.project.relations, self._kind, new_id()
        self._state.jobs.write(lambda: relations.add(source, target, kind, id=id_))
        self._ready_for_next()

    def _make_point(self) -> None:
        """Ctrl+Enter: make a point of the words and say what the passage does with it."""
        words = " ".join(self.field.text().split())
        if words:
            self._add_point(NewPoint(text=words, id=new_id()))

    def _add_point(self, point: PointRef) -> None:
        annotation_id, stance = self.annotation_id, self._stance()
        add = self._state.project.annotations.add_point
        self._writes.change(annotation_id, lambda version: add(annotation_id, point, stance, expected=version))
        self._ready_for_next()

    def _ready_for_next(self) -> None:
        self.field.clear()
        self._picked = ""
        self._show_letters()
        self._refresh()
        self.hint.setText(self.tr("Linked. One more, or Enter to end"))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stance(self) -> Stance:
        mark = self._state.marks.get(self.annotation_id)
        kind = self._state.kind_of(mark.tag_id) if mark else TagKind.OTHER
        return STANCES.get(kind, Stance.ASSERTS)


def _named(target: Target) -> str:
    words = " ".join(target.quote.split())
    short = words if len(words) <= 32 else words[:31].rstrip() + "…"  # noqa: PLR2004  (code points that fit a line)
    return " · ".join(part for part in (target.speakers, target.tag) if part) + f" {quoted(short)}"
