"""Verdicts on single passages, votes in a meeting, and the peer check, where a verdict decides."""

from __future__ import annotations

import pytest

from annotator.domain.errors import RuleError, UsageError
from annotator.domain.reviews import DecisionOutcome, VerdictOutcome
from annotator.services.review_edits import Writing
from annotator.services.verdicts import Ballot, Vote, ballots
from tests.services.conftest import Story
from tests.services.reviewed import (
    ASKED,
    BEN,
    CY,
    LEAD,
    NO_SECRET,
    REGISTER,
    REVIEWER,
    SECRET,
    Reviewed,
    begin,
    reviewed,
    story_markings,
    team,
)
from tests.services.teams import Team

__all__ = ["reviewed", "team"]


@pytest.fixture
def checked(story: Story) -> Reviewed:
    """Return a peer check of Ben's work by the reviewer, who is writing."""
    project = story.project
    ids = {name: project.analysts.add(name).id for name in (BEN, CY, REVIEWER)} | {LEAD: project.act_as(LEAD).id}
    session = project.reviews.create(
        "Check", mode="peer_check", articles=[story.article.id], members=[(BEN, "author"), (REVIEWER, "reviewer")]
    )
    team = Team(story, session.id, ids)
    project.reviews.open(session.id)
    team.act_as(BEN)
    for words, tag, fields in story_markings()[BEN]:
        team.mark(words, tag, **fields)
    project.submissions.submit(session.id, story.article.id)
    team.act_as(REVIEWER)
    return Reviewed(team)


def said(reviewed: Reviewed, words: str) -> list[tuple[VerdictOutcome, bool]]:
    return [(given.verdict.outcome, given.stale) for given in reviewed.cluster(words).verdicts]


def test_a_verdict_is_on_one_version_and_decides_nothing(reviewed: Reviewed) -> None:
    theirs = reviewed.cluster(REGISTER).cluster.annotations[0]
    reviewed.deciding.judge(reviewed.session_id, theirs.id, "change", comment="The figure alone.")
    reviewed.deciding.judge(reviewed.session_id, theirs.id, "accept")
    assert said(reviewed, REGISTER) == [(VerdictOutcome.ACCEPT, False)], "said again, it is the same verdict"
    assert reviewed.cluster(REGISTER).decision is None


def test_a_verdict_is_stale_once_the_passage_is_changed(reviewed: Reviewed) -> None:
    theirs = reviewed.cluster(REGISTER).cluster.annotations[0]
    reviewed.deciding.judge(reviewed.session_id, theirs.id, "accept")
    reviewed.team.act_as(BEN)
    reviewed.team.project.annotations.edit(theirs.id, note="Looked up.")
    assert said(reviewed, REGISTER) == [(VerdictOutcome.ACCEPT, True)]


def test_a_rejection_needs_a_reason_and_nobody_judges_the_own_passage(reviewed: Reviewed) -> None:
    theirs = reviewed.cluster(REGISTER).cluster.annotations[0]
    with pytest.raises(RuleError, match="needs a reason"):
        reviewed.deciding.judge(reviewed.session_id, theirs.id, "reject")
    reviewed.team.act_as(LEAD)
    reviewed.team.project.reviews.add_member(reviewed.session_id, BEN, "reviewer")
    reviewed.team.act_as(BEN)
    with pytest.raises(RuleError, match="own passage"):
        reviewed.deciding.judge(reviewed.session_id, theirs.id, "accept")


def test_votes_are_verdicts_of_the_voters(reviewed: Reviewed) -> None:
    key = reviewed.cluster(ASKED).key
    deciding, session = reviewed.deciding, reviewed.session_id
    deciding.vote(session, key, BEN, reviewed.id(CY))
    deciding.vote(session, key, CY, Vote.NOTHING)
    deciding.vote(session, key, REVIEWER, Vote.EDIT)
    by_name = {reviewed.id(name): name for name in (BEN, CY, REVIEWER)}
    assert {by_name[one.voter_id]: (one.versions, one.other) for one in ballots(reviewed.cluster(ASKED))} == {
        BEN: ((reviewed.id(CY),), None),
        CY: ((), Vote.NOTHING),
        REVIEWER: ((), Vote.EDIT),
    }
    assert reviewed.team.project.history.undo_label() == f"Vote of {REVIEWER}"
    deciding.vote(session, key, CY, reviewed.id(CY))
    assert len(ballots(reviewed.cluster(ASKED))) == 3, "a vote again is the same vote"
    deciding.unvote(session, key)
    assert ballots(reviewed.cluster(ASKED)) == []
    with pytest.raises(UsageError):
        deciding.vote(session, key, CY, "perhaps")


def test_a_vote_for_one_of_two_equal_versions_is_for_both(reviewed: Reviewed) -> None:
    reviewed.deciding.vote(reviewed.session_id, reviewed.cluster(SECRET).key, BEN, reviewed.id(BEN))
    assert ballots(reviewed.cluster(SECRET)) == [Ballot(reviewed.id(BEN), (reviewed.id(BEN),))]
    reviewed.deciding.vote(reviewed.session_id, reviewed.cluster(NO_SECRET).key, BEN, reviewed.id(BEN))
    (ballot,) = ballots(reviewed.cluster(NO_SECRET))
    assert set(ballot.versions) == {reviewed.id(BEN), reviewed.id(CY)}


def test_members_note_their_own_vote_and_reviewers_that_of_all(reviewed: Reviewed) -> None:
    key = reviewed.cluster(SECRET).key
    reviewed.team.act_as(BEN)
    reviewed.deciding.vote(reviewed.session_id, key, BEN, reviewed.id(CY))
    with pytest.raises(RuleError, match="Only a reviewer or the lead"):
        reviewed.deciding.vote(reviewed.session_id, key, CY, reviewed.id(CY))
    with pytest.raises(RuleError, match="Only a reviewer or the lead"):
        reviewed.deciding.take(reviewed.session_id, key, reviewed.id(BEN))
    reviewed.team.project.analysts.add("Dan Ives")
    reviewed.team.act_as(REVIEWER)
    with pytest.raises(RuleError, match="no member"):
        reviewed.deciding.vote(reviewed.session_id, key, "Dan Ives", reviewed.id(CY))


def test_in_a_peer_check_a_decision_is_a_verdict(checked: Reviewed) -> None:
    deciding, session = checked.deciding, checked.session_id
    deciding.accept(session, checked.cluster(SECRET).key)
    deciding.nothing(session, checked.cluster(REGISTER).key, reason_code="judgement")
    deciding.edit(session, checked.cluster(ASKED).key, Writing(tag="Denial"), comment="They deny it.")
    assert said(checked, SECRET) == [(VerdictOutcome.ACCEPT, False)]
    assert said(checked, REGISTER) == [(VerdictOutcome.REJECT, False)]
    assert said(checked, ASKED) == [(VerdictOutcome.CHANGE, False)]
    assert checked.quotes() == [SECRET, ASKED]
    found = checked.cluster(ASKED)
    assert found.decision is not None
    assert found.decision.outcome is DecisionOutcome.EDIT
    assert found.verdicts[0].verdict.comment == "They deny it."
    checked.team.project.history.undo()
    assert said(checked, ASKED) == [], "one step of undo takes both back"
    deciding.accept_unanimous(session)
    assert said(checked, ASKED) == [(VerdictOutcome.ACCEPT, False)]
    deciding.withdraw(session, checked.cluster(ASKED).key)
    assert said(checked, ASKED) == []


def test_nobody_reviews_the_own_work_in_a_peer_check(checked: Reviewed) -> None:
    checked.team.act_as(LEAD)
    project, session = checked.team.project, checked.session_id
    project.reviews.add_member(session, CY, "author")
    project.reviews.add_member(session, LEAD, "author")
    checked.team.mark("Mayor Ivo Brandt denied it", "Denial")
    project.submissions.submit(session, checked.team.article_id)
    own = checked.cluster("Mayor Ivo Brandt denied it")
    with pytest.raises(RuleError, match="nobody reviews the own work"):
        checked.deciding.accept(session, own.key)
    checked.deciding.accept(session, checked.cluster(SECRET).key)


def test_without_submission_nothing_is_to_be_judged(team: Team) -> None:
    reviewed = begin(team, {BEN: story_markings()[BEN]})
    reviewed.team.project.submissions.send_back(reviewed.session_id, team.article_id, team.ids[BEN], "Read it again.")
    assert reviewed.clusters() == []
    theirs = team.project.annotations.list()[0]
    with pytest.raises(RuleError, match="not in the session"):
        reviewed.deciding.judge(reviewed.session_id, theirs.id, "accept")
