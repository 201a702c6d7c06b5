"""How tests come to what is around a review."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.overview_page import OverviewPage
from annotator.desktop.review.session_steps import Step
from tests.desktop.windows import settle, space_of

W = TypeVar("W", bound=QWidget)


def part(parent: QWidget, kind: type[W], name: str) -> W:
    """Return a widget by its name."""
    found = parent.findChild(kind, name)
    assert found is not None, f"there is no {name}"
    return found


def front(window: MainWindow) -> QWidget | None:
    """Return the screen of a review that is in front."""
    return space_of(window).reviewing.screen


def open_overview(qtbot: QtBot, window: MainWindow) -> OverviewPage:
    """Show the only session of the project by the action and return its page."""
    window.all_actions.trigger(ActionId.REVIEW_OPEN)
    settle(qtbot, window)
    page = front(window)
    assert isinstance(page, OverviewPage)
    return page


def take_step(page: OverviewPage, step: Step) -> None:
    """Press the button of a step."""
    part(page, QPushButton, f"step.{step}").click()


def steps(page: OverviewPage) -> list[str]:
    """Return the steps that can be taken, in their order."""
    return [button.objectName().removeprefix("step.") for button in page.steps.findChildren(QPushButton)]


def cells(page: OverviewPage) -> list[list[str]]:
    """Return what stands in the table of an overview."""
    model = part(page, QTableView, "overviewTable").model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
