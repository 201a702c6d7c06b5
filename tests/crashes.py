"""What a crash leaves behind in a project file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from tests import children


def leave_half_a_change(path: Path) -> None:
    """Write half a transaction to the file itself and die, as a crash would."""

    def change(tell: Callable[[str], None]) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE person SET name = 'half'")
        for number in range(300):
            connection.execute("INSERT INTO merge_log VALUES (?, ?, '', '', '', ?)", (str(number), number, "x" * 2000))
        tell("half")
        threading.Event().wait()

    child = children.Killable(change)
    assert child.await_line() == "half"
    child.kill()
    assert path.with_name(f"{path.name}-journal").stat().st_size > 512
