"""Where file dialogs begin."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

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
