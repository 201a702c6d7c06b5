"""The project's change sets, announced once, on the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from annotator.domain.changes import ChangeSet


class ChangeSource(Protocol):
    """What announces change sets on the thread that wrote them: a ``Project``."""

    def subscribe(self, listener: Callable[[ChangeSet], None], /) -> Callable[[], None]:
        """Call ``listener`` after each commit; return what ends it."""

    def tell_waiting(self, waiting: Callable[[bool], None], /) -> None:
        """Tell ``waiting`` when another program is waited for, and when that is over."""


class ProjectBus(QObject):
    """Carries change sets from the writing thread to the UI thread; a change arrives before its job's ``done``."""

    changed = Signal(object)  # ChangeSet
    waiting_changed = Signal(bool)
    """Another program keeps the project from being used for a while, or not any more."""
    _arrived = Signal(object)
    _waits = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe: Callable[[], None] | None = None
        self._arrived.connect(self._announce)
        self._waits.connect(self._tell_waiting)

    def attach(self, project: ChangeSource) -> None:
        """Listen to ``project``, and to no other any more."""
        self.detach()
        unsubscribe = project.subscribe(self._arrived.emit)
        project.tell_waiting(self._waits.emit)

        def end() -> None:
            unsubscribe()
            project.tell_waiting(lambda _on: None)

        self._unsubscribe = end

    def detach(self) -> None:
        """Listen to nothing."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    @Slot(bool)
    def _tell_waiting(self, on: bool) -> None:
        self.waiting_changed.emit(on)

    @Slot(object)
    def _announce(self, change: ChangeSet) -> None:
        self.changed.emit(change)
