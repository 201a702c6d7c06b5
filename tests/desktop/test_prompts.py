"""The real questions: what each button of them answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QListView, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.folders import usual_folders
from annotator.desktop.prompts import QtPrompts


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def said() -> list[object]:
    return []


@pytest.fixture
def prompts(parent: QWidget, said: list[object]) -> QtPrompts:
    def offer(text: str, action: str, run: Callable[[], object]) -> None:
        said.append((text, action, run()))

    return QtPrompts(parent, say=lambda text, undo: said.append((text, undo)), offer=offer, fail=said.append)


def test_what_is_said_goes_to_the_window(prompts: QtPrompts, said: list[object]) -> None:
    error = ValueError("no")
    prompts.say("Done.", undo=True)
    prompts.offer("Exported.", "Open", lambda: 7)
    prompts.fail(error)
    assert said == [("Done.", True), ("Exported.", "Open", 7), error]


def test_only_the_named_button_confirms(qtbot: QtBot, parent: QWidget, prompts: QtPrompts) -> None:
    answers: list[str] = []
    for wanted, expected in (("Cancel", []), ("Add it again", ["yes"])):
        prompts.confirm("Already there", "Twice?", "Add it again", lambda: answers.append("yes"))
        box = next(box for box in parent.findChildren(QMessageBox) if box.isVisible())
        assert box.defaultButton().text().replace("&", "") == "Cancel"
        button = next(button for button in box.buttons() if button.text().replace("&", "") == wanted)
        button.click()
        assert answers == expected


def test_a_line_of_text_is_handed_over(parent: QWidget, prompts: QtPrompts) -> None:
    answers: list[str] = []
    prompts.text("Name", "New name", "old", answers.append)
    dialog = parent.findChild(QInputDialog)
    assert dialog is not None
    assert dialog.textValue() == "old"
    dialog.setTextValue("new")
    dialog.accept()
    assert answers == ["new"]


def test_files_are_handed_over_and_cancel_says_nothing(parent: QWidget, prompts: QtPrompts, tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.touch()
    two.touch()
    answers: list[object] = []
    prompts.open_files("Files", str(tmp_path), "Text (*.txt)", answers.append)
    _dialog(parent).selectFile(str(one))
    _dialog(parent).accept()
    prompts.open_file("File", str(tmp_path), "Text (*.txt)", answers.append)
    _dialog(parent).selectFile(str(two))
    _dialog(parent).accept()
    prompts.open_file("File", str(tmp_path), "Text (*.txt)", answers.append)
    _dialog(parent).reject()
    assert answers == [[str(one)], str(two)]


def test_a_new_file_gets_the_suffix_that_was_proposed(parent: QWidget, prompts: QtPrompts, tmp_path: Path) -> None:
    answers: list[str] = []
    prompts.save_file("Export", str(tmp_path / "story.json"), "JSON (*.json)", answers.append)
    assert [Path(name).name for name in _dialog(parent).selectedFiles()] == ["story.json"]
    _dialog(parent).selectFile("other")
    _dialog(parent).accept()
    assert answers == [str(tmp_path / "other.json")]


def test_the_usual_folders_are_at_hand_with_their_names_whole(
    parent: QWidget, prompts: QtPrompts, tmp_path: Path
) -> None:
    prompts.open_file("File", str(tmp_path), "Text (*.txt)", lambda _path: None)
    dialog = _dialog(parent)
    assert [Path(url.toLocalFile()) for url in dialog.sidebarUrls()] == usual_folders()
    side = dialog.findChild(QListView, "sidebar")
    assert side is not None
    assert side.width() >= side.sizeHintForColumn(0)
    dialog.reject()


def _dialog(parent: QWidget) -> QFileDialog:
    return next(dialog for dialog in parent.findChildren(QFileDialog) if dialog.isVisible())
