"""A colleague's copy of a project, for tests of merging."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.formats.exchange.writing import to_bytes
from annotator.services.project import Project, create_project
from tests.services.conftest import Story

Maker = Callable[[str], Project]


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Maker]:
    made: list[Project] = []

    def make(name: str) -> Project:
        made.append(create_project(tmp_path / f"{name}.annotator", name=name))
        return made[-1]

    yield make
    for project in made:
        project.close()


@pytest.fixture
def copy_of(story: Story, new: Maker) -> Project:
    """Return a colleague's copy of the story, in which Bo Crane writes."""
    story.mark("There was no secret", "Denial")
    made = new("copy")
    made.exchange.merge(story.project.exchange.export(with_journal=True))
    made.act_as("Bo Crane", create=True)
    return made


def content(project: Project, **options: Any) -> bytes:
    return to_bytes({**project.exchange.export(**options), "exported_at": ""})
