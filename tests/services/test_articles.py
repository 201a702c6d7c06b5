"""Bringing articles in, listing, editing, merging and deleting them."""

from __future__ import annotations

import hashlib

import pytest

from annotator.domain.articles import MAX_ARTICLE_BYTES, ArticleKind, Block, BlockKind, Capture
from annotator.domain.codebook import TagKind
from annotator.domain.errors import ConflictError, NotFoundError, RuleError, UsageError
from annotator.domain.text import text_sha256
from annotator.formats.draft import ArticleDraft
from annotator.services.project import Project
from tests.services.conftest import TEXT, Story


def test_pasted_text_is_made_canonical_and_gets_blocks_and_a_title(project: Project) -> None:
    article = project.articles.add_text("\ufeffTolls doubled\r\n\r\nThe council doubled the tolls.\r\nSo it was.\r\n")
    text = project.articles.text(article.id)
    assert text.text == "Tolls doubled\n\nThe council doubled the tolls.\nSo it was.\n"
    assert text.sha256 == text_sha256(text.text)
    assert [block.kind for block in text.blocks] == [BlockKind.HEADLINE, BlockKind.BODY, BlockKind.BODY]
    assert (article.title, article.capture, article.current_text_id) == ("Tolls doubled", Capture.PASTED, text.id)
    assert (text.source_bytes, text.source_sha256) == (None, "")


def test_no_break_spaces_and_curly_quotes_stay(project: Project) -> None:
    words = "‘4\u00a0200\u202fcrowns’, said Zoë – e\u0301 🌉\n"
    assert project.articles.text(project.articles.add_text(words).id).text == words


def test_draft_of_a_file_keeps_its_original(project: Project) -> None:
    source = TEXT.encode("cp1252")
    draft = ArticleDraft(
        text=TEXT,
        title="From the file",
        outlet="Ferry",
        published_at="2024-10",
        blocks=(Block(start=0, end=10, kind=BlockKind.HEADLINE),),
        source_bytes=source,
        source_media_type="text/plain",
    )
    article = project.articles.add(draft, outlet="The Daily Ferry", title="")
    text = project.articles.text(article.id)
    assert (article.title, article.outlet, article.capture) == ("From the file", "The Daily Ferry", Capture.FILE)
    assert (text.source_bytes, text.source_sha256) == (source, hashlib.sha256(source).hexdigest())
    assert text.blocks == draft.blocks
    with pytest.raises(UsageError, match="titel"):
        project.articles.add(draft, titel="X")


def test_the_very_same_text_is_refused_with_its_name_unless_wanted(story: Story) -> None:
    with pytest.raises(RuleError, match="Council doubled"):
        story.project.articles.add_text(TEXT.replace("\n", "\r\n"))
    again = story.project.articles.add_text(TEXT, allow_duplicate=True)
    story.project.articles.delete(story.article.id)
    story.project.articles.delete(again.id)
    story.project.articles.add_text(TEXT)


@pytest.mark.parametrize("text", ["", " \n\n ", "x" * (MAX_ARTICLE_BYTES + 1)])
def test_texts_that_are_refused(project: Project, text: str) -> None:
    with pytest.raises(RuleError):
        project.articles.add_text(text)
    assert project.articles.list() == []


def test_dates_keep_their_precision_and_are_dates(project: Project) -> None:
    assert project.articles.add_text("Words.", published_at="2024-10").published_at == "2024-10"
    with pytest.raises(RuleError):
        project.articles.add_text("Other words.", published_at="24 October")


def test_articles_are_listed_by_date_undated_last(project: Project) -> None:
    for title, date in (("C", ""), ("B", "2024-10"), ("A", "2024-10"), ("D", "2023")):
        project.articles.add_text(f"Text {title}", title=title, published_at=date)
    assert [article.title for article in project.articles.list()] == ["D", "A", "B", "C"]


def test_fields_are_edited_and_the_change_named(story: Story) -> None:
    articles = story.project.articles
    assert articles.edit(story.article.id, outlet="The Weekly Ferry").label == "Change outlet"
    assert articles.edit(story.article.id, kind="opinion", byline="T. Marlow").label == "Edit article"
    edited = articles.get(story.article.id)
    assert (edited.outlet, edited.kind, edited.byline) == ("The Weekly Ferry", ArticleKind.OPINION, "T. Marlow")
    with pytest.raises(RuleError):
        articles.edit(story.article.id, published_at="soon")
    with pytest.raises(UsageError):
        articles.edit(story.article.id, current_text_id="x")
    with pytest.raises(ConflictError):
        articles.edit(story.article.id, expected=story.article.version, title="Late")


def test_blocks_are_corrected(story: Story) -> None:
    text = story.project.articles.text(story.article.id)
    blocks = (Block(start=0, end=8, kind=BlockKind.HEADLINE), Block(start=8, end=20, kind=BlockKind.STANDFIRST))
    assert story.project.articles.set_blocks(text.id, blocks).label == "Change blocks"
    assert story.project.articles.text(story.article.id).blocks == blocks
    with pytest.raises(RuleError):
        story.project.articles.set_blocks(text.id, [Block(start=0, end=9999, kind=BlockKind.BODY)])


def test_summaries_count_by_kind_and_what_is_mine(story: Story, as_ben: Project) -> None:
    story.mark("Council", "Claim")
    as_ben.act_as("AB")
    story.mark("Mayor Ivo Brandt denied it", "Denial")
    story.mark("bridge", "Claim")
    empty = story.project.articles.add_text("Nothing here.\n")
    summaries = {summary.article.id: summary for summary in story.project.articles.summaries()}
    assert summaries[story.article.id].counts == {TagKind.CLAIM: 2, TagKind.DENIAL: 1}
    assert (summaries[story.article.id].total, summaries[story.article.id].mine) == (3, 2)
    assert (summaries[empty.id].counts, summaries[empty.id].total, summaries[empty.id].mine) == ({}, 0, 0)


def test_article_in_use_is_not_deleted(story: Story) -> None:
    marked = story.mark("Council")
    with pytest.raises(RuleError, match="passages first"):
        story.project.articles.delete(story.article.id)
    story.project.annotations.delete(marked.id)
    story.project.articles.delete(story.article.id)
    with pytest.raises(NotFoundError):
        story.project.articles.text(story.article.id)
    story.project.history.undo()
    assert story.project.articles.text(story.article.id).text == TEXT


def test_unnamed_sources_go_with_their_article(story: Story) -> None:
    marked = story.mark("Council")
    story.project.people.add("an aide", kind="unnamed", article_id=story.article.id)
    story.project.annotations.delete(marked.id)
    story.project.articles.delete(story.article.id)
    assert story.project.people.list() == []
    story.project.history.undo()
    assert [person.name for person in story.project.people.list()] == ["an aide"]


def test_merged_articles_show_their_passages_together(story: Story) -> None:
    project = story.project
    mine = story.mark("Council")
    other = project.articles.add_text(TEXT, allow_duplicate=True, title="Again")
    theirs = project.annotations.add(other.id, start=8, end=15, tag="Denial")
    project.articles.merge(other.id, story.article.id)
    assert [article.id for article in project.articles.list()] == [story.article.id]
    assert project.articles.get(other.id).id == story.article.id
    assert [m.id for m in project.annotations.marks(other.id)] == [mine.id, theirs.id]
    shown = project.annotations.list(story.article.id)
    assert [(a.id, a.article_id, a.text_id) for a in shown] == [
        (id_, story.article.id, project.articles.text(story.article.id).id) for id_ in (mine.id, theirs.id)
    ]
    assert project.articles.summaries()[0].total == 2
    with pytest.raises(RuleError):
        project.articles.merge(story.article.id, other.id)
    project.history.undo()
    assert [m.id for m in project.annotations.marks(story.article.id)] == [mine.id]


def test_articles_with_different_texts_are_not_merged(story: Story) -> None:
    other = story.project.articles.add_text(TEXT + "More.\n")
    with pytest.raises(RuleError, match="do not have the same text"):
        story.project.articles.merge(other.id, story.article.id)
