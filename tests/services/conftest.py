"""A project to work in, with an article and its passages' places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.domain.annotations import Annotation, Span
from annotator.domain.articles import Article
from annotator.domain.changes import ChangeSet
from annotator.services.project import Project, create_project, open_project

TEXT = """Council doubled bridge tolls in secret, ferry owners claim

By Tess Marlow

The council doubled the tolls on the Quill bridge in secret, the ferry owners said yesterday.

‘Nobody asked us, and nobody told us,’ said Dora Quill, who speaks for the owners. ‘The register shows 4,200 crowns.’

Mayor Ivo Brandt denied it. “There was no secret,” he said.

Ferry owners at the Quill bridge said the council doubled the tolls in secret
"""


@dataclass
class Story:
    """A project with one article, written by Ann Bell."""

    project: Project
    article: Article
    text: str

    def span(self, words: str, nth: int = 0) -> Span:
        """Return where ``words`` stand in the text for the ``nth`` time, counted from 0."""
        at = -1
        for _ in range(nth + 1):
            at = self.text.index(words, at + 1)
        return Span(at, at + len(words))

    def mark(self, words: str, tag: str = "Claim", *, nth: int = 0, **fields: object) -> Annotation:
        """Mark the words with a tag."""
        span = self.span(words, nth)
        return self.project.annotations.add(self.article.id, start=span.start, end=span.end, tag=tag, **fields)  # type: ignore[arg-type]


@pytest.fixture
def project(project_path: Path) -> Iterator[Project]:
    """Return a new project in which Ann Bell writes."""
    with create_project(project_path, name="The bridge affair", analyst="Ann Bell") as made:
        yield made


@pytest.fixture
def story(project: Project) -> Story:
    """Return the project with an article."""
    article = project.articles.add_text(TEXT, outlet="The Daily Ferry", published_at="2024-10-24")
    return Story(project, article, TEXT)


@pytest.fixture
def announced(project: Project) -> list[ChangeSet]:
    """Return the list to which every change set of the project is added."""
    heard: list[ChangeSet] = []
    project.subscribe(heard.append)
    return heard


@pytest.fixture
def as_ben(story: Story) -> Iterator[Project]:
    """Let Ben Ash write in the same project, in place of Ann Bell; she writes again afterwards."""
    ann = story.project.analyst
    assert ann is not None
    story.project.act_as("Ben Ash", create=True)
    yield story.project
    if not story.project.context.database.read_only:
        story.project.act_as(ann.id)


def reopened(project: Project, **options: object) -> Project:
    """Close a project and open it again."""
    location = project.location
    project.close()
    return open_project(location, **options)  # type: ignore[arg-type]
