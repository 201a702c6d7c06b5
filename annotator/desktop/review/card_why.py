"""Why something was decided: the kind of reason, a few words, and whether the codebook needs a change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from annotator.desktop.panels.inspector_section import Section
from annotator.desktop.review.review_words import reason_code_text
from annotator.desktop.review.shown_card import ShownCard
from annotator.desktop.widgets.quiet_combo import QuietComboBox
from annotator.desktop.widgets.saving_field import SavingNoteEdit
from annotator.domain.reviews import ReasonCode


class WhyFields(QWidget):
    """Fields that save by themselves once something is decided; before that they go with the decision."""

    reason_changed = Signal(str, object)
    """The id of the disagreement, and its kind of reason (ReasonCode or None)."""
    comment_changed = Signal(str, str)
    flag_changed = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = ""
        self._reason = QuietComboBox(self)
        self._reason.setObjectName("reviewReason")
        self._reason.addItem(self.tr("no reason given"), None)
        for code in ReasonCode:
            self._reason.addItem(reason_code_text(code), code.value)
        self._comment = SavingNoteEdit(self, lines=2)
        self._comment.setObjectName("reviewWhy")
        self._comment.setPlaceholderText(self.tr("In words, for the minutes"))
        self._comment.setAccessibleName(self.tr("Why, in words"))
        self._flag = QCheckBox(self.tr("The codebook needs a change"), self)
        self._flag.setObjectName("reviewFlag")
        self._verdicts = QLabel(self)
        self._verdicts.setObjectName("reviewVerdicts")
        self._verdicts.setWordWrap(True)
        self._verdicts.setTextFormat(Qt.TextFormat.PlainText)
        self._verdicts.setProperty("role", "muted")
        why = Section(self.tr("Why"), self)
        why.label_for(self._reason)
        for widget in (self._reason, self._comment, self._flag, self._verdicts):
            why.add(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(why)
        self._reason.activated.connect(lambda _row: self.reason_changed.emit(self._id, self.reason))
        self._comment.saver.saved.connect(lambda words: self.comment_changed.emit(self._id, words))
        self._flag.clicked.connect(lambda on: self.flag_changed.emit(self._id, on))

    @property
    def reason(self) -> ReasonCode | None:
        """The kind of reason that is chosen."""
        value = self._reason.currentData()
        return ReasonCode(value) if value else None

    @property
    def comment(self) -> str:
        """What stands in the field."""
        return self._comment.text()

    @property
    def flag(self) -> bool:
        """Whether the codebook needs a change."""
        return self._flag.isChecked()

    def show_why(self, card: ShownCard) -> None:
        """Show what is stored; what is being typed stays, and so does what goes with a decision still to be made."""
        another = card.id != self._id
        if another:
            self.flush()
        if another or not card.proposed:
            self._id = card.id
            self._reason.setCurrentIndex(
                max(0, self._reason.findData(card.reason_code.value if card.reason_code else None))
            )
            self._comment.show_text(card.comment)
            self._flag.setChecked(card.flag)
        for widget in (self._reason, self._comment, self._flag):
            widget.setEnabled(card.usable)
        self._verdicts.setText("\n".join(card.verdicts))
        self._verdicts.setVisible(bool(card.verdicts))

    def focus_reason(self) -> QWidget:
        """Go to the kinds of reasons; return their field."""
        self._reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self._reason

    def toggle_flag(self) -> QWidget:
        """Say that the codebook needs a change, or that it does not; return the box that says so."""
        self._flag.click()
        return self._flag

    def flush(self) -> None:
        """Save what is typed."""
        self._comment.saver.flush()
