"""The pages of review sessions: the list, one session's overview, and what a lead does there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.close_dialog import CloseDialog
from annotator.desktop.review.overview_page import OverviewPage
from annotator.desktop.review.session_steps import Step
from annotator.desktop.review.sessions_page import SessionsPage
from annotator.domain.reviews import SessionState
from annotator.services.project import open_project
from tests.desktop.fakes import FakePrompts
from tests.desktop.review.conftest import Open
from tests.desktop.review.pages import cells, front, open_overview, part, steps, take_step
from tests.desktop.review.teams import ANN, BEN, LEAD, RAE, TeamFile
from tests.desktop.windows import activate, dialog_of, press, settle, space_of


def test_a_project_without_sessions_says_what_one_is_and_offers_one(qtbot: QtBot, window: MainWindow) -> None:
    window.all_actions.trigger(ActionId.REVIEW_OPEN)
    settle(qtbot, window)
    page = front(window)
    assert isinstance(page, SessionsPage)
    words = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "No review session yet" in words
    qtbot.waitUntil(part(page, QPushButton, "sessionFirst").hasFocus)
    assert part(page, QPushButton, "sessionNew").isHidden(), "one is enough"
    press(Qt.Key.Key_Escape)
    assert front(window) is None


def test_the_only_session_is_shown_at_once_and_all_are_listed_from_there(
    qtbot: QtBot, open_window: Open, team_file: TeamFile
) -> None:
    window = open_window(team_file.path)
    page = open_overview(qtbot, window)
    assert cells(page) == [
        ["Ferry board denies selling the old bridge", "working", "working", "waiting (0 of 2)", "–"],
        ["The bridge and the crowns", "working", "working", "waiting (0 of 2)", "–"],
    ]
    QAbstractItemModelTester(part(page, QTableView, "overviewTable").model())
    part(page, QPushButton, "overviewAll").click()
    settle(qtbot, window)
    listed = front(window)
    assert isinstance(listed, SessionsPage)
    rows = part(listed, QListView, "sessionsList").model()
    assert rows.index(0, 0).data() == "First round"
    assert "0 of 4 submitted" in str(rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    assert front(window) is page


def test_the_table_follows_what_is_said_and_shows_no_counts_before_the_reveal(
    qtbot: QtBot, open_window: Open, worked_file: TeamFile
) -> None:
    window = open_window(worked_file.path)
    page = open_overview(qtbot, window)
    assert [row[1:4] for row in cells(page)] == [
        ["submitted", "submitted", "ready"],
        ["submitted", "working", "waiting (1 of 2)"],
    ]
    assert Step.REVIEW not in steps(page)
    window.prompts.answers.append("Look at the ledger again.")  # type: ignore[attr-defined]
    table = part(page, QTableView, "overviewTable")
    table.setCurrentIndex(table.model().index(0, 2))
    part(page, QPushButton, "overviewReturn").click()
    settle(qtbot, window)
    assert cells(page)[0][1:4] == ["submitted", "returned", "waiting (1 of 2)"]
    assert part(page, QLabel, "overviewHint").text() == "Returned: Look at the ledger again."


def test_work_that_is_not_submitted_cannot_be_sent_back(qtbot: QtBot, open_window: Open, worked_file: TeamFile) -> None:
    window = open_window(worked_file.path)
    page = open_overview(qtbot, window)
    table = part(page, QTableView, "overviewTable")
    for row, column, can in ((0, 2, True), (1, 2, False), (0, 0, False), (0, 3, False)):
        table.setCurrentIndex(table.model().index(row, column))
        assert part(page, QPushButton, "overviewReturn").isEnabled() is can


def test_a_draft_is_opened_and_an_undo_takes_that_back(
    qtbot: QtBot, open_window: Open, tmp_path: Path, prompts: FakePrompts
) -> None:
    from tests.desktop.review.teams import make_team_file

    window = open_window(make_team_file(tmp_path / "lead.annotator", opened=False).path)
    page = open_overview(qtbot, window)
    assert {Step.EDIT, Step.OPEN, Step.DELETE} == set(steps(page))
    assert [row[1:] for row in cells(page)] == [["–", "–", "not begun", "–"]] * 2
    take_step(page, Step.OPEN)
    settle(qtbot, window)
    assert cells(page)[0][1] == "working"
    assert Step.SEND in steps(page)
    assert prompts.said[-1].endswith("[Undo]")
    window.all_actions.trigger(ActionId.EDIT_UNDO)
    settle(qtbot, window)
    assert Step.OPEN in steps(page)
    take_step(page, Step.DELETE)
    settle(qtbot, window)
    assert isinstance(front(window), SessionsPage)


def test_the_reveal_is_asked_for_once_and_says_how_many_articles_still_wait(
    qtbot: QtBot, open_window: Open, worked_file: TeamFile, prompts: FakePrompts
) -> None:
    window = open_window(worked_file.path)
    page = open_overview(qtbot, window)
    prompts.answers.extend([None, True])
    take_step(page, Step.REVEAL)
    settle(qtbot, window)
    assert cells(page)[0][1] == "submitted"
    assert "1 of 2 articles still wait" in prompts.asked[-1][2]
    take_step(page, Step.REVEAL)
    settle(qtbot, window)
    assert [row[1:] for row in cells(page)] == [
        ["submitted · 2", "submitted · 2", "ready", "0 of 2"],
        ["submitted · 0", "working", "waiting (1 of 2)", "nothing marked"],
    ]
    assert Step.REVEAL not in steps(page)


def test_closing_lists_what_is_open_takes_a_name_and_can_be_taken_back_with_a_reason(
    qtbot: QtBot, open_window: Open, revealed_file: TeamFile, prompts: FakePrompts
) -> None:
    window = open_window(revealed_file.path)
    page = open_overview(qtbot, window)
    shown = [
        button.objectName() for button in page.findChildren(QPushButton) if button.objectName().startswith("step.")
    ]
    assert shown.index("step.meeting") < shown.index("step.send"), "what gathered the session comes last"
    part(page, QPushButton, "step.close").setFocus()
    take_step(page, Step.CLOSE)
    dialog = dialog_of(qtbot, window, CloseDialog)
    assert dialog.name.text() == LEAD
    assert not dialog.accept_button.isEnabled()
    assert dialog.unfinished is not None
    dialog.unfinished.setChecked(True)
    dialog.name.setText("  ")
    assert not dialog.accept_button.isEnabled()
    dialog.name.setText("L. Dahl")
    dialog.accept()
    settle(qtbot, window)
    session = space_of(window).project.reviews.get(revealed_file.session_id)
    assert (session.state, session.signed_by) == (SessionState.CLOSED, "L. Dahl")
    activate(qtbot, window)
    assert part(page, QPushButton, "step.minutes").hasFocus(), "what comes next, and nothing elsewhere"
    prompts.answers.append("A denial was missed.")
    take_step(page, Step.REOPEN)
    settle(qtbot, window)
    assert "open again: A denial was missed." in part(page, QLabel, "sessionAbout").text()


def test_an_article_is_opened_from_its_row(qtbot: QtBot, open_window: Open, team_file: TeamFile) -> None:
    window = open_window(team_file.path)
    page = open_overview(qtbot, window)
    table = part(page, QTableView, "overviewTable")
    table.setCurrentIndex(table.model().index(1, 0))
    qtbot.waitUntil(table.hasFocus)
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    article = space_of(window).state.article
    assert article is not None
    assert article.id == team_file.articles[1]
    assert front(window) is None


def test_an_article_is_reviewed_from_its_row_once_it_is_revealed(
    qtbot: QtBot, open_window: Open, revealed_file: TeamFile
) -> None:
    window = open_window(revealed_file.path)
    page = open_overview(qtbot, window)
    table, review = part(page, QTableView, "overviewTable"), part(page, QPushButton, "overviewReview")
    table.setCurrentIndex(table.model().index(1, 0))
    assert not review.isEnabled(), "nobody marked anything in it"
    table.setCurrentIndex(table.model().index(0, 0))
    review.click()
    settle(qtbot, window)
    reviewing = space_of(window).reviewing
    assert front(window) is reviewing.page
    assert reviewing.review.found is not None
    assert reviewing.review.found.article_id == revealed_file.articles[0]


def test_who_decides_without_names_sees_no_numbers_beside_names(
    qtbot: QtBot, open_window: Open, worked_file: TeamFile
) -> None:
    with open_project(str(worked_file.path)) as project:
        project.reviews.edit(worked_file.session_id, hide_names=True)
        project.reviews.reveal(worked_file.session_id)
        project.act_as(RAE)
    window = open_window(worked_file.path)
    page = open_overview(qtbot, window)
    assert [row[1:3] for row in cells(page)] == [["submitted", "submitted"], ["submitted", "working"]]
    tip = part(page, QTableView, "overviewTable").model().index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "passages" not in str(tip)


def test_an_author_sees_the_own_column_alone(qtbot: QtBot, open_window: Open, worked_file: TeamFile) -> None:
    with open_project(str(worked_file.path)) as project:
        project.act_as(BEN)
    window = open_window(worked_file.path)
    page = open_overview(qtbot, window)
    assert [row[1:4] for row in cells(page)] == [
        ["hidden", "submitted · 2", "waiting"],
        ["hidden", "working", "waiting"],
    ]
    assert Step.REVEAL not in steps(page)
    assert not part(page, QPushButton, "overviewReturn").isVisible()


def test_steps_stand_below_the_table_in_a_narrow_window(qtbot: QtBot, open_window: Open, team_file: TeamFile) -> None:
    window = open_window(team_file.path, size=(640, 420))
    page = open_overview(qtbot, window)
    assert isinstance(page, OverviewPage)
    table = part(page, QTableView, "overviewTable")

    def corner() -> tuple[int, int]:
        """Return how far the steps begin right of and below the end of the table."""
        offset = page.steps.mapTo(page, page.steps.rect().topLeft()) - table.mapTo(page, table.rect().bottomRight())
        return offset.x(), offset.y()

    def top(widget: QWidget) -> int:
        return widget.mapTo(page, widget.rect().topLeft()).y()

    first = page.steps.buttons()[0]
    qtbot.waitUntil(lambda: corner()[1] > 0 > corner()[0])
    assert top(first) < top(table) < top(page.steps.buttons()[1]), "what comes next stands where the eye falls first"
    assert first.nextInFocusChain() is table
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: corner()[0] > 0 > corner()[1])
    assert page.steps.isAncestorOf(first)
    assert top(first) < top(page.steps.buttons()[1])
    assert {ANN, BEN} == {str(table.model().headerData(column, Qt.Orientation.Horizontal)) for column in (1, 2)}


def test_from_the_figures_esc_leads_back_to_the_page_that_asked_for_them(
    qtbot: QtBot, open_window: Open, revealed_file: TeamFile
) -> None:
    window = open_window(revealed_file.path)
    page = open_overview(qtbot, window)
    take_step(page, Step.AGREEMENT)
    settle(qtbot, window)
    assert front(window) is not page
    press(Qt.Key.Key_Escape)
    assert front(window) is page
    window.all_actions.trigger(ActionId.REVIEW_AGREEMENT)
    settle(qtbot, window)
    space_of(window).show_text()
    window.all_actions.trigger(ActionId.REVIEW_AGREEMENT)
    settle(qtbot, window)
    press(Qt.Key.Key_Escape)
    assert front(window) is None, "asked for in the article, they lead back there"
