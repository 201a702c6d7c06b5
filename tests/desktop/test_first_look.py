"""What is seen before the project is open: the very picture that stays, and the user's place in it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.app import create_window
from annotator.desktop.dialogs.crash_dialog import CrashDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.showing import Showing
from annotator.desktop.workspace import Workspace
from annotator.services.first_look import first_look
from annotator.services.project import Project, open_project
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import focus, make_project_file, press, settle, space_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def one_article(tmp_path: Path) -> Path:
    """Return a project with one article, three paragraphs of which are marked, so that a glance is enough."""
    path = make_project_file(tmp_path / "one.annotator")
    with open_project(path) as project:
        project.articles.delete(
            next(article.id for article in project.articles.list() if article.outlet == "The Courier")
        )
    return path


@pytest.fixture
def glancing(qtbot: QtBot, prompts: FakePrompts, monkeypatch: pytest.MonkeyPatch, one_article: Path) -> MainWindow:
    """Return a window that shows its article and has not gone on to open the project."""
    monkeypatch.setattr(MainWindow, "_go_on", lambda _self: None)
    window = create_window(str(one_article), prompts=prompts)
    window.resize(1440, 900)
    window.show()
    qtbot.waitActive(window)
    qtbot.waitUntil(lambda: window.sight.page is not None)
    return window


def _open(qtbot: QtBot, window: MainWindow) -> Workspace:
    window.opening.go_on()
    qtbot.waitUntil(lambda: window.workspace is not None)
    settle(qtbot, window)
    return space_of(window)


def _end(qtbot: QtBot, window: MainWindow) -> None:
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    window.deleteLater()


def test_the_article_seen_first_is_the_one_that_stays(qtbot: QtBot, glancing: MainWindow) -> None:
    assert glancing.sight.page is not None
    view, picture = glancing.sight.page.view, glancing.sight.page.picture
    assert glancing.windowTitle() == "The bridge affair — Annotator"
    assert len(view.visible_marks()) == 2
    first = view.page.text, view.width(), view.mapTo(glancing, view.rect().topLeft())
    space = _open(qtbot, glancing)
    assert space.view is view
    assert (view.page.text, view.width(), view.mapTo(glancing, view.rect().topLeft())) == first
    assert space.state.article is not None
    assert space.state.text is not None
    again = first_look(str(space.project.location), lambda _project: "")
    assert again is not None
    assert again.shown == space.project.on_screen.article(space.state.article.id).shown
    assert list(picture.marks) == list(space.state.marks.values())
    assert picture.labels == view.state.labels
    assert picture.styles == view.styles
    _end(qtbot, glancing)


def test_what_is_done_before_the_project_is_open_stays(qtbot: QtBot, glancing: MainWindow) -> None:
    assert glancing.sight.page is not None
    view = glancing.sight.page.view
    assert focus() is view
    view.set_zoom(150)
    view.select_span(4, 30)
    space = _open(qtbot, glancing)
    assert view.selected_span() is not None
    assert (view.selected_span().start, view.selected_span().end) == (4, 30)  # type: ignore[union-attr]
    assert view.zoom() == 150
    assert focus() is space.view
    press(Qt.Key.Key_C)
    settle(qtbot, glancing)
    assert len(space.state.marks) == 3
    _end(qtbot, glancing)


def test_a_passage_chosen_early_is_current_later(qtbot: QtBot, glancing: MainWindow) -> None:
    assert glancing.sight.page is not None
    glancing.sight.page.view.next_mark()
    chosen = glancing.sight.page.view.current()
    space = _open(qtbot, glancing)
    assert chosen is not None
    assert space.state.current == chosen == space.view.current()
    _end(qtbot, glancing)


def test_a_letter_pressed_too_early_says_so(qtbot: QtBot, glancing: MainWindow) -> None:
    press(Qt.Key.Key_C)
    assert glancing.message_bar.isVisible()
    assert len(_open(qtbot, glancing).state.marks) == 2
    _end(qtbot, glancing)


def test_what_a_key_asks_for_too_early_is_said_and_done_once_it_can_be(qtbot: QtBot, glancing: MainWindow) -> None:
    press(Qt.Key.Key_F7)
    assert "Reading view" in glancing.message_bar.text()
    space = _open(qtbot, glancing)
    assert (space.area.is_reading, focus()) == (True, space.area.reading.text)
    assert space.area.reading.text.toPlainText() != ""
    press(Qt.Key.Key_F7)
    assert not space.area.is_reading  # done once, not again whenever something changes
    _end(qtbot, glancing)


def test_what_needs_more_than_an_open_project_is_not_done_later(qtbot: QtBot, glancing: MainWindow) -> None:
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    space = _open(qtbot, glancing)
    assert len(space.state.marks) == 2
    assert glancing.all_actions.action(ActionId.EDIT_REDO).isEnabled() is False
    _end(qtbot, glancing)


def test_a_window_closed_before_its_project_is_open_lets_go_of_the_file(
    qtbot: QtBot, glancing: MainWindow, one_article: Path
) -> None:
    glancing.opening.go_on()
    glancing.close()
    qtbot.waitUntil(lambda: not glancing.isVisible())
    assert glancing.workspace is None
    with open_project(one_article, wait=0) as project:
        assert not project.read_only
    glancing.deleteLater()


def test_a_defect_while_opening_leads_back_to_the_start_page(
    qtbot: QtBot, glancing: MainWindow, one_article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: Showing, _project: Project) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Showing, "_build", broken)
    glancing.opening.go_on()
    qtbot.waitUntil(lambda: bool(glancing.findChildren(CrashDialog)))
    assert glancing.pages.currentWidget() is glancing.starting.page
    settle(qtbot, glancing)
    with open_project(one_article, wait=0) as project:
        assert not project.read_only
    for dialog in glancing.findChildren(CrashDialog):
        dialog.close()
    _end(qtbot, glancing)


@pytest.mark.parametrize("harm", ["no file", "other format", "damaged", "being written", "a view"])
def test_what_is_no_sound_file_is_not_looked_at(one_article: Path, harm: str) -> None:
    writer = sqlite3.connect(one_article, isolation_level=None)
    if harm == "no file":
        one_article.unlink()
    elif harm == "other format":
        writer.execute("PRAGMA user_version=0")
    elif harm == "damaged":
        writer.close()
        one_article.write_bytes(b"SQLite format 3\0" + bytes(5000))
    elif harm == "being written":
        writer.execute("BEGIN EXCLUSIVE")
    else:
        writer.execute("CREATE VIEW strange AS SELECT 1")
    try:
        assert first_look(str(one_article), lambda _project: "") is None
    finally:
        writer.close()


def test_a_server_is_not_looked_at() -> None:
    assert first_look("postgresql+psycopg://nobody@nowhere/x", lambda _project: "") is None


_START = """
import sys
from annotator.desktop.actions import ActionId
from annotator.desktop.app import create_window
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
heavy = lambda: sorted({name.partition(".")[0] for name in sys.modules} & {"sqlalchemy", "alembic"})
window = create_window(sys.argv[1])
window.opening.looked.connect(lambda glance: print("looked", glance is not None, heavy()))
def painted():
    print("painted", heavy())
def watch():
    if window.sight.page is not None:
        window.sight.page.painted.connect(painted)
window.opening.looked.connect(lambda _glance: watch())
window.project_opened.connect(lambda _project: (print("open", heavy()), QTimer.singleShot(0, window.close)))
window.show()
QApplication.exec()
"""


def test_sqlalchemy_comes_after_the_first_paint_and_alembic_never(one_article: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _START, str(one_article)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == ["looked True []", "painted []", "open ['sqlalchemy']"]


def test_opening_an_article_takes_four_statements(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window(project_file)
    space = space_of(window)
    other = next(id_ for id_ in space.state.articles if space.state.article and id_ != space.state.article.id)
    heard: list[str] = []
    engine = space.project.context.database._connections.engine
    from sqlalchemy import event

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement != "BEGIN":
            heard.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    space.state.open_article(other)
    settle(qtbot, window)
    event.remove(engine, "before_cursor_execute", listen)
    assert space.state.article is not None
    assert space.state.article.id == other
    assert 1 <= len(heard) <= 4, "\n\n".join(heard)
