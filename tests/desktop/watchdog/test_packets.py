"""The packets of a review in a large project, out and back: no window stops for the register that travels with them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from annotator.desktop.actions import ActionId as A
from annotator.desktop.review.collect_dialog import CollectDialog
from annotator.desktop.review.packet_dialog import OpenPacketDialog
from annotator.desktop.review.send_dialog import SendDialog
from annotator.desktop.review.session_steps import Step
from annotator.services.project import open_project
from tests.benchmarks.large import take_in
from tests.desktop.fakes import FakePrompts
from tests.desktop.watchdog.conftest import marked_alike
from tests.desktop.watchdog.stage import CTRL, Stage, key

K = Qt.Key
AUTHORS = ("Ben Cole", "Cy Dahl")


def test_packets(
    stage_on: Callable[[Path | None], Stage], large_file: Path, prompts: FakePrompts, tmp_path: Path
) -> None:
    with open_project(str(large_file), analyst="Ann Bell") as project:
        for name in AUTHORS:
            project.analysts.add(name)
        articles = [article.id for article in project.articles.list()][:40]
        members = [("Ann Bell", "reviewer"), *((name, "author") for name in AUTHORS)]
        project.reviews.open(project.reviews.create("Week 47", articles=articles, members=members).id)
    lead = stage_on(large_file)
    show_session(lead)
    task = send(lead, Step.SEND, tmp_path)
    author = stage_on(None)
    author.act("look at a task", lambda: author.window.bring_in([str(task)]), author.shown(OpenPacketDialog))
    author.dialog(OpenPacketDialog).place.set_path(tmp_path / "mine")
    author.act("open it", key(K.Key_Return), author.in_front, until=lambda: opened(author))
    work_on_all_but_one(author)
    author.act("look at the last", author.space.reload, lambda: author.space.state.open_article(articles[-1]))
    author.act("ask what is unfinished", author.action(A.REVIEW_SUBMIT))
    author.act("submit it", author.child(QToolButton, "submitAnyway").click)
    assert "Submitted with" in prompts.said[-1]
    show_session(author)
    work = send(author, Step.SEND_WORK, tmp_path)
    lead.act("look into it", lead.in_front, lambda: lead.window.bring_in([str(work)]), lead.shown(CollectDialog))
    take = lead.child(QPushButton, "collectTake")
    lead.act("collect", take.click, lead.in_front)
    assert prompts.said[-1].startswith("Taken in")
    assert prompts.errors == []


def show_session(stage: Stage) -> None:
    reviewing = stage.space.reviewing
    stage.act("show the session", stage.in_front, key(K.Key_R, CTRL), until=lambda: reviewing.screen is not None)


def send(stage: Stage, step: Step, folder: Path) -> Path:
    """Write the packet that a step offers; return its file."""
    stage.act("ask whom to send to", stage.child(QPushButton, f"step.{step}").click, stage.shown(SendDialog))
    dialog = stage.dialog(SendDialog)
    dialog.folder.setText(str(folder))
    file = dialog.chosen()[0][1]
    stage.act("send", key(K.Key_Return), stage.in_front)
    assert file.stat().st_size > 1_000_000
    return file


def opened(stage: Stage) -> bool:
    return stage.window.workspace is not None and stage.window.workspace.state.article is not None


def work_on_all_but_one(stage: Stage) -> None:
    """Mark passages in all articles and submit all but the last, behind the window's back."""
    project = stage.space.project
    (session,) = project.reviews.list()
    articles = [article.id for article in project.articles.list()]
    texts = [project.articles.text(id_) for id_ in articles]
    assert project.analyst is not None
    marked = marked_alike(
        texts, project.analyst, project.people.list(), list(project.codebook.tags()), random.Random(4)
    )
    take_in(project.context.database, marked, project.analyst.id)
    for id_ in articles[:-1]:
        project.submissions.submit(session.id, id_)
