"""Print and PDF from the window and from the command line's picture maker."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.render import print_pdf
from annotator.domain.errors import StorageError
from annotator.services.project import create_project, open_project
from annotator.settings import PAPER, PRINT_LIST
from tests.desktop.fakes import FakePrompts
from tests.desktop.printing.conftest import opened
from tests.desktop.windows import space_of

Open = Callable[..., MainWindow]


def test_the_open_article_becomes_a_pdf(
    qtbot: QtBot, open_window: Open, prompts: FakePrompts, project_file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.pdf"
    prompts.answers.append(str(target))
    window = open_window(project_file)
    space = space_of(window)
    space.shared.settings.set(PAPER, "letter")
    window.all_actions.trigger(ActionId.ARTICLE_PDF)
    qtbot.waitUntil(lambda: bool(prompts.said))
    assert prompts.asked[0][0] == "save_file"
    assert prompts.asked[0][2].endswith(".pdf")
    assert str(target) in prompts.said[-1]
    assert space.state.text is not None
    with opened(target.read_bytes()) as pdf:
        assert round(pdf.document[0].get_size()[0]) == 612
        first = space.state.text.text.split("\n", maxsplit=1)[0]
        assert first.strip() in pdf.whole
        assert "Legend" in pdf.whole
        assert "Passages" in pdf.whole


def test_a_filter_and_a_setting_leave_out(
    qtbot: QtBot, open_window: Open, prompts: FakePrompts, project_file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.pdf"
    prompts.answers.append(str(target))
    window = open_window(project_file)
    space = space_of(window)
    space.shared.settings.set(PRINT_LIST, False)
    space.view.set_hidden(marks=frozenset(space.state.marks))
    window.all_actions.trigger(ActionId.ARTICLE_PDF)
    qtbot.waitUntil(lambda: bool(prompts.said))
    with opened(target.read_bytes()) as pdf:
        assert "that a filter hides" in pdf.whole
        assert "No passage is marked." in pdf.whole


def test_a_folder_that_is_not_there_is_said_and_leaves_nothing(
    qtbot: QtBot, open_window: Open, prompts: FakePrompts, project_file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "none" / "out.pdf"
    prompts.answers.append(str(target))
    window = open_window(project_file)
    with qtbot.waitSignal(window.jobs.failed) as failed:
        window.all_actions.trigger(ActionId.ARTICLE_PDF)
    assert isinstance(failed.args[0], StorageError)
    assert "no such folder" in failed.args[0].message
    assert not target.exists()


def test_a_pdf_that_is_cancelled_leaves_what_was_there(
    qtbot: QtBot, open_window: Open, prompts: FakePrompts, project_file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"older")
    prompts.answers.append(str(target))
    window = open_window(project_file)
    window.jobs.progressed.connect(lambda report: window.jobs.cancel(report.job))
    window.all_actions.trigger(ActionId.ARTICLE_PDF)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert target.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name) == []


def test_ctrl_p_asks_for_a_printer(
    qtbot: QtBot, open_window: Open, prompts: FakePrompts, project_file: Path, tmp_path: Path
) -> None:
    window = open_window(project_file)
    assert window.all_actions.action(ActionId.ARTICLE_PRINT).shortcut().toString() == "Ctrl+P"
    window.all_actions.trigger(ActionId.ARTICLE_PRINT)
    dialog = space_of(window).findChild(QPrintDialog)
    assert dialog is not None
    printer = dialog.printer()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.accepted.emit(printer)
    qtbot.waitUntil(lambda: bool(prompts.said))
    dialog.reject()
    with opened((tmp_path / "printed.pdf").read_bytes()) as pdf:
        assert "Legend" in pdf.whole


def test_the_command_line_writes_the_article_that_is_named(qtbot: QtBot, project_file: Path, tmp_path: Path) -> None:
    with open_project(str(project_file)) as project:
        second = project.articles.list()[1]
    print_pdf(str(project_file), tmp_path / "a.pdf", article_id=second.id, paper="a4")
    with opened((tmp_path / "a.pdf").read_bytes()) as pdf:
        assert round(pdf.document[0].get_size()[1]) == 842
        assert pdf.document.get_metadata_dict()["Title"] == second.title


def test_a_project_without_articles_has_nothing_to_print(qtbot: QtBot, tmp_path: Path) -> None:
    create_project(tmp_path / "empty.annotator", name="Empty", analyst="Ann Bell").close()
    with pytest.raises(StorageError, match="no article"):
        print_pdf(str(tmp_path / "empty.annotator"), tmp_path / "a.pdf")


def test_what_prints_is_not_loaded_with_the_window() -> None:
    code = (
        "import sys, annotator.desktop.app, annotator.desktop.project_parts\n"
        "print([name for name in sys.modules if 'QtPrintSupport' in name or 'desktop.printing' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
