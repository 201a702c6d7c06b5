"""Figures."""

from __future__ import annotations

from annotator.domain.codebook import TagKind
from annotator.domain.relations import RelationKind
from annotator.services.project import Project
from annotator.services.stats import Count
from tests.services.conftest import Story


def test_statements_are_counted_with_those_in_captions_and_repeats(story: Story) -> None:
    body = story.mark("doubled the tolls")
    caption = story.mark("doubled the tolls", nth=1)
    story.mark("Mayor Ivo Brandt denied it", "Denial")
    story.project.relations.add(caption.id, body.id)
    (layer,) = story.project.stats.summary().layers
    assert layer.statements == Count(3, 1)
    assert layer.kinds == {TagKind.CLAIM: Count(2, 1), TagKind.DENIAL: Count(1, 0)}
    assert layer.relations == {RelationKind.REPEATS: 1}


def test_statement_that_continues_counts_once(story: Story) -> None:
    first = story.mark("‘Nobody asked us, and nobody told us,’")
    second = story.mark("‘The register shows 4,200 crowns.’")
    third = story.mark("There was no secret")
    story.project.relations.add(second.id, first.id, "continues")
    story.project.relations.add(third.id, second.id, "continues")
    (layer,) = story.project.stats.summary().layers
    assert layer.statements == Count(1, 0)


def test_repeated_passage_in_the_body_counts_as_a_repeat(story: Story) -> None:
    first, again = story.mark("The council doubled the tolls"), story.mark("There was no secret")
    story.project.relations.add(again.id, first.id, "repeats")
    (layer,) = story.project.stats.summary().layers
    assert layer.statements == Count(2, 1)


def test_layers_are_never_added_up(story: Story, as_ben: Project) -> None:
    story.mark("Council")
    as_ben.act_as("AB")
    story.mark("Council")
    story.mark("Mayor", "Evidence", unsure=True)
    stats = as_ben.stats.summary()
    assert {layer.analyst: layer.statements.number for layer in stats.layers} == {"Ann Bell": 2, "Ben Ash": 1}
    (mine,) = as_ben.stats.summary(layer="mine").layers
    assert (mine.analyst, mine.unsure, mine.articles) == ("Ann Bell", 1, 1)
    assert list(mine.tags) == ["Claim", "Evidence"]


def test_figures_of_one_article(story: Story) -> None:
    other = story.project.articles.add_text("The tolls fell.\n")
    story.mark("Council")
    story.project.annotations.add(other.id, start=0, end=9, tag="Claim")
    stats = story.project.stats.summary(article_id=other.id)
    assert (stats.articles, stats.layers[0].statements.number) == (1, 1)


def test_passages_of_a_tag_that_was_deleted_elsewhere_still_count(story: Story) -> None:
    """After a merge: a colleague deleted the tag while it was unused there."""
    rumour = story.project.codebook.add("Rumour", kind="claim")
    story.mark("Council", rumour.id)
    with story.project.context.write() as uow:
        uow.delete(rumour)
        story.project.context.commit(uow, "Delete")
    (layer,) = story.project.stats.summary().layers
    assert (layer.statements, layer.tags) == (Count(1, 0), {"Rumour": Count(1, 0)})
    (row,) = story.project.passages.query()
    assert (row.annotation.quote, row.tag.name) == ("Council", "Rumour")
    assert story.project.articles.summaries()[0].counts == {TagKind.CLAIM: 1}


def test_figures_in_words(story: Story) -> None:
    story.mark("Council", people=[("Dora Quill", "speaker")], points=["The tolls were doubled."], unsure=True)
    lines = list(story.project.stats.summary().lines())
    assert lines[0] == "1 article, 1 entry in the register, 1 point"
    assert lines[1].startswith("Ann Bell: 1 statement")
    assert "  1 unsure" in lines
    assert Count(12, 3).words("claim", "claims") == "12 claims, of which 3 in captions or repeats"
    assert Count(1, 0).words("claim", "claims") == "1 claim"
