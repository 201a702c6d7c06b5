"""The voters of a meeting by their initials: who votes now, who has voted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.widgets.sized_font import resized


@dataclass(frozen=True, slots=True)
class Voter:
    """A member of the meeting. ``vote``: what they chose, empty for nothing yet, a tick while votes are hidden."""

    analyst_id: str
    name: str
    initials: str
    vote: str
    now: bool


class VoterStrip(QWidget):
    """Shows the voters in a row. ``chosen`` carries whose turn it is to be."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetingVoters")
        self._shown: tuple[object, ...] = ()
        self._turn = QLabel(self)
        self._turn.setObjectName("meetingTurn")
        self._turn.setProperty("role", "muted")
        holder = QWidget(self)
        self._flow = FlowLayout(holder, gap=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._turn)
        layout.addWidget(holder)

    def show_voters(self, voters: Sequence[Voter], scale: float) -> None:
        """Show these voters."""
        shown = (tuple(voters), scale)
        if shown == self._shown:
            return
        self._shown = shown
        self._turn.setFont(resized(self.font(), scale))
        now = next((voter for voter in voters if voter.now), None)
        self._turn.setText(self.tr("{0} votes now").format(now.name) if now is not None else self.tr("All have voted"))
        self._flow.clear()
        for voter in voters:
            self._flow.addWidget(self._button(voter, scale))
        self.updateGeometry()

    def _button(self, voter: Voter, scale: float) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"voter.{voter.initials}")
        button.setText(f"{voter.initials}  {voter.vote}" if voter.vote else voter.initials)
        button.setFont(resized(self.font(), scale * 1.1))
        button.setCheckable(True)
        button.setChecked(voter.now)
        button.setProperty("role", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        spoken = self.tr("{0}: {1}") if voter.vote else self.tr("{0}: no vote yet")
        button.setAccessibleName(spoken.format(voter.name, voter.vote))
        button.setToolTip(voter.name)
        button.clicked.connect(partial(self.chosen.emit, voter.analyst_id))
        return button
