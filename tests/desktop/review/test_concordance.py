"""The concordance of a session: filtered, and several passages decided alike by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.concordance_filters import Wanted
from annotator.desktop.review.concordance_page import ConcordancePage
from annotator.desktop.review.reason_line import ReasonLine
from annotator.desktop.review.session_steps import Step
from annotator.services.project import open_project
from tests.desktop.fakes import FakePrompts
from tests.desktop.review.conftest import Open
from tests.desktop.review.pages import front, open_overview, part, take_step
from tests.desktop.review.teams import ANN, BEN, DENIED, GONE, RAE, TeamFile
from tests.desktop.windows import press, settle, space_of


@pytest.fixture
def window(open_window: Open, revealed_file: TeamFile) -> MainWindow:
    """Return the reviewer's window."""
    with open_project(str(revealed_file.path)) as project:
        project.act_as(RAE)
    return open_window(revealed_file.path)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> ConcordancePage:
    """Return the concordance of the session, in front."""
    take_step(open_overview(qtbot, window), Step.CONCORDANCE)
    settle(qtbot, window)
    shown = front(window)
    assert isinstance(shown, ConcordancePage)
    qtbot.waitUntil(part(shown, QTreeView, "concordanceList").hasFocus)
    return shown


def rows(page: ConcordancePage) -> list[list[str]]:
    model = part(page, QTreeView, "concordanceList").model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def choose(page: ConcordancePage, *places: int) -> None:
    view = part(page, QTreeView, "concordanceList")
    view.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for place in places:
        view.selectionModel().setCurrentIndex(view.model().index(place, 0), flags.Select | flags.Rows)


def test_every_passage_stands_with_how_each_analyst_had_it(page: ConcordancePage) -> None:
    QAbstractItemModelTester(part(page, QTreeView, "concordanceList").model())
    title = "Ferry board denies selling the old bridge"
    assert rows(page) == [
        [DENIED, title, "Denial", "Denial", "not decided"],
        [GONE, title, "Claim", "Evidence", "not decided"],
    ]
    header = part(page, QTreeView, "concordanceList").model()
    assert [header.headerData(column, Qt.Orientation.Horizontal) for column in (2, 3)] == [ANN, BEN]


def test_filters_narrow_the_list_by_any_analyst_s_version(qtbot: QtBot, page: ConcordancePage) -> None:
    tags = {page.filters.tag.itemText(row): page.filters.tag.itemData(row) for row in range(page.filters.tag.count())}
    assert set(tags) == {"Any tag", "Claim", "Denial", "Evidence"}
    page.filters.tag.set_key(tags["Evidence"])
    assert [row[0] for row in rows(page)] == [GONE]
    page.filters.tag.set_key(None)
    QTest.keyClicks(page.filters.words, "SOLD any")
    qtbot.waitUntil(lambda: [row[0] for row in rows(page)] == [DENIED])
    part(page, QPushButton, "concordanceClear").click()
    assert len(rows(page)) == 2
    page.filters.words.setText("nobody said this")
    qtbot.waitUntil(lambda: rows(page) == [])
    assert not part(page, QPushButton, "concordanceAccept").isEnabled()
    assert page.filters.wanted() == Wanted(words="nobody said this")


def test_several_are_accepted_by_a_key_and_one_undo_takes_it_back(
    qtbot: QtBot, window: MainWindow, page: ConcordancePage, prompts: FakePrompts
) -> None:
    choose(page, 0, 1)
    press(Qt.Key.Key_A)
    settle(qtbot, window)
    assert prompts.said[-1] == "2 passages are decided. [Undo]"
    assert all(row[-1].startswith("Taken") for row in rows(page))
    assert part(page, QLabel, "concordanceCounted").text() == "2 passages, 2 decided; 2 chosen"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert [row[-1] for row in rows(page)] == ["not decided"] * 2


def test_a_figure_takes_an_analyst_s_version_of_all_that_are_chosen(
    qtbot: QtBot, window: MainWindow, page: ConcordancePage, revealed_file: TeamFile
) -> None:
    choose(page, 0, 1)
    press(Qt.Key.Key_2)
    settle(qtbot, window)
    taken = {
        found.decision.taken_from
        for found in space_of(window).project.deciding.clusters(revealed_file.session_id)
        if found.decision is not None
    }
    assert taken == {revealed_file.ids[BEN]}


def test_the_versions_are_offered_as_a_menu_too(qtbot: QtBot, window: MainWindow, page: ConcordancePage) -> None:
    choose(page, 1)
    part(page, QPushButton, "concordanceTake").click()
    menu = page.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [f"{ANN}\t1", f"{BEN}\t2"]
    menu.actions()[0].trigger()
    menu.close()
    settle(qtbot, window)
    assert rows(page)[1][-1].startswith("Taken")


def test_nothing_here_asks_for_the_reason_once(
    qtbot: QtBot, window: MainWindow, page: ConcordancePage, revealed_file: TeamFile
) -> None:
    choose(page, 0, 1)
    press(Qt.Key.Key_X)
    line = page.findChild(ReasonLine)
    assert line is not None
    qtbot.waitUntil(line.field.hasFocus)
    press(Qt.Key.Key_Escape)
    assert not line.is_open
    assert front(window) is page
    press(Qt.Key.Key_X)
    QTest.keyClicks(line.field, "Not in this codebook.")
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    found = space_of(window).project.deciding.clusters(revealed_file.session_id)
    assert [one.decision.comment for one in found if one.decision is not None] == ["Not in this codebook."] * 2


def test_only_what_is_not_decided_is_listed_when_asked_and_the_next_row_is_chosen(
    qtbot: QtBot, window: MainWindow, page: ConcordancePage
) -> None:
    page.filters.undecided.click()
    choose(page, 0)
    press(Qt.Key.Key_A)
    settle(qtbot, window)
    assert [row[0] for row in rows(page)] == [GONE]
    assert part(page, QLabel, "concordanceCounted").text() == "1 passage, 0 decided; 1 chosen"


def test_enter_leads_to_the_passage_on_the_review_screen(
    qtbot: QtBot, window: MainWindow, page: ConcordancePage
) -> None:
    choose(page, 1)
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    reviewing = space_of(window).reviewing
    assert front(window) is reviewing.page
    assert reviewing.review.found is not None
    assert GONE in {annotation.quote for annotation in reviewing.review.found.cluster.annotations}


def test_an_analyst_who_does_not_decide_changes_nothing(
    qtbot: QtBot, open_window: Open, revealed_file: TeamFile
) -> None:
    with open_project(str(revealed_file.path)) as project:
        project.act_as(ANN)
    window = open_window(revealed_file.path)
    page = open_overview(qtbot, window)
    assert page.findChild(QPushButton, "step.concordance") is None
