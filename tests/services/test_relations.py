"""Links between passages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.domain.errors import ConflictError, NotFoundError, RuleError
from annotator.domain.relating import Proposal
from annotator.domain.relations import RelationKind
from annotator.services.project import Project
from tests.services.conftest import TEXT, Story


def test_link_is_made_read_from_both_ends_and_named(story: Story, announced: list[object]) -> None:
    claim, denial = story.mark("doubled bridge tolls in secret"), story.mark("Mayor Ivo Brandt denied it", "Denial")
    relation = story.project.relations.add(denial.id, claim.id, note="flatly")
    assert (relation.kind, relation.note) == (RelationKind.REBUTS, "flatly")
    assert story.project.relations.of(denial.id) == ([relation], [])
    assert story.project.relations.of(claim.id) == ([], [relation])
    assert story.project.relations.for_article(story.article.id) == [relation]
    assert story.project.relations.get(relation.id) == relation
    assert announced[-1].label == "Link as “rebuts”"  # type: ignore[attr-defined]


def test_links_cross_articles_and_are_listed_at_both(story: Story) -> None:
    other = story.project.articles.add_text("The tolls fell.\n")
    far = story.project.annotations.add(other.id, start=0, end=15, tag="Claim")
    near = story.mark("Council")
    relation = story.project.relations.add(near.id, far.id, "qualifies")
    assert story.project.relations.for_article(other.id) == [relation]
    assert story.project.relations.for_article(story.article.id) == [relation]
    third = story.project.articles.add_text("Nothing.\n")
    assert story.project.relations.for_article(third.id) == []


def test_nearly_equal_claims_are_repeats(story: Story) -> None:
    body, caption = story.mark("doubled the tolls"), story.mark("doubled the tolls", nth=1)
    assert story.project.relations.add(caption.id, body.id).kind == RelationKind.REPEATS
    assert story.project.relations.propose(body.id, caption.id) == Proposal(RelationKind.REPEATS, turned=True)


def test_link_to_itself_and_the_same_twice_are_refused(story: Story) -> None:
    one, other = story.mark("Council"), story.mark("Mayor")
    relation = story.project.relations.add(one.id, other.id, "supports")
    with pytest.raises(RuleError):
        story.project.relations.add(one.id, one.id)
    with pytest.raises(RuleError):
        story.project.relations.add(one.id, other.id, "supports")
    second = story.project.relations.add(one.id, other.id, "qualifies")
    with pytest.raises(RuleError):
        story.project.relations.edit(second.id, kind="supports")
    with pytest.raises(NotFoundError):
        story.project.relations.add(one.id, "nowhere")
    back = story.project.relations.add(other.id, one.id, "supports")
    with pytest.raises(RuleError):
        story.project.relations.reverse(back.id)
    assert story.project.relations.get(relation.id) == relation


def test_link_is_edited_turned_and_deleted(story: Story) -> None:
    relations = story.project.relations
    one, other = story.mark("Council"), story.mark("Mayor")
    relation = relations.add(one.id, other.id, "supports")
    assert relations.edit(relation.id, kind="concedes").label == "Change kind of link"
    assert relations.edit(relation.id, note="n").label == "Change note on link"
    assert relations.reverse(relation.id).label == "Turn the link round"
    turned = relations.get(relation.id)
    assert (turned.source_id, turned.target_id, turned.kind, turned.note) == (other.id, one.id, "concedes", "n")
    with pytest.raises(ConflictError):
        relations.delete(relation.id, expected=relation.version)
    assert relations.delete(relation.id).label == "Delete link"
    assert relations.list() == []


def test_link_lies_in_the_layer_of_who_made_it(story: Story, as_ben: Project) -> None:
    one, other = story.mark("Council"), story.mark("Mayor")
    relation = as_ben.relations.add(one.id, other.id, "supports")
    as_ben.act_as("AB")
    assert as_ben.relations.add(one.id, other.id, "supports").analyst_id != relation.analyst_id
    writes: tuple[Callable[[], object], ...] = (
        lambda: as_ben.relations.edit(relation.id, note="x"),
        lambda: as_ben.relations.reverse(relation.id),
        lambda: as_ben.relations.delete(relation.id),
    )
    for write in writes:
        with pytest.raises(RuleError, match="Ben Ash"):
            write()


def test_proposal_goes_by_merged_tags(story: Story) -> None:
    hint = story.project.codebook.add("Refusal", kind="denial")
    one, other = story.mark("Council"), story.mark("Mayor Ivo Brandt denied it", "Refusal")
    story.project.codebook.merge(hint.id, story.project.codebook.find("Denial").id)
    assert story.project.relations.propose(other.id, one.id) == Proposal(RelationKind.REBUTS, turned=False)
    assert TEXT.startswith("Council")
