from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from annotator.store import places
from annotator.store.database import Database
from annotator.store.places import filesystem_of, is_synced

MOUNTS = """\
overlay / overlay rw,relatime 0 0
proc /proc proc rw 0 0
server:/export /mnt/team nfs4 rw,vers=4.2 0 0
//nas/share /mnt/team/with\\040space cifs rw 0 0
/dev/sda1 /mnt/team/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "filesystem"),
    [
        ("/home/ann/a.annotator", "overlay"),
        ("/mnt/team/a.annotator", "nfs4"),
        ("/mnt/team/with space/a.annotator", "cifs"),
        ("/mnt/team/local/x/a.annotator", "ext4"),
        ("/mnt/teammate/a.annotator", "overlay"),
    ],
)
def test_the_file_system_of_a_path(path: str, filesystem: str) -> None:
    assert filesystem_of(PurePosixPath(path), MOUNTS) == filesystem


def test_synchronised_folders_are_known_by_name_or_mark(tmp_path: Path) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    assert is_synced(tmp_path / "Dropbox" / "work" / "a.annotator")
    assert is_synced(tmp_path / "OneDrive - The Daily Ferry" / "a.annotator")
    assert is_synced(tmp_path / "shared" / "deep" / "a.annotator")
    assert not is_synced(tmp_path / "own" / "a.annotator")


def test_a_project_tells_that_it_lies_on_a_network_drive(
    project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {project_path.parent} nfs rw 0 0\n", encoding="utf-8")
    with Database.create(str(project_path)) as database:
        assert database.warning == ""
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    with Database.open(str(project_path)) as database:
        assert "network drive" in database.warning


def test_a_project_tells_that_it_has_two_names(project_path: Path) -> None:
    Database.create(str(project_path)).close()
    os.link(project_path, project_path.with_name("second.annotator"))
    with Database.open(str(project_path)) as database:
        assert "hard link" in database.warning


def test_a_project_on_a_server_has_no_such_warning(postgres_location: str) -> None:
    with Database.create(postgres_location) as database:
        assert database.warning == ""
