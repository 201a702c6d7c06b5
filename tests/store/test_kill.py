from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_nothing_that_was_saved_is_lost_when_the_writer_is_killed(
    project_path: Path, pytestconfig: pytest.Config
) -> None:
    kills: int = pytestconfig.getoption("--kills")
    command = [sys.executable, "-m", "tests.store.killing", str(project_path), str(kills)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    saved, found = told["saved"], told["found"]
    assert not [line for line in saved if line.startswith("failed")]
    assert len(saved) > kills / 2
    assert told["journals"] > 0, "some were killed in the middle of a change"
    assert {line.split()[0] for line in saved} <= set(found["changes"])
    assert {line.split()[1] for line in saved} <= set(found["annotations"])
    assert set(found["annotations"].values()) == {1}, "no half change"
    assert found["person_revision"] - 1 == len(found["annotations"]) == len(found["changes"]) - 1, "both or neither"
    assert found["problems"] == []
    assert not found["search_rebuilt"]
    assert told["took"] < kills * 0.3
    print(
        f"{kills} kills in {told['took']:.0f} s: {len(saved)} changes saved, {told['journals']} hot journals, none lost"
    )
