from __future__ import annotations

import errno
import os
import resource
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.errors import NotFoundError, ReadOnlyError, StorageError
from annotator.domain.people import Person
from annotator.store import sqlite
from annotator.store.database import Database
from annotator.store.locking import lock_path
from annotator.store.schema import SCHEMA_VERSION
from tests import children
from tests.crashes import leave_half_a_change
from tests.factories import DEVICE, begin, make_person, put


@pytest.fixture
def project(project_path: Path) -> Path:
    """Return a closed project file with a beginning in it."""
    with Database.create(str(project_path)) as database:
        begin(database)
    return project_path


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


# -- who may write


def test_a_second_opener_reads_and_is_told_who_writes(project: Path) -> None:
    with Database.open(str(project)) as first, Database.open(str(project), wait=0) as second:
        assert not first.read_only
        assert second.read_only
        assert "open for writing by" in second.read_only_reason
        put(first, make_person("Later"))
        with second.read() as reader:
            assert reader.count(Person) == 2
        with pytest.raises(ReadOnlyError) as caught:
            second.write(analyst_id=None, device=DEVICE)
        assert caught.value.advice == second.read_only_reason
    with Database.open(str(project)) as again:
        assert not again.read_only


def test_another_process_is_told_too(project: Path) -> None:
    def look() -> None:
        with Database.open(str(project), wait=0) as database:
            assert "open for writing by" in database.read_only_reason

    with Database.open(str(project)):
        children.run(look)


def test_a_writer_is_waited_for(project: Path) -> None:
    first = Database.open(str(project))
    closing = threading.Timer(0.3, first.close)
    closing.start()
    with Database.open(str(project), wait=30) as second:
        assert not second.read_only
    closing.join()


def test_a_killed_writer_leaves_no_lock(project: Path) -> None:
    def hold(tell: Callable[[str], None]) -> None:
        database = Database.open(str(project))
        tell("read-only" if database.read_only else "writing")
        threading.Event().wait()

    child = children.Killable(hold)
    assert child.await_line() == "writing"
    child.kill()
    assert lock_path(project).exists()
    with Database.open(str(project), wait=0) as database:
        assert not database.read_only


def test_a_full_disk_leaves_nothing_behind_of_the_lock(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who holds it cannot be written down then; what is in the way of a change is told when one is made."""

    def full(_descriptor: int, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    for _ in range(2):
        with Database.open(str(project), wait=0) as database:
            assert not database.read_only
        assert not lock_path(project).exists()


def test_asked_for_reading_only_takes_no_lock(project: Path) -> None:
    with Database.open(str(project), read_only=True) as reading, Database.open(str(project), wait=0) as writing:
        assert reading.read_only
        assert not writing.read_only


# -- what may not be written


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that any user can reach."""
    folder = Path(os.path.realpath("/tmp")) / f"annotator-test-{os.getpid()}-{threading.get_ident()}"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


@pytest.mark.parametrize(("mode", "folder_mode", "words"), [(0o444, 0o777, "file"), (0o666, 0o555, "folder")])
def test_what_may_not_be_written_is_opened_for_reading(
    project: Path, open_folder: Path, mode: int, folder_mode: int, words: str
) -> None:
    path = open_folder / "story.annotator"
    shutil.copy(project, path)
    path.chmod(mode)
    open_folder.chmod(folder_mode)

    def look() -> None:
        with Database.open(str(path)) as database:
            assert database.read_only
            assert "may not be written" in database.read_only_reason
            assert words in database.read_only_reason
            with database.read() as reader:
                assert reader.count(Person) == 1

    children.run(look, as_nobody=True)


def test_what_may_not_be_read(project: Path, open_folder: Path) -> None:
    path = open_folder / "story.annotator"
    shutil.copy(project, path)
    path.chmod(0o000)

    def look() -> None:
        with pytest.raises(StorageError, match="may not be read"):
            Database.open(str(path))

    children.run(look, as_nobody=True)


# -- what crashes and full disks leave


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
    "busy_timeout": 10_000,
}


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
