"""What the window reads of a project at once, fetched on the project's own thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.analysts import Analyst
from annotator.domain.codebook import Tag
from annotator.domain.people import Person
from annotator.domain.points import Point

if TYPE_CHECKING:
    from annotator.services.articles import ArticleSummary
    from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class LoadedProject:
    """Everything that is shown of a project apart from its texts and passages."""

    analyst: Analyst | None
    tags: list[Tag]
    people: list[Person]
    points: list[Point]
    analysts: list[Analyst]
    articles: list[ArticleSummary]


def load_project(project: Project) -> LoadedProject:
    """Read the codebook and the registers (retired and merged entries too) and the list of articles."""
    return LoadedProject(
        analyst=project.analyst,
        tags=project.codebook.tags(retired=True, merged=True),
        people=project.people.list(merged=True),
        points=project.points.list(merged=True),
        analysts=project.analysts.list(),
        articles=project.articles.summaries(),
    )
