"""Whether a window that is used for long stays as large as it is."""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PySide6.QtCore import QObject

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Sample:
    """The process and its window at one moment, after a collection."""

    actions: int
    resident: int
    """Bytes of memory in use by the process, without what the C library keeps free for later."""
    objects: int
    """Python objects that the collector looks after."""
    qt_objects: int
    """QObjects that belong to the window."""

    @classmethod
    def of(cls, window: QObject, actions: int) -> Sample:
        """Measure now."""
        gc.collect()
        if hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
            libc.malloc_trim(0)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return cls(
            actions, pages * os.sysconf("SC_PAGE_SIZE"), len(gc.get_objects()), len(window.findChildren(QObject))
        )

    def __str__(self) -> str:
        """Say it in one line."""
        size = f"{self.resident / MEGABYTE:6.1f} MB, {self.objects} objects, {self.qt_objects} of Qt"
        return f"{self.actions:6} actions: {size}"


def growth(samples: Sequence[Sample], *, after: int, of: str) -> float:
    """Return by how much a measure has grown from ``after`` actions on: the last third's middle less the first's."""
    values = [getattr(sample, of) for sample in samples if sample.actions >= after]
    third = max(1, len(values) // 3)
    return float(median(values[-third:]) - median(values[:third]))
