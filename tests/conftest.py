"""Fixtures for all tests: a user's folders of their own, and a database on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store.database import Database


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test user's folders of its own, so that none reads or writes those of the person who runs it."""
    folder = tmp_path_factory.mktemp("user")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder / name))
    return folder


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """Return where a project file may be made."""
    return tmp_path / "story.annotator"


@pytest.fixture(params=["sqlite"])
def location(request: pytest.FixtureRequest) -> str:
    """Return the location of a project that does not exist yet, on each kind of database."""
    return str(request.getfixturevalue("project_path"))


@pytest.fixture
def database(location: str) -> Iterator[Database]:
    """Return a new, empty project database, on each kind of database."""
    with Database.create(location) as made:
        yield made
