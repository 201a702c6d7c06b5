"""The line above the agreement figures: which session, of which moment, and how to take the figures along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from annotator.desktop.review.figures_view import Moment, figures_at
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.widgets.quiet_combo import QuietComboBox
from annotator.domain.reviews import ReviewSession
from annotator.services.agreement import Agreement

_GAP = 16


class AgreementBar(QWidget):
    """Offers sessions and moments where there are several, and copying and saving while there are figures."""

    session_chosen = Signal(str)
    moment_chosen = Signal()
    copy_requested = Signal()
    table_requested = Signal()
    picture_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sessions = QuietComboBox(self)
        self._sessions.setObjectName("agreementSession")
        self._sessions.setAccessibleName(self.tr("Review session"))
        self._sessions.activated.connect(lambda row: self.session_chosen.emit(self._sessions.itemData(row)))
        self._moments = QButtonGroup(self)
        self._gap = QWidget(self)
        self._gap.setFixedWidth(_GAP)
        self._taking = [
            self._button("agreementCopy", self.tr("Copy"), self.copy_requested),
            self._button("agreementCsv", self.tr("Save as CSV…"), self.table_requested),
            self._button("agreementPicture", self.tr("Save as picture…"), self.picture_requested),
        ]
        flow = FlowLayout(self, gap=8)
        flow.addWidget(self._sessions)
        for moment, text in self._texts().items():
            button = self._button(f"agreementMoment{moment.value}", text, self.moment_chosen)
            button.setCheckable(True)
            button.setChecked(moment is Moment.NOW)
            self._moments.addButton(button, moment.value)
            flow.addWidget(button)
        for part in (self._gap, *self._taking):
            flow.addWidget(part)

    @property
    def moment(self) -> Moment:
        """The moment whose figures are to be shown."""
        return Moment(self._moments.checkedId())

    @property
    def moment_text(self) -> str:
        """The moment in words."""
        return self._texts()[self.moment]

    def show_sessions(self, sessions: Sequence[ReviewSession], chosen: str | None) -> None:
        """Offer sessions."""
        self._sessions.clear()
        for session in sessions:
            self._sessions.addItem(session.name, session.id)
        self._sessions.setCurrentIndex(self._sessions.findData(chosen))
        self._sessions.setVisible(len(sessions) > 1)

    def show_moments(self, found: Agreement | None) -> None:
        """Offer the moments that figures were kept of; nothing at all when there are no figures."""
        kept = [found is not None and figures_at(found, moment) is not None for moment in Moment]
        several = sum(kept) > 1
        for moment in Moment:
            self._moments.button(moment.value).setVisible(kept[moment] and several)
        self._gap.setVisible(several)
        if not kept[self.moment]:
            self._moments.button(Moment.NOW.value).setChecked(True)
        for button in self._taking:
            button.setEnabled(found is not None)

    def _texts(self) -> dict[Moment, str]:
        return {
            Moment.NOW: self.tr("Now"),
            Moment.REVEAL: self.tr("At the reveal"),
            Moment.CLOSE: self.tr("At the close"),
        }

    def _button(self, name: str, text: str, pressed: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("role", "choice")
        button.setText(text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _checked=False: pressed.emit())
        return button
