"""Fixtures of the tests of the review screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.desktop.main_window import MainWindow
from tests.desktop.review.teams import TeamFile, make_team_file

Open = Callable[..., MainWindow]


@pytest.fixture
def team_file(tmp_path: Path) -> TeamFile:
    """Return the lead's project with an open session on which nobody has worked yet."""
    return make_team_file(tmp_path / "lead.annotator")


@pytest.fixture
def worked_file(tmp_path: Path) -> TeamFile:
    """Return the lead's project in which Ann submitted both articles and Ben the first."""
    return make_team_file(tmp_path / "lead.annotator", worked=True)


@pytest.fixture
def revealed_file(tmp_path: Path) -> TeamFile:
    """Return the lead's project after the reveal."""
    return make_team_file(tmp_path / "lead.annotator", worked=True, revealed=True)
