"""A tool button that does what an action does and looks as the action says."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override


class ActionButton(QToolButton):
    """Stands for ``action``: its text, icon, tool tip and state, now and after each change of them.

    ``QToolButton.setDefaultAction`` does the same, but connects itself once more at each change (Qt 6.11): the action
    whose text tells what would be undone would keep every edit of a day, and take longer after each.
    """

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stands_for = action
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        action = self._stands_for
        self.setText(action.iconText())
        self.setIcon(action.icon())
        self.setToolTip(action.toolTip())
        self.setStatusTip(action.statusTip())
        self.setWhatsThis(action.whatsThis())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        self.setEnabled(action.isEnabled())

    @override
    def nextCheckState(self) -> None:
        """Trigger the action, which says whether it is checked then."""
        self._stands_for.trigger()
