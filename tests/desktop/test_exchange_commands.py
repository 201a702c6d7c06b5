"""Export, quote sheets, verify and merge, from the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QLineEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.dialogs.export_dialog import ExportDialog
from annotator.desktop.dialogs.report_dialog import ReportDialog
from annotator.desktop.export_words import filter_of, label_of
from annotator.desktop.main_window import MainWindow
from annotator.domain.passages import PassageFilter
from annotator.formats.export_formats import EXPORTS, SHEETS, ExportFormat
from annotator.services.project import open_project
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import dialog_of, settle, space_of

Open = Callable[..., MainWindow]


@pytest.mark.parametrize("form", EXPORTS, ids=lambda form: form.name)
def test_an_export_is_written_and_verifies(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path, form: ExportFormat
) -> None:
    file = tmp_path / f"out{form.suffixes[0]}"
    prompts.answers += [str(file), str(file)]
    window.all_actions.trigger(ActionId.PROJECT_EXPORT)
    dialog = dialog_of(qtbot, window, ExportDialog)
    first = dialog.focusWidget()
    assert isinstance(first, QRadioButton), "the first question is asked first"
    assert first.isChecked()
    choice = dialog.findChild(QRadioButton, f"export.{form.name}")
    assert choice is not None
    choice.setChecked(True)
    dialog.accept()
    settle(qtbot, window)
    assert prompts.asked[-1][0] == "save_file"
    assert prompts.asked[-1][2].endswith(form.suffixes[0])
    assert prompts.filters[-1] == filter_of(form)
    assert "4,200 crowns" in file.read_text("utf-8")
    assert prompts.said[-1].startswith("Exported to")
    window.all_actions.trigger(ActionId.PROJECT_VERIFY)
    report = dialog_of(qtbot, window, ReportDialog)
    assert "fits" in report.verdict.text()
    assert all(f"*{suffix}" in prompts.filters[-1] for suffix in form.suffixes)
    report.close()


@pytest.mark.parametrize(("listed", "offered"), [("", EXPORTS), ("my work", SHEETS)])
def test_the_dialog_offers_every_format_of_the_table(
    qtbot: QtBot, window: MainWindow, listed: str, offered: tuple[ExportFormat, ...]
) -> None:
    dialog = ExportDialog(listed=listed, parent=window)
    dialog.show()
    shown = [button.text() for button in dialog.findChildren(QRadioButton) if button.isVisible()]
    assert shown == [label_of(form) for form in offered]
    assert dialog.choice().format is offered[0]
    dialog.close()


def test_the_file_to_verify_is_asked_for_where_it_was_exported_to(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    folder = tmp_path / "for the client"
    folder.mkdir()
    prompts.answers += [str(folder / "out.json"), None, None]
    window.all_actions.trigger(ActionId.PROJECT_EXPORT)
    dialog_of(qtbot, window, ExportDialog).accept()
    settle(qtbot, window)
    window.all_actions.trigger(ActionId.PROJECT_VERIFY)
    window.all_actions.trigger(ActionId.PROJECT_IMPORT)
    assert prompts.folders == [str(folder), str(folder)]


def test_a_quote_sheet_of_the_list_says_whose_passages_it_has(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    window.all_actions.trigger(ActionId.VIEW_PASSAGES)
    settle(qtbot, window)
    for layer, words in ((space.state.analyst.id, "my work"), (None, "everybody’s work")):  # type: ignore[union-attr]
        space.passages.sheet_requested.emit(PassageFilter(layer=layer))
        dialog = dialog_of(qtbot, window, ExportDialog)
        assert dialog.findChild(QLineEdit, "exportListed").text().endswith(words)  # type: ignore[union-attr]
        assert dialog.findChild(QWidget, "exportLayer") is None
        dialog.reject()
        qtbot.waitUntil(lambda: not window.findChildren(ExportDialog))


def test_a_changed_export_does_not_verify(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    space_of(window).project.exchange.write(file)
    file.write_text(file.read_text("utf-8").replace("gone for 4,200 crowns", "gone for 4,300 crowns", 1), "utf-8")
    prompts.answers.append(str(file))
    window.all_actions.trigger(ActionId.PROJECT_VERIFY)
    report = dialog_of(qtbot, window, ReportDialog)
    assert "does not fit" in report.verdict.text()
    report.close()


def test_the_client_export_has_no_journal(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    file = tmp_path / "client.json"
    prompts.answers.append(str(file))
    window.all_actions.trigger(ActionId.PROJECT_EXPORT)
    dialog = dialog_of(qtbot, window, ExportDialog)
    dialog.journal.setChecked(True)
    dialog.client.setChecked(True)
    assert not dialog.choice().with_journal
    dialog.accept()
    settle(qtbot, window)
    assert json.loads(file.read_text("utf-8"))["profile"] == "client"


def test_a_colleagues_file_is_previewed_and_merged(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, project_file: Path, tmp_path: Path
) -> None:
    space = space_of(window)
    copy = tmp_path / "colleague.annotator"
    space.project.care.backup(copy)
    with open_project(str(copy)) as theirs:
        theirs.act_as("Ben Cole", create=True)
        article = next(a for a in theirs.articles.list() if a.outlet == "The Courier")
        theirs.annotations.add(article.id, start=0, end=10, tag="Evidence")
        theirs.exchange.write(tmp_path / "theirs.json")
    prompts.answers.append(str(tmp_path / "theirs.json"))
    window.all_actions.trigger(ActionId.PROJECT_IMPORT)
    dialog_of(qtbot, window, ReportDialog).accept()
    settle(qtbot, window)
    assert prompts.said[-1].startswith("Taken in: 2 new")
    assert len(space.project.annotations.list()) == 3
    courier = next(row for row in space.state.articles.values() if row.article.outlet == "The Courier")
    assert courier.total == 1
    prompts.answers.append(str(tmp_path / "theirs.json"))
    window.all_actions.trigger(ActionId.PROJECT_IMPORT)
    again = dialog_of(qtbot, window, ReportDialog)
    assert "nothing that is not here already" in again.verdict.text()
    again.close()


def test_a_file_with_problems_changes_nothing_and_tells_them(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{"schema": "urn:annotator:project", "schema_version": "1.0.0", "articles": [1]}')
    prompts.answers.append(str(file))
    window.all_actions.trigger(ActionId.PROJECT_IMPORT)
    settle(qtbot, window)
    assert "$.articles[0]" in window.message_bar.text()
