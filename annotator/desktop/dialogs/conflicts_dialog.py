"""The dialog in which somebody decides between the states that a merge brought of one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.models.state import ProjectState
from annotator.desktop.widgets.reading_order import OrderedDialog
from annotator.desktop.words import (
    attribution_text,
    entity_text,
    field_text,
    person_kind_text,
    relation_text,
    role_text,
    stance_text,
    tag_kind_text,
)
from annotator.domain.annotations import AnnotationPerson, AnnotationPoint, Attribution
from annotator.domain.codebook import TagKind
from annotator.domain.entity import Entity, field_specs
from annotator.domain.people import PersonKind
from annotator.domain.relations import RelationKind
from annotator.services.conflicts import Conflict, Side

_UNSEEN = frozenset({"created_at", "prefix", "suffix", "text_id", "sha256", "source_sha256"})
_LITTLE = frozenset({"start", "end", "attribution_set"})
"""What goes along with the words and with how they were said, and tells people nothing by itself."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_WORDS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: _tr("yes") if value else _tr("no")),
    (Attribution, attribution_text),
    (TagKind, tag_kind_text),
    (PersonKind, person_kind_text),
    (RelationKind, lambda kind: relation_text(kind, outgoing=True)),
)
"""How the values of some fields are called, by their type."""
_INSET = 12
_NAMES = 140
"""Pixels of width that the names of the fields may take."""


class ConflictsDialog(OrderedDialog):
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
        self._body.setObjectName("conflictsBody")
        self._body.setAccessibleName(self.windowTitle())
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
        self._state.jobs.read(self._state.project.conflicts.list, done=self.show_conflicts, key="conflicts")

    def show_conflicts(self, conflicts: Sequence[Conflict]) -> None:
        """Show the first of these, or that there is none."""
        if not conflicts:
            self._heading.setText(self.tr("There is nothing to decide: all versions agree."))
            self._body.setWidget(QWidget())
            return
        conflict = conflicts[0]
        self._heading.setText(
            self.tr("{0} of {1} to decide. What is not kept stays in the history.").format(1, len(conflicts))
            + f"\n{self._title(conflict.sides[0].entity)}"
        )
        table = self._table(conflict)
        self._body.setWidget(table)
        first = table.findChild(QPushButton)
        if first is not None:
            first.setFocus()

    def _table(self, conflict: Conflict) -> QWidget:
        """Return a card for each version side by side: what differs in one row, so that the eye need not search."""
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        differing = _differing([side.entity for side in conflict.sides])
        last = len(differing) + 1
        for row, name in enumerate(differing, start=1):
            label = QLabel(field_text(name), table)
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            label.setMaximumWidth(_NAMES)
            grid.addWidget(label, row, 0)
        for column, side in enumerate(conflict.sides, start=1):
            card = QFrame(table)
            card.setObjectName("versionCard")
            grid.addWidget(card, 0, column, last + 1, 1)
            grid.addWidget(self._heading_of(side, table), 0, column)
            for row, name in enumerate(differing, start=1):
                grid.addWidget(self._value_of(side, name, table), row, column)
            grid.addWidget(self._keep_button(conflict, side, table), last, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(last - 1, 1)
        return table

    def _heading_of(self, side: Side, parent: QWidget) -> QWidget:
        who = side.analyst_name or self.tr("Somebody")
        lines = f"<b>{escape(who)}</b> · {_moment(side.at)}"
        if side.shown:
            lines += f"<br>{escape(self.tr('shown until you decide'))}"
        label = QLabel(lines, parent)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(_INSET, _INSET, _INSET, 0)
        return label

    def _value_of(self, side: Side, name: str, parent: QWidget) -> QWidget:
        label = QLabel(self._value(getattr(side.entity, name)), parent)
        label.setObjectName(f"{name}.{side.entity.version[:8]}")
        label.setAccessibleName(f"{field_text(name)}: {label.text()}")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(_INSET, 0, _INSET, 0)
        return label

    def _keep_button(self, conflict: Conflict, side: Side, parent: QWidget) -> QWidget:
        cell = QWidget(parent)
        layout = QHBoxLayout(cell)
        layout.setContentsMargins(_INSET, 0, _INSET, _INSET)
        button = QPushButton(self.tr("Keep this one"), cell)
        button.setObjectName(f"keep.{side.entity.version[:8]}")
        button.setAccessibleName(self.tr("Keep the version of {0}").format(side.analyst_name or self.tr("Somebody")))
        button.setEnabled(not self._state.project.read_only)
        button.clicked.connect(lambda: self._decide(conflict, side))
        layout.addWidget(button)
        return cell

    def _decide(self, conflict: Conflict, side: Side) -> None:
        conflicts, version = self._state.project.conflicts, side.entity.version
        self._state.jobs.write(
            lambda: conflicts.decide(conflict.entity_type, conflict.entity_id, version), done=lambda _: self.refresh()
        )

    def _title(self, entity: Entity) -> str:
        kind = entity_text(entity.TYPE)
        kind = kind[:1].upper() + kind[1:]
        for name in ("quote", "name", "title", "text"):
            words = getattr(entity, name, "")
            if words:
                return f"{kind}: {words[:200]}"
        return kind

    def _value(self, value: Any) -> str:  # noqa: ANN401  (any field's value)
        if isinstance(value, tuple):
            return "; ".join(self._value(part) for part in value) or "–"
        if isinstance(value, AnnotationPerson):
            return f"{role_text(value.role)}: {self._name(value.person_id)}"
        if isinstance(value, AnnotationPoint):
            point = self._state.point(value.point_id)
            return f"{stance_text(value.stance)} {point.text if point else value.point_id}"
        words = next((words for kind, words in _WORDS if isinstance(value, kind)), None)
        if words is not None:
            return words(value)
        return "–" if value in ("", None) else self._name(str(value))

    def _name(self, value: str) -> str:
        """Return the name of what an id stands for; a moment as people read it; anything else as it is."""
        state = self._state
        for known in (state.tags, state.people, state.analysts):
            entry: Any = known.get(value)
            if entry is not None:
                return str(entry.name)
        summary = state.articles.get(value)
        return summary.article.title if summary is not None else _moment(value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConflictsDialog", text)


def _moment(value: str) -> str:
    """Return a moment (``2026-11-24T09:30:00.000Z``) as people read it; anything else as it is."""
    return f"{value[:10]} {value[11:16]}" if _MOMENT.fullmatch(value) else value


def _differing(entities: Sequence[Entity]) -> list[str]:
    """Return the names of the fields in which the states differ: those that say something to people, if there are."""
    specs = [spec for spec in field_specs(type(entities[0])) if spec.in_content and spec.name not in _UNSEEN]
    found = [
        spec.name for spec in specs if any(getattr(e, spec.name) != getattr(entities[0], spec.name) for e in entities)
    ]
    return [name for name in found if name not in _LITTLE] or found
