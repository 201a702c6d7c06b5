"""Whether a window that is used for long stays as large as it is."""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from annotator.desktop.main_window import MainWindow
from tests.desktop.windows import space_of

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Sample:
    """The process and its window at one moment, after a collection."""

    actions: int
    resident: int
    """Bytes of memory in use by the process, without what the C library keeps free for later."""
    objects: int
    """Python objects that the collector looks after, those included that it has set aside."""
    qt_objects: int
    """QObjects that belong to the window."""
    passages: int
    """Passages of the open article: a large article takes more memory than a small one."""

    @classmethod
    def of(cls, window: MainWindow, actions: int) -> Sample:
        """Measure now, without laid out paragraphs: a cache that is full at times, and empty after each zoom."""
        space = space_of(window)
        space.view.page._laid.clear()
        space.view.page._shown = None
        gc.collect()
        if hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
            libc.malloc_trim(0)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return cls(
            actions,
            pages * os.sysconf("SC_PAGE_SIZE"),
            len(gc.get_objects()) + gc.get_freeze_count(),
            len(window.findChildren(QObject)),
            len(space.state.marks),
        )

    def __str__(self) -> str:
        """Say it in one line."""
        size = f"{self.resident / MEGABYTE:6.1f} MB, {self.objects} objects, {self.qt_objects} of Qt"
        return f"{self.actions:6} actions: {size}, {self.passages} passages"


def growth(samples: Sequence[Sample], *, after: int, of: str) -> int:
    """Return by how much the floor of a measure has risen from ``after`` actions on, from the first third to the last.

    What is kept while a line or a list is open comes and goes, by a hundred megabytes in a large project; what is never
    let go raises the least that is measured. Only moments at which the article with the most passages was open count.
    """
    most = max(sample.passages for sample in samples)
    values = [getattr(s, of) for s in samples if s.actions >= after and s.passages > most / 2]
    third = max(1, len(values) // 3)
    return int(min(values[-third:]) - min(values[:third]))
