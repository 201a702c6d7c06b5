"""The codebook."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.domain.codebook import Example, TagKind, default_tags
from annotator.domain.errors import ConflictError, NotFoundError, RuleError, UsageError
from annotator.services.codebook import in_tree_order
from annotator.services.project import Project
from tests.factories import make_tag
from tests.services.conftest import Story


def names(project: Project, **which: bool) -> list[str]:
    return [tag.name for tag in project.codebook.tags(**which)]


def test_tag_is_added_with_everything(project: Project) -> None:
    tag = project.codebook.add(
        "Rumour",
        kind="other",
        colour="#112233",
        key="t",
        description="Hearsay.",
        decision_rule="When nobody stands by it.",
        examples=["it is said", Example(text="she said", fits=False)],
    )
    assert (tag.key, tag.kind, tag.position) == ("T", TagKind.OTHER, 3)
    assert [example.fits for example in tag.examples] == [True, False]
    assert project.codebook.get(tag.id) == tag
    assert project.codebook.by_key("t") == tag
    assert project.codebook.by_key("Y") is None


def test_nested_tag_inherits_kind_and_colour(project: Project) -> None:
    under = project.codebook.add("Promise", parent="Claim")
    assert (under.kind, under.colour, under.position) == (TagKind.CLAIM, default_tags()[0].colour, 0)
    assert names(project) == ["Claim", "Promise", "Denial", "Evidence"]


@pytest.mark.parametrize("key", ["C", "S", "é!", "1"])
def test_keys_that_are_taken_or_impossible_are_refused(project: Project, key: str) -> None:
    with pytest.raises(RuleError):
        project.codebook.add("Rumour", key=key)
    assert len(project.codebook.tags()) == 3


def test_edits_are_named_and_checked(project: Project) -> None:
    claim = project.codebook.find("Claim")
    assert project.codebook.edit(claim.id, name="Assertion").label == "Rename tag"
    assert project.codebook.edit(claim.id, colour="#000000").label == "Recolour tag"
    assert project.codebook.edit(claim.id, key="t", name="Claim").label == "Edit tag"
    assert project.codebook.get(claim.id).key == "T"
    with pytest.raises(RuleError):
        project.codebook.edit(claim.id, key="D")
    with pytest.raises(RuleError):
        project.codebook.edit(claim.id, name="Denial")
    with pytest.raises(UsageError):
        project.codebook.edit(claim.id, retired=True)
    with pytest.raises(ConflictError):
        project.codebook.edit(claim.id, expected=claim.version, name="Late")


def test_order_and_nesting(project: Project) -> None:
    claim, denial, evidence = project.codebook.tags()
    project.codebook.move(evidence.id, parent_id=None, index=0)
    assert names(project) == ["Evidence", "Claim", "Denial"]
    project.codebook.move(denial.id, parent_id=claim.id, index=0)
    assert names(project) == ["Evidence", "Claim", "Denial"]
    assert project.codebook.get(denial.id).parent_id == claim.id
    with pytest.raises(RuleError):
        project.codebook.move(claim.id, parent_id=denial.id, index=0)
    project.codebook.move(denial.id, parent_id=None, index=99)
    assert names(project) == ["Evidence", "Claim", "Denial"]
    for _ in range(3):
        project.history.undo()
    assert project.codebook.tags() != []
    assert names(project) == ["Claim", "Denial", "Evidence"]


def test_nested_tags_have_the_kind_of_the_tag_they_stand_under(project: Project) -> None:
    codebook = project.codebook
    hint = codebook.add("Hint", kind="other")
    nudge = codebook.add("Nudge", parent="Hint")
    claim = codebook.find("Claim")
    codebook.move(hint.id, parent_id=claim.id, index=0)
    assert {codebook.get(tag.id).kind for tag in (hint, nudge)} == {TagKind.CLAIM}
    with pytest.raises(RuleError, match="is a claim like it"):
        codebook.edit(nudge.id, kind="evidence")
    codebook.edit(claim.id, kind="other")
    assert {codebook.get(tag.id).kind for tag in (claim, hint, nudge)} == {TagKind.OTHER}
    project.history.undo()
    assert {codebook.get(tag.id).kind for tag in (claim, hint, nudge)} == {TagKind.CLAIM}


def test_tag_under_a_merged_tag_is_read_under_the_one_that_stands(project: Project) -> None:
    hint, trace = project.codebook.add("Hint"), project.codebook.add("Trace")
    project.codebook.add("Nudge", parent="Hint")
    with project.context.write() as uow:
        uow.put(replace(hint, merged_into=trace.id))
        project.context.commit(uow, "From elsewhere")
    assert {tag.name: tag.parent_id for tag in project.codebook.tags()}["Nudge"] == trace.id


def test_retired_tag_is_not_offered_and_frees_its_key(story: Story) -> None:
    codebook = story.project.codebook
    marked = story.mark("Council", "Evidence")
    codebook.retire(marked.tag_id)
    assert names(story.project) == ["Claim", "Denial"]
    assert names(story.project, retired=True) == ["Claim", "Denial", "Evidence"]
    assert story.project.annotations.get(marked.id).tag_id == marked.tag_id
    codebook.add("Exhibit", key="E")
    codebook.restore(marked.tag_id)
    assert codebook.get(marked.tag_id).key == ""


def test_tag_in_use_is_retired_not_deleted(story: Story) -> None:
    codebook = story.project.codebook
    marked = story.mark("Council", "Evidence")
    with pytest.raises(RuleError, match="Retire it"):
        codebook.delete(marked.tag_id)
    story.project.annotations.delete(marked.id)
    codebook.delete(marked.tag_id)
    with pytest.raises(NotFoundError):
        codebook.find("Evidence")


def test_parent_of_tags_is_not_deleted(project: Project) -> None:
    claim = project.codebook.find("Claim")
    project.codebook.add("Promise", parent="Claim")
    with pytest.raises(RuleError, match="Promise"):
        project.codebook.delete(claim.id)


def test_merged_tag_is_read_as_the_other(story: Story) -> None:
    codebook = story.project.codebook
    hint = codebook.add("Hint", kind="claim")
    story.mark("Council", "Hint")
    claim = codebook.find("Claim")
    with pytest.raises(RuleError, match="denial"):
        codebook.merge(hint.id, codebook.find("Denial").id)
    codebook.merge(hint.id, claim.id)
    assert codebook.find("Hint") == codebook.get(hint.id) == claim
    assert codebook.resolve(hint.id) == claim.id
    assert codebook.usage() == {claim.id: 1}
    assert "Hint" not in names(story.project, retired=True)
    with pytest.raises(RuleError, match="already"):
        codebook.merge(claim.id, hint.id)
    story.project.history.undo()
    assert codebook.usage() == {hint.id: 1}


def test_tag_with_others_under_it_is_not_merged_away(project: Project) -> None:
    hint = project.codebook.add("Hint", kind="claim")
    project.codebook.add("Nudge", parent="Hint")
    with pytest.raises(RuleError, match="stand under"):
        project.codebook.merge(hint.id, project.codebook.find("Claim").id)


def test_name_that_several_tags_have_names_none(project: Project) -> None:
    project.codebook.add("Promise", parent="Claim")
    project.codebook.add("Promise", parent="Denial")
    with pytest.raises(UsageError):
        project.codebook.find("promise")


def test_tags_in_a_circle_of_parents_are_still_listed_once() -> None:
    one = make_tag("One", id="1", parent_id="2")
    two = make_tag("Two", id="2", parent_id="1")
    three = make_tag("Three", id="3", parent_id="gone")
    assert sorted(tag.id for tag in in_tree_order([one, two, three])) == ["1", "2", "3"]
