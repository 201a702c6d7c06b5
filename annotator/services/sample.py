"""The sample project: two articles of an invented dispute, marked up, in a copy of the user's own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from annotator import paths
from annotator.domain.errors import StorageError
from annotator.services.project import create_project
from annotator.settings import DeviceMemory

SAMPLE_NAME = "Sample: the harbour toll"
SAMPLE_ANALYST = "Sample Analyst"
_FILE = "Harbour toll sample.annotator"
_DESCRIPTION = "An invented dispute in two newspapers, to look at and to try things on. Nothing in it is real."


def make_sample(folder: Path | None = None, *, memory: DeviceMemory | None = None) -> Path:
    """Return the path of the copy of the sample project in ``folder``, made when it is not there.

    ``folder``: the user's data folder when None. ``memory``: what the device remembers; the user's own when None. The
    sample analyst is remembered as who writes in it. What the sample brings along is written as by another device, so
    that undoing ends at what the user did. Raises StorageError when the folder cannot be written to.
    """
    folder = folder or paths.user_data_folder()
    path = folder / _FILE
    if path.exists():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sample-", dir=folder, ignore_cleanup_errors=True) as name:
            project_id, analyst_id = _make(Path(name))
            _place(Path(name) / _FILE, path)
            (memory or DeviceMemory()).remember_analyst(project_id, analyst_id)
    except OSError as error:
        raise StorageError(
            f"The sample cannot be made in “{folder}”: {error.strerror or error}.",
            "Make a project of your own instead.",
        ) from error
    return path


def _make(folder: Path) -> tuple[str, str]:
    """Make the project in ``folder``; return its id and its analyst's."""
    elsewhere = DeviceMemory(folder / "device.json")
    with create_project(
        folder / _FILE, name=SAMPLE_NAME, analyst=SAMPLE_ANALYST, description=_DESCRIPTION, memory=elsewhere
    ) as project:
        project.exchange.merge(paths.resource("sample", "sample.json"))
        assert project.analyst is not None
        return project.id, project.analyst.id


def _place(made: Path, path: Path) -> None:
    """Move the finished file to ``path`` unless another program has put one there meanwhile, which then stays."""
    try:
        os.link(made, path)
    except FileExistsError:
        return
    except OSError:
        made.replace(path)
