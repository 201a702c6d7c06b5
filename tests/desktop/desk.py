"""An article area over a real project, for tests: what an analyst's keys do, without the rest of the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.actions import Actions, Need
from annotator.desktop.article_area import ArticleArea
from annotator.desktop.bus import ProjectBus
from annotator.desktop.jobs import Jobs
from annotator.desktop.models.state import ProjectState
from annotator.domain.annotations import Annotation, Role
from annotator.domain.articles import Article
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark
from annotator.services.project import Project, create_project

TEXT = "\n\n".join(
    (
        "Ferry board in a row over the old bridge",
        "Dora Quill, who chairs the ferry board, said: “Nobody sold anything to anyone.”",
        "Mayor Tom Reed claimed that the bridge had gone for 4,200 crowns. The ledger shows a payment of 4,200 crowns.",
        "A spokesman for the board said it was ‘naïve’ to believe the mayor 🌉.",
    )
)


W = TypeVar("W", bound=QWidget)


class Desk:
    """A project with one article, and the article area that shows it."""

    def __init__(self, qtbot: QtBot, project: Project) -> None:
        self.qtbot = qtbot
        self.project = project
        self.jobs = Jobs()
        self.bus = ProjectBus()
        self.bus.attach(project)
        self.failures: list[Exception] = []
        self.jobs.failed.connect(self.failures.append)
        self.said: list[str] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.state = ProjectState(project, self.jobs, self.bus, self.window)
        self.actions = Actions(self.window)
        self.area = ArticleArea(
            self.state, self.actions, say=lambda text, _undo: self.said.append(text), rules_shown=lambda: True
        )
        layout = QHBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.area.inspector)
        self.state.codebook_changed.connect(lambda: self.actions.set_tags(self.state.tags_in_use()))
        self.actions.set_needs(frozenset(Need))
        self.window.resize(1200, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.state.load()
        self.settle()

    @property
    def view(self) -> QWidget:
        """The article view."""
        return self.area.view

    def settle(self) -> None:
        """Wait until no job is queued or running and everything it announced has arrived."""
        if self.jobs.busy:
            with self.qtbot.waitSignal(self.jobs.busy_changed, check_params_cb=lambda busy: not busy):
                pass
        if self.jobs.busy:
            self.settle()

    def open(self, article_id: str) -> None:
        """Open an article and wait for it."""
        self.state.open_article(article_id)
        self.settle()

    def select(self, words: str) -> None:
        """Select the first place of these words in the article."""
        start = self.text.index(words)
        self.area.view.select_span(start, start + len(words))

    def place_caret(self, words: str) -> None:
        """Put the caret at the beginning of these words."""
        self.area.view.clear_selection()
        self.area.view.move_caret(self.text.index(words))

    def press(self, *keys: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys in whatever has the focus."""
        for key in keys:
            target = QApplication.activePopupWidget() or QApplication.focusWidget()
            assert target is not None, "nothing has the focus"
            QTest.keyClick(target, Qt.Key(ord(key)) if isinstance(key, str) else key, modifier)

    def write(self, words: str) -> None:
        """Type words into whatever has the focus."""
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QTest.keyClicks(target, words)

    @property
    def text(self) -> str:
        """The open article's text."""
        assert self.state.text is not None
        return self.state.text.text

    @property
    def article(self) -> Article:
        """The open article."""
        assert self.state.article is not None
        return self.state.article

    @property
    def annotation(self) -> Annotation:
        """The current passage, as it has been read."""
        assert self.state.annotation is not None
        return self.state.annotation

    def child(self, kind: type[W], name: str) -> W:
        """Return the widget of this name in the window."""
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def tag_id(self, kind: TagKind) -> str:
        """Return the id of the ready-made tag of a kind."""
        return next(tag.id for tag in self.state.tags.values() if tag.kind is kind)

    def marks(self) -> list[Mark]:
        """Return the marks of the open article in the order of the text."""
        return sorted(self.state.marks.values(), key=lambda mark: (mark.start, mark.end, mark.id))

    def stored(self) -> list[Annotation]:
        """Return what the database holds of the open article."""
        self.settle()
        return self.project.annotations.list(self.article.id)

    def names(self, annotation: Annotation) -> list[tuple[str, Role]]:
        """Return who is linked to a passage, by name and role."""
        return [(self.project.people.get(entry.person_id).name, entry.role) for entry in annotation.people]

    def close(self) -> None:
        """End the jobs and close the project."""
        self.area.close_project()
        self.jobs.close()
        self.window.close()
        self.project.close()


def new_project(folder: Path) -> Project:
    """Make a project with an analyst."""
    return create_project(str(folder / "story.annotator"), name="The bridge affair", analyst="Ann Bell")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk with the article open and the focus in it."""
    project = new_project(tmp_path)
    article = project.articles.add_text(TEXT, title="Ferry board denies", published_at="2026-11-20")
    made = Desk(qtbot, project)
    made.open(article.id)
    yield made
    made.close()
    assert made.failures == []
