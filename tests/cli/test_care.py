"""Taking care of a project's file from the shell."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator import open_project
from tests.cli.conftest import Annotator

TEXT = "The letter\n\n“I never wrote it,” said Ed Moss."


@pytest.fixture
def story(annotator: Annotator, tmp_path: Path) -> Path:
    path = tmp_path / "story.annotator"
    annotator("new", path, "--analyst", "Ann Bell")
    with open_project(path) as project:
        article = project.articles.add_text(TEXT, title="The letter")
        project.annotations.add(article.id, start=12, end=31, tag="Denial")
    return path


def test_a_sound_project_passes(annotator: Annotator, story: Path) -> None:
    done = annotator("check", story)
    assert (done.code, done.err) == (0, "")
    assert "The project is sound: 1 text, 1 passage" in done.out
    assert annotator("check", story, "--json").json["passed"] is True


def test_a_tampered_quote_is_found(annotator: Annotator, story: Path) -> None:
    with sqlite3.connect(story) as connection:
        connection.execute("UPDATE annotation SET quote = 'I always wrote it'")
    connection.close()
    done = annotator("check", story)
    assert done.code == 1
    assert "annotation" in done.out
    assert "annotator restore" in done.err


def test_a_row_that_was_edited_elsewhere_is_repaired(annotator: Annotator, story: Path) -> None:
    before = annotator("list", story, "annotations", "--json").json
    with sqlite3.connect(story) as connection:
        connection.execute("UPDATE annotation SET quote = 'I always wrote it'")
    connection.close()
    assert "--repair" in annotator("check", story).err
    with open_project(story):
        assert annotator("check", story, "--repair").code == 1, "a window has it open"
    done = annotator("check", story, "--repair", "--json")
    assert done.code == 0
    assert done.json["repaired"]["rows"] == 1
    assert annotator("list", story, "annotations", "--json").json == before
    assert annotator("restore", story, "--json").json[0]["path"] == done.json["repaired"]["kept"]
    assert annotator("check", story, "--repair", "--json").json["repaired"] is None


def test_a_check_works_while_somebody_writes(annotator: Annotator, story: Path) -> None:
    with open_project(story):
        assert annotator("check", story).code == 0


def test_a_backup_brings_everything_back(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    before = annotator("list", story, "annotations", "--json").json
    done = annotator("backup", story, "-o", "copy.annotator", "--json")
    assert Path(done.json["backup"]) == tmp_path / "copy.annotator"
    with open_project(story) as project:
        project.annotations.delete(before[0]["id"])
    assert annotator("list", story, "annotations", "--json").json == []

    restored = annotator("restore", "copy.annotator", story, "--json")
    assert restored.code == 0
    assert annotator("list", story, "annotations", "--json").json == before
    assert annotator("list", restored.json["kept"], "annotations", "--json").json == []


def test_backups_are_listed_newest_first(annotator: Annotator, story: Path) -> None:
    assert annotator("backup", story, "--list", "--json").json == []
    first = annotator("backup", story, "--json").json["backup"]
    with open_project(story) as project:
        project.people.add("Ed Moss")
    second = annotator("backup", story, "--json").json["backup"]
    listed = annotator("backup", story, "--list", "--json").json
    assert [Path(entry["path"]).name for entry in listed] == [Path(second).name, Path(first).name]
    assert second in annotator("backup", story, "--list").out


def test_a_backup_is_restored_by_its_number_in_the_list(annotator: Annotator, story: Path) -> None:
    assert "no automatic backups" in annotator("restore", story).out
    annotator("backup", story)
    with open_project(story) as project:
        project.annotations.delete(project.annotations.list()[0].id)
    (listed,) = annotator("restore", story, "--json").json
    assert listed["counts"] == {"articles": 1, "annotations": 1, "people": 0}
    assert listed["size"] == Path(listed["path"]).stat().st_size
    heads = "no. made size articles passages people why file"
    assert annotator("restore", "--list", story).out.splitlines()[0].split() == heads.split()
    assert annotator("restore", "7", story).code == 2
    assert annotator("restore", "1", story).code == 0
    assert len(annotator("list", story, "annotations", "--json").json) == 1
    assert [entry["why"] for entry in annotator("restore", story, "--json").json] == ["restore", "asked"]


@pytest.mark.parametrize("left", [0, 9000])
def test_a_damaged_project_is_left_and_its_backups_are_listed(annotator: Annotator, story: Path, left: int) -> None:
    annotator("backup", story)
    damage = story.read_bytes()[:left]
    story.write_bytes(damage)
    refused = annotator("check", story)
    assert refused.code == 1
    assert "annotator restore PROJECT" in refused.err
    assert story.read_bytes() == damage
    assert len(annotator("restore", story, "--json").json) == 1
    kept = Path(annotator("restore", "1", story, "--json").json["kept"])
    assert kept.read_bytes() == damage
    assert ".damaged-" in kept.name
    assert annotator("check", story).code == 0


def test_a_backup_can_be_made_while_a_window_is_open(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    with open_project(story):
        assert annotator("backup", story, "-o", "copy.annotator").code == 0
    assert annotator("check", tmp_path / "copy.annotator").code == 0


def test_a_project_in_use_is_not_replaced(annotator: Annotator, story: Path) -> None:
    annotator("backup", story, "-o", "copy.annotator")
    with open_project(story):
        done = annotator("restore", "copy.annotator", story)
    assert done.code == 1
    assert "Traceback" not in done.err


def test_what_is_no_backup_changes_nothing(annotator: Annotator, story: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.annotator").write_bytes(b"SQLite format 3\0" + b"\1" * 5000)
    before = story.read_bytes()
    done = annotator("restore", "bad.annotator", story)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert story.read_bytes() == before


def test_a_current_project_needs_no_upgrade(annotator: Annotator, story: Path) -> None:
    done = annotator("upgrade", story)
    assert (done.code, done.out) == (0, f"{story}: is up to date\n")
    assert annotator("upgrade", story, "--json").json["upgraded"] is False
    assert annotator("upgrade", "nowhere.annotator").code == 1
