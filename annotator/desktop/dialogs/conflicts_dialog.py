"""The dialog in which somebody decides between the states that a merge brought of one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.models.state import ProjectState
from annotator.desktop.words import entity_text, field_text, role_text, stance_text
from annotator.domain.annotations import AnnotationPerson, AnnotationPoint
from annotator.domain.entity import Entity, field_specs
from annotator.services.conflicts import Conflict, Side

_UNSEEN = frozenset({"created_at", "prefix", "suffix", "text_id", "sha256", "source_sha256"})


class ConflictsDialog(QDialog):
    """Shows one conflict after the other; a button under each state keeps it. Show it with ``open()``."""

    def __init__(self, state: ProjectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflictsDialog")
        self.setWindowTitle(self.tr("Decide between versions"))
        self.setMinimumSize(640, 400)
        self._state = state
        self._heading = QLabel(self)
        self._heading.setWordWrap(True)
        self._body = QScrollArea(self)
        self._body.setWidgetResizable(True)
        self._body.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, Qt.Orientation.Horizontal, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self._heading)
        layout.addWidget(self._body, 1)
        layout.addWidget(buttons)
        self.refresh()

    def refresh(self) -> None:
        """Read what is still undecided."""
        self._heading.setText(self.tr("Looking…"))
        self._state.jobs.read(self._state.project.conflicts.list, done=self._show, key="conflicts")

    def _show(self, conflicts: Sequence[Conflict]) -> None:
        if not conflicts:
            self._heading.setText(self.tr("There is nothing to decide: all versions agree."))
            self._body.setWidget(QWidget())
            return
        conflict = conflicts[0]
        self._heading.setText(
            self.tr("{0} of {1} to decide. What is not kept stays in the history.").format(1, len(conflicts))
            + f"\n{self._title(conflict.sides[0].entity)}"
        )
        row = QWidget()
        columns = QHBoxLayout(row)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        differing = _differing([side.entity for side in conflict.sides])
        for side in conflict.sides:
            columns.addWidget(self._card(conflict, side, differing), 1)
        self._body.setWidget(row)
        first = row.findChild(QPushButton)
        if first is not None:
            first.setFocus()

    def _card(self, conflict: Conflict, side: Side, differing: Sequence[str]) -> QWidget:
        card = QFrame()
        card.setObjectName("versionCard")
        layout = QVBoxLayout(card)
        layout.setSpacing(8)
        who = side.analyst_name or self.tr("Somebody")
        title = QLabel(f"<b>{_escaped(who)}</b> · {side.at[:16].replace('T', ' ')}")
        layout.addWidget(title)
        if side.shown:
            layout.addWidget(QLabel(self.tr("shown until you decide")))
        for name in differing:
            text = QLabel(f"{field_text(name)}: {self._value(getattr(side.entity, name))}")
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            layout.addWidget(text)
        layout.addStretch(1)
        button = QPushButton(self.tr("Keep this one"))
        button.setObjectName(f"keep.{side.entity.version[:8]}")
        button.setAccessibleName(self.tr("Keep the version of {0}").format(who))
        button.setEnabled(not self._state.project.read_only)
        button.clicked.connect(lambda: self._decide(conflict, side))
        layout.addWidget(button)
        return card

    def _decide(self, conflict: Conflict, side: Side) -> None:
        conflicts, version = self._state.project.conflicts, side.entity.version
        self._state.jobs.write(
            lambda: conflicts.decide(conflict.entity_type, conflict.entity_id, version), done=lambda _: self.refresh()
        )

    def _title(self, entity: Entity) -> str:
        for name in ("quote", "name", "title", "text"):
            words = getattr(entity, name, "")
            if words:
                return f"{entity_text(entity.TYPE)}: {words[:200]}"
        return entity_text(entity.TYPE)

    def _value(self, value: Any) -> str:  # noqa: ANN401  (any field's value)
        if isinstance(value, tuple):
            return "; ".join(self._value(part) for part in value) or "–"
        if isinstance(value, AnnotationPerson):
            return f"{role_text(value.role)}: {self._name(self._state.people, value.person_id)}"
        if isinstance(value, AnnotationPoint):
            point = self._state.point(value.point_id)
            return f"{stance_text(value.stance)} {point.text if point else value.point_id}"
        if isinstance(value, str) and value in self._state.tags:
            return self._name(self._state.tags, value)
        if value in ("", None):
            return "–"
        return str(value)

    @staticmethod
    def _name(entries: Mapping[str, Any], id_: str) -> str:
        entry = entries.get(id_)
        return entry.name if entry is not None else id_


def _differing(entities: Sequence[Entity]) -> list[str]:
    """Return the names of the fields in which the states differ."""
    specs = [spec for spec in field_specs(type(entities[0])) if spec.in_content and spec.name not in _UNSEEN]
    return [
        spec.name for spec in specs if any(getattr(e, spec.name) != getattr(entities[0], spec.name) for e in entities)
    ]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
