from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from annotator.domain.errors import StorageError
from annotator.domain.people import Person
from annotator.services.project import create_project
from annotator.services.whole_files import write_whole
from annotator.store.database import Database
from tests.factories import begin, make_person, put


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_no_project_is_written_over_and_the_open_one_goes_on(project_path: Path) -> None:
    other_name = project_path.with_name("story.db")
    with Database.create(str(other_name)) as database:
        begin(database)
        with pytest.raises(StorageError, match="is a project"):
            write_whole(other_name, b"{}")
        put(database, make_person("Later"))
        with database.read() as reader:
            assert reader.count(Person) == 2


def test_an_export_does_not_replace_its_own_project(project_path: Path) -> None:
    with create_project(str(project_path), name="Story", analyst="Ann Bell") as project:
        with pytest.raises(StorageError, match="is a project"):
            project.exchange.write(project_path)
        project.people.add("Dora Quill")
        assert [person.name for person in project.people.list()] == ["Dora Quill"]


@pytest.mark.parametrize("name", ["", "missing/export.json", "x" * 300])
def test_what_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError) as caught:
        write_whole(tmp_path / name, b"{}")
    assert caught.value.advice
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, [b"one", b" two"])
        assert os.read(reader, 100) == b"one two"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]
