"""Keys that are pressed while the project is still being opened: what can be done once it is open is done then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent

from annotator.desktop.actions import ActionId, Actions, Need, plain

_SOON = frozenset({Need.PROJECT, Need.WRITABLE, Need.ARTICLE})
"""What holds as soon as a project is open; an action that needs more would be done at a moment nobody expects."""


class EarlyKeys(QObject):
    """Remembers the last action that was asked for too early, says so, and does it when it may be done."""

    def __init__(self, actions: Actions, say: Callable[[str, bool], object], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._say = say
        self._asked: ActionId | None = None
        actions.needs_changed.connect(self._try)

    def take(self, event: QKeyEvent) -> bool:
        """Take a key that nothing has heard; tell whether it meant anything."""
        spec = self._actions.meant_by(event)
        if spec is not None and spec.needs <= _SOON:
            self._asked = spec.id
            name = plain(self._actions.action(spec.id).text()).removesuffix("…")
            text = self.tr("The project is still being opened; in a moment follows: {0}.").format(name)
        elif event.text().strip():
            text = self.tr("The project is still being opened: passages can be marked in a moment.")
        else:
            return False
        self._say(text, False)
        return True

    def forget(self) -> None:
        """Do nothing later: the project could not be opened."""
        self._asked = None

    def _try(self) -> None:
        asked = self._asked
        if asked is not None and self._actions.action(asked).isEnabled():
            self._asked = None
            self._actions.trigger(asked)
