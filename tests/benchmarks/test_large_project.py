"""A project of 1,000 articles and 100,000 passages against one of a single article: what is done in one article.

The article is the same in both, so whatever the large one takes longer grows with what nobody touched.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.domain.passages import PassageFilter
from annotator.services.project import Project, open_project
from annotator.settings import DeviceMemory
from tests.benchmarks.conftest import Ratio
from tests.benchmarks.large import make_project

GROWTH = 1.5
"""How much longer an action in one article may take among a thousand others; above the noise of a shared machine."""

Action = Callable[[], object]


@pytest.fixture
def both(large_file: Path, tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Return the large project and the small one, with an analyst who writes."""
    memory = DeviceMemory(tmp_path / "device.json")
    with (
        open_project(large_file, analyst="Ann Bell", memory=memory) as large,
        make_project(tmp_path / "small.annotator", memory, articles=1, passages=100) as small,
    ):
        yield large, small


def first_article(project: Project) -> str:
    return project.articles.list()[0].id


def test_open_an_article(ratio: Ratio, both: tuple[Project, Project]) -> None:
    def opening(project: Project) -> Action:
        article_id = first_article(project)

        def read() -> None:
            text = project.articles.text(article_id)
            assert text.text
            assert len(project.annotations.marks(article_id)) >= 100
            project.annotations.labels(article_id)

        return read

    large, small = map(opening, both)
    ratio("open one article among 1,000 against alone", large, small, GROWTH)


def test_tag(ratio: Ratio, both: tuple[Project, Project]) -> None:
    def tagging(project: Project) -> Action:
        article_id, starts = first_article(project), itertools.count()
        return lambda: project.annotations.add(article_id, start=next(starts), end=5_000, tag="Claim")

    large, small = map(tagging, both)
    ratio("tag a passage among 100,000 against among 100", large, small, GROWTH)


def test_undo(ratio: Ratio, both: tuple[Project, Project]) -> None:
    def undoing(project: Project) -> tuple[Action, Action]:
        passage = project.annotations.list(first_article(project))[0]
        notes = itertools.count()
        return project.history.undo, lambda: project.annotations.edit(passage.id, note=f"note {next(notes)}")

    (undo_large, edit_large), (undo_small, edit_small) = map(undoing, both)

    def edit() -> None:
        edit_large()
        edit_small()

    ratio("undo an edit among 100,000 against among 100", undo_large, undo_small, GROWTH, before_each=edit)


def test_filter(ratio: Ratio, both: tuple[Project, Project]) -> None:
    def filtering(project: Project) -> Action:
        wanted = PassageFilter(article_id=first_article(project), layer="mine")
        return lambda: project.passages.query(wanted)

    large, small = map(filtering, both)
    ratio("filter one article's passages among 1,000", large, small, GROWTH)
