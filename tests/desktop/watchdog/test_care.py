"""What is done with a whole project of 1,000 articles, 60,000 passages and 5,000 people leaves the window free."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from annotator.desktop.actions import ActionId as A
from annotator.desktop.dialogs.backups_dialog import BackupsDialog
from annotator.desktop.dialogs.export_dialog import ExportDialog
from annotator.desktop.dialogs.report_dialog import ReportDialog
from annotator.desktop.dialogs.settings_dialog import SettingsDialog
from tests.desktop.fakes import FakePrompts
from tests.desktop.watchdog.stage import CTRL, Stage, key

K = Qt.Key


def test_the_care_of_a_large_project(
    stage_on: Callable[[Path], Stage], large_file: Path, prompts: FakePrompts, tmp_path: Path
) -> None:
    stage = stage_on(large_file)
    written = [tmp_path / name for name in ("out.json", "kept.annotator", "article.pdf")]
    prompts.answers.extend(map(str, written))
    leave = (key(K.Key_Escape), stage.in_front)
    stage.act("export", key(K.Key_E, CTRL), stage.shown(ExportDialog), key(K.Key_Return), stage.in_front)
    stage.act("back up", stage.action(A.PROJECT_BACKUP))
    stage.act("save as PDF", stage.action(A.ARTICLE_PDF))
    assert all(file.stat().st_size > 10_000 for file in written)
    stage.act("check", stage.action(A.PROJECT_CHECK), stage.settled, stage.shown(ReportDialog))
    assert stage.child(QLabel, "reportVerdict").text().startswith("The project is in order")
    stage.act("leave the report", *leave)
    stage.act(
        "look at the settings", key(K.Key_Comma, CTRL), stage.shown(SettingsDialog), *[key(K.Key_Tab)] * 3, *leave
    )
    stage.act("look at the keys", key(K.Key_F1))
    stage.act("leave them", key(K.Key_Escape))
    assert prompts.errors == []


def test_a_backup_of_a_large_project_is_restored_and_taken_back(
    stage_on: Callable[[Path], Stage], large_file: Path, prompts: FakePrompts
) -> None:
    stage = stage_on(large_file)
    care, space = stage.space.project.care, stage.space
    care.backup()
    before = marks_in(stage)
    stage.act("delete a passage", space.view.setFocus, key(K.Key_N), key(K.Key_Delete))
    assert marks_in(stage) < before

    def shown_anew() -> bool:
        shown = stage.window.workspace
        return shown is not None and shown is not space and shown.state.article is not None

    stage.act("list backups", stage.action(A.PROJECT_RESTORE), stage.settled, stage.shown(BackupsDialog))
    stage.act("restore the last", key(K.Key_Return), stage.in_front, until=shown_anew)
    assert marks_in(stage) == before
    space = stage.space
    stage.act("undo the restore", prompts.offered, until=shown_anew)
    assert marks_in(stage) < before
    assert [backup.why for backup in care.backups()] == ["restore", "restore", "asked"]
    assert prompts.errors == []


def marks_in(stage: Stage) -> set[str]:
    """Return the passages of the open article as the database has them."""
    article = stage.space.state.article
    assert article is not None
    return {mark.id for mark in stage.space.project.annotations.marks(article.id)}
