"""Where file dialogs begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.desktop import folders as places
from annotator.desktop.dialogs.new_project import file_name
from annotator.desktop.folders import Folders, documents_folder
from annotator.settings import Settings


def test_dialogs_begin_where_the_last_file_was_also_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    folders = Folders(Settings())
    assert folders.last == documents_folder()
    taken: list[str] = []
    file = tmp_path / "press" / "sheet.html"
    file.parent.mkdir()
    folders.noting(taken.append)(str(file))
    assert taken == [str(file)]
    assert folders.last == file.parent
    assert Folders(Settings()).last == file.parent


def test_a_folder_that_is_gone_is_not_offered(qtbot: QtBot, tmp_path: Path) -> None:
    folders = Folders(Settings())
    folders.note(str(tmp_path / "unplugged" / "sheet.html"))
    assert folders.last == documents_folder()


def test_what_is_to_stay_is_not_proposed_among_the_downloads(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "downloads_folder", lambda: tmp_path / "downloads")
    for name in ("downloads", "press"):
        (tmp_path / name).mkdir()
    folders = Folders(Settings())
    folders.note(str(tmp_path / "downloads" / "task.annotator-packet"))
    assert folders.last == tmp_path / "downloads"
    assert folders.lasting == documents_folder()
    folders.note(str(tmp_path / "press" / "task.annotator-packet"))
    assert folders.lasting == tmp_path / "press"


def test_a_projects_file_is_called_without_gaps() -> None:
    assert file_name("Sample: the toll") == "Sample the toll.annotator"


def test_packets_come_from_the_downloads_and_what_is_written_goes_elsewhere(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "downloads_folder", lambda: tmp_path)
    (tmp_path / "mail").mkdir()
    folders = Folders(Settings())
    assert folders.incoming == tmp_path
    folders.note_incoming(str(tmp_path / "mail" / "work.annotator-packet"))
    assert Folders(Settings()).incoming == tmp_path / "mail"
    assert folders.last == documents_folder()
