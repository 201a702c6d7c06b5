"""Open the project that a command names."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import ReadOnlyError

if TYPE_CHECKING:
    from annotator.services.project import Project

_SQLITE = b"SQLite format 3\0"
PROJECT_HELP = "the project, such as story.annotator"


def add_project(parser: argparse.ArgumentParser) -> None:
    """Add the argument PROJECT, which nearly every command takes first."""
    parser.add_argument("project", metavar="PROJECT", help=PROJECT_HELP)


def is_project(word: str) -> bool:
    """Tell a project from other files by its first bytes, whatever its name; asked before anything has it open."""
    if "://" in word:
        return True
    try:
        with Path(word).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return word.endswith(".annotator")


def to_read(options: argparse.Namespace) -> Project:
    """Open the project for reading; a window may have it open meanwhile."""
    return to_read_from(options.project)


def to_read_from(location: str) -> Project:
    """Open the project at ``location`` for reading."""
    from annotator.services.project import open_project

    return open_project(location, read_only=True)


def to_look(options: argparse.Namespace) -> Project:
    """Open the project for reading as who is named; a window may have it open meanwhile."""
    from annotator.services.project import open_project

    return open_project(options.project, read_only=True, analyst=options.analyst)


def to_mend(options: argparse.Namespace, *, writing: bool = False) -> Project:
    """Open the project for what the program itself writes, reading only while somebody else writes to it.

    ``writing``: raise ReadOnlyError rather than that.
    """
    from annotator.services.project import open_project

    return _writable(open_project(options.project)) if writing else open_project(options.project, wait=0)


def to_write(options: argparse.Namespace) -> Project:
    """Open the project for writing.

    Raises:
        ReadOnlyError: it cannot be written to, or somebody else writes to it now.
    """
    from annotator.services.project import open_project

    return _writable(open_project(options.project, analyst=options.analyst))


def _writable(project: Project) -> Project:
    """Return a project that can be written to, and close any other."""
    if project.read_only:
        project.close()
        raise ReadOnlyError(project.read_only_reason, "Nothing was written.")
    return project
