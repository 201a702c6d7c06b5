"""Decisions: what is taken, edited, added, refused and parked, and the final version that follows."""

from __future__ import annotations

import pytest

from annotator.domain.clusters import Difference
from annotator.domain.errors import ConflictError, RuleError
from annotator.domain.reviews import CardRow, DecisionOutcome, ReasonCode
from annotator.services.review_edits import Writing
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
    Team,
    begin,
    reviewed,
    story_markings,
    team,
)

__all__ = ["reviewed", "team"]


def test_nothing_is_to_be_decided_before_the_reveal(team: Team) -> None:
    team.opened()
    team.act_as(REVIEWER)
    with pytest.raises(RuleError, match="not revealed"):
        team.project.deciding.clusters(team.session_id)


def test_clusters_come_in_the_order_of_reading_with_nothing_decided(reviewed: Reviewed) -> None:
    found = reviewed.clusters()
    assert [one.cluster.annotations[0].quote for one in found] == [SECRET, ASKED, REGISTER, NO_SECRET]
    assert [one.unanimous for one in found] == [False, False, False, True]
    assert found[0].cluster.differences == {Difference.PEOPLE}
    assert {one.decision for one in found} == {None}
    assert reviewed.final().annotations == ()


def test_taking_a_version_writes_it_to_the_final_version_as_it_is(reviewed: Reviewed) -> None:
    reviewed.take(SECRET, BEN, reason_code="slip", comment=" He accuses nobody. ")
    found = reviewed.cluster(SECRET)
    assert found.decided
    assert not found.stale
    assert found.decision is not None
    assert found.decision.outcome is DecisionOutcome.TAKE
    assert found.decision.taken_from == reviewed.id(BEN)
    assert (found.decision.reason_code, found.decision.comment) == (ReasonCode.SLIP, "He accuses nobody.")
    (final,) = found.final
    theirs = found.cluster.members[reviewed.id(BEN)][0]
    assert (final.start, final.end, final.tag_id, final.people) == (
        theirs.start,
        theirs.end,
        theirs.tag_id,
        theirs.people,
    )
    assert (final.session_id, final.analyst_id) == (reviewed.session_id, reviewed.id(REVIEWER))
    assert reviewed.final().annotations == (final,)


def test_a_layer_has_no_passage_of_the_final_version(reviewed: Reviewed) -> None:
    before = reviewed.team.project.annotations.list()
    reviewed.deciding.accept_unanimous(reviewed.session_id)
    assert reviewed.team.project.annotations.list() == before


def test_deciding_again_changes_the_same_decision_and_passage(reviewed: Reviewed) -> None:
    reviewed.take(SECRET, BEN, comment="First thought.")
    first = reviewed.cluster(SECRET)
    reviewed.take(SECRET, CY)
    again = reviewed.cluster(SECRET)
    assert again.decision is not None
    assert first.decision is not None
    assert again.decision.id == first.decision.id
    assert again.decision.comment == "First thought."
    assert [a.id for a in again.final] == [a.id for a in first.final]
    assert len(again.final[0].people) == 2


def test_proposal_has_the_people_of_all(reviewed: Reviewed) -> None:
    found = reviewed.cluster(SECRET)
    assert set(found.proposal.values()) == {reviewed.id(CY)}, "Cy has all the people there are"
    reviewed.deciding.accept(reviewed.session_id, found.key)
    assert len(reviewed.cluster(SECRET).final[0].people) == 2


def test_one_row_is_taken_alone_and_the_others_stay(reviewed: Reviewed) -> None:
    reviewed.take(SECRET, BEN)
    reviewed.take(SECRET, CY, rows=[CardRow.PEOPLE])
    found = reviewed.cluster(SECRET)
    assert found.decision is not None
    assert found.decision.outcome is DecisionOutcome.EDIT
    assert found.decision.taken_from == reviewed.id(BEN)
    assert [(part.row, part.taken_from) for part in found.decision.rows] == [(CardRow.PEOPLE, reviewed.id(CY))]
    assert len(found.final[0].people) == 2


def test_taking_a_version_in_pieces_makes_a_passage_of_each(reviewed: Reviewed) -> None:
    reviewed.take(ASKED, CY)
    assert reviewed.quotes() == ["Nobody asked us", "nobody told us"]
    reviewed.take(ASKED, BEN)
    assert reviewed.quotes() == [ASKED]
    reviewed.take(ASKED, CY, rows=["ends"])
    assert reviewed.quotes() == ["Nobody asked us", "nobody told us"]
    claim = reviewed.cluster(ASKED).cluster.members[reviewed.id(BEN)][0].tag_id
    assert {annotation.tag_id for annotation in reviewed.final().annotations} == {claim}


def test_nothing_here_needs_a_reason_and_takes_the_passage_out(reviewed: Reviewed) -> None:
    reviewed.take(REGISTER, BEN)
    key = reviewed.cluster(REGISTER).key
    with pytest.raises(RuleError, match="needs a reason"):
        reviewed.deciding.nothing(reviewed.session_id, key)
    reviewed.deciding.nothing(reviewed.session_id, key, reason_code="guideline_gap", codebook_flag=True)
    found = reviewed.cluster(REGISTER)
    assert found.decided
    assert found.final == ()
    assert reviewed.quotes() == []
    assert found.decision is not None
    assert found.decision.codebook_flag


def test_unanimous_passages_are_taken_in_one_step(reviewed: Reviewed) -> None:
    change = reviewed.deciding.accept_unanimous(reviewed.session_id)
    assert change.label == "Accept 1 unanimous passage"
    assert reviewed.quotes() == [NO_SECRET]
    reviewed.team.project.history.undo()
    assert reviewed.quotes() == []
    reviewed.take(NO_SECRET, BEN)
    with pytest.raises(ConflictError, match="no unanimous passage left"):
        reviewed.deciding.accept_unanimous(reviewed.session_id)


def test_links_follow_when_both_ends_are_final(reviewed: Reviewed) -> None:
    reviewed.take(NO_SECRET, BEN)
    assert reviewed.final().relations == ()
    reviewed.take(SECRET, BEN)
    (relation,) = reviewed.final().relations
    finals = {a.quote: a.id for a in reviewed.final().annotations}
    assert (relation.source_id, relation.target_id, relation.kind) == (finals[NO_SECRET], finals[SECRET], "rebuts")
    reviewed.deciding.nothing(reviewed.session_id, reviewed.cluster(SECRET).key, comment="Only the headline counts.")
    assert reviewed.final().relations == ()
    reviewed.team.project.history.undo()
    assert [again.id for again in reviewed.final().relations] == [relation.id]


def test_a_parked_passage_is_undecided_and_on_the_agenda(reviewed: Reviewed) -> None:
    reviewed.take(REGISTER, BEN)
    reviewed.deciding.park(reviewed.session_id, reviewed.cluster(REGISTER).key, "Is a register evidence?")
    found = reviewed.cluster(REGISTER)
    assert (found.parked, found.decided) == (True, False)
    assert reviewed.quotes() == []
    reviewed.deciding.unpark(reviewed.session_id, found.key)
    assert reviewed.cluster(REGISTER).decision is None


def test_a_decision_is_stale_once_a_member_is_changed(reviewed: Reviewed) -> None:
    reviewed.take(REGISTER, BEN)
    decided = reviewed.cluster(REGISTER)
    reviewed.team.act_as(BEN)
    theirs = decided.cluster.annotations[0]
    reviewed.team.project.annotations.edit(theirs.id, note="Looked up.")
    reviewed.team.act_as(REVIEWER)
    found = reviewed.cluster(REGISTER)
    assert (found.stale, found.decided) == (True, False)
    with pytest.raises(ConflictError, match="changed in the meantime"):
        reviewed.deciding.accept(reviewed.session_id, decided.key)
    reviewed.take(REGISTER, BEN)
    again = reviewed.cluster(REGISTER)
    assert (again.stale, again.decided, again.earlier) == (False, True, ())
    assert [a.id for a in again.final] == [a.id for a in decided.final]


def test_what_is_left_of_a_deleted_passage_is_kept_or_dropped(reviewed: Reviewed) -> None:
    reviewed.take(REGISTER, BEN)
    theirs = reviewed.cluster(REGISTER).cluster.annotations[0]
    reviewed.team.act_as(BEN)
    reviewed.team.project.annotations.delete(theirs.id)
    reviewed.team.act_as(REVIEWER)
    review = reviewed.deciding.review(reviewed.session_id)
    (other,) = review.others
    assert other.stale
    reviewed.deciding.keep(reviewed.session_id, other.decision.id)
    (kept,) = reviewed.deciding.review(reviewed.session_id).others
    assert not kept.stale
    assert reviewed.quotes() == [REGISTER]
    reviewed.deciding.drop(reviewed.session_id, kept.decision.id)
    assert reviewed.quotes() == []


def test_a_new_passage_is_added_and_edited(reviewed: Reviewed) -> None:
    span = reviewed.team.story.span("Mayor Ivo Brandt denied it")
    added = reviewed.deciding.new(
        reviewed.session_id,
        reviewed.team.article_id,
        Writing(span=(span.start, span.end), tag="Denial", people=[("Ivo Brandt", "speaker")]),
        comment="Both missed it.",
    )
    assert added.quote == "Mayor Ivo Brandt denied it"
    (other,) = reviewed.deciding.review(reviewed.session_id).others
    assert (other.decision.outcome, other.stale) == (DecisionOutcome.NEW, False)
    reviewed.deciding.edit_other(reviewed.session_id, other.decision.id, Writing(span=(span.start, span.end - 3)))
    assert reviewed.quotes() == ["Mayor Ivo Brandt denied"]


def test_an_edit_is_kept_when_a_row_is_taken_later(reviewed: Reviewed) -> None:
    span = reviewed.team.story.span("council doubled the tolls")
    key = reviewed.cluster(SECRET).key
    reviewed.deciding.edit(reviewed.session_id, key, Writing(span=(span.start, span.end)), comment="Shorter.")
    reviewed.take(SECRET, BEN, rows=["people"])
    (final,) = reviewed.cluster(SECRET).final
    assert final.quote == "council doubled the tolls"
    assert len(final.people) == 1


def test_links_by_hand_stay(reviewed: Reviewed) -> None:
    reviewed.take(SECRET, BEN)
    target = reviewed.cluster(SECRET).cluster.annotations[0].id
    key = reviewed.cluster(NO_SECRET).key
    reviewed.deciding.edit(reviewed.session_id, key, Writing(links=[(target, "answers")]))
    assert [r.kind for r in reviewed.final().relations] == ["answers"]
    reviewed.take(SECRET, CY)
    assert [r.kind for r in reviewed.final().relations] == ["answers"]


def test_only_reviewers_and_the_lead_decide(reviewed: Reviewed) -> None:
    key = reviewed.cluster(SECRET).key
    reviewed.team.act_as(BEN)
    with pytest.raises(RuleError, match="Only a reviewer or the lead"):
        reviewed.deciding.accept(reviewed.session_id, key)
    reviewed.team.act_as(LEAD)
    reviewed.deciding.accept(reviewed.session_id, key)


def test_taking_all_of_one_tag_is_one_step(reviewed: Reviewed) -> None:
    claim = reviewed.cluster(SECRET).cluster.annotations[0].tag_id
    change = reviewed.deciding.take_all(reviewed.session_id, reviewed.id(BEN), claim)
    assert reviewed.quotes() == [SECRET, ASKED]
    assert len(change.touched("decision")) == 2
    reviewed.team.project.history.undo()
    assert reviewed.quotes() == []


def test_article_that_too_few_have_submitted_says_who_is_waited_for(team: Team) -> None:
    reviewed = begin(team, {BEN: story_markings()[BEN]})
    review = reviewed.deciding.review(reviewed.session_id)
    assert review.waiting_for == {team.article_id: (team.ids[CY],)}
    assert not any(found.unanimous for found in review.clusters)
    reviewed.take(SECRET, BEN)
    assert reviewed.quotes() == [SECRET]


def test_the_final_version_is_changed_only_by_deciding(reviewed: Reviewed) -> None:
    reviewed.take(SECRET, BEN)
    project = reviewed.team.project
    (final,) = reviewed.final().annotations
    with pytest.raises(RuleError, match="belongs to the final version"):
        project.annotations.edit(final.id, note="Mine now.")
    with pytest.raises(RuleError, match="belongs to the final version"):
        project.annotations.delete(final.id)
    theirs = reviewed.cluster(NO_SECRET).cluster.annotations[0]
    with pytest.raises(RuleError, match="belongs to the final version"):
        project.relations.add(theirs.id, final.id, "rebuts")


def test_session_is_decided_once_nothing_is_open_stale_or_left_over(reviewed: Reviewed) -> None:
    reviews, session = reviewed.team.project.reviews, reviewed.session_id
    assert reviews.unfinished(session) == [
        "“Council doubled bridge tolls in secret, ferry owners claim” has 4 undecided passages"
    ]
    for words in (SECRET, ASKED, REGISTER, NO_SECRET):
        reviewed.take(words, BEN)
    assert reviews.unfinished(session) == []
    theirs = reviewed.cluster(REGISTER).cluster.annotations[0]
    reviewed.team.act_as(BEN)
    reviewed.team.project.annotations.delete(theirs.id)
    assert len(reviews.unfinished(session)) == 1
    reviewed.team.act_as(REVIEWER)
    (other,) = reviewed.deciding.review(session).others
    reviewed.deciding.keep(session, other.decision.id)
    assert reviews.unfinished(session) == []


def test_what_another_blind_session_keeps_apart_is_not_reviewed_as_missing(reviewed: Reviewed) -> None:
    team = reviewed.team
    team.act_as(LEAD)
    other = team.project.reviews.create(
        "Second round", articles=[team.article_id], members=[(REVIEWER, "author"), (BEN, "author"), (CY, "reviewer")]
    )
    team.project.reviews.open(other.id)
    team.act_as(REVIEWER)
    with pytest.raises(RuleError, match="kept apart by another blind session"):
        reviewed.clusters()
    with pytest.raises(RuleError, match="kept apart by another blind session"):
        reviewed.deciding.accept_unanimous(reviewed.session_id)


def test_article_about_which_something_was_decided_stays_in_the_session(reviewed: Reviewed) -> None:
    reviewed.take(SECRET, BEN)
    reviews = reviewed.team.project.reviews
    reviewed.team.act_as(LEAD)
    with pytest.raises(RuleError, match="decided about this article"):
        reviews.remove_article(reviewed.session_id, reviewed.team.article_id)
    reviewed.team.act_as(REVIEWER)
    reviewed.team.project.history.undo()
    reviewed.team.act_as(LEAD)
    reviews.remove_article(reviewed.session_id, reviewed.team.article_id)
    assert reviews.overview(reviewed.session_id).articles == ()
