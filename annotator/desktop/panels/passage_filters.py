"""The fields that narrow a list of passages down."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from annotator.desktop.models.state import ProjectState
from annotator.desktop.widgets.choice_box import ChoiceBox
from annotator.desktop.widgets.line_edit import LineEdit
from annotator.desktop.words import role_text
from annotator.domain.annotations import Role
from annotator.domain.dates import is_partial_date
from annotator.domain.folding import fold
from annotator.domain.passages import PassageFilter

TYPING_PAUSE = 250
"""Milliseconds after the last key in a text field before the list follows."""


class PassageFilters(QWidget):
    """Person, role, tag, article, layer, dates, words, and two switches. ``changed`` says that they differ."""

    changed = Signal()

    def __init__(self, state: ProjectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._stale = True
        self._person = self._box("passagesPerson", self.tr("Anybody"), self.tr("Person"))
        self._role = self._box("passagesRole", self.tr("Any role"), self.tr("Role"))
        self._role.set_choices([(role.value, role_text(role)) for role in Role])
        self._tag = self._box("passagesTag", self.tr("Any tag"), self.tr("Tag"))
        self._article = self._box("passagesArticle", self.tr("All articles"), self.tr("Article"))
        self._layer = self._box("passagesLayer", self.tr("My work"), self.tr("Whose work"))
        self._words = self._field("searchField.passages", self.tr("Words in the passage"))
        self._from = self._field("passagesFrom", self.tr("From, e.g. 2026-03"))
        self._to = self._field("passagesTo", self.tr("To"))
        self._members = self._switch("passagesMembers", self.tr("With spokesmen and members"))
        self._grouped = self._switch("passagesGrouped", self.tr("Group repeats"))
        self._grouped.setChecked(True)
        self._unfinished = self._switch("passagesToFinish", self.tr("To finish only"))
        self._clear = QPushButton(self.tr("Clear"), self)
        self._clear.setObjectName("passagesClear")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._build()
        self._connect()
        self._refill()

    def wanted(self) -> PassageFilter:
        """Return what is asked for. Without a chosen layer it is the own one, and everybody's when nobody is named."""
        role = self._role.key()
        return PassageFilter(
            person_id=self._person.key(),
            roles=frozenset({Role(role)} if role else ()),
            with_members=self._members.isChecked(),
            tag_id=self._tag.key(),
            article_id=self._article.key(),
            date_from=_date(self._from),
            date_to=_date(self._to),
            layer=self._layer.key() or self._own_layer(),
            text=self._words.text(),
            to_finish=self._unfinished.isChecked(),
        )

    @property
    def grouped(self) -> bool:
        """Whether repeats are shown under the first of them."""
        return self._grouped.isChecked()

    def show_filter(self, wanted: PassageFilter) -> None:
        """Set the fields; ``changed`` follows once."""
        self._refill()
        self.blockSignals(True)
        self._person.set_key(wanted.person_id)
        self._role.set_key(next(iter(wanted.roles)).value if len(wanted.roles) == 1 else None)
        self._members.setChecked(wanted.with_members)
        self._tag.set_key(wanted.tag_id)
        self._article.set_key(wanted.article_id)
        self._layer.set_key(None if wanted.layer == self._own_layer() else wanted.layer)
        self._from.setText(wanted.date_from)
        self._to.setText(wanted.date_to)
        self._words.setText(wanted.text)
        self._unfinished.setChecked(wanted.to_finish)
        self.blockSignals(False)
        self._pause.stop()
        self.changed.emit()

    def focus_words(self) -> None:
        """Put the caret into the field for words."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    def _own_layer(self) -> str | None:
        return self._state.analyst.id if self._state.analyst else None

    def _box(self, name: str, any_text: str, spoken: str) -> ChoiceBox:
        box = ChoiceBox(any_text, self)
        box.setObjectName(name)
        box.setAccessibleName(spoken)
        return box

    def _field(self, name: str, hint: str) -> QLineEdit:
        field = LineEdit(self)
        field.setObjectName(name)
        field.setPlaceholderText(hint)
        field.setAccessibleName(hint)
        field.setClearButtonEnabled(True)
        return field

    def _switch(self, name: str, text: str) -> QCheckBox:
        switch = QCheckBox(text, self)
        switch.setObjectName(name)
        return switch

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for column, box in enumerate((self._person, self._role, self._tag, self._article, self._layer)):
            grid.addWidget(box, 0, column)
            grid.setColumnStretch(column, 1)
        dates = QHBoxLayout()
        dates.setSpacing(8)
        dates.addWidget(self._from)
        dates.addWidget(QLabel("–", self))
        dates.addWidget(self._to)
        switches = QHBoxLayout()
        switches.setSpacing(16)
        for switch in (self._members, self._grouped, self._unfinished):
            switches.addWidget(switch)
        switches.addStretch(1)
        switches.addWidget(self._clear)
        grid.addWidget(self._words, 1, 0, 1, 3)
        grid.addLayout(dates, 1, 3, 1, 2)
        grid.addLayout(switches, 2, 0, 1, 5)

    def _connect(self) -> None:
        for box in (self._person, self._role, self._tag, self._article, self._layer):
            box.key_changed.connect(self.changed)
        for switch in (self._members, self._grouped, self._unfinished):
            switch.toggled.connect(self.changed)
        for field in (self._words, self._from, self._to):
            field.textEdited.connect(self._pause.start)
            field.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.changed)
        self._clear.clicked.connect(lambda: self.show_filter(PassageFilter()))
        for signal in (
            self._state.people_changed,
            self._state.codebook_changed,
            self._state.articles_changed,
            self._state.analysts_changed,
        ):
            signal.connect(self._keep_up)

    def _keep_up(self) -> None:
        """Offer what the project has now while somebody sees it; else when it is shown, or a filter is given."""
        self._stale = True
        if self.isVisible():
            self._refill()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refill()

    def _refill(self) -> None:
        """Offer what the project has now, unless that is offered already."""
        if not self._stale:
            return
        self._stale = False
        state = self._state
        people = [(p.id, p.name) for p in state.people.values() if p.merged_into is None]
        self._person.set_choices(sorted(people, key=lambda pair: fold(pair[1])))
        self._tag.set_choices([(t.id, t.name) for t in state.tags.values() if t.merged_into is None])
        articles = [(s.article.id, s.article.title or self.tr("Untitled")) for s in state.articles.values()]
        self._article.set_choices(sorted(articles, key=lambda pair: fold(pair[1])))
        others = [(a.id, a.name) for a in state.analysts.values() if a.id != self._own_layer()]
        self._layer.set_choices(sorted(others, key=lambda pair: fold(pair[1])))


def _date(field: QLineEdit) -> str:
    """Return the partial date in a field; one that is none narrows nothing."""
    text = field.text().strip()
    return text if is_partial_date(text) else ""
