"""Fixtures for all tests: a user's folders of their own, and a database on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url

from annotator.store.database import Database
from annotator.store.postgres import Address, PostgresConnections
from annotator.store.schema import journal_head, metadata
from tests.postgres import postgres_server

settings.register_profile("annotator", deadline=None)  # a busy machine is no defect; the benchmarks judge time
settings.load_profile("annotator")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a soak be longer than usual, and be repeated; let a writer be killed more often."""
    parser.addoption("--soak-actions", type=int, default=400, help="how many actions the soak test does")
    parser.addoption("--kills", type=int, default=200, help="how often the writer of a project is killed")
    parser.addoption("--soak-seed", type=int, default=21, help="the seed of its choices")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test user's folders of its own, so that none reads or writes those of the person who runs it."""
    folder = tmp_path_factory.mktemp("user")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder / name))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """Return where a project file may be made."""
    return tmp_path / "story.annotator"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Return the URL of a database on a PostgreSQL server."""
    with postgres_server() as url:
        if url is None:
            reason = "no PostgreSQL server: install the extra “test”, or set ANNOTATOR_TEST_PG_URL"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        yield url


@pytest.fixture
def postgres_location(postgres_url: str) -> Iterator[str]:
    """Return the location of a project that does not exist yet on a PostgreSQL server; it is dropped at the end."""
    yield from _schema(postgres_url, make=False)


def _schema(postgres_url: str, *, make: bool) -> Iterator[str]:
    schema = f"test_{uuid.uuid4().hex}"
    location = make_url(postgres_url).update_query_dict({"schema": schema}).render_as_string(hide_password=False)
    if make:
        Database.create(location).close()
    yield location
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest) -> str:
    """Return the location of a project that does not exist yet, on each kind of database."""
    fixture = "project_path" if request.param == "sqlite" else "postgres_location"
    return str(request.getfixturevalue(fixture))


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new, empty project file, made once, to be copied."""
    path = tmp_path_factory.mktemp("made") / "made.annotator"
    Database.create(str(path)).close()
    return path


@pytest.fixture(scope="session")
def made_schema(postgres_url: str) -> Iterator[str]:
    """Return the location of a project on a server, made once, to be emptied before each use."""
    yield from _schema(postgres_url, make=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, project_path: Path) -> Iterator[Database]:
    """Return a new, empty project database, on each kind of database."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("made_file"), project_path)
        location = str(project_path)
    else:
        location = request.getfixturevalue("made_schema")
        empty(location)
    with Database.open(location) as opened:
        yield opened


def empty(location: str) -> None:
    """Take everything out of a project on a server, so that it is as it was made."""
    connections = PostgresConnections(Address.of(location))
    with connections.changing() as connection:
        for table in metadata.tables.values():
            connection.execute(table.delete())
        connection.exec_driver_sql("DELETE FROM search_index")
        connection.execute(journal_head.insert().values(id=1, seq=0))
    connections.close()
