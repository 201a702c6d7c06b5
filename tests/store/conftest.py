"""A project file for the tests of its faults, and a folder that any user can reach."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store.database import Database
from tests.factories import begin


@pytest.fixture
def project(project_path: Path) -> Path:
    """Return a closed project file with a beginning in it."""
    with Database.create(str(project_path)) as database:
        begin(database)
    return project_path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that any user can reach."""
    folder = Path(os.path.realpath("/tmp")) / f"annotator-test-{os.getpid()}-{threading.get_ident()}"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)
