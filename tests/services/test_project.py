"""Opening and making projects; who is writing is asked, never guessed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from annotator import open_project as from_the_package
from annotator.domain.changes import ChangeSet
from annotator.domain.codebook import default_tags
from annotator.domain.errors import (
    AnalystNeededError,
    ConflictError,
    NotFoundError,
    ReadOnlyError,
    RuleError,
    UsageError,
)
from annotator.services.project import Project, create_project, open_project
from annotator.settings import DeviceMemory
from tests.services.conftest import TEXT, Story, reopened


def test_new_project_has_its_name_the_ready_made_tags_and_its_analyst(location: str) -> None:
    with create_project(location, name="The bridge affair", analyst="Ann Bell", description="Tolls") as project:
        assert project.name == "The bridge affair"
        assert project.details().description == "Tolls"
        assert [tag.id for tag in project.codebook.tags()] == [tag.id for tag in default_tags()]
        assert [(a.name, a.initials) for a in project.analysts.list()] == [("Ann Bell", "AB")]
        assert project.analyst == project.analysts.list()[0]
        identity = project.id
    with open_project(location) as again:
        assert again.id == identity


def test_package_offers_open_project(project: Project) -> None:
    location, identity = project.location, project.id
    project.close()
    with from_the_package(location, analyst="AB") as again:
        assert (again.id, again.analyst and again.analyst.name) == (identity, "Ann Bell")


def test_project_needs_a_name_and_a_refused_one_leaves_no_file(project_path: Path) -> None:
    with pytest.raises(RuleError):
        create_project(project_path, name=" ")
    assert not project_path.exists()


def test_a_project_whose_analyst_is_refused_leaves_no_file(project_path: Path) -> None:
    with pytest.raises(RuleError, match="An analyst needs a name"):
        create_project(project_path, name="Story", analyst=" ")
    assert not project_path.exists()


def test_analyst_is_remembered_on_this_device_for_this_project(project: Project) -> None:
    with reopened(project) as again:
        assert again.analyst is not None
        assert again.analyst.name == "Ann Bell"


def test_another_device_knows_nobody_even_when_there_is_only_one_analyst(project: Project, tmp_path: Path) -> None:
    elsewhere = DeviceMemory(tmp_path / "elsewhere.json")
    with reopened(project, memory=elsewhere) as again:
        assert again.analyst is None
        assert again.articles.list() == []
        with pytest.raises(AnalystNeededError):
            again.articles.add_text("Some words.")
        assert again.articles.list() == []


def test_project_made_without_an_analyst_can_be_read_and_not_written(project_path: Path) -> None:
    with create_project(project_path, name="N") as project:
        assert project.analyst is None
        assert len(project.codebook.tags()) == 3
        with pytest.raises(AnalystNeededError):
            project.people.add("Dora Quill")
        project.act_as("Ann Bell", create=True)
        assert project.people.add("Dora Quill").updated_by == project.analysts.find("AB").id


@pytest.mark.parametrize("who", ["Ann Bell", "ann bell", "AB", "ab"])
def test_analyst_is_named_at_opening_by_name_or_initials(project: Project, who: str, tmp_path: Path) -> None:
    with reopened(project, analyst=who, memory=DeviceMemory(tmp_path / "d.json")) as again:
        assert again.analyst is not None
        assert again.analyst.name == "Ann Bell"


def test_analyst_named_at_opening_goes_before_the_remembered_one_and_is_not_remembered(project: Project) -> None:
    ben = project.analysts.add("Ben Ash")
    with reopened(project, analyst="BA") as again:
        assert again.people.add("Dora Quill").updated_by == ben.id
        with reopened(again) as later:
            assert later.analyst is not None
            assert later.analyst.name == "Ann Bell"


def test_unknown_analyst_is_refused_and_the_file_given_back(project: Project) -> None:
    location = project.location
    project.close()
    with pytest.raises(NotFoundError, match="Ann Bell"):
        open_project(location, analyst="Nobody")
    with open_project(location) as again:
        assert not again.read_only


def test_initials_of_two_analysts_name_neither(project: Project) -> None:
    project.analysts.add("Ben Ash", initials="BB")
    project.analysts.add("BB", initials="X")
    assert project.analysts.find("BB").name == "BB"
    with pytest.raises(NotFoundError):
        project.act_as("Zoe")


def test_act_as_changes_who_writes_and_is_remembered(project: Project) -> None:
    ben = project.act_as("Ben Ash", create=True)
    assert project.people.add("Dora Quill").updated_by == ben.id
    with reopened(project) as again:
        assert again.analyst == ben


def test_act_as_never_makes_an_analyst_by_mistake(project: Project) -> None:
    with pytest.raises(NotFoundError):
        project.act_as("Ben Ash")
    assert len(project.analysts.list()) == 1


def test_changes_carry_the_device_and_the_analyst(project: Project, announced: list[ChangeSet]) -> None:
    project.people.add("Dora Quill")
    assert announced[-1].device == DeviceMemory().device
    assert project.analyst is not None
    assert announced[-1].analyst_id == project.analyst.id


def test_read_only_project_is_read_and_refuses_every_write(story: Story) -> None:
    with reopened(story.project, read_only=True) as again:
        assert again.read_only
        assert again.read_only_reason
        assert again.articles.text(story.article.id).text == TEXT
        for write in (
            lambda: again.people.add("X"),
            lambda: again.articles.add_text("X"),
            again.history.undo,
            lambda: again.act_as("Ben Ash", create=True),
        ):
            with pytest.raises(ReadOnlyError):
                write()


def test_every_change_is_announced_once_after_it_is_committed(project: Project) -> None:
    heard: list[tuple[ChangeSet, int]] = []

    def listen(change: ChangeSet) -> None:
        heard.append((change, len(project.people.list())))

    stop = project.subscribe(listen)
    project.people.add("Dora Quill")
    assert [(change.label, seen) for change, seen in heard] == [("Add Dora Quill", 1)]
    stop()
    project.people.add("Ivo Brandt")
    assert len(heard) == 1


def test_nothing_is_announced_for_an_edit_that_changes_nothing(story: Story, announced: list[ChangeSet]) -> None:
    change = story.project.articles.edit(story.article.id, outlet="The Daily Ferry")
    assert change.edits == ()
    assert announced == []


def test_failed_write_is_not_announced_and_leaves_no_trace(story: Story, announced: list[ChangeSet]) -> None:
    with pytest.raises(RuleError):
        story.mark("Nobody", people=[("New Name", "speaker"), ("Other", "target"), ("Other", "about")])
    assert announced == []
    assert story.project.people.list() == []


def test_listener_that_fails_does_not_make_the_write_fail(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    def fail(change: ChangeSet) -> None:
        raise LookupError(change.label)

    project.subscribe(fail)
    assert project.people.add("Dora Quill").name == "Dora Quill"
    assert "listener" in caplog.text


def test_services_can_be_used_from_any_thread(story: Story) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for n in range(5):
                story.project.people.add(f"Person {number}.{n}")
                story.project.annotations.list(story.article.id)
        except BaseException as error:  # noqa: BLE001  (handed to the test)
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(story.project.people.list()) == 20


def test_project_is_renamed_and_described(project: Project) -> None:
    change = project.edit(name="The toll affair")
    assert change.label == "Rename project"
    assert project.name == "The toll affair"
    with pytest.raises(RuleError):
        project.edit(name="")


def test_edit_of_an_older_version_is_a_conflict(project: Project) -> None:
    seen = project.details().version
    project.edit(name="A")
    with pytest.raises(ConflictError):
        project.edit(description="B", expected=seen)


def test_unknown_fields_and_words_are_usage_errors(story: Story) -> None:
    with pytest.raises(UsageError, match="outlett"):
        story.project.articles.edit(story.article.id, outlett="X")
    with pytest.raises(UsageError, match="news"):
        story.project.articles.edit(story.article.id, kind="gossip")
    with pytest.raises(UsageError):
        story.project.articles.edit(story.article.id, title=3)


def test_closing_twice_is_fine(project: Project) -> None:
    project.close()
    project.close()
