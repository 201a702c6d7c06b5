"""Restoring a backup into a project that stays open: whoever else has the file, and whatever is in the way."""

from __future__ import annotations

import gzip
import sqlite3
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from annotator.domain.errors import ReadOnlyError, StorageError
from annotator.services.care import restore
from annotator.services.project import Project, create_project, open_project
from annotator.store import backups, driver, project_file, restoring, sqlite
from tests import children
from tests.crashes import leave_half_a_change
from tests.services.test_stopping import StoppedError, stop_at

OLD = Path(__file__).parents[1] / "store" / "golden" / "format-1.annotator.gz"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return an open project with Dora Quill, whom a backup has, and Tom Reed, who came later."""
    with create_project(tmp_path / "story.annotator", name="The bridge", analyst="Ann Bell") as made:
        made.people.add("Dora Quill")
        made.care.backup(tmp_path / "backup.annotator")
        made.people.add("Tom Reed")
        yield made


def names(project: Project) -> list[str]:
    return sorted(person.name for person in project.people.list())


def test_the_project_stays_open_and_goes_on_with_what_the_backup_has(project: Project, tmp_path: Path) -> None:
    file = Path(project.location)
    before, told = file.stat(), list[tuple[int, int]]()
    kept = project.care.restore(tmp_path / "backup.annotator", progress=stop_at(-1, told))
    again = project.anew()
    assert names(again) == ["Dora Quill"]
    assert again.analyst is not None
    again.people.add("Ed Moss")
    assert names(again) == ["Dora Quill", "Ed Moss"]
    assert again.care.check().passed
    assert again.search.find("Reed") == []
    assert (file.stat().st_ino, file.stat().st_mode) == (before.st_ino, before.st_mode), (
        "the same file, with its rights"
    )
    assert {total for _, total in told} == {1000}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    with open_project(kept, read_only=True) as as_it_was:
        assert names(as_it_was) == ["Dora Quill", "Tom Reed"]


def test_restoring_what_was_kept_takes_the_restore_back(project: Project, tmp_path: Path) -> None:
    before = project.exchange.export(with_journal=True)
    kept = project.care.restore(tmp_path / "backup.annotator")
    again = project.anew()
    assert again.exchange.export(with_journal=True)["fingerprint"] != before["fingerprint"]
    again.care.restore(kept)
    assert again.anew().exchange.export(with_journal=True)["fingerprint"] == before["fingerprint"]


def test_later_backups_are_the_newer_ones(project: Project, tmp_path: Path) -> None:
    """The numbers of the journal would begin again where the backup's were, and the clock alone be left to tell."""
    kept = project.care.restore(tmp_path / "backup.annotator")
    again = project.anew()
    assert again.care.backup_if_due() is None, "nothing was changed since, and that is an hour from now"
    again.people.add("Ed Moss")
    later = again.care.backup()
    assert [backup.path for backup in again.care.backups()] == [later, kept]


def test_another_process_that_reads_sees_what_was_restored(project: Project, tmp_path: Path) -> None:
    with open_project(project.location, wait=0) as reader:
        assert names(reader) == ["Dora Quill", "Tom Reed"]
        with pytest.raises(ReadOnlyError):
            reader.care.restore(tmp_path / "backup.annotator")
        project.care.restore(tmp_path / "backup.annotator")
        assert names(reader) == ["Dora Quill"]
    location = project.location

    def look() -> None:
        with open_project(location, wait=0) as there:
            assert names(there) == ["Dora Quill"]
            assert "open for writing by" in there.read_only_reason
        with pytest.raises(StorageError, match="open for writing by"):
            restore(tmp_path / "backup.annotator", location)

    children.run(look)


@pytest.mark.parametrize(("open_here", "lock"), [(True, "IMMEDIATE"), (False, "IMMEDIATE"), (False, "EXCLUSIVE")])
def test_a_busy_writer_that_knows_no_lock_keeps_what_it_writes(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: str, open_here: bool
) -> None:
    """Were the file replaced under it, its journal would be played into the new one by whoever opens that next."""
    for module in (restoring, sqlite):
        monkeypatch.setattr(module, "COMMIT_PATIENCE", 0.1)
    location, backup = Path(project.location), tmp_path / "backup.annotator"
    if not open_here:
        project.close()
        for module in (restoring, project_file):
            monkeypatch.setattr(module, "connect", partial(driver.connect, patience=0.1))
    writer = sqlite3.connect(location, isolation_level=None)
    writer.execute(f"BEGIN {lock}")
    writer.execute("UPDATE person SET position = 'councillor' WHERE name = 'Tom Reed'")
    with pytest.raises(StorageError, match="Another program"):
        project.care.restore(backup) if open_here else restore(backup, location)
    writer.execute("COMMIT")
    writer.close()
    assert list(location.parent.glob("story*")) == [location]
    with open_project(location, read_only=True) as there:
        assert {person.name: person.position for person in there.people.list()} == {
            "Dora Quill": "",
            "Tom Reed": "councillor",
        }


def test_one_who_is_waited_for_and_goes_is_no_hindrance(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "TOLD_AFTER", 0.1)
    told: list[bool] = []
    writer = sqlite3.connect(project.location, isolation_level=None, check_same_thread=False)
    writer.execute("BEGIN IMMEDIATE")

    def hear(on: bool) -> None:
        told.append(on)
        if on:
            threading.Thread(target=writer.close).start()

    project.tell_waiting(hear)
    project.care.restore(tmp_path / "backup.annotator")
    assert told == [True, False]
    assert names(project.anew()) == ["Dora Quill"]


def test_it_can_be_stopped_anywhere_and_nothing_is_changed_then(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (backups, restoring):
        monkeypatch.setattr(module, "STEP", 20)
    before, told = project.exchange.export(with_journal=True)["fingerprint"], list[tuple[int, int]]()
    project.care.restore(project.care.restore(tmp_path / "backup.annotator", progress=stop_at(-1, told)))
    assert len(told) > 3
    for call in range(1, len(told) + 1):
        with pytest.raises(StoppedError):
            project.care.restore(tmp_path / "backup.annotator", progress=stop_at(call, []))
        assert project.anew().exchange.export(with_journal=True)["fingerprint"] == before


def test_a_backup_of_an_older_format_is_brought_up_to_date(project: Project, tmp_path: Path) -> None:
    old = tmp_path / "old.annotator"
    old.write_bytes(gzip.decompress(OLD.read_bytes()))
    with sqlite3.connect(old) as connection:  # as if it were one of this project
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("UPDATE project SET id = ?", (project.id,))
    connection.close()
    project.care.restore(old)
    assert len(project.anew().articles.summaries()) == 1


def test_only_a_sound_backup_of_this_project_is_taken(project: Project, tmp_path: Path) -> None:
    with create_project(tmp_path / "other.annotator", name="Another", analyst="Ann Bell"):
        pass
    backup = tmp_path / "backup.annotator"
    backup.write_bytes(backup.read_bytes()[:-4096])
    for wrong, words in (
        (tmp_path / "other.annotator", "another one"),
        (backup, "damaged"),
        (project.location, "itself"),
    ):
        with pytest.raises(StorageError, match=words):
            project.care.restore(wrong)
    assert names(project) == ["Dora Quill", "Tom Reed"]
    assert project.care.backups() == [], "nothing was kept, because nothing was replaced"


def test_half_a_change_of_a_crash_does_not_come_back(project: Project, tmp_path: Path) -> None:
    location = Path(project.location)
    project.close()
    leave_half_a_change(location)
    kept = restore(tmp_path / "backup.annotator", location)
    assert not location.with_name(f"{location.name}-journal").exists()
    with open_project(location) as again:
        assert names(again) == ["Dora Quill"]
        assert kept is not None
        again.care.restore(kept)
        assert names(again.anew()) == ["Dora Quill", "Tom Reed"]
