"""The people of a passage as chips: each tells name and role, offers other roles in a menu, and can be taken out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.annotating.named_people import NamedPeople
from annotator.desktop.explanations import explain
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.words import role_text
from annotator.domain.annotations import AnnotationPerson, Certainty, Role

_LEAST = 14
"""The width that a chip keeps, in average characters."""


class PersonChips(QWidget):
    """Shows a :class:`NamedPeople`; the chips follow it."""

    emptied = Signal()
    """The last chip, which had the focus, has been taken out."""

    def __init__(self, people: NamedPeople, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = people
        self._shown: tuple[object, ...] = ()
        self._enabled = True
        self._chips: list[PersonChip] = []
        self._flow = FlowLayout(self, gap=4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        people.changed.connect(self._refresh)
        self._refresh()

    def set_editable(self, editable: bool) -> None:  # a passage of a colleague is only read
        """Let the chips be changed or only be read."""
        self._enabled = editable
        self._refresh()

    def _refresh(self) -> None:
        entries = self._people.entries
        shown = (entries, self._enabled, *(self._people.name(entry.person_id) for entry in entries))
        if shown == self._shown:
            return
        self._shown = shown
        focused = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
        self._flow.clear()
        self._chips = []
        for place, entry in enumerate(entries):
            self._flow.addWidget(self._chip(place, entry))
        self.setVisible(bool(entries))
        self.updateGeometry()
        if focused is not None and self._chips:
            chip = self._chips[min(focused, len(self._chips) - 1)]
            chip.holder.show()
            chip.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focused is not None:
            self.emptied.emit()

    def _chip(self, place: int, entry: AnnotationPerson) -> QWidget:
        holder = QFrame(self)
        holder.setProperty("role", "chip")
        chip = PersonChip(holder)
        self._chips.append(chip)
        name = self._people.name(entry.person_id) or self.tr("(unknown)")
        unsure = "?" if entry.certainty is Certainty.INFERRED else ""
        chip.setText(f"{name}{unsure} · {role_text(entry.role).lower()}")
        chip.setObjectName(f"chip.{entry.role}.{place}")
        chip.setAccessibleName(self.tr("{0}, {1}").format(name, role_text(entry.role)))
        explain(chip, f"role.{entry.role}")
        chip.setToolTip(self.tr("Change the role or take {0} out (Del)").format(name))
        chip.setEnabled(self._enabled)
        chip.setMenu(self._menu(chip, entry))
        chip.removed.connect(partial(self._people.remove, entry))
        row = QHBoxLayout(holder)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(chip)
        if self._enabled:
            row.addWidget(self._remover(place, entry, name))
        return holder

    def _remover(self, place: int, entry: AnnotationPerson, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"chip.{entry.role}.{place}.remove")
        button.setText("×")
        button.setToolTip(self.tr("Take {0} out").format(name))
        button.setAccessibleName(button.toolTip())
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self._people.remove, entry))
        return button

    def _menu(self, chip: QToolButton, entry: AnnotationPerson) -> QMenu:
        menu = QMenu(chip)
        roles = QActionGroup(menu)
        for role in Role:
            action = QAction(role_text(role), menu, checkable=True, checked=role is entry.role)
            action.triggered.connect(partial(self._set_role, entry, role))
            roles.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        inferred = menu.addAction(self.tr("Not named here: inferred"))
        inferred.setCheckable(True)
        inferred.setChecked(entry.certainty is Certainty.INFERRED)
        inferred.triggered.connect(partial(self._set_inferred, entry))
        menu.addSeparator()
        menu.addAction(self.tr("Take out")).triggered.connect(partial(self._people.remove, entry))
        return menu

    def _set_role(self, entry: AnnotationPerson, role: Role) -> None:
        self._people.change(entry, role=role)

    def _set_inferred(self, entry: AnnotationPerson, inferred: bool) -> None:
        self._people.change(entry, certainty=Certainty.INFERRED if inferred else Certainty.NAMED)


class PersonChip(QToolButton):
    """A button with a menu, its name shortened where there is no room; Delete and Backspace take its person out."""

    removed = Signal()

    def __init__(self, holder: QWidget) -> None:
        super().__init__(holder)
        self.holder = holder
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @override
    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * _LEAST
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    def shown_text(self) -> str:
        """Return the text as it is painted: whole where the chip has the width that it asks for."""
        lacking = self.sizeHint().width() - self.width()
        if lacking <= 0:
            return self.text()
        room = self.fontMetrics().horizontalAdvance(self.text()) - lacking
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = self.shown_text()
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _deletes(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _deletes(event):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


def _deletes(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
