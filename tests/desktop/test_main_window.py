"""The window of a project: opening, titles, needs, panes, keys, closing without losing anything."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ACTIONS, ActionId
from annotator.desktop.dialogs.new_article import NewArticleDialog
from annotator.desktop.main_window import MainWindow
from annotator.desktop.progress import ProgressReport
from annotator.desktop.widgets.message_bar import Severity
from annotator.desktop.widgets.panes import Panes
from annotator.domain.errors import UserError
from annotator.services.project import open_project
from annotator.settings import Settings
from tests.desktop.fakes import FakePrompts
from tests.desktop.windows import dialog_of, focus, press, settle, space_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_project_opens_with_its_first_article_and_the_focus_in_the_text(window: MainWindow) -> None:
    space = space_of(window)
    assert window.windowTitle() == "The bridge affair — Annotator"
    assert space.state.article is not None
    assert space.state.article.outlet == "Harbour Post"
    assert focus() is space.view
    assert window.findChild(QLabel, "statusSaved").text() == "all changes saved"  # type: ignore[union-attr]
    assert window.findChild(QLabel, "statusCounts").text() == "1 claim  1 denial  0 evidence"  # type: ignore[union-attr]


def test_every_action_does_something_once_a_project_is_open(window: MainWindow) -> None:
    assert {spec.id for spec in ACTIONS} - window.all_actions.connected == set()


def test_the_widgets_have_the_names_that_scripts_drive_them_by(window: MainWindow) -> None:
    for name in (
        *("articleList", "articleView", "inspector", "peoplePanel", "codebookPanel"),
        *("passagesView", "peopleLine", "relationLine", "searchField"),
    ):
        assert window.findChild(QWidget, name) is not None, name


def test_escape_in_the_text_gives_up_the_selection_then_the_search(window: MainWindow) -> None:
    area = space_of(window).area
    area.find_bar.begin()
    area.find_bar.field.setText("the")
    area.view.setFocus()
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Escape)
    assert area.find_bar.isVisible()
    assert area.view.selected_span() is None
    press(Qt.Key.Key_Escape)
    assert not area.find_bar.isVisible()
    assert area.view.found() == (0, 0)
    assert area.view.hasFocus()


def test_nothing_moves_when_a_message_comes_and_goes(qtbot: QtBot, window: MainWindow) -> None:
    before = space_of(window).geometry()
    window.message_bar.show_message(Severity.NOTICE, "Undone: Edit tag", undo=False)
    assert not window.status_line.isVisible()
    QApplication.processEvents()
    assert abs(space_of(window).height() - before.height()) <= 4  # pixels
    window.jobs.progressed.emit(ProgressReport(job=7, title="Exporting", done=1, total=3))
    qtbot.waitUntil(window.status_line.isVisible)  # with its way to cancel
    window.jobs.progressed.emit(ProgressReport(job=7, title="Exporting", done=3, total=3, finished=True))
    window.message_bar.hide()
    assert window.status_line.isVisible()
    QApplication.processEvents()
    assert space_of(window).geometry() == before


def test_tagging_by_key_is_counted_saved_and_undone(qtbot: QtBot, window: MainWindow, prompts: FakePrompts) -> None:
    space = space_of(window)
    space.view.select_span(0, 11)
    press(Qt.Key.Key_E)
    press(Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert window.findChild(QLabel, "statusCounts").text() == "1 claim  1 denial  1 evidence"  # type: ignore[union-attr]
    undo = window.all_actions.action(ActionId.EDIT_UNDO)
    assert undo.isEnabled()
    assert undo.text().endswith("Tag as evidence")
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert len(space.state.marks) == 2
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    settle(qtbot, window)
    assert len(space.state.marks) == 3
    assert len(space.project.annotations.list()) == 3
    assert prompts.errors == []


def test_letters_look_on_only_while_the_text_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    heard: list[bool] = []
    space.letters_changed.connect(heard.append)
    window.top_bar.search_field.setFocus()
    press(Qt.Key.Key_Escape)
    assert heard == [False, True]
    assert focus() is space.view


def test_f6_walks_the_panels_and_escape_comes_back(window: MainWindow) -> None:
    space = space_of(window)
    seen = []
    for _ in range(4):
        press(Qt.Key.Key_F6)
        widget = focus()
        assert widget is not None
        seen.append(
            next(
                name
                for name, panel in (
                    ("inspector", space.inspector),
                    ("left", space.left),
                    ("text", space.view),
                    ("bar", window.top_bar),
                )
                if widget is panel or panel.isAncestorOf(widget)
            )
        )
    assert seen == ["inspector", "bar", "left", "text"]
    press(Qt.Key.Key_F6, SHIFT)
    press(Qt.Key.Key_Escape)
    assert focus() is space.view


def test_the_left_panels_are_reached_by_keys(window: MainWindow) -> None:
    space = space_of(window)
    for key, panel in (
        (Qt.Key.Key_2, space.people_panel),
        (Qt.Key.Key_3, space.codebook_panel),
        (Qt.Key.Key_1, space.article_list),
    ):
        press(key, CTRL)
        assert space.left.currentWidget() is panel
        widget = focus()
        assert widget is not None
        assert panel.isAncestorOf(widget)


def test_articles_are_stepped_through(qtbot: QtBot, window: MainWindow) -> None:
    space = space_of(window)
    press(Qt.Key.Key_PageDown, CTRL)
    settle(qtbot, window)
    assert space.state.article is not None
    assert space.state.article.outlet == "The Courier"
    press(Qt.Key.Key_PageUp, CTRL)
    settle(qtbot, window)
    assert space.state.article.outlet == "Harbour Post"


def shown(panes: Panes) -> tuple[bool, bool]:
    """Tell which of the outer panes are to be seen."""
    return panes.left_shown, panes.right_shown


def test_the_text_takes_the_focus_of_a_panel_that_goes_out_of_sight(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window(project_file, size=(1440, 900))
    space = space_of(window)
    field = next(w for w in space.left.findChildren(QLineEdit) if w.isVisible())
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    window.resize(700, 500)
    qtbot.waitUntil(lambda: space.panes.left_is_drawer)
    front = space.middle.currentWidget()
    assert front is not None
    here = QApplication.focusWidget()
    assert here is not None
    assert here is front or front.isAncestorOf(here)


def test_narrow_windows_have_drawers(qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path) -> None:
    window = open_window(project_file, size=(1100, 700))
    panes = space_of(window).panes
    assert shown(panes) == (True, False)
    assert panes.right_is_drawer
    press(Qt.Key.Key_F4)
    assert shown(panes) == (True, True)
    assert window.all_actions.action(ActionId.VIEW_INSPECTOR).isChecked()
    window.resize(700, 400)
    qtbot.waitUntil(lambda: panes.left_is_drawer)
    assert shown(panes) == (False, True)
    press(Qt.Key.Key_F9)
    assert shown(panes) == (True, True)
    space_of(window).show_text()
    assert shown(panes) == (False, False)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not panes.right_is_drawer)
    assert shown(panes) == (True, True)


def test_the_least_size_is_640_by_360(window: MainWindow) -> None:
    window.resize(100, 100)
    assert (window.width(), window.height()) == (640, 360)


def test_the_layout_and_the_article_are_remembered(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window(project_file, size=(1400, 850))
    space = space_of(window)
    space.panes.show_right(shown=False)
    space.article_list.step(1)
    settle(qtbot, window)
    space.view.set_zoom(140)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    again = open_window(project_file, size=(1400, 850))
    assert not space_of(again).panes.right_shown
    assert space_of(again).view.zoom() == 140
    assert space_of(again).state.article.outlet == "The Courier"  # type: ignore[union-attr]
    assert Settings().recent_projects() == [str(project_file)]


def test_closing_waits_for_what_is_being_written(qtbot: QtBot, window: MainWindow, project_file: Path) -> None:
    space = space_of(window)
    assert space.state.article is not None
    article_id, annotations = space.state.article.id, space.project.annotations
    for start in range(0, 30, 3):
        window.jobs.write(partial(annotations.add, article_id, start=start, end=start + 2, tag="Claim"))
    with qtbot.waitSignal(window.closed):
        window.close()
    with open_project(str(project_file)) as project:
        assert len(project.annotations.list()) == 12


def test_a_typed_note_is_written_before_the_window_closes(qtbot: QtBot, window: MainWindow, project_file: Path) -> None:
    space = space_of(window)
    press(Qt.Key.Key_N)
    settle(qtbot, window)
    press(Qt.Key.Key_M)
    note = focus()
    assert note is not None
    QTest.keyClicks(note, "ask the board")
    with qtbot.waitSignal(window.closed):
        window.close()
    with open_project(str(project_file)) as project:
        assert [a.note for a in project.annotations.list() if a.note] == ["ask the board"]
    assert space.state.project is not None


def test_a_closed_window_can_be_closed_again(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()
    with qtbot.assertNotEmitted(window.closed):
        assert window.close()


def test_a_failed_write_keeps_the_window_open(qtbot: QtBot, window: MainWindow) -> None:
    def fail() -> None:
        raise UserError("The disk is full.", "Free some space.")

    window.jobs.write(fail)
    window.close()
    settle(qtbot, window)
    assert window.isVisible()
    assert window.message_bar.text() == "The disk is full. Free some space."


@pytest.mark.skipif(sys.platform == "win32", reason="permissions differ")
def test_a_read_only_project_says_so_and_offers_no_writing(
    open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    with open_project(str(project_file)):
        window = open_window(project_file)
        assert window.windowTitle() == "The bridge affair (read-only) — Annotator"
        assert "read-only" in window.findChild(QLabel, "statusSaved").text()  # type: ignore[union-attr]
        for id_ in (ActionId.ARTICLE_NEW, ActionId.ANNOTATION_DELETE, ActionId.EDIT_UNDO, ActionId.PROJECT_IMPORT):
            assert not window.all_actions.action(id_).isEnabled()
        assert not any(action.isEnabled() for action in window.all_actions.tag_actions())
        assert window.all_actions.action(ActionId.PROJECT_EXPORT).isEnabled()
        window.close()
    assert stat.S_ISREG(project_file.stat().st_mode)


def test_a_file_that_is_no_project_leaves_the_start_page_with_a_message(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    file = tmp_path / "letter.annotator"
    file.write_text("Dear Sir")
    window = open_window(file)
    assert window.pages.currentWidget() is window.starting.page
    assert "letter.annotator" in window.message_bar.text()
    assert file.read_text() == "Dear Sir"


def test_an_error_can_be_copied(window: MainWindow) -> None:
    window.show_error(UserError("The file is gone.", "Look for it."))
    button = window.findChild(QToolButton, "messageClose")
    assert button is not None
    copy = next(b for b in window.message_bar.findChildren(type(window.message_bar._copy)) if b.isVisible())
    copy.click()
    assert QGuiApplication.clipboard().text() == "The file is gone. Look for it."
    button.click()
    assert window.message_bar.text() == ""


def test_what_is_dropped_on_the_start_page_is_opened_or_kept(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path, tmp_path: Path
) -> None:
    window = open_window()
    article = tmp_path / "late.txt"
    article.write_text("A late headline\n\nIt came. It went.", encoding="utf-8")
    for file in (article, project_file):
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(file))])
        assert window.drops.take(content)
    dialog = dialog_of(qtbot, window, NewArticleDialog)
    assert dialog.fields_.title.text() == "A late headline"
    dialog.reject()


def test_text_that_is_dropped_on_the_start_page_waits_for_a_project(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window()
    content = QMimeData()
    content.setText("A headline from the browser\n\nIt came. It went.")
    content.setHtml("<h1>A headline from the browser</h1><p>It came. It went.</p>")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPoint(90, 90), copy, content, left, none),
        QDropEvent(QPointF(90, 90), copy, content, left, none),
    ):
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
    assert "the text is brought in" in window.message_bar.text()
    window.open_project(str(project_file))
    dialog = dialog_of(qtbot, window, NewArticleDialog)
    assert dialog.fields_.title.text() == "A headline from the browser"
    dialog.reject()


def test_closing_while_a_project_is_being_opened_leaves_nothing_locked(
    qtbot: QtBot, open_window: Callable[..., MainWindow], project_file: Path
) -> None:
    window = open_window()
    window.opening.open(str(project_file))
    with qtbot.waitSignal(window.closed):
        window.close()
    with open_project(str(project_file), wait=0) as project:
        assert not project.read_only
