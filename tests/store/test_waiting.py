"""Waiting for another program that knows no lock of ours: told when it takes long, and over by itself."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.errors import StorageError
from annotator.domain.people import Person
from annotator.store import sqlite
from annotator.store.database import Database
from tests.factories import make_person, put


class Told:
    """What was told, and a program that lets go of the file as soon as it has been told that it is waited for."""

    def __init__(self) -> None:
        self.heard: list[bool] = []
        self.let_go: Callable[[], object] = lambda: None

    def __call__(self, on: bool) -> None:
        self.heard.append(on)
        if on:
            threading.Thread(target=self.let_go).start()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.setattr(sqlite, "TOLD_AFTER", 0.1)
    monkeypatch.setattr("annotator.store.project_file.TOLD_AFTER", 0.1)
    return Told()


@pytest.fixture
def other(project: Path, told: Told) -> Iterator[sqlite3.Connection]:
    """Return another program's connection, which is closed once it is waited for."""
    with closing(sqlite3.connect(project, isolation_level=None, check_same_thread=False)) as connection:
        told.let_go = connection.close
        yield connection


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_change_that_waits_says_so_and_is_made_then(
    project: Path, told: Told, other: sqlite3.Connection, lock: str
) -> None:
    with Database.open(str(project), waiting=told) as database:
        other.execute(f"BEGIN {lock}")
        put(database, make_person("Patient"))
        assert told.heard == [True, False]
        put(database, make_person("Quick"))
        assert told.heard == [True, False]


def test_a_commit_that_waits_for_a_reader_says_so(project: Path, told: Told, other: sqlite3.Connection) -> None:
    with Database.open(str(project), waiting=told) as database:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM person").fetchone()
        put(database, make_person("Patient"))
        assert told.heard == [True, False]


@pytest.mark.parametrize("read_only", [True, False])
def test_reading_and_opening_say_so_too(project: Path, told: Told, other: sqlite3.Connection, read_only: bool) -> None:
    other.execute("BEGIN EXCLUSIVE")
    with Database.open(str(project), read_only=read_only, waiting=told) as database:
        assert told.heard == [True, False]
        again = sqlite3.connect(project, isolation_level=None, check_same_thread=False)
        told.let_go = again.close
        again.execute("BEGIN EXCLUSIVE")
        with database.read() as reader:
            assert reader.count(Person) == 1
        assert told.heard == [True, False] * 2


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_it_is_over_too_when_it_was_in_vain(
    project: Path, told: Told, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, lock: str
) -> None:
    monkeypatch.setattr(sqlite, "COMMIT_PATIENCE", 0.3)
    told.let_go = lambda: None
    with Database.open(str(project), waiting=told) as database:
        other.execute(f"BEGIN {lock}")
        with pytest.raises(StorageError, match="Another program"):
            put(database, make_person())
        assert told.heard == [True, False]
        if lock == "EXCLUSIVE":
            with pytest.raises(StorageError, match="Another program"), database.read():
                pass
        other.execute("ROLLBACK")
        put(database, make_person())
        with database.read() as reader:
            assert reader.count(Person) == 2


def test_a_long_read_of_our_own_is_not_told_as_another_program(project: Path, told: Told) -> None:
    with Database.open(str(project), waiting=told) as database:
        reading, go_on = threading.Event(), threading.Event()

        def read() -> None:
            with database.read() as reader:
                assert reader.count(Person) == 1
                reading.set()
                assert go_on.wait(30)

        thread = threading.Thread(target=read)
        thread.start()
        assert reading.wait(30)
        later = threading.Timer(0.5, go_on.set)
        later.start()
        put(database, make_person("Patient"))
        thread.join()
        later.join()
        assert told.heard == []
