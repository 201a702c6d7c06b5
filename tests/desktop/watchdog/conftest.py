"""Large projects, made once, and windows on copies of them under the watchdog."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.main_window import MainWindow
from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation, AnnotationPerson, Role
from annotator.domain.articles import TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.people import Person
from annotator.settings import DeviceMemory
from tests.benchmarks.large import AT, make_project, take_in
from tests.desktop.watchdog.stage import Stage
from tests.factories import make_annotation


@pytest.fixture(scope="session")
def large_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a project with 1,000 articles, 60,000 passages and 5,000 people; it is only copied."""
    folder = tmp_path_factory.mktemp("large")
    path = folder / "large.annotator"
    memory = DeviceMemory(folder / "device.json")
    make_project(path, memory, articles=1_000, passages=60, people=5_000).close()
    return path


@pytest.fixture
def large_file(large_made: Path, tmp_path: Path) -> Path:
    """Return a copy of the large project that may be written to."""
    return Path(shutil.copy(large_made, tmp_path / "large.annotator"))


@pytest.fixture
def stage_on(
    qtbot: QtBot, qapp: QApplication, open_window: Callable[..., MainWindow], collected_here: UiThreadCollector
) -> Iterator[Callable[[Path | None], Stage]]:
    """Return what opens a project's file, or None yet, in a window under the watchdog."""
    stages: list[Stage] = []

    def show(location: Path | None) -> Stage:
        window = open_window("")
        stages.append(Stage(window, collected_here))
        if location is None:
            return stages[-1]
        stages[-1].act(
            "open the project",
            lambda: window.open_project(str(location), analyst="Ann Bell"),
            until=lambda: window.workspace is not None and window.workspace.state.article is not None,
        )
        return stages[-1]

    yield show
    for stage in stages:
        stage.window.close()
        qtbot.waitUntil(lambda stage=stage: not stage.window.isVisible())  # type: ignore[misc]
    if collector := qapp.findChild(
        UiThreadCollector
    ):  # it looks through what a closed window leaves, half a second later
        qtbot.waitUntil(lambda: not collector._set_aside)
    for stage in stages:
        for name, worst in stage.worst.items():
            print(f"{worst * 1e3:8.1f} ms  {name}")
        stage.passed()


@pytest.fixture
def worked_file(tmp_path: Path) -> Path:
    """Return a project in which three authors have each submitted some 20 passages in each of 40 articles.

    The session has not been revealed; its lead writes.
    """
    path = tmp_path / "session.annotator"
    with make_project(path, DeviceMemory(tmp_path / "lead.json"), articles=40, passages=0, people=300) as project:
        authors = [project.analysts.add(name) for name in ("Ben Cole", "Cy Dahl", "Eve Fox")]
        people, tags = project.people.list(), list(project.codebook.tags())
        articles = [article.id for article in project.articles.list()]
        members = [("Ann Bell", "reviewer"), *((author.name, "author") for author in authors)]
        session = project.reviews.create("Week 47", articles=articles, members=members)
        project.reviews.open(session.id)
        texts = [project.articles.text(id_) for id_ in articles]
        for number, author in enumerate(authors):
            marked = marked_alike(texts, author, people, tags, random.Random(number))
            take_in(project.context.database, marked, author.id)
            project.act_as(author.name)
            for id_ in articles:
                project.submissions.submit(session.id, id_)
        project.act_as("Ann Bell")
    return path


def marked_alike(
    texts: list[TextVersion], author: Analyst, people: list[Person], tags: list[Tag], own: random.Random
) -> Iterator[Annotation]:
    """Yield what an author marks: what all do but for a tenth, some of it a little longer or with another tag."""
    common = random.Random(47)
    for text in texts:
        for _ in range(22):
            start, length = common.randrange(len(text.text) - 400), common.randrange(30, 200)
            speaker, tag = common.choice(people), common.choice(tags)
            if own.random() < 0.1:
                continue
            longer = own.choice((0, 0, 0, 7, 19))
            said = AnnotationPerson(person_id=speaker.id, role=Role.SPEAKER)
            given = tag if own.random() < 0.85 else own.choice(tags)
            yield make_annotation(text, given, author, start, start + length + longer, people=(said,), created_at=AT)
