"""Correcting a text: passages follow where their place is certain, the others wait to be placed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.articles import Article, TextVersion
from annotator.domain.errors import NotFoundError, RuleError
from annotator.domain.ids import new_id
from annotator.services.project import Project
from tests.services.conftest import TEXT, Story

CORRECTED = TEXT.replace("said yesterday", "said on Tuesday").replace("4,200", "4,300")


def test_correction_makes_a_new_version_and_keeps_the_old(story: Story) -> None:
    articles = story.project.articles
    old = articles.text(story.article.id)
    change = articles.correct_text(story.article.id, CORRECTED.replace("\n", "\r\n"))
    new = articles.text(story.article.id)
    assert change.label == "Correct text"
    assert (new.text, new.replaces_id) == (CORRECTED, old.id)
    assert [text.id for text in articles.text_versions(story.article.id)] == [old.id, new.id]
    assert articles.text_version(old.id).text == TEXT


def test_own_passages_whose_words_stand_there_follow_and_the_others_wait(story: Story) -> None:
    project = story.project
    denial = story.mark(
        "Mayor Ivo Brandt denied it", "Denial", people=[("Ivo Brandt", "speaker", story.span("Ivo Brandt"))]
    )
    figure = story.mark("The register shows 4,200 crowns", "Evidence")
    project.articles.correct_text(story.article.id, CORRECTED)
    new = project.articles.text(story.article.id)
    moved = project.annotations.get(denial.id)
    assert (moved.text_id, new.text[moved.start : moved.end]) == (new.id, denial.quote)
    assert moved.start != denial.start
    assert moved.people[0].mention_start is None
    assert [mark.id for mark in project.annotations.marks(story.article.id)] == [denial.id]
    waiting = project.articles.to_place(story.article.id)
    assert [w.annotation.id for w in waiting] == [figure.id]
    proposed = waiting[0].placement
    assert proposed.span is not None
    assert new.text[proposed.span.start : proposed.span.end] == "The register shows 4,300 crowns"
    assert 0.5 < proposed.score < 1


def test_waiting_passage_is_placed_by_hand(story: Story) -> None:
    project = story.project
    figure = story.mark("The register shows 4,200 crowns", "Evidence")
    project.articles.correct_text(story.article.id, CORRECTED)
    span = project.articles.to_place(story.article.id)[0].placement.span
    assert span is not None
    project.articles.place(figure.id, span.start, span.end)
    assert project.articles.to_place(story.article.id) == []
    assert project.annotations.get(figure.id).quote == "The register shows 4,300 crowns"
    project.history.undo()
    assert [w.annotation.id for w in project.articles.to_place(story.article.id)] == [figure.id]


def test_moving_the_ends_of_a_waiting_passage_places_it(story: Story) -> None:
    figure = story.mark("The register shows 4,200 crowns", "Evidence")
    story.project.articles.correct_text(story.article.id, CORRECTED)
    at = CORRECTED.index("4,300")
    story.project.annotations.move(figure.id, at, at + 5)
    assert story.project.annotations.get(figure.id).quote == "4,300"
    assert story.project.articles.to_place(story.article.id) == []


def test_colleagues_passages_are_shown_at_their_place_and_stored_only_by_themselves(
    story: Story, as_ben: Project
) -> None:
    bens = story.mark("Mayor Ivo Brandt denied it", "Denial")
    as_ben.act_as("AB")
    as_ben.articles.correct_text(story.article.id, CORRECTED)
    new = as_ben.articles.text(story.article.id)
    shown = as_ben.annotations.get(bens.id)
    assert (shown.text_id, shown.quote, shown.version) == (new.id, bens.quote, bens.version)
    assert as_ben.annotations.marks(story.article.id)[0].start == CORRECTED.index(bens.quote)
    assert as_ben.articles.adopt_places(story.article.id).edits == ()
    with pytest.raises(RuleError, match="Ben Ash"):
        as_ben.articles.place(bens.id, 0, 5)
    as_ben.act_as("BA")
    change = as_ben.articles.adopt_places(story.article.id)
    assert [edit.entity.id for edit in change.edits] == [bens.id]
    stored = as_ben.annotations.get(bens.id)
    assert (stored.text_id, stored.start, stored.updated_by) == (new.id, shown.start, bens.analyst_id)


def test_undoing_a_correction_brings_text_and_places_back(story: Story) -> None:
    denial = story.mark("Mayor Ivo Brandt denied it", "Denial")
    story.project.articles.correct_text(story.article.id, CORRECTED)
    story.project.history.undo()
    assert story.project.articles.text(story.article.id).text == TEXT
    assert story.project.annotations.marks(story.article.id)[0].start == denial.start


def test_correction_that_changes_nothing_or_empties_the_text_is_refused(story: Story) -> None:
    for text in (TEXT, TEXT.replace("\n", "\r\n"), " "):
        with pytest.raises(RuleError):
            story.project.articles.correct_text(story.article.id, text)
    with pytest.raises(NotFoundError):
        story.project.articles.correct_text("x", "Words.")


def test_second_correction_starts_from_each_passages_own_text(story: Story) -> None:
    project = story.project
    figure = story.mark("The register shows 4,200 crowns", "Evidence")
    project.articles.correct_text(story.article.id, CORRECTED)
    project.articles.correct_text(story.article.id, TEXT + "A paragraph more.\n")
    assert project.annotations.marks(story.article.id)[0].start == figure.start
    assert project.articles.to_place(story.article.id) == []


def test_passage_whose_text_a_colleague_took_back_is_still_listed(story: Story) -> None:
    project = story.project
    figure = story.mark("The register shows 4,200 crowns", "Evidence")
    with project.context.write() as uow:
        text = uow.get(TextVersion, figure.text_id)
        article = uow.get(Article, story.article.id)
        assert text is not None
        assert article is not None
        new = uow.put(replace(text, id=new_id(), text=CORRECTED, version="", revision=0))
        uow.put(replace(article, current_text_id=new.id))
        uow.delete(text)
        project.context.commit(uow, "From elsewhere")
    assert [a.quote for a in project.annotations.list()] == [figure.quote]
    assert project.annotations.marks(story.article.id) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cut=st.tuples(st.integers(0, len(TEXT)), st.integers(0, 60)), more=st.sampled_from(["", "New. ", "🌉\n\n", "toll"])
)
def test_no_passage_is_dropped_and_none_is_shifted_to_other_words(
    story: Story, cut: tuple[int, int], more: str
) -> None:
    project = story.project
    article = project.articles.add_text(TEXT, allow_duplicate=True)
    quotes = ("Council", "Nobody asked us, and nobody told us", "Mayor Ivo Brandt denied it", "tolls in secret")
    ids = {
        project.annotations.add(article.id, start=TEXT.index(q), end=TEXT.index(q) + len(q), tag="Claim").id: q
        for q in quotes
    }
    corrected = f"{TEXT[: cut[0]]}{more}{TEXT[sum(cut) :]}"
    if corrected == TEXT:
        return
    project.articles.correct_text(article.id, corrected)
    placed = {mark.id: corrected[mark.start : mark.end] for mark in project.annotations.marks(article.id)}
    waiting = {w.annotation.id for w in project.articles.to_place(article.id)}
    assert placed.keys() | waiting == ids.keys()
    assert not placed.keys() & waiting
    assert all(words == ids[id_] for id_, words in placed.items())
