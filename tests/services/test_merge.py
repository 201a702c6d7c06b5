"""Merging: a union of versions; conflicts are told, nothing is overwritten."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.annotations import Annotation
from annotator.domain.articles import Capture
from annotator.domain.changes import ChangeSet
from annotator.domain.errors import InputError, ReadOnlyError
from annotator.formats.text import draft_from_bytes
from annotator.services.project import Project, create_project, open_project
from tests.services.conftest import TEXT, Story
from tests.services.copies import Maker, content, copy_of, new

__all__ = ["copy_of", "new"]


@pytest.mark.parametrize("options", [{}, {"with_journal": True}], ids=["default", "journal"])
def test_an_empty_project_becomes_the_one_in_the_file(story: Story, new: Maker, options: dict[str, Any]) -> None:
    story.mark("There was no secret", "Denial")
    empty = new("empty")
    heard: list[ChangeSet] = []
    empty.subscribe(heard.append)
    report = empty.exchange.merge(story.project.exchange.export(**options))
    assert report.taken_over
    assert report.added["annotation"] == 1
    assert empty.id == story.project.id
    assert empty.name == "The bridge affair"
    assert content(empty, **options) == content(story.project, **options)
    assert empty.search.find("ferry owners"), "what was merged is found"
    assert {cls for change in heard for cls in ("annotation", "article") if change.touched(cls)} == {
        "annotation",
        "article",
    }


def test_whoever_wrote_goes_on_under_the_same_name(story: Story, tmp_path: Path) -> None:
    with create_project(tmp_path / "b.annotator", name="B", analyst="Ann Bell") as other:
        other.exchange.merge(story.project.exchange.export())
        assert other.analyst == story.project.analyst
    with create_project(tmp_path / "c.annotator", name="C", analyst="Cy Dunn") as other:
        other.exchange.merge(story.project.exchange.export())
        assert other.analyst is None, "although this device remembers somebody for that project"
    with open_project(tmp_path / "b.annotator") as again:
        assert again.analyst == story.project.analyst, "remembered on this device"


def test_a_project_with_work_in_it_takes_no_other(story: Story, tmp_path: Path) -> None:
    with create_project(tmp_path / "b.annotator", name="B", analyst="Bo") as other:
        other.people.add("Somebody")
        before = content(other)
        with pytest.raises(InputError) as raised:
            other.exchange.merge(story.project.exchange.export())
        assert [problem.path for problem in raised.value.problems] == ["$.project.id"]
        assert content(other) == before


def test_a_project_whose_codebook_was_edited_is_not_empty(story: Story, tmp_path: Path) -> None:
    with create_project(tmp_path / "b.annotator", name="B", analyst="Bo") as other:
        other.codebook.edit(other.codebook.tags()[0].id, description="Mine.")
        with pytest.raises(InputError):
            other.exchange.merge(story.project.exchange.export())


def test_work_of_both_comes_together(story: Story, copy_of: Project) -> None:
    copy_of.annotations.add(story.article.id, start=0, end=7, tag="Claim", note="from Bo")
    story.mark("denied it", "Denial")
    report = story.project.exchange.merge(copy_of.exchange.export())
    assert report.added == {"analyst": 1, "annotation": 1}
    assert not report.conflicts
    copy_of.exchange.merge(story.project.exchange.export())
    assert {a.quote for a in story.project.annotations.list()} == {"There was no secret", "denied it", "Council"}
    assert content(copy_of) == content(story.project)


def test_the_newer_of_two_states_wins_by_descent_not_by_clock(story: Story, copy_of: Project) -> None:
    person = story.project.people.add("Dora Quill")
    copy_of.exchange.merge(story.project.exchange.export())
    copy_of.people.edit(person.id, note="spokeswoman")
    report = story.project.exchange.merge(copy_of.exchange.export())
    assert report.changed == {"person": 1}
    assert story.project.people.get(person.id).note == "spokeswoman"
    assert story.project.exchange.merge(copy_of.exchange.export()).nothing_new


@pytest.fixture
def contested(story: Story, copy_of: Project) -> str:
    """Return the id of a person whom both edited."""
    person = story.project.people.add("Dora Quill")
    copy_of.exchange.merge(story.project.exchange.export())
    copy_of.people.edit(person.id, note="spokeswoman")
    copy_of.people.edit(person.id, position="owner")
    story.project.people.edit(person.id, note="ferry owner")
    return person.id


def test_a_conflict_is_told_and_nothing_is_overwritten(story: Story, copy_of: Project, contested: str) -> None:
    for one, other in ((story.project, copy_of), (copy_of, story.project)):
        report = one.exchange.merge(other.exchange.export(with_journal=True))
        (conflict,) = report.conflicts
        assert (conflict.entity_type, conflict.entity_id, conflict.name) == ("person", contested, "Dora Quill")
        assert len(conflict.heads) == 2
    for project in (story.project, copy_of):
        assert project.people.get(contested).position == "owner", "the higher revision is shown everywhere"
        with project.context.read() as reader:
            assert reader.conflicts() == [("person", contested)]
    assert content(copy_of, with_journal=True) == content(story.project, with_journal=True)


def test_a_default_export_carries_the_conflict_on(story: Story, copy_of: Project, contested: str, new: Maker) -> None:
    story.project.exchange.merge(copy_of.exchange.export())
    third = new("third")
    report = third.exchange.merge(story.project.exchange.export())
    assert [conflict.entity_id for conflict in report.conflicts] == [contested]
    assert content(third) == content(story.project)


def test_an_edit_of_the_same_content_is_no_conflict(story: Story, copy_of: Project) -> None:
    person = story.project.people.add("Dora Quill")
    copy_of.exchange.merge(story.project.exchange.export())
    for project in (copy_of, story.project):
        project.people.edit(person.id, note="spokeswoman")
    assert story.project.exchange.merge(copy_of.exchange.export()).conflicts == ()


def test_a_preview_changes_nothing_and_says_the_same(story: Story, copy_of: Project, contested: str) -> None:
    before = content(story.project, with_journal=True)
    document = copy_of.exchange.export(with_journal=True)
    preview = story.project.exchange.preview(document)
    assert preview.dry_run
    assert content(story.project, with_journal=True) == before
    report = story.project.exchange.merge(document)
    assert replace(report, dry_run=True, backup="") == preview
    assert report.conflicts[0].entity_id == contested


def test_the_project_is_saved_before_a_merge_that_brings_anything(story: Story, copy_of: Project) -> None:
    assert story.project.exchange.merge(story.project.exchange.export()).backup == ""
    copy_of.people.add("Somebody")
    backup = story.project.exchange.merge(copy_of.exchange.export()).backup
    with open_project(backup, read_only=True) as saved:
        assert saved.people.list() == []


def test_a_merge_is_in_the_local_log_and_not_in_the_journal(story: Story, copy_of: Project) -> None:
    story.project.exchange.merge(copy_of.exchange.export())
    assert not any("Merge" in str(change) for change in story.project.exchange.export(with_journal=True)["journal"])


def test_people_of_equal_name_are_proposed_and_stay_two(story: Story, copy_of: Project) -> None:
    ours = story.project.people.add("Dora Quill")
    theirs = copy_of.people.add("D. Quill", aliases=["DORA  QUILL"])
    (alike,) = story.project.exchange.merge(copy_of.exchange.export()).alike
    assert (alike.entity_type, alike.ours, alike.theirs) == ("person", ours.id, theirs.id)
    assert len(story.project.people.list()) == 2


def test_people_of_another_kind_or_merged_already_are_not_proposed(story: Story, copy_of: Project) -> None:
    story.project.people.add("Quill Bridge Ferries")
    copy_of.people.add("Quill Bridge Ferries", kind="organisation")
    ours = story.project.people.add("Dora Quill")
    theirs = copy_of.people.add("Dora Quill")
    copy_of.exchange.merge(story.project.exchange.export())
    copy_of.people.merge(theirs.id, ours.id)
    assert story.project.exchange.merge(copy_of.exchange.export()).alike == ()


def test_one_text_under_two_articles_is_proposed_as_one(story: Story, copy_of: Project) -> None:
    text = "The same words in two projects, and not one letter apart."
    ours = story.project.articles.add_text(text, title="Ours")
    theirs = copy_of.articles.add_text(text, title="Theirs")
    (alike,) = story.project.exchange.merge(copy_of.exchange.export()).alike
    assert (alike.entity_type, alike.ours, alike.theirs, alike.name) == ("article", ours.id, theirs.id, "Theirs")


def test_analysts_of_equal_name_stay_apart_with_a_warning(story: Story, copy_of: Project) -> None:
    story.project.act_as("Bo Crane", create=True)
    warnings = story.project.exchange.merge(copy_of.exchange.export()).warnings
    assert any("another analyst called “Bo Crane”" in warning.message for warning in warnings)


def test_a_file_without_texts_finds_them_in_the_project(story: Story, copy_of: Project, new: Maker) -> None:
    copy_of.annotations.add(story.article.id, start=0, end=7, tag="Claim")
    document = copy_of.exchange.export(no_text=True)
    assert story.project.exchange.merge(document).added["annotation"] == 1
    with pytest.raises(InputError) as raised:
        new("empty").exchange.merge(document)
    assert "the project has no such text" in raised.value.problems[0].message


def test_original_files_come_with_the_journal_also_later(story: Story, new: Maker) -> None:
    draft = draft_from_bytes(b"\xef\xbb\xbfA headline about ferries\r\n\r\nAnd a body.\r\n")
    assert draft.capture is Capture.FILE
    article = story.project.articles.add(draft)
    other = new("other")
    other.exchange.merge(story.project.exchange.export())
    assert other.articles.text(article.id).source_bytes is None
    other.exchange.merge(story.project.exchange.export(with_journal=True))
    assert other.articles.text(article.id).source_bytes == draft.source_bytes
    assert content(other, with_journal=True) == content(story.project, with_journal=True)


def test_a_comment_may_be_marked_as_dealt_with_by_anybody(story: Story, copy_of: Project) -> None:
    comment = copy_of.comments.add(story.article.id, "Whose words?")
    story.project.exchange.merge(copy_of.exchange.export())
    story.project.comments.resolve(comment.id)
    assert copy_of.exchange.merge(story.project.exchange.export()).changed == {"comment": 1}


def test_a_file_is_merged_by_its_path(story: Story, new: Maker, tmp_path: Path) -> None:
    story.project.exchange.write(tmp_path / "a.json")
    assert new("empty").exchange.merge(str(tmp_path / "a.json")).taken_over


def test_a_project_that_is_open_for_reading_takes_nothing_but_previews(story: Story, copy_of: Project) -> None:
    location = story.project.location
    copy_of.people.add("Somebody")
    document = copy_of.exchange.export()
    story.project.close()
    with open_project(location, read_only=True) as reading:
        assert reading.exchange.preview(document).added["person"] == 1
        with pytest.raises(ReadOnlyError):
            reading.exchange.merge(document)


def test_the_whole_of_a_real_export_goes_through_json_tools(story: Story, new: Maker) -> None:
    story.mark("There was no secret", "Denial")
    text = json.dumps(story.project.exchange.export(), sort_keys=True, ensure_ascii=True, indent=7)
    other = new("other")
    other.exchange.merge(json.loads(text))
    (passage,) = other.annotations.list()
    assert isinstance(passage, Annotation)
    assert TEXT[passage.start : passage.end] == passage.quote
