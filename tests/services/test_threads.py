"""Threads of comments in a review: who closes them, and that they outlive the passage they are about."""

from __future__ import annotations

import pytest

from annotator.domain.errors import RuleError
from tests.services.reviewed import BEN, CY, REGISTER, REVIEWER, SECRET, Reviewed, reviewed, team

__all__ = ["reviewed", "team"]


def test_who_opened_a_thread_and_who_reviews_close_it(reviewed: Reviewed) -> None:
    comments, team = reviewed.team.project.comments, reviewed.team
    theirs = reviewed.cluster(REGISTER).cluster.annotations[0]
    team.act_as(BEN)
    opening = comments.add(team.article_id, "A record, or evidence?", annotation_id=theirs.id)
    team.act_as(CY)
    answer = comments.add(team.article_id, "A record.", parent_id=opening.id)
    with pytest.raises(RuleError, match="Only who opened this thread"):
        comments.resolve(answer.id)
    team.act_as(BEN)
    comments.resolve(answer.id)
    assert [c.resolved_at is not None for c in comments.list()] == [True, False], "the thread, not the answer"
    team.act_as(REVIEWER)
    comments.resolve(opening.id, resolved=False)
    assert comments.list()[0].resolved_at is None
    comments.resolve(opening.id)


def test_a_thread_outlives_its_passage(reviewed: Reviewed) -> None:
    comments, team = reviewed.team.project.comments, reviewed.team
    bens = reviewed.cluster(SECRET).cluster.members[reviewed.id(BEN)][0]
    opening = comments.add(team.article_id, "Whose claim is it?", annotation_id=bens.id)
    team.act_as(BEN)
    team.project.annotations.delete(bens.id)
    answer = comments.add(team.article_id, "The owners’.", parent_id=opening.id)
    team.act_as(REVIEWER)
    found = reviewed.cluster(SECRET)
    assert [comment.id for comment in found.comments] == [opening.id, answer.id], "Cy still has these words"
    assert found.comments[0].quote == SECRET
    assert team.project.loose_ends.list() == []


def test_threads_of_a_passage_that_nobody_has_any_more_stand_with_the_article_in_the_minutes(
    reviewed: Reviewed,
) -> None:
    team = reviewed.team
    bens = reviewed.cluster(REGISTER).cluster.annotations[0]
    team.project.comments.add(team.article_id, "Is it there?", annotation_id=bens.id)
    team.act_as(BEN)
    team.project.annotations.delete(bens.id)
    (article,) = team.project.minutes.of(reviewed.session_id).articles
    assert [said.text for said in article.comments] == ["Is it there?"]
