from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from annotator.domain.errors import InputError
from annotator.formats.source import read_source


def test_the_bytes_come_back_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\x00\r\n")
    assert read_source(path) == b"\xff\x00\r\n"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file .*gone\.txt") as raised:
        read_source(tmp_path / "gone.txt")
    assert raised.value.advice


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_source(tmp_path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(InputError, match="is empty"):
        read_source(tmp_path / "a.txt")


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(InputError, match=r"200\.0 MB large; the limit is 10 MB"):
        read_source(path)


def test_exactly_the_limit_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert read_source(path, limit=5) == b"12345"
    with pytest.raises(InputError, match="the limit"):
        read_source(path, limit=4)


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes of this kind are a Unix thing")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no ordinary file"):
        read_source(tmp_path / "pipe")


def test_a_file_that_the_system_will_not_open_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")

    def refuse(*_args: object, **_kwargs: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        read_source(path)


def test_a_name_with_a_null_character_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_source(Path("a\x00b"))
