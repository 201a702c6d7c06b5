"""Minutes, and what goes back to the authors."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPlainTextEdit, QPushButton, QRadioButton, QTreeView
from pytestqt.qtbot import QtBot

from annotator.desktop.dialogs.export_dialog import ExportDialog
from annotator.desktop.export_words import filter_of
from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.returned_page import ReturnedPage
from annotator.desktop.review.session_steps import Step
from annotator.formats.export_formats import EXPORTS, ExportFormat
from annotator.services.project import open_project
from annotator.services.verify import verify_file
from tests.desktop.fakes import FakePrompts
from tests.desktop.review.conftest import Open
from tests.desktop.review.pages import front, open_overview, part, steps, take_step
from tests.desktop.review.teams import ANN, BEN, GONE, LEAD, RAE, TeamFile
from tests.desktop.windows import focus, press, settle, space_of


@pytest.fixture
def decided_file(revealed_file: TeamFile) -> TeamFile:
    """Return the project after Rae took Ben's tag of the second passage and accepted the first."""
    with open_project(str(revealed_file.path)) as project:
        project.act_as(RAE)
        for found in project.deciding.clusters(revealed_file.session_id):
            if any(annotation.quote == GONE for annotation in found.cluster.annotations):
                project.deciding.take(
                    revealed_file.session_id,
                    found.key,
                    revealed_file.ids[BEN],
                    reason_code="slip",
                    comment="A ledger was shown.",
                )
            else:
                project.deciding.accept(revealed_file.session_id, found.key)
        project.act_as(LEAD)
    return revealed_file


def returned(qtbot: QtBot, window: MainWindow) -> ReturnedPage:
    take_step(open_overview(qtbot, window), Step.CHANGES)
    settle(qtbot, window)
    page = front(window)
    assert isinstance(page, ReturnedPage)
    return page


def rows(page: ReturnedPage) -> list[list[str]]:
    model = part(page, QTreeView, "returnedList").model()
    found = []
    for heading in range(model.rowCount()):
        parent = model.index(heading, 0)
        found += [
            [str(model.index(row, column, parent).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount(parent))
        ]
    return found


def test_the_minutes_are_saved_as_one_page_and_offered(
    qtbot: QtBot, open_window: Open, decided_file: TeamFile, prompts: FakePrompts, tmp_path: Path
) -> None:
    window = open_window(decided_file.path)
    page = open_overview(qtbot, window)
    path = tmp_path / "minutes.html"
    prompts.answers.append(str(path))
    take_step(page, Step.MINUTES)
    settle(qtbot, window)
    assert prompts.asked[-1][2].endswith("First round, minutes.html")
    assert "A ledger was shown." in path.read_text()
    assert prompts.said[-1] == f"Saved: {path} [Open it]"


@pytest.mark.parametrize("form", EXPORTS, ids=lambda form: form.name)
def test_the_final_version_is_exported_in_every_form(
    qtbot: QtBot,
    open_window: Open,
    decided_file: TeamFile,
    prompts: FakePrompts,
    tmp_path: Path,
    form: ExportFormat,
) -> None:
    window = open_window(decided_file.path)
    take_step(open_overview(qtbot, window), Step.FINAL)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    part(dialog, QRadioButton, f"export.{form.name}").click()
    dialog.client.setChecked(True)
    path = tmp_path / f"final{form.suffixes[0]}"
    prompts.answers.append(str(path))
    dialog.accept_button.click()
    settle(qtbot, window)
    assert prompts.filters[-1] == filter_of(form)
    assert verify_file(path).passed
    with open_project(str(decided_file.path), read_only=True) as project:
        final = project.deciding.final(project.reviews.find().id)
    written = path.read_text(encoding="utf-8-sig")
    assert all(annotation.quote in written for annotation in final.annotations)
    assert RAE not in written


def test_the_lead_sees_what_was_changed_in_each_author_s_work_and_why(
    qtbot: QtBot, open_window: Open, decided_file: TeamFile
) -> None:
    page = returned(qtbot, open_window(decided_file.path))
    QAbstractItemModelTester(part(page, QTreeView, "returnedList").model())
    authors = part(page, QComboBox, "returnedAuthor")
    assert [authors.itemText(row) for row in range(authors.count())] == [ANN, BEN]
    assert rows(page) == [["changed", GONE, "tag: Claim → Evidence", "a slip. A ledger was shown."]]
    details = part(page, QPlainTextEdit, "returnedDetails").toPlainText()
    assert f"Marked: “{GONE}” · Claim" in details
    assert RAE in details.splitlines()[0]
    part(page, QCheckBox, "returnedAll").click()
    assert [row[0] for row in rows(page)] == ["kept", "changed"]


def test_another_author_is_chosen_and_the_page_saved(
    qtbot: QtBot, open_window: Open, decided_file: TeamFile, prompts: FakePrompts, tmp_path: Path
) -> None:
    window = open_window(decided_file.path)
    page = returned(qtbot, window)
    part(page, QComboBox, "returnedAuthor").setCurrentIndex(1)
    settle(qtbot, window)
    assert [row[0] for row in rows(page)] == ["kept"], "a decision that says why is shown though nothing was changed"
    path = tmp_path / "back.html"
    prompts.answers.append(str(path))
    part(page, QPushButton, "returnedSave").click()
    settle(qtbot, window)
    assert BEN in path.read_text()


def test_an_author_sees_the_own_work_alone_and_goes_to_a_passage_by_enter(
    qtbot: QtBot, open_window: Open, decided_file: TeamFile
) -> None:
    with open_project(str(decided_file.path)) as project:
        project.act_as(ANN)
    window = open_window(decided_file.path)
    page = returned(qtbot, window)
    assert not part(page, QComboBox, "returnedAuthor").isVisible()
    assert not part(page, QPushButton, "returnedSend").isVisible()
    view = part(page, QTreeView, "returnedList")
    qtbot.waitUntil(view.hasFocus)
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    state = space_of(window).state
    assert front(window) is None
    assert state.annotation is not None
    assert state.annotation.quote == GONE


def test_before_anything_is_decided_there_is_no_way_to_the_page(
    qtbot: QtBot, open_window: Open, revealed_file: TeamFile
) -> None:
    page = open_overview(qtbot, open_window(revealed_file.path))
    assert Step.CHANGES not in steps(page)
    waiting = [label.text() for label in page.steps.findChildren(QLabel) if "Back to the analysts" in label.text()]
    assert len(waiting) == 1
    assert waiting[0].endswith("Nothing has been decided yet.")


def test_review_is_the_step_that_comes_next_after_the_reveal(
    qtbot: QtBot, open_window: Open, revealed_file: TeamFile
) -> None:
    window = open_window(revealed_file.path)
    page = open_overview(qtbot, window)
    assert part(page, QPushButton, "step.review").isDefault()
    take_step(page, Step.REVIEW)
    settle(qtbot, window)
    assert front(window) is space_of(window).reviewing.page
    assert focus() is not None
