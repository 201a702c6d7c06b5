"""The line over an article that its author submits: what it says, and what its buttons do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.send_dialog import SendDialog
from annotator.desktop.review.submission_line import SubmissionLine
from annotator.domain.reviews import SubmissionState
from annotator.services.project import open_project
from tests.desktop.fakes import FakePrompts
from tests.desktop.review.conftest import Open
from tests.desktop.review.pages import part
from tests.desktop.review.teams import BEN, GONE, TeamFile, mark
from tests.desktop.test_keyboard_reach import round_by_tab
from tests.desktop.windows import dialog_of, press, settle, space_of


@pytest.fixture
def author(qtbot: QtBot, open_window: Open, team_file: TeamFile) -> MainWindow:
    """Return Ben's window on the first article, in which he has marked nothing yet."""
    with open_project(str(team_file.path)) as project:
        project.act_as(BEN)
    window = open_window(team_file.path)
    space_of(window).state.open_article(team_file.articles[0])
    settle(qtbot, window)
    return window


def words(window: MainWindow) -> str:
    line = space_of(window).area.findChild(SubmissionLine)
    if line is None or line.isHidden():
        return ""
    return part(line, QLabel, "submissionWords").text()


def press_button(qtbot: QtBot, window: MainWindow, name: str) -> None:
    part(space_of(window).area, QToolButton, name).click()
    settle(qtbot, window)


def said(window: MainWindow, team_file: TeamFile, article: int = 0) -> SubmissionState | None:
    submission = space_of(window).project.submissions.get(team_file.session_id, team_file.articles[article])
    return submission.state if submission is not None else None


def test_an_article_without_passages_is_submitted_and_withdrawn(
    qtbot: QtBot, author: MainWindow, team_file: TeamFile, prompts: FakePrompts
) -> None:
    assert words(author) == "In review session “First round”: not submitted"
    assert part(space_of(author).area, QToolButton, "submit").text() == "Submit (0 passages)"
    press_button(qtbot, author, "submit")
    assert said(author, team_file) is SubmissionState.SUBMITTED
    assert words(author) == "In review session “First round”: submitted with 0 passages"
    assert prompts.said[-1] == "Submitted with 0 passages. Articles to go: 1. [Undo]"
    press_button(qtbot, author, "withdraw")
    assert said(author, team_file) is SubmissionState.WITHDRAWN
    assert words(author) == "In review session “First round”: not submitted"


def test_the_focus_goes_back_to_the_text_when_its_button_is_gone(
    qtbot: QtBot, author: MainWindow, team_file: TeamFile
) -> None:
    space = space_of(author)
    space.jobs.write(lambda: mark(space.project, team_file.articles[0], GONE, "Claim"))
    settle(qtbot, author)
    part(space.area, QToolButton, "submit").setFocus()
    press_button(qtbot, author, "submit")
    assert part(space.area, QToolButton, "submitShow").hasFocus(), "what is asked is answered from there"
    press_button(qtbot, author, "submitAnyway")
    assert said(author, team_file) is SubmissionState.SUBMITTED
    assert space.view.hasFocus()


def test_what_is_not_finished_is_shown_first_and_hinders_nothing(
    qtbot: QtBot, author: MainWindow, team_file: TeamFile
) -> None:
    space = space_of(author)
    space.jobs.write(lambda: mark(space.project, team_file.articles[0], GONE, "Claim"))
    settle(qtbot, author)
    assert part(space.area, QToolButton, "submit").text() == "Submit (1 passage)"
    space.view.setFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, author)
    assert words(author) == "To finish first? 1 passage: No speaker"
    assert said(author, team_file) is None
    press_button(qtbot, author, "submitLater")
    assert words(author) == "In review session “First round”: not submitted"
    press_button(qtbot, author, "submit")
    press_button(qtbot, author, "submitShow")
    assert space.middle.currentWidget() is space.passages
    space.show_text()
    press_button(qtbot, author, "submit")
    press_button(qtbot, author, "submitAnyway")
    assert words(author) == "In review session “First round”: submitted with 1 passage"


def test_marking_on_after_submitting_is_seen_and_can_be_submitted_again(
    qtbot: QtBot, author: MainWindow, team_file: TeamFile
) -> None:
    press_button(qtbot, author, "submit")
    space = space_of(author)
    space.jobs.write(lambda: mark(space.project, team_file.articles[0], GONE, "Claim"))
    settle(qtbot, author)
    assert words(author) == "In review session “First round”: submitted with 0 passages, now 1"
    press_button(qtbot, author, "submit")
    press_button(qtbot, author, "submitAnyway")
    assert words(author) == "In review session “First round”: submitted with 1 passage"


def test_after_the_last_article_the_packet_for_the_lead_is_offered(
    qtbot: QtBot, author: MainWindow, team_file: TeamFile, prompts: FakePrompts
) -> None:
    press_button(qtbot, author, "submit")
    space_of(author).state.open_article(team_file.articles[1])
    settle(qtbot, author)
    press_button(qtbot, author, "submit")
    assert prompts.said[-1].endswith("That was your last article of this session. [Send the packet…]")
    prompts.offered()
    settle(qtbot, author)
    dialog = dialog_of(qtbot, author, SendDialog)
    assert [path.suffix for _who, path in dialog.chosen()] == [".annotator-packet"]


def test_returned_work_says_why(qtbot: QtBot, open_window: Open, worked_file: TeamFile) -> None:
    with open_project(str(worked_file.path)) as project:
        project.submissions.send_back(
            worked_file.session_id, worked_file.articles[0], worked_file.ids[BEN], "The headline too, please."
        )
        project.act_as(BEN)
    window = open_window(worked_file.path)
    space_of(window).state.open_article(worked_file.articles[0])
    settle(qtbot, window)
    assert words(window) == "In review session “First round”: returned: The headline too, please."


def test_there_is_no_line_for_who_is_no_author(
    qtbot: QtBot, open_window: Open, team_file: TeamFile, prompts: FakePrompts
) -> None:
    window = open_window(team_file.path)
    assert words(window) == ""
    space_of(window).view.setFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert "no open review session of which you are an author" in prompts.said[-1]


def test_the_buttons_of_the_line_are_reached_by_tab(qtbot: QtBot, author: MainWindow) -> None:
    space_of(author).view.setFocus()
    names = {widget.objectName() for widget in round_by_tab(author)}
    assert {"submit", "submissionSession"} <= names
