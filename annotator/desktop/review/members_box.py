"""Who does what in a review session: a row for each analyst, a box to tick for each role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.review.session_fields import Roles
from annotator.desktop.review.session_words import member_role_text
from annotator.desktop.widgets.elided import ElidedLabel
from annotator.domain.analysts import Analyst
from annotator.domain.folding import fold
from annotator.domain.ids import new_id
from annotator.domain.reviews import MemberRole

_SHOWN_ROWS = 4
"""So many members are seen without scrolling, at least."""


class _NameLine(QLineEdit):
    """A line whose Enter adds a name and does nothing else: the dialog around it stays."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = bool(self.text().strip())
        super().keyPressEvent(event)
        if typed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class MembersBox(QWidget):
    """Roles of analysts, each a box to tick, and a line that adds an analyst by name. ``changed`` tells of all."""

    changed = Signal()

    def __init__(self, analysts: Sequence[Analyst], members: Roles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[tuple[str, MemberRole], QCheckBox] = {}
        self._names: dict[str, str] = {}
        self._added: dict[str, str] = {}
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(8, 4, 8, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        for column, role in enumerate(MemberRole, 1):
            title = QLabel(member_role_text(role), self._rows)
            title.setProperty("role", "muted")
            self._grid.addWidget(title, 0, column, Qt.AlignmentFlag.AlignHCenter)
        self.name = _NameLine(self)
        self.name.setObjectName("memberName")
        self.name.setPlaceholderText(self.tr("Name of somebody who is not listed"))
        self.name.setAccessibleName(self.tr("Name of an analyst to add"))
        self._add = QPushButton(self.tr("Add"), self)
        self._add.setObjectName("memberAdd")
        self._add.setAccessibleName(self.tr("Add this analyst"))
        self._add.setAutoDefault(False)
        self._add.setEnabled(False)
        self._lay_out()
        for analyst in sorted(analysts, key=lambda one: (one.id not in members, fold(one.name))):
            self._add_row(analyst.id, analyst.name, members.get(analyst.id, frozenset()))
        self.name.textChanged.connect(lambda: self._add.setEnabled(bool(self._new_name())))
        self.name.returnPressed.connect(self._add_typed)
        self._add.clicked.connect(self._add_typed)

    def members(self) -> Roles:
        """Return the roles of those who have any, by analyst id."""
        found: dict[str, set[MemberRole]] = {}
        for (who, role), box in self._boxes.items():
            if box.isChecked():
                found.setdefault(who, set()).add(role)
        return {who: frozenset(roles) for who, roles in found.items()}

    def added(self) -> Mapping[str, str]:
        """Return the names of the analysts who were added here, by the ids that they get."""
        return dict(self._added)

    def name_of(self, analyst_id: str) -> str:
        """Return the name of an analyst who is listed."""
        return self._names[analyst_id]

    def _lay_out(self) -> None:
        scroll = self._scroll = QScrollArea(self)
        scroll.setObjectName("membersList")
        scroll.setWidget(self._rows)
        scroll.setWidgetResizable(True)
        scroll.setProperty("role", "box")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumHeight((_SHOWN_ROWS + 1) * (self.fontMetrics().height() + 10))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.name, 1)
        line.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(scroll, 1)
        layout.addLayout(line)

    def _add_row(self, analyst_id: str, name: str, roles: frozenset[MemberRole]) -> None:
        row = self._grid.rowCount()
        label = ElidedLabel(name, self._rows, least=8)
        self._names[analyst_id] = name
        self._grid.setRowStretch(row - 1, 0)
        self._grid.addWidget(label, row, 0)
        for column, role in enumerate(MemberRole, 1):
            box = QCheckBox(self._rows)
            box.setObjectName(f"member.{role}")
            box.setAccessibleName(self.tr("{0}: {1}").format(name, member_role_text(role)))
            box.setToolTip(box.accessibleName())
            box.setChecked(role in roles)
            box.toggled.connect(self.changed)
            self._boxes[analyst_id, role] = box
            self._grid.addWidget(box, row, column, Qt.AlignmentFlag.AlignHCenter)
        self._grid.setRowStretch(row + 1, 1)

    def _new_name(self) -> str:
        """Return what is typed, empty when it is the name of somebody who is listed."""
        name = self.name.text().strip()
        return "" if fold(name) in {fold(known) for known in self._names.values()} else name

    def _add_typed(self) -> None:
        name = self._new_name()
        if not name:
            return
        analyst_id = new_id()
        self._added[analyst_id] = name
        self._add_row(analyst_id, name, frozenset({MemberRole.AUTHOR}))
        self.name.clear()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)  # for the next name: it would be typed into a box to tick
        box = self._boxes[analyst_id, MemberRole.AUTHOR]
        QTimer.singleShot(0, box, lambda: self._scroll.ensureWidgetVisible(box))  # it has its place by then
        self.changed.emit()
