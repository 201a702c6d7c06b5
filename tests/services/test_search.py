"""Searching a project."""

from __future__ import annotations

import pytest

from annotator.domain.errors import UsageError
from tests.services.conftest import TEXT, Story


def test_search_says_where_things_are(story: Story) -> None:
    marked = story.mark(
        "Mayor Ivo Brandt denied it", "Denial", note="see the ledger", people=[("Ledger Office", "about")]
    )
    hits = {(hit.entity_type, hit.field): hit for hit in story.project.search.find("ledger")}
    assert hits["annotation", "note"].where == f"note of a passage in “{story.article.title}”"
    assert (hits["annotation", "note"].entity_id, hits["annotation", "note"].article_id) == (
        marked.id,
        story.article.id,
    )
    assert hits["person", "name"].where == "person “Ledger Office”"
    assert hits["person", "name"].article_id is None
    text = story.project.search.find("register crowns")[0]
    assert (text.where, text.article_id) == (f"“{story.article.title}”", story.article.id)
    assert [TEXT[start:end] for start, end in text.matches] == ["register", "crowns"]
    assert text.snippet in TEXT


def test_search_folds_and_takes_beginnings_of_words(story: Story) -> None:
    assert story.project.search.find("NOBODY tol")
    assert story.project.search.find("xyzzy") == []
    assert story.project.search.find("  ") == []


def test_old_texts_and_merged_people_are_not_found_twice(story: Story) -> None:
    project = story.project
    project.articles.correct_text(story.article.id, TEXT.replace("4,200", "4,300"))
    assert [hit.entity_id for hit in project.search.find("ferry owners said yesterday")] == [
        project.articles.text(story.article.id).id
    ]
    one, other = project.people.add("Ms Quill"), project.people.add("Dora Quill")
    project.people.merge(one.id, other.id)
    assert [hit.entity_id for hit in project.search.find("ms quill") if hit.entity_type == "person"] == [other.id]


def test_deleted_things_are_not_found(story: Story) -> None:
    marked = story.mark("Council", note="unheard-of")
    assert story.project.search.find("unheard")
    story.project.annotations.delete(marked.id)
    assert story.project.search.find("unheard") == []


def test_limit_is_kept(story: Story) -> None:
    for number in range(5):
        story.mark("Council", note=f"unheard {number}")
    assert len(story.project.search.find("unheard", limit=3)) == 3


@pytest.mark.parametrize("limit", [0, -3])
def test_fewer_than_one_hit_is_refused(story: Story, limit: int) -> None:
    with pytest.raises(UsageError, match=f"{limit} hits"):
        story.project.search.find("ledger", limit=limit)
