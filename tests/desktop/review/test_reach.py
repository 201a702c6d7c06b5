"""Everything around a review is reached by keys and has names, for scripts and for who hears the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.review.session_steps import Step
from annotator.services.project import open_project
from tests.desktop.review.conftest import Open
from tests.desktop.review.pages import front, open_overview, part, take_step
from tests.desktop.review.teams import LEAD, RAE, TeamFile
from tests.desktop.test_keyboard_reach import round_by_tab
from tests.desktop.test_names import is_part, nameless
from tests.desktop.windows import focus, settle, space_of

Show = Callable[[QtBot, MainWindow], None]


def _step(step: Step) -> Show:
    def show(qtbot: QtBot, window: MainWindow) -> None:
        take_step(open_overview(qtbot, window), step)
        settle(qtbot, window)

    return show


def _list(qtbot: QtBot, window: MainWindow) -> None:
    part(open_overview(qtbot, window), QPushButton, "overviewAll").click()
    settle(qtbot, window)


def _overview(qtbot: QtBot, window: MainWindow) -> None:
    open_overview(qtbot, window)


@pytest.fixture
def window(open_window: Open, revealed_file: TeamFile) -> MainWindow:
    """Return the lead's window on a revealed session in which one passage is decided."""
    with open_project(str(revealed_file.path)) as project:
        project.act_as(RAE)
        first = project.deciding.clusters(revealed_file.session_id)[0]
        project.deciding.accept(revealed_file.session_id, first.key)
        project.act_as(LEAD)
    return open_window(revealed_file.path)


@pytest.mark.parametrize(
    "show",
    [_list, _overview, _step(Step.CONCORDANCE), _step(Step.CHANGES)],
    ids=["list", "overview", "concordance", "changes"],
)
def test_pages_have_names_and_tab_goes_round(qtbot: QtBot, window: MainWindow, show: Show) -> None:
    show(qtbot, window)
    page = front(window)
    assert page is not None
    assert nameless(page) == []
    went = round_by_tab(window)
    usable = [widget for widget in page.findChildren(QWidget) if _takes_tab(widget)]
    assert len(usable) >= 3
    assert [widget.objectName() for widget in usable if widget not in went] == []


def _takes_tab(widget: QWidget) -> bool:
    """Whether Tab should come to a widget: it can be used now and is no piece of another, as a field is of its box."""
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None and not is_part(widget)


@pytest.mark.parametrize("step", [Step.EDIT, Step.SEND, Step.COLLECT, Step.CLOSE], ids=str)
def test_dialogs_have_names_and_begin_with_the_focus_in_them(qtbot: QtBot, window: MainWindow, step: Step) -> None:
    _step(step)(qtbot, window)
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(QDialog)))
    dialog = next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
    assert nameless(dialog) == []
    qtbot.waitUntil(lambda: any(widget.hasFocus() for widget in dialog.findChildren(QWidget)))
    dialog.reject()


def test_tab_goes_from_the_table_over_the_steps_to_the_other_pages(qtbot: QtBot, window: MainWindow) -> None:
    page = open_overview(qtbot, window)
    qtbot.waitUntil(page.panels()[0].hasFocus)
    names = [widget.objectName() for widget in round_by_tab(window) if page.isAncestorOf(widget)]
    places = [
        names.index(name) for name in ("overviewTable", "overviewOpen", "step.review", "step.edit", "overviewAll")
    ]
    assert places == sorted(places)


def test_f6_walks_the_table_and_the_steps(qtbot: QtBot, window: MainWindow) -> None:
    page = open_overview(qtbot, window)
    table, steps = page.panels()
    qtbot.waitUntil(table.hasFocus)
    space_of(window).walk(1, [])
    here = focus()
    assert here is not None
    assert steps.isAncestorOf(here)
