"""The card at the right of the review screen: the disagreement that is looked at, row by row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.desktop.actions import Actions
from annotator.desktop.review.card_history import CardHistory
from annotator.desktop.review.card_row import CardRowView
from annotator.desktop.review.card_talk import Talk
from annotator.desktop.review.card_verbs import CardVerbs
from annotator.desktop.review.card_why import WhyFields
from annotator.desktop.review.shown_card import ShownCard
from annotator.desktop.widgets.letting_go import clear_out
from annotator.domain.reviews import CardRow

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ReviewCard(QFrame):
    """Shows a :class:`ShownCard`.

    Down and Up choose the row that the keys mean; above the first there is none, and they mean the whole passage.
    """

    taken = Signal(str, object)
    """An analyst's version is taken: the row (CardRow) alone, or None for all of it."""
    together_requested = Signal()
    """What all have is to be put together in the chosen row."""
    edit_requested = Signal(object)
    """A row is to be edited (CardRow)."""

    def __init__(self, tint: Callable[[str], QColor], actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewCard")
        self.setAccessibleName(self.tr("Disagreement"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card: ShownCard | None = None
        self._chosen: CardRow | None = None
        self._heading = self._label("reviewHeading", "heading")
        self._outcome = self._label("reviewOutcome", "muted")
        self._missing = self._label("reviewMissing", "muted")
        self._notices = QVBoxLayout()
        self._notices.setSpacing(4)
        self.rows = {row: CardRowView(row, tint, self) for row in CardRow}
        self.why = WhyFields(self)
        self.talk = Talk(actions, self)
        self.history = CardHistory(self)
        self.verbs = CardVerbs(tint, actions, self)
        self._page = QWidget()
        self._lay_out()
        self.verbs.taken.connect(lambda analyst: self.taken.emit(analyst, None))
        for row, view in self.rows.items():
            view.stepped.connect(self.step)
            view.together_requested.connect(lambda row=row: self._put_together(row))
            view.chosen.connect(lambda row=row: self.choose(row))
            view.taken.connect(lambda analyst, row=row: self.taken.emit(analyst, row))
            view.edit_requested.connect(lambda row=row: self.edit_requested.emit(row))

    @property
    def chosen_row(self) -> CardRow | None:
        """The row that the keys mean, None for the whole passage."""
        return self._chosen

    def show_card(self, card: ShownCard | None) -> None:
        """Show a disagreement; None while there is none."""
        another = card is None or self._card is None or card.id != self._card.id
        self._card = card
        self._page.setVisible(card is not None)
        self.verbs.setVisible(card is not None)
        if another:
            if self._chosen is not None and self.rows[self._chosen].hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.choose(None)
            self._scroll.verticalScrollBar().setValue(0)
        if card is None:
            return
        self.verbs.show_authors(card.authors, usable=card.usable)
        self._heading.setText(card.heading)
        self._outcome.setText(card.outcome or self.tr("Not decided yet"))  # never gone: the rows below stay in place
        names = ", ".join(author.sign for author in card.missing)
        self._missing.setText(self.tr("Not marked by {0}").format(names))
        self._missing.setVisible(bool(card.missing))
        self._show_notices(card.notices)
        for shown in card.rows:
            self.rows[shown.row].show_row(shown, proposed=card.proposed, usable=card.usable)
        self.why.show_why(card)
        self.talk.show_talk(card)
        spoken = (card.heading, card.outcome, *card.notices)
        self.setAccessibleDescription(". ".join(part for part in spoken if part))

    def choose(self, row: CardRow | None) -> None:
        """Let the keys mean one row, or the whole passage."""
        self._chosen = row
        for other, view in self.rows.items():
            view.set_chosen(other is row)
        if row is not None:
            self._scroll.ensureWidgetVisible(self.rows[row], 0, 8)

    def bring_in(self, part: QWidget) -> None:
        """Scroll a part of the card into view, once it has its place: the card may just have been pulled out."""

        def scroll() -> None:
            middle = part.mapTo(self._page, part.rect().center())
            self._scroll.ensureVisible(middle.x(), middle.y(), 0, part.height() // 2 + 8)

        QTimer.singleShot(0, part, scroll)

    def _put_together(self, row: CardRow) -> None:
        self.choose(row)
        self.together_requested.emit()

    def step(self, direction: int) -> None:
        """Choose the next (1) or previous (-1) row."""
        order = list(CardRow)
        place = order.index(self._chosen) if self._chosen is not None else -1
        wanted = max(-1, min(len(order) - 1, place + direction))
        row = order[wanted] if wanted >= 0 else None
        self.choose(row)
        (self.rows[row] if row is not None else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def redraw(self) -> None:
        """Draw everything anew: the theme or the sizes have changed."""
        for view in self.rows.values():
            view.forget()
        self.verbs.forget()
        self.show_card(self._card)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(12, 12, 12, 16)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addWidget(self._outcome)
        layout.addLayout(self._notices)
        layout.addWidget(self._missing)
        for view in self.rows.values():
            layout.addWidget(view)
        layout.addWidget(self.why)
        layout.addWidget(self.talk)
        layout.addWidget(self.history)
        layout.addStretch(1)
        self._scroll.setWidget(self._page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2, 2, 2, 2)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.verbs)

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _show_notices(self, notices: tuple[str, ...]) -> None:
        clear_out(self._notices)
        for notice in notices:
            self._notices.addWidget(label := self._label("reviewNotice", "warning"))
            label.setText(f"⚠ {notice}")

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.step(step)
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar, down = self._scroll.verticalScrollBar(), event.key() == Qt.Key.Key_PageDown
            bar.setValue(bar.value() + (bar.pageStep() if down else -bar.pageStep()))
        else:
            event.ignore()
