from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotator import paths
from annotator.domain.annotations import AnnotationPerson, Role
from annotator.domain.errors import StorageError, UsageError
from annotator.domain.ids import new_id
from annotator.domain.people import Person
from annotator.domain.reviews import ReviewSession
from annotator.services.care import Care, backups_of, restore, upgrade
from annotator.services.context import Context
from annotator.settings import BACKUP_LIMIT, DeviceMemory, Settings
from annotator.store import backups, driver
from annotator.store.backups import Counts
from annotator.store.database import Database
from tests.crashes import leave_half_a_change
from tests.factories import DEVICE, Start, begin, make_person, put


@pytest.fixture
def start(database: Database) -> Start:
    return begin(database)


@pytest.fixture
def care(database: Database, start: Start) -> Care:
    return Care(Context(database, DeviceMemory(), start.project.id))


@pytest.fixture
def file_start(project_path: Path) -> Iterator[tuple[Database, Start]]:
    """Return an open project file with a beginning in it."""
    with Database.create(str(project_path)) as database:
        yield database, begin(database)


@pytest.fixture
def file_care(file_start: tuple[Database, Start]) -> Care:
    database, start = file_start
    return Care(Context(database, DeviceMemory(), start.project.id))


def people(path: Path) -> list[str]:
    with Database.open(str(path), read_only=True) as database, database.read() as reader:
        return [person.name for person in reader.all(Person)]


def sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


# -- check


def test_a_sound_project_passes(care: Care, database: Database, start: Start) -> None:
    put(database, start.annotation(), by=start.analyst)
    report = care.check()
    assert report.passed
    assert report.problems == report.to_finish == ()
    assert not report.search_rebuilt
    assert (report.texts, report.annotations, report.versions) == (1, 1, 9)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE text_version SET text = replace(text, 'bridge', 'Bridge')", "text"),
        ("UPDATE annotation SET quote = 'Another'", "quote"),
        ("UPDATE person SET name = 'Dora Quilt'", "not what its version says"),
        ("UPDATE version SET content = CAST(replace(CAST(content AS TEXT), 'Dora', 'Cora') AS BLOB)", "version"),
        ("UPDATE annotation SET tag_id = 'nowhere'", "refers to a tag"),
        ("DELETE FROM person", "no row"),
        ("UPDATE person SET version = ''", "another version"),
    ],
)
def test_what_was_tampered_with_is_found(
    file_start: tuple[Database, Start], file_care: Care, statement: str, words: str
) -> None:
    database, start = file_start
    put(database, start.annotation(), by=start.analyst)
    sql(Path(database.location), statement)
    report = file_care.check()
    assert not report.passed
    assert any(words in str(problem) for problem in report.problems), report.problems


def test_conflicts_and_links_to_what_was_deleted_are_to_finish(care: Care, database: Database, start: Start) -> None:
    speaker = (AnnotationPerson(person_id=start.person.id, role=Role.SPEAKER),)
    ann = put(database, start.annotation(people=speaker), by=start.analyst)
    with database.write(analyst_id=start.analyst.id, device=DEVICE) as uow:
        uow.delete(start.person)
        uow.commit("Delete")
    report = care.check()
    assert report.passed
    (problem,) = report.to_finish
    assert str(problem) == f"annotation {ann.id}: The passage “The mayor” leads to a person that has been deleted."


def test_a_search_that_is_out_of_order_is_put_right(file_start: tuple[Database, Start], file_care: Care) -> None:
    database, _ = file_start
    sql(Path(database.location), "DELETE FROM search_index", "DELETE FROM search_entry")
    with database.read() as reader:
        assert reader.search("ledger") == []
    assert file_care.check().search_rebuilt
    with database.read() as reader:
        assert len(reader.search("ledger")) == 1
    assert not file_care.check().search_rebuilt


# -- backup


def test_a_backup_is_the_whole_project(file_start: tuple[Database, Start], file_care: Care, tmp_path: Path) -> None:
    database, start = file_start
    target = tmp_path / "copies" / "copy.annotator"
    steps: list[tuple[int, int]] = []
    assert file_care.backup(target, progress=lambda done, all_: steps.append((done, all_))) == target
    assert steps[-1][0] == steps[-1][1] > 0
    put(database, make_person("Later"), by=start.analyst)
    assert people(target) == ["Dora Quill"]
    file_care.backup(target)
    assert people(target) == ["Dora Quill", "Later"]
    assert list(target.parent.iterdir()) == [target]


def test_a_backup_that_fails_leaves_the_old_one(
    file_start: tuple[Database, Start], file_care: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, start = file_start
    target = file_care.backup(tmp_path / "copy.annotator")
    before = target.read_bytes()
    put(database, make_person("Later"), by=start.analyst)

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        file_care.backup(target, progress=stop)
    monkeypatch.setattr(backups, "_sync", lambda _path: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(StorageError, match="No space left"):
        file_care.backup(target)
    assert target.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"copy.annotator", *(_with_lock(database))}


def test_a_full_disk_is_told_of_the_copy(file_care: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def small(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
        connection = driver.connect(path, read_only=read_only)
        connection.execute("PRAGMA max_page_count=1")
        return connection

    monkeypatch.setattr(backups, "connect", small)
    with pytest.raises(StorageError, match=r"The copy “copy\.annotator” could not be written: the disk is full\."):
        file_care.backup(tmp_path / "copy.annotator")
    assert not list(tmp_path.glob("*copy*"))


def _with_lock(database: Database) -> list[str]:
    location = Path(database.location)
    return [location.name, f".~{location.name}.lock"]


def test_a_backup_is_not_the_project_itself(file_start: tuple[Database, Start], file_care: Care) -> None:
    with pytest.raises(StorageError, match="project itself"):
        file_care.backup(file_start[0].location)


def test_a_backup_is_not_written_over_a_project_that_is_open(
    file_start: tuple[Database, Start], file_care: Care, tmp_path: Path
) -> None:
    other = file_care.backup(tmp_path / "other.annotator")
    with Database.open(str(other)) as database:
        with pytest.raises(StorageError, match="open for writing"):
            file_care.backup(other)
        put(database, make_person("Later"), by=file_start[1].analyst)
    assert people(other) == ["Dora Quill", "Later"]


@pytest.mark.parametrize("other", ["project", "text"])
def test_a_backup_is_written_over_nothing_but_a_backup_of_the_same_project(
    file_care: Care, tmp_path: Path, other: str
) -> None:
    target = tmp_path / "other.annotator"
    if other == "project":
        with Database.create(str(target)) as database:
            begin(database)
    else:
        target.write_bytes(b"Dear diary")
    before = target.read_bytes()
    with pytest.raises(StorageError, match="not written over"):
        file_care.backup(target)
    assert target.read_bytes() == before


def test_a_project_on_a_server_is_backed_up_there(postgres_location: str, tmp_path: Path) -> None:
    with Database.create(postgres_location) as database:
        care = Care(Context(database, DeviceMemory(), begin(database).project.id))
        with pytest.raises(UsageError, match="pg_dump"):
            care.backup(tmp_path / "copy.annotator")
        assert care.backup_if_due() is None
        assert care.backup_before("merge") is None


def test_an_automatic_backup_is_made_hourly_at_most_and_only_of_what_is_new(
    file_start: tuple[Database, Start], file_care: Care
) -> None:
    database, start = file_start
    first = file_care.backup_if_due()
    assert first is not None
    assert first.is_relative_to(paths.user_data_folder())
    put(database, make_person("Later"), by=start.analyst)
    assert file_care.backup_if_due() is None, "an hour has not passed"
    later = datetime.now(UTC) + timedelta(minutes=61)
    second = file_care.backup_if_due(now=lambda: later)
    assert second is not None
    assert file_care.backup_if_due(now=lambda: later + timedelta(days=9)) is None, "nothing changed"
    assert [backup.path for backup in file_care.backups()] == [second, first]
    assert [(backup.seq, backup.why) for backup in file_care.backups()] == [(2, "hourly"), (1, "hourly")]


def test_automatic_backups_are_kept_within_the_limit_of_the_settings(
    file_start: tuple[Database, Start], file_care: Care
) -> None:
    database, start = file_start
    Settings().set(BACKUP_LIMIT, 100)
    big = Path(file_care.backup()).with_name("20200101T000000Z-0000000-hourly.annotator")
    with big.open("wb") as file:
        file.truncate(100_000_000)
    put(database, make_person("Later"), by=start.analyst)
    newest = file_care.backup()
    assert not big.exists()
    assert file_care.backups()[0].path == newest
    assert file_care.backups()[0].size == newest.stat().st_size


def test_backups_tell_what_is_in_them(file_start: tuple[Database, Start], file_care: Care) -> None:
    database, start = file_start
    file_care.backup(why="merge")
    put(database, start.annotation(), by=start.analyst)
    put(database, make_person("Later"), by=start.analyst)
    file_care.backup(why="asked")
    unreadable = backups.rolling_name(file_care.backups()[0].path.parent, 0, "hourly")
    unreadable.write_bytes(b"rubbish")
    assert [(one.backup.why, one.counts) for one in file_care.told_backups()] == [
        ("asked", Counts(1, 1, 2)),
        ("merge", Counts(1, 0, 1)),
        ("hourly", None),
    ]


def test_how_much_colleagues_have_marked_is_not_told_before_the_reveal(
    file_start: tuple[Database, Start], file_care: Care
) -> None:
    database, start = file_start
    put(database, ReviewSession(id=new_id(), name="Blind"), by=start.analyst)
    path = file_care.backup()
    assert backups.counts_in(path) == Counts(1, None, 1)


@pytest.mark.parametrize("state", ["sound", "damaged", "empty", "gone"])
def test_the_backups_of_a_file_are_found_whatever_became_of_it(
    file_start: tuple[Database, Start], file_care: Care, state: str
) -> None:
    database, _ = file_start
    backup = file_care.backup()
    database.close()
    project = Path(database.location)
    if state == "gone":
        project.unlink()
    elif state != "sound":
        project.write_bytes(b"" if state == "empty" else b"?" * 5000)
    assert [one.backup.path for one in backups_of(project)] == [backup]
    assert backups_of(project.with_name("another.annotator")) == []


# -- restore


@pytest.fixture
def with_backup(file_start: tuple[Database, Start], file_care: Care, tmp_path: Path) -> tuple[Path, Path]:
    """Return a closed project that went on after its backup, and the backup."""
    database, start = file_start
    backup = file_care.backup(tmp_path / "backup.annotator")
    put(database, replace(start.person, name="Went On"), by=start.analyst)
    database.close()
    return Path(database.location), backup


def test_a_backup_takes_the_projects_place_and_what_was_there_is_kept(with_backup: tuple[Path, Path]) -> None:
    project, backup = with_backup
    kept = restore(backup, project)
    assert people(project) == people(backup) == ["Dora Quill"]
    assert kept is not None
    assert people(kept) == ["Went On"]
    with Database.open(str(project)) as database:
        assert not database.read_only


def test_restoring_over_half_a_change_does_not_bring_it_back(with_backup: tuple[Path, Path]) -> None:
    """The journal of a crash would be played into the restored file by whoever opens it next."""
    project, backup = with_backup
    leave_half_a_change(project)
    kept = restore(backup, project)
    assert people(project) == ["Dora Quill"]
    assert kept is not None
    assert people(kept) == ["Went On"]


def test_a_damaged_project_is_set_aside(with_backup: tuple[Path, Path]) -> None:
    project, backup = with_backup
    rubbish = b"SQLite format 3\0" + b"?" * 5000
    project.write_bytes(rubbish)
    kept = restore(backup, project)
    assert people(project) == ["Dora Quill"]
    assert kept is not None
    assert kept.read_bytes() == rubbish
    assert "damaged" in kept.name


def test_a_project_that_is_gone_is_restored(with_backup: tuple[Path, Path]) -> None:
    project, backup = with_backup
    project.unlink()
    assert restore(backup, project) is None
    assert people(project) == ["Dora Quill"]


def test_what_is_no_sound_backup_restores_nothing(with_backup: tuple[Path, Path]) -> None:
    project, backup = with_backup
    backup.write_bytes(backup.read_bytes()[:-4096])
    with pytest.raises(StorageError, match="damaged"):
        restore(backup, project)
    assert people(project) == ["Went On"]
    with pytest.raises(StorageError, match="itself"):
        restore(project, project)


def test_an_open_project_is_not_replaced(with_backup: tuple[Path, Path]) -> None:
    project, backup = with_backup
    with Database.open(str(project)), pytest.raises(StorageError, match="open for writing by"):
        restore(backup, project)
    assert people(project) == ["Went On"]


@pytest.mark.parametrize("sound", [True, False])
def test_a_restore_that_finds_the_disk_full_leaves_the_project_in_its_place(
    with_backup: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, sound: bool
) -> None:
    project, backup = with_backup
    if not sound:
        project.write_bytes(b"SQLite format 3\0" + b"?" * 5000)
    before, neighbours = project.read_bytes(), sorted(project.parent.iterdir())

    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backups, "_sync", full)
    with pytest.raises(StorageError, match="No space left"):
        restore(backup, project)
    assert project.read_bytes() == before
    assert sorted(project.parent.iterdir()) == neighbours


# -- upgrade


def test_there_is_nothing_to_upgrade_in_a_present_project(with_backup: tuple[Path, Path]) -> None:
    project, _ = with_backup
    before = project.read_bytes()
    assert not upgrade(str(project))
    assert project.read_bytes() == before
