"""Ctrl+K: a few letters find an action, a tag, an article or a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.desktop.actions import ACTIONS, ActionId, Actions, plain
from annotator.desktop.fuzzy import score

_SHOWN = 50
_LEAST_HEIGHT = 120
_DETAIL = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be chosen: its ``detail`` stands grey at the right (keys, or what it is)."""

    text: str
    detail: str
    run: Callable[[], object]
    rank: int = 0
    """Added to the score: actions before articles before people among equals."""


class CommandPalette(QDialog):
    """A field and a list over the window; Enter does what is chosen, Esc closes."""

    def __init__(self, entries: Iterable[Entry], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Find an action, article, person or tag"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = list(entries)
        self._shown: list[Entry] = []
        self._most = _LEAST_HEIGHT
        self.field = QLineEdit(self)
        self.field.setObjectName("paletteField")
        self.field.setAccessibleName(self.accessibleName())
        self.field.setPlaceholderText(self.tr("Type a few letters: an action, a tag, an article, a person"))
        self.list = QListWidget(self)
        self.list.setObjectName("paletteList")
        self.list.setAccessibleName(self.tr("What fits"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_RowDelegate(self.list))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(8, 8, 8, 8)
        self._rows.setSpacing(8)
        self._rows.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._rows.addWidget(self.field)
        self._rows.addWidget(self.list)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._narrow)
        self.list.itemClicked.connect(self._run_row)
        self._narrow("")

    def open_over(self, window: QWidget) -> None:
        """Show the palette at the top of a window."""
        width = min(640, window.width() - 32)
        self._most = max(_LEAST_HEIGHT, min(440, window.height() - 64))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.setGeometry(corner.x() + (window.width() - width) // 2, corner.y() + 40, width, self._most)
        self._fit()
        self.show()
        self.field.setFocus()

    def texts(self) -> list[str]:
        """Return what is listed at present."""
        return [entry.text for entry in self._shown]

    def _narrow(self, typed: str) -> None:
        scored = [(points, entry) for entry in self._entries if (points := score(typed, entry.text)) is not None]
        if typed.strip():
            scored.sort(key=lambda pair: -(pair[0] + pair[1].rank))
        self._shown = [entry for _points, entry in scored[:_SHOWN]]
        self.list.clear()
        for entry in self._shown:
            row = QListWidgetItem(entry.text)
            row.setData(_DETAIL, entry.detail)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.text}, {entry.detail}")
            self.list.addItem(row)
        self.list.setCurrentRow(0)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the list needs, up to what the window allows."""
        margins = self._rows.contentsMargins()
        rows = self.list.count() * self.list.sizeHintForRow(0) if self.list.count() else 0
        wanted = margins.top() + self.field.sizeHint().height() + self._rows.spacing() + rows + margins.bottom() + 4
        self.resize(self.width(), min(self._most, wanted))

    def _run_row(self, _row: QListWidgetItem | None = None) -> None:
        number = self.list.currentRow()
        if 0 <= number < len(self._shown):
            run = self._shown[number].run
            self.close()
            run()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field's arrows move through the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                last = self.list.count() - 1
                self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run_row()
                return True
        return super().eventFilter(watched, event)


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class _RowDelegate(QStyledItemDelegate):
    """Draws a row with its detail at the right."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box: QRect = option.rect
        palette: QPalette = option.palette
        option.widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        inner = box.adjusted(8, 0, -8, 0)
        detail = str(index.data(_DETAIL) or "")
        metrics = option.fontMetrics
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
        room = inner.width() - metrics.horizontalAdvance(detail) - 16
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(64, option.fontMetrics.height() + 12)


def action_entries(actions: Actions) -> list[Entry]:
    """Return an entry for each action that can be done now, the palette itself aside."""
    entries = []
    for spec in ACTIONS:
        action = actions.action(spec.id)
        if action.isEnabled() and spec.id is not ActionId.HELP_PALETTE:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            entries.append(Entry(plain(action.text()), keys, action.trigger, rank=200))
    return entries


def tag_entries(actions: Actions, say_tag: Callable[[str], str], what: str) -> list[Entry]:
    """Return an entry for each tag that can be given now; ``say_tag`` makes its text of the tag's name."""
    return [
        Entry(say_tag(plain(action.text())), action.shortcut().toString() or what, action.trigger, rank=300)
        for action in actions.tag_actions()
        if action.isEnabled()
    ]
