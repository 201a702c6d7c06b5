"""Garbage collection on the UI thread alone.

A cycle of Python objects may hold widgets; collected on a worker's thread they would be destroyed there, and Qt
crashes. So automatic collection is off while the window is up, and a timer does the same work on the UI thread.

A collection looks at every object there is, and the window stands still meanwhile: a tenth of a second with a million
objects. So what came in bulk, such as a project or a list of 100,000 passages, is set aside (``gc.freeze``) without
being looked at; it is freed as ever when nothing refers to it any more. Only cycles within it wait, until a window is
closed or nobody has looked at any for a while: then all is looked through.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

INTERVAL = 500
"""Milliseconds between two looks at how much there is to collect."""
BULK = 50_000
"""So many new objects since the last look came in bulk."""
UNWATCHED = 60
"""Seconds without a window in use after which what was set aside is looked through too."""


class UiThreadCollector(QObject):
    """Takes over from Python's automatic collection until :meth:`stop`; make it on the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        self._set_aside = False
        self._in_use_at = monotonic()

    def stop(self) -> None:
        """Give collection back to Python."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation whose threshold has been passed, as Python itself would; set aside a bulk."""
        if QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive:
            self._in_use_at = monotonic()
        elif self._set_aside and monotonic() - self._in_use_at > UNWATCHED:
            self.collect_all()
            return
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] > BULK:
            gc.freeze()
            self._set_aside = True
            return
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

    def look_through_soon(self) -> None:
        """Look everything through once a closed window is gone.

        What it was made of refers to each other and would wait for a collection that does not come while nobody works.
        """
        QTimer.singleShot(INTERVAL, self, self.collect_all)

    def collect_all(self) -> None:
        """Look everything through, with what was set aside; the window stands still meanwhile."""
        if self._set_aside:
            gc.unfreeze()
            self._set_aside = False
        gc.collect()
        self._in_use_at = monotonic()
