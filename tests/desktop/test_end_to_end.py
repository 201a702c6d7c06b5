"""The whole job in the real window, by keys alone: from a new project to a verified export, and back again."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import ActionId
from annotator.desktop.app import create_window
from annotator.desktop.main_window import MainWindow
from annotator.domain.annotations import Role, Stance
from annotator.domain.relations import RelationKind
from annotator.services.project import Project, create_project, open_project
from tests.desktop.desk import TEXT
from tests.desktop.fakes import FakePrompts

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


class Keyboard:
    """Presses keys in whatever has the focus, and waits for what they set going."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, modifiers)
        self.settle()

    def write(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)
        self.settle()

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeWindow() or self.window

    def settle(self) -> None:
        """Wait until no job is queued or running."""
        while self.window.jobs.busy:
            with self.qtbot.waitSignal(self.window.jobs.busy_changed, check_params_cb=lambda busy: not busy):
                pass

    def wait_for(self, name: str) -> QDialog:
        """Wait until the dialog that is open under this name is active, and return it."""
        found = dialog(name)
        self.wait_for_focus(found)
        return found

    def back_in_window(self) -> None:
        """A dialog has gone: do what a window manager does then, which the offscreen platform has none of."""
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.settle()

    def wait_for_focus(self, window: QWidget) -> None:
        """Wait until a widget of this window has the focus."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if not _within(window, app.focusWidget()):
            with self.qtbot.waitSignal(app.focusChanged, check_params_cb=lambda _old, new: _within(window, new)):
                pass

    def find(self, words: str) -> None:
        """Select words of the article by way of the find bar."""
        self.press(Qt.Key.Key_F, CTRL)
        self.write(words)
        self.press(ESC)

    def tag(self, words: str, key: Qt.Key) -> None:
        self.find(words)
        self.press(key)
        assert self.focus().objectName() == "peopleLine"

    def palette(self, words: str) -> None:
        """Do what the command palette finds for words."""
        self.press(Qt.Key.Key_K, CTRL)
        self.write(words)
        self.press(ENTER)


def _within(window: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and widget.window() is window


def dialog(name: str) -> QDialog:
    """Return the dialog that is open under this name."""
    found = [widget for widget in QApplication.topLevelWidgets() if widget.objectName() == name and widget.isVisible()]
    assert len(found) == 1, f"{name}: {found}"
    assert isinstance(found[0], QDialog)
    return found[0]


def new_project(keys: Keyboard, location: Path) -> Project:
    keys.press(Qt.Key.Key_N, CTRL | SHIFT)
    keys.wait_for("newProjectDialog")
    keys.write("The bridge affair")
    keys.press(TAB)
    keys.write("Ann Bell")
    keys.press(TAB)
    keys.press(TAB)
    assert keys.focus().objectName() == "newProjectPlace"
    keys.press(Qt.Key.Key_A, CTRL)
    keys.write(str(location))
    with keys.qtbot.waitSignal(keys.window.project_opened):
        keys.press(ENTER)
    keys.back_in_window()
    assert keys.window.project is not None
    return keys.window.project


def paste_article(keys: Keyboard) -> None:
    QGuiApplication.clipboard().setText(TEXT)
    keys.press(Qt.Key.Key_V, CTRL)
    keys.wait_for("newArticleDialog")
    keys.write("The Daily Ferry")
    keys.press(ENTER)
    keys.back_in_window()
    assert keys.focus().objectName() == "articleView"


def mark_up(keys: Keyboard) -> None:
    """A claim, the denial that rebuts it, and a denial of a point that no article makes."""
    keys.tag("the bridge had gone for 4,200 crowns", Qt.Key.Key_C)
    keys.write("Tom Reed")
    keys.press(ENTER, CTRL)
    keys.press(ENTER)
    keys.tag("Nobody sold anything to anyone", Qt.Key.Key_D)
    keys.write("Dora Quill")
    keys.press(ENTER, CTRL)
    keys.write("t:reed")
    keys.press(ENTER)
    keys.press(ENTER)
    keys.press(Qt.Key.Key_L)
    assert keys.focus().objectName() == "relationLine"
    keys.write("4,200")
    keys.press(ENTER)
    keys.press(ESC)
    keys.tag("to believe the mayor", Qt.Key.Key_D)
    keys.write("a spokesman for the board")
    keys.press(ENTER, CTRL)
    keys.press(ENTER)
    keys.press(Qt.Key.Key_L)
    keys.write("The mayor tells the truth.")
    keys.press(ENTER, CTRL)
    keys.press(ESC)
    assert keys.focus().objectName() == "articleView"


def content(project: Project) -> object:
    """Return what a project says, without the stamps of when and in which version."""
    people = {person.id: person.name for person in project.people.list()}
    points = {point.id: point.text for point in project.points.list()}
    tags = {tag.id: tag.name for tag in project.codebook.tags()}
    passages = {
        annotation.id: (
            annotation.quote,
            tags[annotation.tag_id],
            [(people[entry.person_id], entry.role) for entry in annotation.people],
            [(points[entry.point_id], entry.stance) for entry in annotation.points],
        )
        for annotation in project.annotations.list()
    }
    articles = project.articles.list()
    relations = [relation for article in articles for relation in project.relations.for_article(article.id)]
    links = {(passages[r.source_id][0], r.kind, passages[r.target_id][0]) for r in relations}
    return [article.title for article in articles], sorted(passages.values(), key=str), links


EXPECTED = (
    ["Ferry board in a row over the old bridge"],
    [
        (
            "Nobody sold anything to anyone",
            "Denial",
            [("Dora Quill", Role.SPEAKER), ("Tom Reed", Role.TARGET)],
            [],
        ),
        ("the bridge had gone for 4,200 crowns", "Claim", [("Tom Reed", Role.SPEAKER)], []),
        (
            "to believe the mayor",
            "Denial",
            [("a spokesman for the board", Role.SPEAKER)],
            [("The mayor tells the truth.", Stance.DENIES)],
        ),
    ],
    {("Nobody sold anything to anyone", RelationKind.REBUTS, "the bridge had gone for 4,200 crowns")},
)


def repeat(keys: Keyboard, action: ActionId, modifiers: Qt.KeyboardModifier) -> int:
    """Press Ctrl+Z (or its like) until there is nothing left to take back; return how often."""
    times = 0
    while keys.window.all_actions.action(action).isEnabled():
        keys.press(Qt.Key.Key_Z, modifiers)
        times += 1
        assert times < 50
    return times


def export(keys: Keyboard, prompts: FakePrompts, target: Path) -> dict[str, object]:
    prompts.answers.append(str(target))
    keys.press(Qt.Key.Key_E, CTRL)
    keys.wait_for("exportDialog")
    keys.press(ENTER)
    keys.back_in_window()
    document = json.loads(target.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def verify(keys: Keyboard, prompts: FakePrompts, target: Path) -> str:
    prompts.answers.append(str(target))
    keys.palette("verify")
    report = keys.wait_for("reportDialog")
    verdict = report.findChild(QLabel, "reportVerdict")
    assert isinstance(verdict, QLabel)
    words = verdict.text()
    keys.press(ESC)
    keys.back_in_window()
    return words


def close(keys: Keyboard) -> None:
    with keys.qtbot.waitSignal(keys.window.closed):
        QTest.keyClick(keys.focus(), Qt.Key.Key_W, CTRL)


def test_the_whole_job_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    location, target = tmp_path / "bridge.annotator", tmp_path / "bridge.json"
    prompts = FakePrompts()
    keys = Keyboard(qtbot, create_window("", prompts=prompts))
    project = new_project(keys, location)
    paste_article(keys)
    mark_up(keys)
    assert content(project) == EXPECTED

    undone = repeat(keys, ActionId.EDIT_UNDO, CTRL)
    assert content(project) == ([], [], set())
    assert repeat(keys, ActionId.EDIT_REDO, CTRL | SHIFT) == undone
    assert content(project) == EXPECTED

    document = export(keys, prompts, target)
    assert "fingerprint" in document
    assert "fits: 1 text and 3 quotes checked" in verify(keys, prompts, target)
    keys.press(Qt.Key.Key_Z, CTRL)
    assert content(project) != EXPECTED
    keys.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert content(project) == EXPECTED
    assert prompts.errors == []
    close(keys)

    again = Keyboard(qtbot, create_window(str(location), prompts=prompts))
    if again.window.project is None:
        with qtbot.waitSignal(again.window.project_opened):
            pass
    again.back_in_window()
    assert again.window.project is not None
    assert content(again.window.project) == EXPECTED
    assert again.focus().objectName() == "articleView"
    close(again)
    assert prompts.errors == []


def test_what_is_typed_last_is_kept_when_the_window_closes_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    location = tmp_path / "bridge.annotator"
    with create_project(str(location), name="The bridge affair", analyst="Ann Bell") as made:
        made.articles.add_text(TEXT, title="The bridge")
    prompts = FakePrompts()
    keys = Keyboard(qtbot, create_window(str(location), analyst="Ann Bell", prompts=prompts))
    if keys.window.project is None:
        with qtbot.waitSignal(keys.window.project_opened):
            pass
    keys.back_in_window()
    keys.tag("the bridge had gone", Qt.Key.Key_C)
    keys.press(ESC)
    keys.press(Qt.Key.Key_M)
    QTest.keyClicks(keys.focus(), "not the board's view")
    close(keys)
    with open_project(str(location)) as again:
        (annotation,) = again.annotations.list()
        assert annotation.note == "not the board's view"
    assert prompts.errors == []
