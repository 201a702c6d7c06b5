"""Run the tests: ``python3 tests [pytest's arguments]`` sets up what they need, then runs them without a display.

The whole suite runs on several processors at once, each with tests and a PostgreSQL server of its own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROCESSORS = ["--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal"]
"""All there are, but no more than four: each takes a gigabyte in the end."""


def main(words: list[str]) -> int:
    """Run pytest with ``words``, or over the whole suite when there are none; return its exit code."""
    sys.path[0] = str(ROOT)  # else the tests' own folders would be importable by name
    from annotator import bootstrap, system

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        bootstrap.continue_in_environment([str(ROOT / "tests"), *words], extra="test")
        system.ensure_system_libraries()
        system.ensure_test_tools()
    except system.SetUpError as error:
        bootstrap.stop(error)
    os.chdir(ROOT)
    import pytest

    return int(pytest.main(words or PROCESSORS))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
