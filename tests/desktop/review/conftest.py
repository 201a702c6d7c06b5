"""Fixtures of the tests of the review screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from tests.desktop.review.decided import make_reviewed_file
from tests.desktop.review.review_desk import ReviewDesk
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


@pytest.fixture
def reviewed_file(tmp_path: Path) -> Path:
    """Return a project in which three authors differ; the reviewer writes, nothing is decided."""
    return make_reviewed_file(tmp_path / "reviewed.annotator")


@pytest.fixture
def review_desk(qtbot: QtBot, open_window: Open, reviewed_file: Path) -> ReviewDesk:
    """Return the review screen of that session, at its greatest disagreement."""
    return ReviewDesk(qtbot, open_window(reviewed_file))
