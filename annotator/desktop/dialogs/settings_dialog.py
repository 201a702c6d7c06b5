"""The settings, made from their table; each takes effect at once and is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator import paths
from annotator.desktop.article_view.fonts import ARTICLE_FAMILY
from annotator.desktop.dialogs.form import quiet_label
from annotator.desktop.dialogs.shortcuts_dialog import ShortcutsDialog
from annotator.desktop.shortcuts import Shortcuts
from annotator.desktop.widgets.flow_layout import FlowLayout
from annotator.desktop.widgets.number_box import NumberBox
from annotator.desktop.widgets.quiet_combo import QuietComboBox
from annotator.desktop.widgets.reading_order import OrderedDialog
from annotator.settings import ARTICLE_FONT, BACKUP_LIMIT, SETTINGS, ZOOM, Setting, Settings
from annotator.system import user_name

_tr = QCoreApplication.translate
_WIDTH, _MARGIN = 340, 16
_LEAST = 520
"""Pixels of height that it takes where the screen has them, however low the window is."""
_EDGE = 8
"""Pixels between the dialog and the edges of the window."""
_TITLE = 40
"""Pixels that the window system's own frame may take of the height."""


class SettingsDialog(OrderedDialog):
    """One row for each setting; ``changed`` is called with the setting after it has been stored."""

    def __init__(
        self,
        settings: Settings,
        shortcuts: Shortcuts,
        changed: Callable[[Setting[Any]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(300)
        self._settings = settings
        self._shortcuts = shortcuts
        self._changed = changed
        rows = QWidget(self)
        form = QFormLayout(rows)
        form.setContentsMargins(0, 0, 8, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(4)
        for setting in SETTINGS:
            self._add_row(form, setting)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(16)
        area = self._scrolled(rows)
        layout.addWidget(area, 1)
        layout.addLayout(self._further())
        layout.addWidget(buttons)
        around = self.sizeHint().height() - area.sizeHint().height()
        self._stand_aside(around + rows.heightForWidth(_WIDTH - 2 * _MARGIN))
        self.finished.connect(self.deleteLater)

    def _add_row(self, form: QFormLayout, setting: Setting[Any]) -> None:
        """Add a setting's field with what it is for below it."""
        field = self._field(setting)
        field.setObjectName(f"setting.{setting.name}")
        field.setAccessibleName(_name(setting))
        field.setAccessibleDescription(_tr("Settings", setting.help))
        cell = QWidget(self)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(2)
        column.addWidget(field)
        column.addWidget(quiet_label(_tr("Settings", setting.help), cell))
        if isinstance(field, QCheckBox):
            field.setText(_name(setting))
            form.addRow(cell)
        else:
            form.addRow(_name(setting), cell)

    def _further(self) -> FlowLayout:
        """Return the buttons that lead further."""
        further = FlowLayout(gap=8)
        for name, text, run in (
            ("settingsShortcuts", self.tr("Keyboard shortcuts…"), self._show_shortcuts),
            ("settingsBackups", self.tr("Folder of backups"), _show_backups),
        ):
            button = QPushButton(text, self)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, run=run: run())
            further.addWidget(button)
        return further

    def _stand_aside(self, wanted: int) -> None:
        """Stand at the window's right edge: what a setting does to the article is seen beside it at once.

        ``wanted``: the height that shows all rows; it gets no higher than the window beside it.
        """
        parent = self.parentWidget()
        room = self.screen().availableGeometry()
        over = room if parent is None else parent.window().geometry().intersected(room)
        beside = max(_LEAST, over.height() - 2 * _EDGE - _TITLE)
        self.resize(_WIDTH, min(wanted, beside, round(room.height() * 0.85)))
        left = max(room.left(), over.right() - self.width() - _EDGE)
        top = max(room.top(), min(over.top() + _EDGE, room.bottom() - self.height() - _TITLE))
        self.move(left, top)

    def _scrolled(self, rows: QWidget) -> QScrollArea:
        """Put the rows where they scroll when the screen is low; the field with the focus stays in sight."""
        area = QScrollArea(self)
        area.setObjectName("settingsRows")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(rows)
        return area

    def _show_shortcuts(self) -> None:
        ShortcutsDialog(self._shortcuts, self).open()

    def _field(self, setting: Setting[Any]) -> QWidget:
        value = self._settings.get(setting)
        if setting is ARTICLE_FONT:
            return self._font_box(setting, str(value))
        if setting.choices:
            return self._choice_box(setting, str(value))
        if isinstance(value, bool):
            box = QCheckBox(self)
            box.setChecked(value)
            box.toggled.connect(lambda on: self._store(setting, on))
            return box
        if isinstance(value, str):
            return self._line(setting, value)
        spin = NumberBox(self)
        spin.setRange(setting.low or 0, setting.high or 0)
        spin.setSingleStep({ZOOM: 10, BACKUP_LIMIT: 100}.get(setting, 1))
        spin.setSuffix({ZOOM: " %", BACKUP_LIMIT: _tr("Settings", " MB")}.get(setting, ""))
        spin.setValue(int(value))
        spin.valueChanged.connect(lambda number: self._store(setting, number))
        return spin

    def _line(self, setting: Setting[Any], value: str) -> QLineEdit:
        line = QLineEdit(value, self)
        line.setPlaceholderText(user_name())
        line.editingFinished.connect(lambda: self._store(setting, " ".join(line.text().split())))
        return line

    def _choice_box(self, setting: Setting[Any], value: str) -> QComboBox:
        box = QuietComboBox(self)
        for choice in setting.choices:
            box.addItem(_choice(str(choice)), choice)
        box.setCurrentIndex(box.findData(value))
        box.activated.connect(lambda: self._store(setting, str(box.currentData())))
        return box

    def _font_box(self, setting: Setting[Any], value: str) -> QComboBox:
        box = QuietComboBox(self)
        box.addItem(_tr("Settings", "Literata, which ships with Annotator"), "")
        for family in text_families():
            box.addItem(family, family)
        box.setCurrentIndex(max(0, box.findData(value)))
        box.activated.connect(lambda: self._store(setting, str(box.currentData())))
        return box

    def _store(self, setting: Setting[Any], value: object) -> None:
        self._settings.set(setting, value)
        self._changed(setting)


def _show_backups() -> None:
    """Show the folder in which the backups of all projects lie."""
    folder = paths.user_data_folder() / "backups"
    folder.mkdir(exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def text_families() -> list[str]:
    """Return the installed typefaces that one can read in: of any size, no symbols, not the system's own."""
    families = {
        family.partition(" [")[0]  # behind it stands who made it, where several did
        for family in QFontDatabase.families()
        if not QFontDatabase.isPrivateFamily(family)
        and QFontDatabase.isSmoothlyScalable(family)
        and QFontDatabase.WritingSystem.Symbol not in QFontDatabase.writingSystems(family)
    }
    return sorted(families - {ARTICLE_FAMILY}, key=str.casefold)


def _name(setting: Setting[Any]) -> str:
    """Return what the user calls a setting."""
    names = {
        "analyst.name": _tr("Settings", "Your name"),
        "view.theme": _tr("Settings", "Colours"),
        "view.zoom": _tr("Settings", "Text size"),
        "view.article_font": _tr("Settings", "Typeface"),
        "view.line_width": _tr("Settings", "Line width"),
        "view.full_width": _tr("Settings", "Full width"),
        "view.line_spacing": _tr("Settings", "Line spacing"),
        "view.paragraph_spacing": _tr("Settings", "Paragraph spacing"),
        "view.rules": _tr("Settings", "Decision rules"),
        "view.smooth_scrolling": _tr("Settings", "Smooth scrolling"),
        "view.reading": _tr("Settings", "Reading view"),
        "print.paper": _tr("Settings", "Paper"),
        "print.passages": _tr("Settings", "Printed passages"),
        "backups.limit": _tr("Settings", "Room for backups"),
        "start.open_last": _tr("Settings", "Last project"),
    }
    return names[setting.name]


def _choice(choice: str) -> str:
    """Return what the user calls a choice."""
    names = {
        "system": _tr("Settings", "As the system"),
        "light": _tr("Settings", "Light"),
        "dark": _tr("Settings", "Dark"),
        "": _tr("Settings", "As in your country"),
        "a4": _tr("Settings", "A4"),
        "letter": _tr("Settings", "US Letter"),
        "compact": _tr("Settings", "Compact"),
        "normal": _tr("Settings", "Normal"),
        "relaxed": _tr("Settings", "Relaxed"),
        "high-contrast-light": _tr("Settings", "High contrast, light"),
        "high-contrast-dark": _tr("Settings", "High contrast, dark"),
    }
    return names[choice]
