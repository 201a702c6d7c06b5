"""What a call is, and what the calls of all services share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from annotator.services.project import Project
from tests.services.twins import Ids

Call = Callable[[Project, Ids, Path], object]
"""Calls a method of a project; the folder is for files."""
Calls = Mapping[str, Sequence[Call]]
"""Calls by ``service.method``; what is hidden is named by its id and its version."""

BEN = "Ben Cole"
"""The author whose work is hidden."""


def written(write: Callable[[Path], object], folder: Path, name: str) -> object:
    """Return what a method that writes a file returned, and the file."""
    path = folder / name
    return write(path), path.read_bytes()
