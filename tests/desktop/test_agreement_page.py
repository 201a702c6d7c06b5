"""The agreement page: four figures in words, tables behind "More", and the passages behind every figure."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLabel, QListView, QPushButton, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.agreement_page import AgreementPage
from annotator.services.project import Project, open_project
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import TEXT, make_project_file, press, settle, space_of

NOBODY, CROWNS = "Nobody sold anything to anyone", "gone for 4,200 crowns"
NAMES = ("Ben Cole", "Cy Dahl")


def review(project: Project, *, reveal: bool = True) -> str:
    """Let two authors mark the first article in a blind session of Ann Bell's; return the session's id."""
    article = next(a for a in project.articles.list() if a.title.startswith("Ferry board"))
    for name in (*NAMES, "Rae Voss"):
        project.analysts.add(name)
    members = [*((name, "author") for name in NAMES), ("Rae Voss", "reviewer")]
    session = project.reviews.create("First round", articles=[article.id], members=members)
    project.reviews.open(session.id)
    quill = project.people.list()[0]
    for name, tag in zip(NAMES, ("Claim", "Evidence"), strict=True):
        project.act_as(name)
        for words, given in ((NOBODY, "Denial"), (CROWNS, tag)):
            start = TEXT.index(words)
            project.annotations.add(
                article.id, start=start, end=start + len(words), tag=given, people=[(quill, "speaker")]
            )
        project.submissions.submit(session.id, article.id)
    project.act_as("Ann Bell")
    if reveal:
        project.reviews.reveal(session.id)
    return session.id


@pytest.fixture
def reviewed_file(tmp_path: Path) -> Path:
    path = make_project_file(tmp_path / "bridge affair.annotator")
    with open_project(path) as project:
        review(project)
    return path


@pytest.fixture
def page(qtbot: QtBot, open_window: Callable[..., MainWindow], reviewed_file: Path) -> AgreementPage:
    return shown(qtbot, open_window(reviewed_file))


def shown(qtbot: QtBot, window: MainWindow) -> AgreementPage:
    space_of(window).all_actions.action(ActionId.REVIEW_AGREEMENT).trigger()
    settle(qtbot, window)
    page = window.findChild(AgreementPage)
    assert page is not None
    return page


def card(page: AgreementPage, number: int) -> QPushButton:
    found = page.findChild(QPushButton, f"figureCard{number}")
    assert found is not None
    return found


def words(page: AgreementPage, number: int) -> list[str]:
    return [label.text() for label in card(page, number).findChildren(QLabel) if label.isVisible()]


def table(page: AgreementPage, key: str) -> QTableView:
    found = page.findChild(QTableView, f"agreement.{key}")
    assert found is not None
    return found


def cells(view: QTableView) -> list[list[str]]:
    model = view.model()
    return [[model.index(row, c).data() for c in range(model.columnCount())] for row in range(model.rowCount())]


def window_of(page: AgreementPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def behind(qtbot: QtBot, page: AgreementPage) -> list[str]:
    settle(qtbot, window_of(page))
    view = page.findChild(QListView, "figurePassagesList")
    assert view is not None
    assert view.isVisible()
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


def test_four_figures_are_told_in_words(page: AgreementPage) -> None:
    assert words(page, 1)[:3] == ["They found the same passages", "1.00", "4 passages"]
    assert words(page, 2)[:4] == ["They gave the same tag", "0.33", "2 passages found by both", "2 passages to look at"]
    assert words(page, 3)[:2] == ["They named the same people", "1.00"]
    assert words(page, 4) == ["They saw the same relations", "–", "No relation between passages that two marked."]
    assert "No relation" in card(page, 4).accessibleName()
    assert card(page, 1).hasFocus()
    summary = page.findChild(QLabel, "agreementSummary")
    assert summary is not None
    assert summary.text() == "“First round” · 2 analysts · 1 article that two or more have submitted"


def test_the_rest_is_behind_more(qtbot: QtBot, page: AgreementPage) -> None:
    more = page.findChild(QPushButton, "agreementMore")
    assert more is not None
    assert not table(page, "figures").isVisible()
    more.click()
    assert table(page, "figures").isVisible()
    figures = {row[0]: row[1:] for row in cells(table(page, "figures"))}
    assert figures["Same tag: plain share"][0] == "0.50"
    assert figures["Dividing the text: uα"][3].startswith("experimental")
    assert [row[:3] for row in cells(table(page, "tags"))] == [
        ["Claim", "0.00", "0.00"],
        ["Denial", "1.00", "1.00"],
        ["Evidence", "0.00", "0.00"],
    ]
    assert cells(table(page, "articles"))[0][1:] == ["1.00", "0.33", "1.00", "–"]
    assert sorted(filter(None, (cell for row in cells(table(page, "confusion")) for cell in row[1:]))) == ["1", "1"]
    assert page.findChild(QTableView, "agreement.pairs") is None  # two analysts are the whole team
    for view in page.findChildren(QTableView):
        QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
        qtbot.waitUntil(lambda view=view: view.verticalScrollBar().maximum() == 0)  # type: ignore[misc]


def test_a_figure_opens_its_passages_and_a_passage_its_article(qtbot: QtBot, page: AgreementPage) -> None:
    window = window_of(page)
    press(Qt.Key.Key_Tab)
    assert card(page, 2).hasFocus()
    with qtbot.waitSignal(page.passages_requested) as asked:
        press(Qt.Key.Key_Return)
    assert behind(qtbot, page) == [CROWNS, CROWNS]
    assert asked.args is not None
    title, ids = asked.args
    assert title == "Same tag: Cohen’s κ"
    assert len(ids) == 4
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    space = space_of(window)
    assert space.front.currentWidget() is space.panes
    assert space.state.annotation is not None
    assert space.state.annotation.quote == CROWNS


def test_every_cell_opens_the_passages_it_counts_and_escape_closes_them(qtbot: QtBot, page: AgreementPage) -> None:
    more = page.findChild(QPushButton, "agreementMore")
    assert more is not None
    more.click()
    view = table(page, "confusion")
    place: QModelIndex = next(
        view.model().index(row, column)
        for row in range(view.model().rowCount())
        for column in range(1, view.model().columnCount())
        if view.model().index(row, column).data()
        and "Denial · Denial" in view.model().index(row, column).data(Qt.ItemDataRole.ToolTipRole)
    )
    view.setFocus()
    view.setCurrentIndex(place)
    press(Qt.Key.Key_Return)
    assert behind(qtbot, page) == [NOBODY, NOBODY]
    press(Qt.Key.Key_Escape)
    found = page.findChild(QListView, "figurePassagesList")
    assert found is not None
    assert not found.isVisible()
    assert page.isVisible()
    press(Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_the_page_scrolls_to_the_cell_that_the_keys_have_reached(qtbot: QtBot, page: AgreementPage) -> None:
    more = page.findChild(QPushButton, "agreementMore")
    assert more is not None
    more.click()
    view = table(page, "figures")
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == 0)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 1))
    for _ in range(view.model().rowCount() - 1):
        press(Qt.Key.Key_Down)
    last = view.visualRect(view.currentIndex())
    assert view.currentIndex().row() == view.model().rowCount() - 1
    assert view.viewport().visibleRegion().contains(last)


def test_the_figures_of_the_reveal_are_kept_beside_those_of_now(qtbot: QtBot, page: AgreementPage) -> None:
    window = window_of(page)
    project = space_of(window).project
    reveal = page.findChild(QToolButton, "agreementMoment1")
    assert reveal is not None
    assert reveal.isVisible()
    article = next(a for a in project.articles.list() if a.title.startswith("Ferry board"))
    project.act_as("Cy Dahl")
    project.annotations.add(article.id, start=0, end=11, tag="Claim")
    qtbot.waitUntil(lambda: words(page, 1)[1:3] == ["0.80", "5 passages"])
    reveal.click()
    assert words(page, 1)[1:3] == ["1.00", "4 passages"]


def test_one_of_several_sessions_is_chosen(qtbot: QtBot, page: AgreementPage) -> None:
    window = window_of(page)
    project = space_of(window).project
    chooser = page.findChild(QComboBox, "agreementSession")
    assert chooser is not None
    assert not chooser.isVisible()
    project.reviews.create("Second round", articles=[project.articles.list()[0].id], blind=False)
    qtbot.waitUntil(chooser.isVisible)
    assert [chooser.itemText(row) for row in range(chooser.count())] == ["First round", "Second round"]
    assert chooser.currentText() == "First round"
    chooser.setFocus()
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: words(page, 1)[1] == "–")
    assert words(page, 1)[2] == "Fewer than two analysts have submitted the same article."


def test_tables_are_copied_and_saved(qtbot: QtBot, page: AgreementPage, prompts: FakePrompts, tmp_path: Path) -> None:
    def push(name: str) -> None:
        button = page.findChild(QToolButton, name)
        assert button is not None
        button.click()
        settle(qtbot, window_of(page))

    push("agreementCopy")
    assert "Same tag: plain share\t0.50" in QGuiApplication.clipboard().text()
    prompts.answers.extend([str(tmp_path / "figures.csv"), str(tmp_path / "figures.png")])
    push("agreementCsv")
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert ["Same tag: Cohen’s κ", "0.33", "", "2 passages found by both"] == next(
        row[:4] for row in rows if row and row[0].startswith("Same tag: Cohen")
    )
    assert prompts.asked[-1][2].endswith("/First round, agreement.csv")
    push("agreementPicture")
    picture = QImage(str(tmp_path / "figures.png"))
    assert picture.width() > 2 * 800
    assert prompts.said[-1] == f"Saved as {tmp_path / 'figures.png'} [Open the folder]"


def test_a_blind_session_says_why_there_is_nothing_to_see(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    path = make_project_file(tmp_path / "blind.annotator")
    with open_project(path) as project:
        review(project, reveal=False)
    page = shown(qtbot, open_window(path))
    summary = page.findChild(QLabel, "agreementSummary")
    assert summary is not None
    assert "has not been revealed" in summary.text()
    assert not card(page, 1).isVisible()
    copy = page.findChild(QToolButton, "agreementCopy")
    assert copy is not None
    assert not copy.isEnabled()
