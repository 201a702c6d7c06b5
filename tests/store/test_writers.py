from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.domain.errors import ReadOnlyError, StorageError
from annotator.domain.people import Person
from annotator.store.database import Database
from annotator.store.locking import lock_path
from tests import children
from tests.factories import DEVICE, make_person, put


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
