"""The ways to everything on the screen: how a person gets to a window, page, dialog or menu."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId as A
from annotator.desktop.main_window import MainWindow
from annotator.desktop.prompts import QtPrompts
from annotator.desktop.review.session_steps import Step
from annotator.services.project import open_project
from tests.desktop.review.pages import open_overview, part, take_step
from tests.desktop.windows import settle, space_of

Show = Callable[[QtBot, MainWindow], None]


def as_it_opens(_qtbot: QtBot, _window: MainWindow) -> None:
    """Show nothing more than the window shows by itself."""


def by(*ids: A) -> Show:
    """Show something by actions."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        for id_ in ids:
            assert window.all_actions.action(id_).isEnabled(), f"{id_} is off"
            window.all_actions.trigger(id_)
            settle(qtbot, window)

    return show


def on_a_passage(*ids: A) -> Show:
    """Show something of the current passage; the one that has most is chosen, as the picture of the window does."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        state, view = space_of(window).state, space_of(window).view
        relations = list(state.relations.values())
        linked = {id_: sum(id_ in (r.source_id, r.target_id) for r in relations) for id_ in state.marks}
        state.set_current(max(linked, key=lambda id_: linked[id_]))
        view.setFocus()
        settle(qtbot, window)
        by(*ids)(qtbot, window)

    return show


def selecting(qtbot: QtBot, window: MainWindow) -> None:
    """Select words, so that the bar at the selection comes."""
    view = space_of(window).view
    view.setFocus()
    view.select_span(0, 12)
    settle(qtbot, window)


def passage_menu(qtbot: QtBot, window: MainWindow) -> None:
    on_a_passage()(qtbot, window)
    space = space_of(window)
    mark = space.state.marks[space.state.current or ""]
    space.view.move_caret(mark.start + 1)
    space.view.context_menu_requested.emit(space.view.mapToGlobal(QPoint(40, 40)))


def list_menu(action: A, name: str) -> Show:
    """Show the menu of the right mouse button over the first row of a list."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        by(action)(qtbot, window)
        _menu_of(window, name)

    return show


def _menu_of(parent: QWidget, name: str) -> None:
    view = parent.findChild(QAbstractItemView, name)
    assert view is not None, f"there is no {name}"
    index = view.model().index(0, 0)
    view.setCurrentIndex(index)
    view.customContextMenuRequested.emit(view.visualRect(index).center())


def bar_menu(name: str) -> Show:
    def show(_qtbot: QtBot, window: MainWindow) -> None:
        menu = part(window, QMenu, f"menu.{name}")
        menu.popup(window.mapToGlobal(QPoint(20, 20)))

    return show


def register(action: A, button: str) -> Show:
    """Press a button of a panel after its first row has been chosen."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        by(action)(qtbot, window)
        space = space_of(window)
        panel = {A.VIEW_PEOPLE: space.people_panel, A.VIEW_CODEBOOK: space.codebook_panel}[action]
        view = panel.findChild(QAbstractItemView)
        assert view is not None
        view.setCurrentIndex(view.model().index(0, 0))
        part(panel, QPushButton, button).click()

    return show


def search(qtbot: QtBot, window: MainWindow) -> None:
    space_of(window).enter_search("the")
    settle(qtbot, window)


def find(qtbot: QtBot, window: MainWindow) -> None:
    by(A.EDIT_FIND)(qtbot, window)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("the")
    settle(qtbot, window)


def message(_qtbot: QtBot, window: MainWindow) -> None:
    """Let the window say something that can be undone."""
    from annotator.desktop.widgets.message_bar import Severity

    window.message_bar.show_message(Severity.NOTICE, "“4,200 crowns”", undo=True)


def refusal(_qtbot: QtBot, window: MainWindow) -> None:
    """Let the window show an error that comes from the services."""
    from annotator.domain.errors import ReadOnlyError

    window.show_error(ReadOnlyError("This project is open for reading only."))


def crash(_qtbot: QtBot, window: MainWindow) -> None:
    window.show_error(ZeroDivisionError("4,200"))


def check(qtbot: QtBot, window: MainWindow) -> None:
    by(A.PROJECT_CHECK)(qtbot, window)


def verify(qtbot: QtBot, window: MainWindow) -> None:
    from annotator.desktop.verifying import verify

    project = space_of(window).project
    exported = Path(project.location).with_suffix(".json")
    with open_project(project.location, read_only=True) as reading:
        exported.write_text(json.dumps(reading.exchange.export()), encoding="utf-8")
    verify(str(exported), window)
    settle(qtbot, window)


def question(_qtbot: QtBot, window: MainWindow) -> None:
    prompts = _prompts(window)
    prompts.confirm("4,200 crowns", "4,200 crowns", "4,200", lambda: None)


def line(_qtbot: QtBot, window: MainWindow) -> None:
    _prompts(window).text("4,200 crowns", "4,200 crowns", "", lambda _text: None)


def _prompts(window: MainWindow) -> QtPrompts:
    def ignore(*_words: object) -> None:
        """Say nothing."""

    return QtPrompts(window, say=ignore, offer=ignore, fail=ignore)


def packet(qtbot: QtBot, window: MainWindow) -> None:
    """Open a packet whose project is not open here."""
    project = space_of(window).project
    session = project.reviews.list()[0].id
    path = Path(project.location).with_name("for Ben.annotator-packet")
    with open_project(project.location, read_only=True) as reading:
        receiver = reading.analysts.find("Ben Cole").id
        reading.packets.write(path, session, receiver=receiver)
    window.commands.take_packets([str(path)])
    settle(qtbot, window)


def step(step: Step) -> Show:
    """Take a step of the only session."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        take_step(open_overview(qtbot, window), step)
        settle(qtbot, window)

    return show


def overview_menu(qtbot: QtBot, window: MainWindow) -> None:
    _menu_of(open_overview(qtbot, window), "overviewTable")


def new_session(qtbot: QtBot, window: MainWindow) -> None:
    by(A.REVIEW_OPEN)(qtbot, window)
    part(window, QPushButton, "sessionNew").click()
    settle(qtbot, window)


def session_list(qtbot: QtBot, window: MainWindow) -> None:
    part(open_overview(qtbot, window), QPushButton, "overviewAll").click()
    settle(qtbot, window)


def decide(*ids: A) -> Show:
    """Show the review screen, and there something by actions."""

    def show(qtbot: QtBot, window: MainWindow) -> None:
        space = space_of(window)
        space.reviewing.decide(space.project.reviews.list()[0].id)
        settle(qtbot, window)
        by(*ids)(qtbot, window)

    return show


def shortcuts(qtbot: QtBot, window: MainWindow) -> None:
    """Show the keys from within the settings."""
    by(A.APP_SETTINGS)(qtbot, window)
    part(window, QPushButton, "settingsShortcuts").click()
