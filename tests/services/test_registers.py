"""Points, comments and analysts."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ConflictError, NotFoundError, RuleError, UsageError
from annotator.services.analysts import free_initials
from annotator.services.points import NewPoint
from annotator.services.project import Project
from tests.factories import make_analyst
from tests.services.conftest import TEXT, Story


def test_point_is_added_edited_matched_and_deleted(project: Project) -> None:
    point = project.points.add(" The tolls were doubled in secret. ", note="n")
    assert (point.text, project.points.list()) == ("The tolls were doubled in secret.", [point])
    with pytest.raises(RuleError, match="already"):
        project.points.add("the tolls were doubled IN secret.")
    with pytest.raises(RuleError):
        project.points.add("  ")
    project.points.add("The mayor resigned.")
    assert project.points.match("doubled")[0].point == point
    assert project.points.match("xyzzy") == []
    assert project.points.edit(point.id, text="The tolls were doubled.").label == "Reword point"
    with pytest.raises(ConflictError):
        project.points.edit(point.id, expected=point.version, note="x")
    project.points.delete(point.id)
    with pytest.raises(NotFoundError):
        project.points.get(point.id)


def test_point_in_use_is_not_deleted_and_used_ones_are_offered_first(story: Story) -> None:
    points = story.project.points
    points.add("A first point.")
    marked = story.mark("Council", points=[(NewPoint("The tolls were doubled."), "asserts")])
    used = points.get(marked.points[0].point_id)
    assert points.usage() == {used.id: 1}
    assert [match.point.text for match in points.match("")] == ["The tolls were doubled.", "A first point."]
    with pytest.raises(RuleError, match="in use"):
        points.delete(used.id)


def test_merged_point_is_read_as_the_other(story: Story) -> None:
    points = story.project.points
    marked = story.mark("Council", points=["One way to say it.", "Another way."])
    one, other = (part.point_id for part in marked.points)
    points.merge(one, other)
    assert points.resolve(one) == points.get(one).id == other
    assert [part.point_id for part in story.project.annotations.get(marked.id).points] == [other]
    with pytest.raises(RuleError):
        points.merge(other, one)
    with pytest.raises(NotFoundError):
        story.project.annotations.add_point(marked.id, "01234567-89ab-7def-8123-456789abcdef")


def test_comments_stand_at_article_span_and_passage(story: Story) -> None:
    comments = story.project.comments
    marked = story.mark("Mayor Ivo Brandt denied it", "Denial")
    whole = comments.add(story.article.id, " Odd headline. ")
    words = comments.add(story.article.id, "Really?", span=(0, 7))
    passage = comments.add(story.article.id, "Who heard it?", annotation_id=marked.id)
    answer = comments.add(story.article.id, "The clerk.", parent_id=passage.id)
    assert (whole.text, whole.quote, whole.start) == ("Odd headline.", "", None)
    assert (words.quote, words.start, words.end) == (TEXT[:7], 0, 7)
    assert (passage.quote, passage.annotation_id) == (marked.quote, marked.id)
    assert (answer.annotation_id, answer.quote) == (marked.id, marked.quote)
    assert comments.list(article_id=story.article.id) == [whole, words, passage, answer]
    assert comments.list(annotation_id=marked.id) == [passage, answer]
    with pytest.raises(UsageError):
        comments.add(story.article.id, "Both", span=(0, 7), annotation_id=marked.id)
    for text, span in (("", None), ("x", (5, 5)), ("x", (0, 9999))):
        with pytest.raises(RuleError):
            comments.add(story.article.id, text, span=span)


def test_own_comment_is_edited_anybodys_resolved_answered_one_kept(story: Story, as_ben: Project) -> None:
    bens = as_ben.comments.add(story.article.id, "Odd.")
    as_ben.comments.edit(bens.id, "Odd!")
    as_ben.act_as("AB")
    with pytest.raises(RuleError, match="Ben Ash"):
        as_ben.comments.edit(bens.id, "Fine.")
    as_ben.comments.resolve(bens.id)
    assert as_ben.comments.list()[0].resolved_at is not None
    as_ben.comments.resolve(bens.id, resolved=False)
    assert (as_ben.comments.list()[0].text, as_ben.comments.list()[0].resolved_at) == ("Odd!", None)
    answer = as_ben.comments.add(story.article.id, "Why?", parent_id=bens.id)
    as_ben.act_as("BA")
    with pytest.raises(RuleError, match="answered"):
        as_ben.comments.delete(bens.id)
    as_ben.act_as("AB")
    as_ben.comments.delete(answer.id)
    as_ben.act_as("BA")
    as_ben.comments.delete(bens.id)
    assert as_ben.comments.list() == []


def test_analysts_have_names_initials_and_colours_of_their_own(project: Project) -> None:
    ben = project.analysts.add("Ben Ash", role="reviewer")
    again = project.analysts.add("Bo Adler")
    assert (ben.initials, again.initials) == ("BA", "BA2")
    assert ben.colour != again.colour
    with pytest.raises(RuleError):
        project.analysts.add("ben ash")
    with pytest.raises(RuleError):
        project.analysts.add("Berta Alm", initials="ba")
    with pytest.raises(RuleError):
        project.analysts.edit(again.id, initials="")
    assert project.analysts.edit(ben.id, role="lead").label == "Change analyst's role"
    assert project.analysts.get(ben.id).role == "lead"
    with pytest.raises(UsageError):
        project.analysts.edit(ben.id, role="king")


def test_free_initials_count_up() -> None:
    others = [make_analyst("Ann Bell", initials="AB"), make_analyst("A B", initials="AB2")]
    assert free_initials("Ada Brandt", others) == "AB3"
    assert free_initials("Zoë", others) == "ZO"
