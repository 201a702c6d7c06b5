"""A project that cannot be written where it is: what is open is saved elsewhere, and the work goes on there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import ReadOnlyError, StorageError, UnwritableError
from annotator.services.project import Project, create_project, open_project
from annotator.store.locking import lock_path
from tests import children
from tests.faults.test_full_disk import SmallDisk, small_disk  # noqa: F401  (a fixture)
from tests.store.conftest import open_folder  # noqa: F401  (a fixture)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "here").mkdir()
    with create_project(tmp_path / "here" / "story.annotator", name="The bridge", analyst="Ann Bell") as made:
        made.people.add("Dora Quill")
        yield made


def names(project: Project) -> list[str]:
    return sorted(person.name for person in project.people.list())


@pytest.mark.parametrize("gone", ["renamed", "deleted", "folder renamed"])
@pytest.mark.parametrize("back", [True, False])
def test_a_project_whose_file_has_gone_is_saved_elsewhere_or_where_it_was(
    project: Project, tmp_path: Path, gone: str, back: bool
) -> None:
    file = Path(project.location)
    if gone == "folder renamed":
        file.parent.rename(tmp_path / "there")
        file.parent.mkdir()
    elif gone == "renamed":
        file.rename(file.with_name("renamed.annotator"))
    else:
        file.unlink()
    with pytest.raises(UnwritableError, match="moved or renamed"):
        project.people.add("Tom Reed")
    target = file if back else tmp_path / "elsewhere.annotator"
    assert project.care.move(target) == target
    assert (project.location, project.read_only) == (str(target), False)
    project.people.add("Tom Reed")
    assert project.analyst is not None
    assert project.care.check().passed
    with open_project(target, wait=0) as other:
        assert other.held, "it is ours now"
        assert names(other) == ["Dora Quill", "Tom Reed"]
    project.close()
    assert not lock_path(target).exists()
    assert not lock_path(file).exists() or gone == "folder renamed"
    for left in (file.with_name("renamed.annotator"), tmp_path / "there" / file.name):
        if left.exists():
            with open_project(left) as as_it_was:
                assert names(as_it_was) == ["Dora Quill"]


def test_a_project_on_a_full_disk_is_saved_on_another(small_disk: SmallDisk, tmp_path: Path) -> None:  # noqa: F811
    file, target = small_disk.folder / "story.annotator", tmp_path / "elsewhere.annotator"
    with create_project(file, name="The bridge", analyst="Ann Bell") as project:
        before = file.read_bytes()
        small_disk.fill()
        text = "A headline of some length\n\n" + "Nobody sold anything. " * 20_000
        with pytest.raises(UnwritableError):
            project.articles.add_text(text)
        with pytest.raises(StorageError):
            project.care.move(small_disk.folder / "another.annotator")
        assert project.location == str(file)
        small_disk.free()  # the limit, where there is no disk of its own, is one of this process
        project.care.move(target)
        project.articles.add_text(text)
        assert len(project.articles.summaries()) == 1
        assert file.read_bytes() == before
        assert [path.name for path in small_disk.folder.iterdir()] == [file.name], "no lock and no part is left"
    with open_project(target) as project:
        assert len(project.articles.summaries()) == 1


@pytest.mark.parametrize(("mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o555)], ids=["file", "folder"])
def test_a_read_only_project_is_saved_elsewhere(
    project: Project,
    open_folder: Path,  # noqa: F811
    mode: int,
    folder_mode: int,
) -> None:
    project.close()
    inner = open_folder / "kept"
    inner.mkdir()
    path, target = inner / "story.annotator", open_folder / "elsewhere.annotator"
    shutil.copy(project.location, path)
    path.chmod(mode)
    inner.chmod(folder_mode)

    def work() -> None:
        os.environ["ANNOTATOR_CONFIG_DIR"] = os.environ["ANNOTATOR_DATA_DIR"] = str(open_folder)
        with open_project(path, analyst="Ann Bell") as there:
            assert (there.read_only, there.held) == (True, False)
            with pytest.raises(ReadOnlyError):
                there.people.add("Tom Reed")
            there.care.move(target)
            assert not there.read_only
            again = there.anew()
            again.people.add("Tom Reed")
            assert names(again) == ["Dora Quill", "Tom Reed"]

    children.run(work, as_nobody=True)
    inner.chmod(0o777)
    with open_project(path, read_only=True) as as_it_was:
        assert names(as_it_was) == ["Dora Quill"]


def test_nothing_is_written_over_that_is_not_this_project(project: Project, tmp_path: Path) -> None:
    with create_project(tmp_path / "other.annotator", name="Another", analyst="Ann Bell") as other:
        for target in (other.location, project.location):
            with pytest.raises(StorageError):
                project.care.move(target)
        copy = project.care.backup(tmp_path / "copy.annotator")
        with open_project(copy), pytest.raises(StorageError, match="open for writing"):
            project.care.move(copy)
    project.people.add("Tom Reed")
    assert project.location.endswith("story.annotator")
    project.care.move(copy)
    assert names(project) == ["Dora Quill", "Tom Reed"]
