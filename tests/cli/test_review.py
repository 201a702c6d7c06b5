"""The command that prints how far a review session is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import open_project
from tests.cli.conftest import Annotator

TEXT = "The tolls\n\n“I never doubled them,” said Ivo Brandt."


@pytest.fixture
def story(annotator: Annotator, tmp_path: Path) -> Path:
    """A blind session over one article, which one of its two authors has submitted; the lead is writing."""
    path = tmp_path / "story.annotator"
    annotator("new", path, "--analyst", "Ann Bell")
    with open_project(path) as project:
        article = project.articles.add_text(TEXT, title="The tolls")
        for name in ("Ben Cole", "Cy Dahl", "Rae Voss"):
            project.analysts.add(name)
        session = project.reviews.create(
            "October",
            articles=[article.id],
            members=[("Ben Cole", "author"), ("Cy Dahl", "author"), ("Rae Voss", "reviewer")],
        )
        project.reviews.open(session.id)
        project.act_as("Ben Cole")
        project.annotations.add(article.id, start=0, end=9, tag="Claim")
        project.submissions.submit(session.id, article.id)
        project.act_as("Ann Bell")
    return path


def lines_of(annotator: Annotator, path: Path) -> list[str]:
    done = annotator("review", path)
    assert done.code == 0, done.err
    return [" ".join(line.split()) for line in done.out.splitlines()]


def test_who_is_how_far_is_printed_and_no_counts_before_the_reveal(annotator: Annotator, story: Path) -> None:
    lines = lines_of(annotator, story)
    assert lines[0] == "“October”: double blind, sealed, 1 article"
    assert "Rae Voss: reviewer" in lines
    assert lines[-1] == "The tolls submitted working waiting (1 of 2) –"
    with open_project(story, analyst="Cy Dahl") as project:
        session = project.reviews.find()
        project.submissions.submit(session.id, project.articles.list()[0].id)
    with open_project(story, analyst="Ann Bell") as project:
        project.reviews.reveal(session.id)
    lines = lines_of(annotator, story)
    assert lines[0] == "“October”: double blind, open, 1 article, 0 of 1 passages decided"
    assert lines[-1] == "The tolls submitted submitted ready (2 of 2) 0 of 1"


def test_json_has_null_for_what_may_not_be_known(annotator: Annotator, story: Path) -> None:
    found = json.loads(annotator("review", story, "--session", "October", "--json").out)
    assert (found["session"]["sealed"], found["passages"]) == (True, None)
    (article,) = found["articles"]
    assert [(work["state"], work["passages"]) for work in article["authors"]] in (
        [("submitted", None), ("working", None)],
        [("working", None), ("submitted", None)],
    )


def test_project_without_a_session_says_so(annotator: Annotator, tmp_path: Path) -> None:
    annotator("new", tmp_path / "plain.annotator", "--analyst", "Ann Bell")
    done = annotator("review", tmp_path / "plain.annotator")
    assert done.code == 1
    assert "There is no review session in this project" in done.err
