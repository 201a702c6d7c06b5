"""A disk that is really full: a small file system of its own where that may be mounted, else the system's limit."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.domain.errors import StorageError
from annotator.domain.people import Person
from annotator.services.project import create_project, open_project
from annotator.store.database import Database
from tests.factories import begin, make_person, put

SIZE = 3 * 1024 * 1024
FULL = r"disk is full|disk reported an error"


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A folder on a disk that ``fill`` makes full and ``free`` makes empty again."""

    folder: Path
    fill: Callable[[], None]
    free: Callable[[], None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = os.geteuid() == 0 and not subprocess.call(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)], stderr=subprocess.DEVNULL
    )
    if mounted:
        yield _of_its_own(folder)
        subprocess.check_call(["umount", "--lazy", str(folder)])
    else:
        disk = _limited(folder)
        yield disk
        disk.free()


def _of_its_own(folder: Path) -> SmallDisk:
    ballast = folder / "ballast"

    def fill() -> None:
        with ballast.open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    return SmallDisk(folder, fill, lambda: ballast.unlink(missing_ok=True))


def _limited(folder: Path) -> SmallDisk:
    """Without a right to mount: the system refuses to let any file of this process grow past a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    return SmallDisk(
        folder,
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (65536, hard)),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard)),
    )


def test_a_change_on_a_full_disk_is_not_saved_and_the_same_works_once_there_is_space(small_disk: SmallDisk) -> None:
    path = small_disk.folder / "story.annotator"
    with Database.create(str(path)) as database:
        begin(database)
        before = path.read_bytes()
        small_disk.fill()
        with pytest.raises(StorageError, match=FULL) as caught:
            put(database, make_person("Big", note="word " * 100_000))
        assert caught.value.advice
        small_disk.free()
        assert path.read_bytes() == before, "not a byte of the file has changed"
        put(database, make_person("Big", note="word " * 10_000))
        with database.read() as reader:
            assert reader.count(Person) == 2


def test_a_project_on_a_full_disk_is_opened_and_read(small_disk: SmallDisk) -> None:
    path = small_disk.folder / "story.annotator"
    with Database.create(str(path)) as database:
        begin(database)
    before = path.read_bytes()
    small_disk.fill()
    with Database.open(str(path), wait=0) as database:
        with database.read() as reader:
            assert reader.count(Person) == 1
        with pytest.raises(StorageError, match=FULL):
            put(database, make_person("Big", note="word " * 100_000))
    assert path.read_bytes() == before


def test_export_and_backup_onto_a_full_disk_leave_what_was_there(small_disk: SmallDisk, tmp_path: Path) -> None:
    with create_project(tmp_path / "story.annotator", name="Story", analyst="Ann Bell") as project:
        project.articles.add_text("A headline of some length\n\n" + "Nobody sold anything. " * 20_000)
        backup, export = small_disk.folder / "backup.annotator", small_disk.folder / "export.json"
        project.exchange.write(export)
        project.care.backup(backup)
        before = (backup.read_bytes(), export.read_bytes())
        project.articles.add_text("Another headline of some length\n\n" + "Nobody bought anything. " * 20_000)
        small_disk.fill()
        with pytest.raises(StorageError, match=r"was not written: (the disk is full|.*File too large)"):
            project.exchange.write(export)
        with pytest.raises(StorageError, match=FULL):
            project.care.backup(backup)
        small_disk.free()
        assert (backup.read_bytes(), export.read_bytes()) == before
        assert sorted(file.name for file in small_disk.folder.iterdir()) == [backup.name, export.name]
    with open_project(str(backup), read_only=True) as kept:
        assert len(kept.articles.summaries()) == 1
