"""What the tests of the whole window share."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.main_window import MainWindow
from annotator.desktop.workspace import Workspace
from annotator.services.project import create_project

TEXT = (
    "Ferry board denies selling the old bridge\n\n"
    "Dora Quill, who chairs the ferry board, said: “Nobody sold anything to anyone.”\n\n"
    "Mayor Tom Reed claimed that the bridge had gone for 4,200 crowns."
)
OTHER = "The bridge and the crowns\n\nA ledger was shown to the council on Tuesday."
D = TypeVar("D", bound=QDialog)


def make_project_file(path: Path) -> Path:
    """Make a project with an analyst, two people and two articles, the first with a claim and a denial."""
    with create_project(str(path), name="The bridge affair", analyst="Ann Bell") as project:
        article = project.articles.add_text(TEXT, outlet="Harbour Post", published_at="2026-11-20")
        project.articles.add_text(OTHER, outlet="The Courier", published_at="2026-11-18")
        project.people.add("Dora Quill")
        project.people.add("Tom Reed")
        for words, tag in (("Nobody sold anything to anyone", "Denial"), ("gone for 4,200 crowns", "Claim")):
            start = TEXT.index(words)
            project.annotations.add(article.id, start=start, end=start + len(words), tag=tag)
    return path


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no job is queued or running; on a large project on a busy machine that may take a while."""
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=60_000)


def space_of(window: MainWindow) -> Workspace:
    """Return the workspace of a window that has a project."""
    assert window.workspace is not None
    return window.workspace


def dialog_of(qtbot: QtBot, window: MainWindow, kind: type[D]) -> D:
    """Wait for a dialog of this kind over the window and return it."""
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(kind)))
    dialog = next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def activate(qtbot: QtBot, window: MainWindow) -> None:
    """Make the window the active one again after a dialog, as a window system does by itself."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in whatever has the focus."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    QTest.keyClick(target, key, modifier)


def focus() -> QWidget | None:
    """Return what has the focus."""
    return QApplication.focusWidget()
