"""Two analysts in one project on a server at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import ConflictError
from annotator.services.project import Project, create_project, open_project
from annotator.settings import DeviceMemory
from tests.services.conftest import TEXT


@pytest.fixture
def both(postgres_location: str, tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Ann and Ben, each with an own connection and device."""
    devices = DeviceMemory(tmp_path / "ann.json"), DeviceMemory(tmp_path / "ben.json")
    with (
        create_project(postgres_location, name="Tolls", analyst="Ann Bell", memory=devices[0]) as ann,
        open_project(postgres_location, memory=devices[1]) as ben,
    ):
        ben.act_as("Ben Ash", create=True)
        yield ann, ben


def test_each_sees_what_the_other_wrote_and_undoes_only_the_own(both: tuple[Project, Project]) -> None:
    ann, ben = both
    article = ann.articles.add_text(TEXT)
    marked = ben.annotations.add(article.id, start=0, end=7, tag="Claim", people=[("Dora Quill", "speaker")])
    assert [mark.id for mark in ann.annotations.marks(article.id)] == [marked.id]
    assert ann.people.find("Dora Quill").updated_by == marked.analyst_id
    assert ann.history.undo_label() == "Add article “Council doubled bridge tolls in secret, ferry owners claim”"
    with pytest.raises(ConflictError, match="Ben Ash"):
        ann.history.undo()
    ben.history.undo()
    ann.history.undo()
    assert ben.articles.list() == []


def test_edit_of_what_the_other_has_changed_is_a_conflict(both: tuple[Project, Project]) -> None:
    ann, ben = both
    quill = ann.people.add("Dora Quill")
    ben.people.edit(quill.id, position="chair", expected=quill.version)
    with pytest.raises(ConflictError):
        ann.people.edit(quill.id, note="rang back", expected=quill.version)
    seen = ann.people.get(quill.id)
    assert seen.position == "chair"
    ann.people.edit(quill.id, note="rang back", expected=seen.version)
    assert (ben.people.get(quill.id).position, ben.people.get(quill.id).note) == ("chair", "rang back")


def test_a_merge_by_one_is_read_by_the_other(both: tuple[Project, Project]) -> None:
    ann, ben = both
    article = ann.articles.add_text(TEXT)
    marked = ann.annotations.add(article.id, start=0, end=7, tag="Claim", people=[("Ms Quill", "speaker")])
    dora = ben.people.add("Dora Quill")
    ben.people.merge(ben.people.find("Ms Quill").id, dora.id)
    assert ann.annotations.labels(article.id)[marked.id].speakers == ("Dora Quill",)
