"""What the window reads of a project at once, fetched on the project's own thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.analysts import Analyst
from annotator.domain.articles import Article, TextVersion
from annotator.domain.codebook import Tag
from annotator.domain.marks import Mark, MarkLabel
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.relations import Relation

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


@dataclass(frozen=True, slots=True)
class LoadedArticle:
    """An article with its current text and what is drawn on it."""

    article: Article
    text: TextVersion
    marks: list[Mark]
    labels: Mapping[str, MarkLabel]
    relations: list[Relation]


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


def load_article(project: Project, article_id: str) -> LoadedArticle:
    """Read an article, its current text, its marks as tuples, their labels and its relations."""
    return LoadedArticle(
        article=project.articles.get(article_id),
        text=project.articles.text(article_id),
        marks=project.annotations.marks(article_id),
        labels=project.annotations.labels(article_id),
        relations=project.relations.for_article(article_id),
    )
