from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.errors import NotFoundError, StorageError
from annotator.domain.people import Person
from annotator.store.database import Database
from annotator.store.driver import COMMIT_PATIENCE, SCHEMA_VERSION
from annotator.store.sqlite import TOLD_AFTER
from tests.factories import DEVICE, begin, make_person, put


def refused(path: Path) -> str:
    """Return what opening says, and see to it that nothing about the file and its folder changed."""
    before = path.read_bytes() if path.is_file() else None
    neighbours = sorted(path.parent.iterdir())
    with pytest.raises((StorageError, NotFoundError)) as caught:
        Database.open(str(path), wait=0)
    assert caught.value.advice
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == neighbours
    return caught.value.message


def sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_what_is_not_there(tmp_path: Path) -> None:
    assert "no file" in refused(tmp_path / "missing.annotator")


def test_a_folder(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path)


def test_a_named_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.annotator")
    assert "no ordinary file" in refused(tmp_path / "pipe.annotator")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.annotator").touch()
    assert "empty" in refused(tmp_path / "empty.annotator")


@pytest.mark.parametrize("content", [b"Dear diary,\n" * 200, b"\x89PNG\r\n\x1a\n" + bytes(4000), b"SQLite format 3\0"])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.annotator"
    path.write_bytes(content)
    message = refused(path)
    assert "not a project" in message or "damaged" in message


def test_a_database_of_another_program(tmp_path: Path) -> None:
    sql(tmp_path / "foreign.annotator", "CREATE TABLE bookmarks (url TEXT)")
    assert "not a project of Annotator" in refused(tmp_path / "foreign.annotator")


def test_a_newer_project(project: Path) -> None:
    sql(project, f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    assert f"newer version of Annotator (format {SCHEMA_VERSION + 1}" in refused(project)


def test_a_damaged_project(project: Path) -> None:
    content = bytearray(project.read_bytes())
    for page in range(3, len(content) // 4096 - 1, 3):
        content[page * 4096 : page * 4096 + 64] = os.urandom(64)
    project.write_bytes(content)
    assert "damaged" in refused(project)


def test_a_truncated_project(project: Path) -> None:
    project.write_bytes(project.read_bytes()[:20_000])
    assert "damaged" in refused(project)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON annotation BEGIN DELETE FROM version; END",
        "CREATE VIEW v AS SELECT * FROM annotation",
        "CREATE TABLE extra (x)",
        "CREATE VIRTUAL TABLE search_index_more USING fts5(x)",
    ],
)
def test_what_annotator_did_not_make_is_not_trusted(project: Path, statement: str) -> None:
    sql(project, statement)
    assert "did not make" in refused(project)


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE comment", "ALTER TABLE person ADD COLUMN x", "ALTER TABLE person ADD COLUMN x AS (name)"],
)
def test_tables_that_are_not_those_of_a_project_are_damage(project: Path, statement: str) -> None:
    sql(project, statement)
    assert "damaged" in refused(project)


def test_making_never_overwrites(project: Path) -> None:
    before = project.read_bytes()
    with pytest.raises(StorageError, match="already"):
        Database.create(str(project))
    assert project.read_bytes() == before


def test_making_in_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be made"):
        Database.create(str(tmp_path / "missing" / "a.annotator"))


@pytest.mark.parametrize("name", ["x" * 300 + ".annotator", "nul\0.annotator", "~nobody-of-this-name/a.annotator"])
def test_a_name_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="cannot be made"):
        Database.create(str(tmp_path / name))
    with pytest.raises(NotFoundError):
        Database.open(str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


def test_making_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.project_file.install", lambda _connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Database.create(str(tmp_path / "a.annotator"))
    assert list(tmp_path.iterdir()) == []


def test_a_closed_project_is_one_file(project: Path) -> None:
    assert list(project.parent.iterdir()) == [project]


@pytest.mark.parametrize("saved_before", [True, False])
def test_a_project_that_is_renamed_while_open_refuses_to_save(project: Path, *, saved_before: bool) -> None:
    with Database.open(str(project)) as database:
        if saved_before:
            put(database, make_person("Saved"))
        project.rename(project.with_name("renamed.annotator"))
        with pytest.raises(StorageError, match="moved or renamed"):
            put(database, make_person("Lost"))
    with Database.open(str(project.with_name("renamed.annotator"))) as database, database.read() as reader:
        assert reader.count(Person) == 1 + saved_before


def test_a_symlink_is_followed_to_the_real_file(project: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.annotator"
    link.symlink_to(project)
    with Database.open(str(link)) as database:
        assert database.location == str(project)
        put(database, make_person())
        assert Database.open(str(project), wait=0).read_only
    assert list(link.parent.iterdir()) == [link]


def test_a_path_with_strange_characters(tmp_path: Path) -> None:
    path = tmp_path / "a b%20#?&ü“.annotator"
    with Database.create(str(path)) as database:
        begin(database)
    with Database.open(str(path)) as database, database.read() as reader:
        assert reader.count(Person) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_errors_do_not_show_what_was_written(project: Path) -> None:
    with Database.open(str(project)) as database, database.write(analyst_id=None, device=DEVICE) as uow:
        with pytest.raises(Exception) as caught:  # noqa: PT011  (any error of the database)
            uow._connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("a secret",))
        assert "a secret" not in str(caught.value)


EXPECTED = {
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "journal_mode": "delete",
    "synchronous": 3,
}
PATIENCE = {1000 * TOLD_AFTER, 1000 * COMMIT_PATIENCE}
"""Milliseconds that SQLite waits by itself; on the shorter ones what goes on beyond that is told."""


def test_every_connection_has_the_pragmas(project_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever opens a project file gets its connection from ``sqlite3.connect``: look at each one it gives."""
    made: list[sqlite3.Connection] = []

    class Watched(sqlite3.Connection):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            made.append(self)

        def close(self) -> None:
            check(self)
            super().close()

    seen = []

    def check(connection: sqlite3.Connection) -> None:
        values = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in EXPECTED}
        assert values == EXPECTED
        assert connection.execute("PRAGMA busy_timeout").fetchone()[0] in PATIENCE
        seen.append(connection)

    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: real(*args, factory=Watched, **kwargs))
    with Database.create(str(project_path)) as database:
        begin(database)
        with database.read() as one, database.read() as two:
            assert one.count(Person) == two.count(Person) == 1
    with Database.open(str(project_path)) as database, Database.open(str(project_path), wait=0) as other:
        assert other.read_only
        put(database, make_person())
        with other.read() as reader:
            assert reader.count(Person) == 2
    assert len(made) > 5
    assert set(map(id, made)) == set(map(id, seen))
