"""Projects that many tests begin with are made once and then copied: making one takes longer than most tests do."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Hashable
from copy import deepcopy
from pathlib import Path
from typing import TypeVar

from annotator.services.project import open_project

T = TypeVar("T")
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""A folder whose files are in memory, for tests that write much and ask nothing of the disk; None where none is."""

_made: dict[Hashable, tuple[bytes, str, object]] = {}


def copy_at(path: Path, make: Callable[[Path], T], kind: Hashable) -> T:
    """Put at ``path`` what ``make`` makes of a path; it is called when this ``kind`` is first asked for.

    Returns what it returned. Who wrote last is remembered on this device as who writes. All copies are one project, by
    their ids: a test that needs two makes the second itself.
    """
    if kind not in _made:
        with tempfile.TemporaryDirectory() as folder:
            first = Path(folder) / path.name
            result = make(first)
            with open_project(first) as project:
                writer = project.analyst.id if project.analyst is not None else ""
            _made[kind] = first.read_bytes(), writer, result
    content, writer, result = _made[kind]  # type: ignore[assignment]  # of the same kind, so of the same type
    path.write_bytes(content)
    if writer:
        with open_project(path) as project:
            project.act_as(writer)
    return deepcopy(result)
