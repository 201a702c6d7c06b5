"""Making a project."""

from __future__ import annotations

from pathlib import Path

from annotator import open_project
from tests.cli.conftest import Annotator


def test_a_project_is_made_with_its_first_analyst(annotator: Annotator, tmp_path: Path) -> None:
    done = annotator("new", "the story.annotator", "--name", "The letter", "--analyst", "Ann Bell")
    assert done.code == 0
    assert "made “The letter”; you write as Ann Bell" in done.out
    with open_project(tmp_path / "the story.annotator") as project:
        assert project.name == "The letter"
        assert [tag.name for tag in project.codebook.tags()] == ["Claim", "Denial", "Evidence"]
        assert project.analyst is not None
        assert project.analyst.name == "Ann Bell"


def test_without_an_analyst_nobody_is_guessed(annotator: Annotator, tmp_path: Path) -> None:
    done = annotator("new", "story.annotator", "--json")
    assert done.json["project"]["name"] == "story"
    assert done.json["analyst"] is None
    (tmp_path / "a.txt").write_text("Some news.", encoding="utf-8")
    refused = annotator("import", "story.annotator", "a.txt")
    assert refused.code == 2
    assert "--as NAME" in refused.err
    assert annotator("list", "story.annotator", "--json").json == []


def test_no_file_is_overwritten(annotator: Annotator, tmp_path: Path) -> None:
    path = tmp_path / "story.annotator"
    path.write_text("precious")
    done = annotator("new", path)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert path.read_text() == "precious"


def test_a_folder_that_does_not_exist_is_told(annotator: Annotator) -> None:
    done = annotator("new", "nowhere/story.annotator")
    assert done.code == 1
    assert "Traceback" not in done.err
