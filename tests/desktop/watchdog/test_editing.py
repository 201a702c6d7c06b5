"""Registers are edited, articles imported and another's work merged in while the window stays free."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from annotator.desktop.actions import ActionId as A
from annotator.desktop.dialogs.merge_dialog import MergeDialog
from annotator.desktop.dialogs.person_dialog import PersonDialog
from annotator.desktop.dialogs.report_dialog import ReportDialog
from annotator.desktop.dialogs.tag_dialog import TagDialog
from annotator.services.project import open_project
from annotator.settings import DeviceMemory
from tests.benchmarks.large import make_project
from tests.desktop.fakes import FakePrompts
from tests.desktop.watchdog.stage import CTRL, Stage, key, written

K = Qt.Key


def test_people_and_codebook(stage_on: Callable[[Path], Stage], large_file: Path) -> None:
    stage = stage_on(large_file)
    space = stage.space
    people = len(space.state.people_in_use())
    back = stage.in_front
    stage.act("list people", key(K.Key_2, CTRL))
    stage.act("choose one", stage.child(QLineEdit, "peopleFilter").setFocus, *written("nr4711"))
    stage.act("and go to it", space.people_panel.setFocus, key(K.Key_Home))
    stage.act("ask into whom to merge", space.people_panel.merge_person, stage.shown(MergeDialog))
    stage.act("merge", *written("nr12 "), key(K.Key_Tab), key(K.Key_Return), back)
    assert len(space.state.people_in_use()) == people - 1
    stage.act("undo", key(K.Key_Z, CTRL))
    assert len(space.state.people_in_use()) == people
    stage.act("describe somebody new", stage.action(A.PERSON_NEW), stage.shown(PersonDialog), *written("Zeno Quill"))
    stage.act("add them", key(K.Key_Return), back)
    assert len(space.state.people_in_use()) == people + 1
    tags = len(space.state.tags)
    stage.act("describe a new tag", stage.action(A.TAG_NEW), stage.shown(TagDialog), *written("Rumour"))
    stage.act("add it", key(K.Key_Return), back)
    assert len(space.state.tags) == tags + 1


def test_import_and_merge(stage_on: Callable[[Path], Stage], prompts: FakePrompts, tmp_path: Path) -> None:
    ours, theirs, sent = (tmp_path / name for name in ("ours.annotator", "theirs.annotator", "theirs.json"))
    memory = DeviceMemory(tmp_path / "device.json")
    make_project(ours, memory, articles=100, passages=60, people=300).close()
    shutil.copy(ours, theirs)
    with open_project(theirs, analyst="Ann Bell") as project:
        for number in range(20):
            project.people.add(f"Their Nr{number}")
        project.exchange.write(sent, with_journal=True)
    files = [tmp_path / f"report {number}.txt" for number in range(200)]
    for number, file in enumerate(files):
        file.write_text(f"Report {number} of theirs\n\n" + "Nobody said who paid the toll. " * 20, "utf-8")
    stage = stage_on(ours)
    space = stage.space
    articles, people = len(space.state.articles), len(space.state.people)
    prompts.answers.append([str(file) for file in files])
    stage.act("import", key(K.Key_I, CTRL))
    assert len(space.state.articles) == articles + len(files)
    for file in files:
        file.write_text(file.read_text("utf-8") + "Again.", "utf-8")
    prompts.answers.append([str(file) for file in files])
    cancel = stage.child(QPushButton, "progressCancel")

    def cancel_midway() -> bool:
        if not cancel.isVisible() or len(space.state.articles) < articles + len(files) + 5:
            return False
        cancel.click()
        return True

    stage.act("import and cancel", key(K.Key_I, CTRL), cancel_midway)
    assert articles + len(files) + 5 <= len(space.state.articles) < articles + 2 * len(files)
    prompts.answers.append(str(sent))
    stage.act("look at what a merge brings", stage.action(A.PROJECT_IMPORT), stage.settled, stage.shown(ReportDialog))
    stage.act("merge", key(K.Key_Return), stage.in_front)
    assert len(space.state.people) == people + 20
    assert prompts.errors == []
