"""What the team says about a disagreement: threads of comments, and a field for the next one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.desktop.actions import ActionId, Actions
from annotator.desktop.panels.inspector_section import Section
from annotator.desktop.review.shown_card import ShownCard, ShownComment
from annotator.desktop.widgets.note_edit import NoteEdit


class Talk(QWidget):
    """Shows the threads of a card; a new comment begins one, or answers the one that was chosen."""

    said = Signal(str, object)
    """A comment (its words), and the id of the comment that it answers or None."""
    resolved = Signal(str, bool)
    """A thread is dealt with, or open again: the id of its first comment."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._id = ""
        self._answers: str | None = None
        self._shown: tuple[ShownComment, ...] = ()
        self._usable = False
        self._section = Section(self.tr("Comments"), self)
        self._field = NoteEdit(self, lines=2)
        self._field.setObjectName("reviewComment")
        self._field.setAccessibleName(self.tr("New comment"))
        self._add = QPushButton(self.tr("Comment"), self)
        self._add.setObjectName("reviewCommentAdd")
        self._add.clicked.connect(self._say)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._section)
        layout.addWidget(self._field)
        layout.addLayout(below)
        self._answer(None)
        actions.keys_changed.connect(self._tell_key)

    def show_talk(self, card: ShownCard) -> None:
        """Show the comments of a card; what is being typed stays while it is the same one."""
        if card.id != self._id:
            self._id = card.id
            self._field.set_text("")
            self._answer(None)
        if (card.comments, card.usable) == (self._shown, self._usable):
            return
        self._shown, self._usable = card.comments, card.usable
        self._section.clear()
        for comment in card.comments:
            self._section.add(self._line(comment))
        self._field.setEnabled(card.usable)
        self._add.setEnabled(card.usable)

    def focus_field(self) -> QWidget:
        """Put the caret into the field, and return it."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self._field

    def _line(self, comment: ShownComment) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("role", "comment")
        head = QLabel(f"{comment.who} · {comment.when}" + (self.tr(" · resolved") if comment.resolved else ""), frame)
        head.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        text = QLabel(comment.text, frame)
        text.setObjectName("reviewCommentText")
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setEnabled(not comment.resolved)
        line = QHBoxLayout()
        line.addWidget(head, 1)
        if not comment.depth and self._usable:
            line.addWidget(self._button(self.tr("Answer"), comment.text, partial(self._begin_answer, comment)))
            words = self.tr("Reopen") if comment.resolved else self.tr("Resolve")
            slot = partial(self.resolved.emit, comment.id, not comment.resolved)
            line.addWidget(self._button(words, comment.text, slot))
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(8 + 16 * comment.depth, 2, 0, 2)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(text)
        return frame

    def _button(self, words: str, about: str, slot: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("reviewCommentButton")
        button.setText(words)
        button.setAccessibleName(f"{words}: {about}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: slot())
        return button

    def _begin_answer(self, comment: ShownComment) -> None:
        self._answer(comment)
        self.focus_field()

    def _answer(self, comment: ShownComment | None) -> None:
        self._answers = comment.id if comment is not None else None
        first = self.tr("Say something ({0})").format(self._actions.key_text(ActionId.REVIEW_COMMENT))
        self._field.setPlaceholderText(first if comment is None else self.tr("Answer {0}").format(comment.who))

    def _tell_key(self) -> None:
        """Say with the key as it is now how to begin."""
        if self._answers is None:
            self._answer(None)

    def _say(self) -> None:
        words = self._field.text().strip()
        if words:
            self.said.emit(words, self._answers)
            self._field.set_text("")
            self._answer(None)
