"""Looking a project over at opening, against the least that has to be done: reading the file."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from annotator.store.driver import connect
from annotator.store.inspection import inspect_project
from tests.benchmarks.conftest import Ratio

BUDGET = 4.0
"""Times the reading of the file, which takes about 50 ms for 100 MB: at most 200 ms for them, where 300 are allowed."""


def test_the_quick_check_at_opening(ratio: Ratio, large_copy: Path, tmp_path: Path) -> None:
    read = tmp_path / "read.annotator"
    shutil.copyfile(large_copy, read)
    with closing(connect(large_copy, read_only=True)) as connection:
        ratio(
            f"quick check of {large_copy.stat().st_size / 1e6:.0f} MB against reading them",
            lambda: inspect_project(connection, large_copy.name),
            read.read_bytes,
            BUDGET,
        )
