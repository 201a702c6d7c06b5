"""Undo, redo and history as people meet them; the law itself is in ``test_undo_law``."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.errors import AnalystNeededError, ConflictError, NotFoundError
from annotator.domain.people import Person
from annotator.services.project import Project, create_project
from annotator.settings import DeviceMemory
from tests.services.conftest import Story, reopened


def test_nothing_to_undo_in_a_new_project(project: Project) -> None:
    assert (project.history.undo_label(), project.history.redo_label()) == (None, None)
    with pytest.raises(ConflictError, match="nothing to undo"):
        project.history.undo()
    with pytest.raises(ConflictError, match="nothing to redo"):
        project.history.redo()


def test_undo_and_redo_are_named(story: Story, announced: list[ChangeSet]) -> None:
    history = story.project.history
    marked = story.mark("Council")
    story.project.annotations.edit(marked.id, tag="Denial")
    assert history.undo_label() == "Tag as denial"
    change = history.undo()
    assert (change.label, change.undoes_id) == ("Undo Tag as denial", announced[-2].id)
    assert (history.undo_label(), history.redo_label()) == ("Tag as claim", "Tag as denial")
    again = history.redo()
    assert (again.label, again.undoes_id) == ("Redo Tag as denial", change.id)
    assert (history.undo_label(), history.redo_label()) == ("Tag as denial", None)
    history.undo()
    assert history.undo_label() == "Tag as claim"


def test_undoing_a_creation_leaves_a_tombstone_that_can_come_back(story: Story) -> None:
    marked = story.mark("Council", people=[("Dora Quill", "speaker")])
    change = story.project.history.undo()
    assert all(edit.after is not None and edit.after.deleted for edit in change.edits)
    assert {edit.entity.TYPE for edit in change.edits} == {Annotation.TYPE, Person.TYPE}
    story.project.history.redo()
    back = story.project.annotations.get(marked.id)
    assert (back.quote, back.created_at, back.revision) == (marked.quote, marked.created_at, 3)


def test_new_change_ends_what_could_be_redone(story: Story) -> None:
    story.mark("Council")
    story.project.history.undo()
    story.mark("Mayor")
    assert story.project.history.redo_label() is None
    with pytest.raises(ConflictError):
        story.project.history.redo()


def test_undo_survives_a_restart(story: Story) -> None:
    story.mark("Council")
    story.project.people.add("Dora Quill")
    story.project.history.undo()
    with reopened(story.project) as again:
        assert (again.history.undo_label(), again.history.redo_label()) == ("Tag as claim", "Add Dora Quill")
        again.history.undo()
        again.history.redo()
        again.history.redo()
        assert [person.name for person in again.people.list()] == ["Dora Quill"]
        assert len(again.annotations.list()) == 1


def test_undo_is_of_this_analyst_on_this_device(as_ben: Project, tmp_path: Path) -> None:
    as_ben.people.add("Dora Quill")
    assert as_ben.history.undo_label() == "Add Dora Quill"
    as_ben.act_as("AB")
    assert as_ben.history.undo_label() == "Add article “Council doubled bridge tolls in secret, ferry owners claim”"
    with reopened(as_ben, memory=DeviceMemory(tmp_path / "other.json")) as other:
        assert other.history.undo_label() is None
        with pytest.raises(AnalystNeededError):
            other.history.undo()
        other.act_as("AB")
        assert other.history.undo_label() is None


def test_setting_a_project_up_is_nobodys_to_undo(project: Project) -> None:
    project.act_as("Ben Ash", create=True)
    assert project.history.undo_label() is None
    assert [entry.analyst_name for entry in project.history.recent()] == ["", "", ""]


def test_undo_is_refused_when_a_colleague_changed_it_since_and_says_who_and_what(story: Story, as_ben: Project) -> None:
    as_ben.act_as("AB")
    quill = as_ben.people.add("Dora Quill")
    as_ben.people.edit(quill.id, note="chair")
    as_ben.act_as("BA")
    as_ben.people.edit(quill.id, position="chair")
    as_ben.act_as("AB")
    with pytest.raises(ConflictError, match=r"Ben Ash changed the person “Dora Quill” since.*Change position"):
        as_ben.history.undo()
    assert as_ben.people.get(quill.id).note == "chair"


def test_undo_is_possible_again_when_the_colleague_took_it_back(story: Story, as_ben: Project) -> None:
    as_ben.act_as("AB")
    quill = as_ben.people.add("Dora Quill")
    as_ben.act_as("BA")
    as_ben.people.edit(quill.id, position="chair")
    as_ben.history.undo()
    as_ben.act_as("AB")
    as_ben.history.undo()
    assert as_ben.people.list() == []


def test_undo_is_refused_while_something_live_refers_to_what_would_go(story: Story, as_ben: Project) -> None:
    as_ben.act_as("AB")
    as_ben.people.add("Dora Quill")
    as_ben.act_as("BA")
    story.mark("Council", people=[("Dora Quill", "speaker")])
    as_ben.act_as("AB")
    with pytest.raises(ConflictError, match="passage “Council”, last changed by Ben Ash, refers to the person"):
        as_ben.history.undo()
    assert len(as_ben.people.list()) == 1


def test_undo_is_refused_when_what_comes_back_refers_to_what_is_gone(story: Story, as_ben: Project) -> None:
    as_ben.act_as("AB")
    hint = as_ben.codebook.add("Hint")
    marked = story.mark("Council", "Hint")
    as_ben.annotations.delete(marked.id)
    as_ben.act_as("BA")
    as_ben.codebook.delete(hint.id)
    as_ben.act_as("AB")
    with pytest.raises(ConflictError, match="refers to a tag that is gone"):
        as_ben.history.undo()


def test_merge_of_people_and_import_of_an_article_are_undone(story: Story) -> None:
    project = story.project
    one, other = project.people.add("Ms Quill"), project.people.add("Dora Quill")
    project.people.merge(one.id, other.id)
    assert project.history.undo_label() == "Merge Ms Quill into Dora Quill"
    project.history.undo()
    assert len(project.people.list()) == 2
    for _ in range(3):
        project.history.undo()
    assert project.articles.list() == []


def test_import_of_a_foreign_file_is_undone_and_an_export_is_no_change(project: Project) -> None:
    person = {"person": "Dora Quill", "role": "speaker"}
    passage = {"start": 4, "end": 8, "quote": "toll", "tag": "Claim", "people": [person]}
    text = {"text": "The toll was doubled.\n"}
    document = {
        "schema": "urn:annotator:project",
        "schema_version": "1.0.0",
        "offset_unit": "codepoint",
        "people": [{"kind": "person", "name": "Dora Quill"}],
        "articles": [{"title": "Tolls", "text_versions": [text], "annotations": [passage]}],
    }
    project.exchange.merge(document)
    project.exchange.export()
    assert project.history.undo_label() == "Import The document"
    project.history.undo()
    assert (project.articles.list(), project.people.list(), project.annotations.list()) == ([], [], [])
    project.history.redo()
    assert [annotation.quote for annotation in project.annotations.list()] == ["toll"]


def test_history_of_an_entity_says_who_when_and_what(story: Story) -> None:
    marked = story.mark("Council")
    story.project.annotations.edit(marked.id, note="n")
    story.project.annotations.delete(marked.id)
    entries = story.project.history.of(Annotation.TYPE, marked.id)
    assert [(entry.analyst_name, entry.label) for entry in entries] == [
        ("Ann Bell", "Tag as claim"),
        ("Ann Bell", "Change note"),
        ("Ann Bell", "Delete passage"),
    ]
    assert entries[0].before is None
    assert entries[0].after == marked
    assert isinstance(entries[1].after, Annotation)
    assert (entries[1].before, entries[1].after.note) == (marked, "n")
    assert entries[2].after is not None
    assert entries[2].after.deleted
    with pytest.raises(NotFoundError):
        story.project.history.of(Annotation.TYPE, "x")


def test_history_of_a_text_has_its_words(story: Story) -> None:
    text = story.project.articles.text(story.article.id)
    assert story.project.history.of("text_version", text.id)[0].after == text


def test_recent_changes_and_what_they_did(story: Story) -> None:
    marked = story.mark("Council", people=[("Dora Quill", "speaker")])
    recent = story.project.history.recent(limit=2)
    first, second = recent
    assert (first.change.label, second.change.label[:11]) == ("Tag as claim", "Add article")
    change = story.project.history.change_set(recent[0].change.id)
    assert change.after(Annotation.TYPE) == (marked,)
    assert change.touched(Person.TYPE) == (marked.people[0].person_id,)
    with pytest.raises(NotFoundError):
        story.project.history.change_set("x")


def test_undo_on_each_kind_of_database(location: str) -> None:
    with create_project(location, name="N", analyst="Ann Bell") as project:
        article = project.articles.add_text("The toll was doubled.\n")
        marked = project.annotations.add(article.id, start=4, end=8, tag="Claim", people=[("Dora Quill", "speaker")])
        project.annotations.edit(marked.id, note="n")
        while project.history.undo_label():
            project.history.undo()
        assert (project.articles.list(), project.people.list(), project.annotations.list()) == ([], [], [])
        while project.history.redo_label():
            project.history.redo()
        assert project.annotations.get(marked.id).note == "n"
