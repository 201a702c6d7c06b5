"""What has to be measured in a process of its own: ``python -m tests.benchmarks.fresh NAME`` prints the figures.

Memory that one measurement left behind would hide what the next one takes, and Qt reads the scale of the screen once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.domain.marks import Mark
from tests.benchmarks.ratios import Row, measure
from tests.benchmarks.scene import (
    SIZES,
    article_view,
    assert_all_is_painted,
    open_in_plain,
    open_in_view,
    plain_widget,
    sample,
    settled,
)

_ROOT = Path(__file__).resolve().parents[2]
_LARGE = SIZES["10 MB / 100,000"]
_WIDE = (1600, 1000)


def measured_in_fresh_process(name: str, **environment: str) -> list[Row]:
    """Return the rows that one of :data:`MEASUREMENTS` yields in a new process."""
    own = {**os.environ, "PYTHONPATH": str(_ROOT), "QT_QPA_PLATFORM": "offscreen", **environment}
    command = [sys.executable, "-m", "tests.benchmarks.fresh", name]
    done = subprocess.run(command, env=own, cwd=_ROOT, check=True, stdout=subprocess.PIPE, timeout=120)
    return [Row(**row) for row in json.loads(done.stdout)]


def resident() -> float:
    """Return how much memory this process has in use, in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory_of_view() -> list[Row]:
    """Measure by how many MB the process grows when the article view opens the largest article.

    The text and the passages are there before, as they are for the plain widget: only showing them counts.
    """
    shown = sample(*_LARGE)
    with article_view() as view:
        before = resident()
        open_in_view(view, shown)
        settled(view)
        grown = resident() - before
        assert_all_is_painted(view)
    return [Row("grown", grown, 0, unit="MB")]


def memory_of_plain() -> list[Row]:
    """Measure the same of the plain widget."""
    shown = sample(*_LARGE)
    with plain_widget() as plain:
        before = resident()
        open_in_plain(plain, shown)
        QApplication.processEvents()
        return [Row("grown", resident() - before, 0, unit="MB")]


def scaled() -> list[Row]:
    """Measure adding and removing a passage against a full repaint, at whatever scale the screen has."""
    shown = sample(*SIZES["1 MB / 10,000"])
    with plain_widget(_WIDE) as plain, article_view(_WIDE) as view:
        open_in_view(view, shown)
        open_in_plain(plain, shown)
        settled(view)
        assert_all_is_painted(view)
        size = view.viewport().grab().size()
        there = view.page.shown()[3].paragraph
        mark = Mark("new", view.page.table.starts[there] + 10, view.page.table.starts[there] + 60, "tag0", "ab")

        def add_and_remove() -> None:
            view.add_mark(mark, pending=True)
            QApplication.processEvents()
            view.remove_mark("new")
            QApplication.processEvents()

        def repaint_twice() -> None:
            plain.viewport().repaint()
            plain.viewport().repaint()

        row = measure("add or remove one annotation", add_and_remove, repaint_twice, 0.4)
        return [row, Row("width of the picture", size.width(), 0, unit="pixels")]


MEASUREMENTS: dict[str, Callable[[], list[Row]]] = {
    "memory of the view": memory_of_view,
    "memory of the plain widget": memory_of_plain,
    "scaled": scaled,
}


if __name__ == "__main__":
    application = QApplication([])
    print(json.dumps([asdict(row) for row in MEASUREMENTS[sys.argv[1]]()]))
