from __future__ import annotations

import resource
import shutil
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.errors import StorageError
from annotator.domain.people import Person
from annotator.store import sqlite
from annotator.store.database import Database
from tests import children
from tests.crashes import leave_half_a_change
from tests.factories import make_person, put


@pytest.mark.parametrize("read_only", [True, False])
def test_half_a_change_is_rolled_back_whoever_opens_the_file(project: Path, *, read_only: bool) -> None:
    leave_half_a_change(project)
    with Database.open(str(project), read_only=read_only) as database, database.read() as reader:
        assert [person.name for person in reader.all(Person)] == ["Dora Quill"]
    assert list(project.parent.iterdir()) == [project]


def test_half_a_change_that_cannot_be_rolled_back_is_told(project: Path, open_folder: Path) -> None:
    leave_half_a_change(project)
    path = open_folder / project.name
    for source in (project, project.with_name(f"{project.name}-journal")):
        shutil.copy(source, open_folder / source.name)
        (open_folder / source.name).chmod(0o444)
    open_folder.chmod(0o555)

    def look() -> None:
        with pytest.raises(StorageError, match="middle of a change") as caught:
            Database.open(str(path))
        assert "-journal" in caught.value.advice

    children.run(look, as_nobody=True)


def full(database: Database) -> Callable[[], None]:
    """Let the database have no more pages, as on a full disk; return what frees space again."""
    connection = database._connections.begin_writing()
    raw: Any = connection.connection.driver_connection
    database._connections.end_writing()
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    raw.execute(f"PRAGMA max_page_count={pages}")
    return lambda: raw.execute("PRAGMA max_page_count=1000000").fetchone()


def limited(database: Database) -> Callable[[], None]:
    """Let the system refuse to let files grow; return what allows it again."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (Path(database.location).stat().st_size, hard))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(("make_full", "message"), [(full, "disk is full"), (limited, "disk reported an error")])
def test_a_full_disk_loses_nothing_and_the_same_works_later(
    project: Path, make_full: Callable[[Database], Callable[[], None]], message: str
) -> None:
    with Database.open(str(project)) as database:
        free = make_full(database)
        big = make_person("Big", note="word " * 100_000)
        try:
            with pytest.raises(StorageError, match=message):
                put(database, big)
        finally:
            free()
        with database.read() as reader:
            assert reader.count(Person) == 1
            assert reader.head_seq() == 1
        put(database, big)
        with database.read() as reader:
            assert reader.count(Person) == 2


def test_a_commit_waits_for_a_reader(project: Path) -> None:
    with Database.open(str(project)) as database, ThreadPoolExecutor(1) as pool:
        reader = sqlite3.connect(project, isolation_level=None, check_same_thread=False)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        writing = pool.submit(put, database, make_person("Patient"))
        release = threading.Timer(0.4, reader.close)
        release.start()
        assert writing.result(30).revision == 1
        release.join()


def test_a_commit_that_waits_in_vain_loses_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "COMMIT_PATIENCE", 0.2)
    with Database.open(str(project)) as database:
        reader = sqlite3.connect(project, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        person = make_person("Patient")
        with pytest.raises(StorageError, match="Another program"):
            put(database, person)
        reader.close()
        put(database, person)
        with database.read() as after:
            assert after.count(Person) == 2


def test_another_writer_that_knows_no_lock_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "COMMIT_PATIENCE", 0.2)
    with Database.open(str(project)) as database:
        other = sqlite3.connect(project, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="Another program"):
            put(database, make_person())
        other.close()
        put(database, make_person())
