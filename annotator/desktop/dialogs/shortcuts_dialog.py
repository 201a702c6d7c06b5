"""The keys of all actions, to be changed: one line each, found by its name or by its keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.desktop.action_table import ActionSpec, Menu
from annotator.desktop.actions import plain
from annotator.desktop.shortcuts import CHANGEABLE, Refusal, Shortcuts, portable, refusal
from annotator.desktop.widgets.reading_order import OrderedDialog
from annotator.domain.folding import fold

_NATIVE = QKeySequence.SequenceFormat.NativeText
_SPEC = Qt.ItemDataRole.UserRole
_SPACES = 8, 16


class ShortcutsDialog(OrderedDialog):
    """A list of actions and keys; below it a field that takes the new key, and says who has it."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(560, 600)
        self._shortcuts = shortcuts
        self._sections: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.filter = QLineEdit(self)
        self.filter.setObjectName("shortcutsFilter")
        self.filter.setAccessibleName(self.tr("Filter the actions"))
        self.filter.setPlaceholderText(self.tr("Filter: an action, or its keys"))
        self.filter.setClearButtonEnabled(True)
        self.list = QTreeWidget(self)
        self.list.setObjectName("shortcutsList")
        self.list.setAccessibleName(self.tr("Actions and their keys"))
        self.list.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(12)
        self.list.setUniformRowHeights(True)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.field = QKeySequenceEdit(self)
        self.field.setObjectName("shortcutsKey")
        self.field.setAccessibleName(self.tr("New key"))
        self.field.setMaximumSequenceLength(1)
        self.field.setClearButtonEnabled(True)
        self.said = QLabel(self)
        self.said.setObjectName("shortcutsSaid")
        self.said.setProperty("role", "muted")
        self.said.setWordWrap(True)
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())
        self.set_button = self._button("shortcutsSet", self.tr("Set"), self._set)
        self.reset_button = self._button("shortcutsReset", self.tr("Reset"), self._reset)
        self.all_button = self._button("shortcutsResetAll", self.tr("Reset all"), shortcuts.reset_all)
        self._lay_out()
        self._fill()
        self.filter.textChanged.connect(self._narrow)
        self.list.currentItemChanged.connect(self._show_current)
        self.list.itemActivated.connect(self._take_key)
        self.field.keySequenceChanged.connect(self._check)
        shortcuts.changed.connect(self._show_keys)
        self.finished.connect(self.deleteLater)
        self._show_keys()

    def _button(self, name: str, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: run())
        return button

    def _lay_out(self) -> None:
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        close.rejected.connect(self.reject)
        line = QHBoxLayout()
        line.setSpacing(_SPACES[0])
        label = QLabel(self.tr("New key"), self)
        label.setBuddy(self.field)
        line.addWidget(label)
        line.addWidget(self.field, 1)
        line.addWidget(self.set_button)
        line.addWidget(self.reset_button)
        end = QHBoxLayout()
        end.addWidget(self.all_button)
        end.addWidget(close, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(*[_SPACES[1]] * 4)
        page.setSpacing(_SPACES[0])
        page.addWidget(self.filter)
        page.addWidget(self.list, 1)
        page.addLayout(line)
        page.addWidget(self.said)
        page.addLayout(end)

    def _fill(self) -> None:
        for menu in Menu:
            title = QTreeWidgetItem([plain(_name(menu.value))])
            title.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = title.font(0)
            font.setBold(True)
            title.setFont(0, font)
            title.setSizeHint(0, QSize(0, self.fontMetrics().height() + _SPACES[0]))
            rows = []
            for spec in CHANGEABLE:
                if spec.menu is menu:
                    row = QTreeWidgetItem(title, [plain(_name(spec.text)).removesuffix("…")])
                    row.setData(0, _SPEC, spec)
                    rows.append(row)
            self.list.addTopLevelItem(title)
            title.setExpanded(True)
            self._sections.append((title, rows))
        self.list.setCurrentItem(self._rows()[0])

    def _rows(self) -> list[QTreeWidgetItem]:
        return [row for _title, rows in self._sections for row in rows]

    def choose(self, spec: ActionSpec) -> None:
        """Let the line of an action be the current one."""
        self.list.setCurrentItem(next(row for row in self._rows() if row.data(0, _SPEC) is spec))

    def _spec(self) -> ActionSpec | None:
        row = self.list.currentItem()
        spec = row.data(0, _SPEC) if row is not None else None
        return spec if isinstance(spec, ActionSpec) else None

    def _show_keys(self) -> None:
        """Show what keys the actions have; those that were changed stand out."""
        for row in self._rows():
            spec = row.data(0, _SPEC)
            keys = [
                QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in self._shortcuts.keys_of(spec)
            ]
            row.setText(1, self.tr(", ").join(key.toString(_NATIVE) for key in keys))
            font = row.font(1)
            font.setBold(self._shortcuts.is_own(spec))
            row.setFont(1, font)
        self.all_button.setEnabled(any(map(self._shortcuts.is_own, CHANGEABLE)))
        self._show_current()

    def _show_current(self) -> None:
        spec = self._spec()
        keys = self._shortcuts.keys_of(spec) if spec is not None else ()
        self.field.setKeySequence(QKeySequence(keys[0] if keys else "", QKeySequence.SequenceFormat.PortableText))
        self.field.setEnabled(spec is not None)
        self.reset_button.setEnabled(spec is not None and self._shortcuts.is_own(spec))
        self._check()

    def _check(self) -> None:
        """Say whether the action can have the key, and who has it now."""
        spec, key = self._spec(), portable(self.field.keySequence())
        refused = refusal(spec, key) if spec is not None and key else None
        holder = self._shortcuts.holder(spec, key) if spec is not None and key else None
        fixed = holder is not None and holder not in CHANGEABLE
        new = (
            spec is not None
            and (key,) != self._shortcuts.keys_of(spec)[:1]
            and bool(key or self._shortcuts.keys_of(spec))
        )
        self.set_button.setEnabled(new and refused is None and not fixed)
        self.set_button.setText(self.tr("Take over") if holder is not None and not fixed else self.tr("Set"))
        if refused is not None:
            self.said.setText(_why(refused))
        elif holder is not None:
            name = plain(_name(holder.text)).removesuffix("…")
            had = (
                self.tr("“{0}” has this key, which cannot be changed.") if fixed else self.tr("“{0}” has this key now.")
            )
            self.said.setText(had.format(name))
        else:
            self.said.setText(self.tr("Press the new key in the field.") if not new else "")

    def _take_key(self) -> None:
        """Let the next key that is pressed be the new one."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set(self) -> None:
        if (spec := self._spec()) is not None:
            self._shortcuts.give(spec, portable(self.field.keySequence()))

    def _reset(self) -> None:
        if (spec := self._spec()) is not None:
            self._shortcuts.reset(spec)

    def _narrow(self, typed: str) -> None:
        words = fold(typed).split()
        for row in self._rows():
            text = fold(f"{row.text(0)} {row.text(1)}")
            row.setHidden(not all(word in text for word in words))
        for title, rows in self._sections:
            title.setHidden(all(row.isHidden() for row in rows))


def _name(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


def _why(refused: Refusal) -> str:
    tr = QCoreApplication.translate
    return {
        Refusal.MOVES: tr("ShortcutsDialog", "This key moves the caret or the focus, or edits text everywhere."),
        Refusal.MENU: tr("ShortcutsDialog", "Alt and a letter open the menus."),
        Refusal.TYPES: tr("ShortcutsDialog", "This key types: add Ctrl, or take a function key."),
        Refusal.TAGS: tr("ShortcutsDialog", "This letter is for tags: add Ctrl, or take one that no tag can have."),
    }[refused]
