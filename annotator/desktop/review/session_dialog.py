"""Make or edit a review session: its name, mode, articles, members and settings on one page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.dialogs.form import FormDialog, level_labels, quiet_label
from annotator.desktop.review.articles_box import ArticlesBox
from annotator.desktop.review.members_box import MembersBox
from annotator.desktop.review.session_fields import SessionFields, usual_settings
from annotator.desktop.review.session_words import mode_meaning, mode_text
from annotator.desktop.sentences import told_error
from annotator.desktop.widgets.number_box import NumberBox
from annotator.domain.analysts import Analyst
from annotator.domain.articles import Article
from annotator.domain.errors import RuleError
from annotator.domain.reviews import PERCENT, SessionMode
from annotator.domain.session_rules import check_team

_MOST_AUTHORS = 20
_USUAL_SIZE = (960, 640)
_SIDE_BY_SIDE = 760
"""Logical pixels of width from which articles and members stand beside the settings, below them otherwise."""


class SessionDialog(FormDialog):
    """Asks for everything of a session; show it with ``open()``, after ``accepted`` read :meth:`fields`.

    ``opened``: authors are at work already, so that mode, blindness and overlap stay as they are.
    """

    def __init__(
        self,
        wanted: SessionFields,
        articles: Sequence[Article],
        analysts: Sequence[Analyst],
        parent: QWidget | None = None,
        *,
        new: bool,
        opened: bool = False,
    ) -> None:
        super().__init__("sessionDialog", "", "", parent)
        self.setWindowTitle(self.tr("New review session") if new else self.tr("Review session"))
        self.accept_button.setText(self.tr("Prepare the session") if new else self.tr("Keep"))
        self._new = new
        self._by_hand: set[QWidget] = set()
        """The settings that a person has set: another mode leaves them."""
        self._modes = QButtonGroup(self)
        self.articles = ArticlesBox(articles, wanted.articles, self)
        self.members = MembersBox(analysts, wanted.members, self)
        self._build(wanted, opened=opened)
        for signal in (self.name.textChanged, self.articles.changed, self.members.changed, self.blind.toggled):
            signal.connect(self.check)
        self._modes.idToggled.connect(self._take_mode)
        self.resize(*_USUAL_SIZE)
        self.check()
        self.name.setFocus()

    def fields(self) -> SessionFields:
        """Return the session as it was entered."""
        return SessionFields(
            name=self.name.text().strip(),
            mode=self.mode(),
            articles=self.articles.chosen(),
            members=self.members.members(),
            added=self.members.added(),
            required_authors=self.required.value(),
            blind=self.blind.isChecked(),
            reason_on_reject=self.reason.isChecked(),
            hide_names=self.hidden_names.isChecked(),
            overlap_percent=self.overlap.value(),
        )

    def mode(self) -> SessionMode:
        """Return the chosen mode."""
        return list(SessionMode)[self._modes.checkedId()]

    def problem(self) -> str:
        """Return what is wrong: no name, or a team that the mode does not allow."""
        if not self.name.text().strip():
            return " "
        wanted = self.fields()
        try:
            check_team(wanted.as_session(), wanted.members)
        except RuleError as error:
            return told_error(error)
        return ""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if event.size().width() >= _SIDE_BY_SIDE else ways.TopToBottom)

    # the page --------------------------------------------------------------------

    def _build(self, wanted: SessionFields, *, opened: bool) -> None:
        inside = QWidget(self)
        columns = self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(24)
        columns.addWidget(self._left(inside, wanted, opened=opened), 5)
        columns.addWidget(self._right(inside), 6)
        scroll = QScrollArea(self)
        scroll.setObjectName("sessionScroll")
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.insert(scroll, 1)

    def _left(self, parent: QWidget, wanted: SessionFields, *, opened: bool) -> QWidget:
        side = QWidget(parent)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.name = QLineEdit(wanted.name, side)
        self.name.setObjectName("sessionName")
        self.name.setAccessibleName(self.tr("Name of the session"))
        self.name.setPlaceholderText(self.tr("For example “October, first round”"))
        layout.addWidget(_heading(self.tr("Name"), side))
        layout.addWidget(self.name)
        layout.addSpacing(8)
        layout.addWidget(_heading(self.tr("Mode"), side))
        for number, mode in enumerate(SessionMode):
            choice = QRadioButton(mode_text(mode), side)
            choice.setObjectName(f"sessionMode.{mode}")
            choice.setAccessibleDescription(mode_meaning(mode))
            choice.setChecked(mode is wanted.mode)
            choice.setEnabled(not opened)
            self._modes.addButton(choice, number)
            meaning = quiet_label(mode_meaning(mode), side)
            meaning.setContentsMargins(28, 0, 0, 4)
            layout.addWidget(choice)
            layout.addWidget(meaning)
        layout.addSpacing(8)
        layout.addWidget(_heading(self.tr("Settings"), side))
        layout.addLayout(self._settings(side, wanted, opened=opened))
        layout.addStretch(1)
        return side

    def _settings(self, side: QWidget, wanted: SessionFields, *, opened: bool) -> QVBoxLayout:
        self.blind = self._tick(side, "sessionBlind", self.tr("Authors do not see each other’s work before the reveal"))
        self.reason = self._tick(side, "sessionReason", self.tr("A rejection needs a reason"))
        self.hidden_names = self._tick(side, "sessionHideNames", self.tr("Hide the authors’ names from who decides"))
        for box, on in (
            (self.blind, wanted.blind),
            (self.reason, wanted.reason_on_reject),
            (self.hidden_names, wanted.hide_names),
        ):
            box.setChecked(on)
            box.clicked.connect(lambda _on, box=box: self._by_hand.add(box))
        self.required, self.overlap = NumberBox(side), NumberBox(side)
        self.required.setRange(1, _MOST_AUTHORS)
        self.required.setValue(wanted.required_authors)
        self.overlap.setRange(1, PERCENT)
        self.overlap.setSuffix(" %")
        self.overlap.setValue(wanted.overlap_percent)
        self.overlap.setToolTip(self.tr("From this share of common text on, two passages count as the same one."))
        for field in (self.blind, self.overlap):
            field.setEnabled(not opened)
        numbers = QFormLayout()
        numbers.setHorizontalSpacing(16)
        numbers.setVerticalSpacing(8)
        for name, label, field in (
            ("sessionRequired", self.tr("Authors that each article needs"), self.required),
            ("sessionOverlap", self.tr("Two passages are the same from an overlap of"), self.overlap),
        ):
            field.setObjectName(name)
            field.setAccessibleName(label)
            field.setMaximumWidth(96)
            field.valueChanged.connect(self.check)
            numbers.addRow(label, field)
        level_labels(numbers)
        self.required.lineEdit().textEdited.connect(lambda: self._by_hand.add(self.required))
        layout = QVBoxLayout()
        layout.setSpacing(6)
        for box in (self.blind, self.reason, self.hidden_names):
            layout.addWidget(box)
        layout.addLayout(numbers)
        return layout

    def _right(self, parent: QWidget) -> QWidget:
        side = QWidget(parent)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(_heading(self.tr("Articles"), side))
        layout.addWidget(self.articles, 3)
        layout.addSpacing(8)
        layout.addWidget(_heading(self.tr("Members"), side))
        layout.addWidget(self.members, 2)
        return side

    def _tick(self, parent: QWidget, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, parent)
        box.setObjectName(name)
        return box

    def _take_mode(self, _number: int, on: bool) -> None:
        """Follow another mode with the settings that nobody has set by hand."""
        if on:
            required, blind = usual_settings(self.mode())
            if self.blind not in self._by_hand:
                self.blind.setChecked(blind)
            if self.required not in self._by_hand:
                self.required.setValue(required)
            self.check()


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "heading")
    return label
