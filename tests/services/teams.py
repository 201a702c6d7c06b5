"""A team in one project: a lead, two authors and a reviewer in a blind session over one article."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from annotator.domain.annotations import Annotation
from annotator.services.project import Project
from tests.services.conftest import Story

LEAD, BEN, CY, REVIEWER = "Ann Bell", "Ben Cole", "Cy Dahl", "Rae Voss"


@dataclass
class Team:
    """A project whose people take turns at one file."""

    story: Story
    session_id: str
    ids: dict[str, str]

    @property
    def project(self) -> Project:
        return self.story.project

    @property
    def article_id(self) -> str:
        return self.story.article.id

    def act_as(self, name: str) -> str:
        """Let somebody write from now on; return the id."""
        return self.project.act_as(name).id

    def mark(self, words: str, tag: str = "Claim", **fields: object) -> Annotation:
        """Mark words as who is writing."""
        return self.story.mark(words, tag, **fields)  # type: ignore[arg-type]

    def opened(self) -> Project:
        """Open the session and return the project."""
        self.act_as(LEAD)
        self.project.reviews.open(self.session_id)
        return self.project


@pytest.fixture
def team(story: Story) -> Team:
    """Return the team with its session prepared; Ann Bell, who leads it, is writing."""
    return make_team(story)


def make_team(story: Story) -> Team:
    """Make the team in a project, and its session."""
    project = story.project
    ids = {name: project.analysts.add(name).id for name in (BEN, CY, REVIEWER)} | {LEAD: project.act_as(LEAD).id}
    session = project.reviews.create(
        "First round",
        articles=[story.article.id],
        members=[(BEN, "author"), (CY, "author"), (REVIEWER, "reviewer")],
    )
    return Team(story, session.id, ids)
