"""The figures of a session: whose work counts, what is kept from the reveal and the close, what is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.domain.agreement import Reason
from annotator.domain.errors import NotFoundError, RuleError, UsageError
from annotator.domain.frozen_figures import thaw
from annotator.domain.measures import Measure
from annotator.domain.reviews import ReviewSession
from annotator.services.agreement import Agreement, finish
from tests.services.conftest import Story
from tests.services.teams import BEN, CY, LEAD, Team, team

__all__ = ["team"]

NOBODY, TOLLS = "Nobody asked us, and nobody told us", "The council doubled the tolls on the Quill bridge in secret"


def read(team: Team, who: str, *marked: tuple[str, str], submit: bool = True) -> None:
    """Let an author mark words with tags, and say that the article is read."""
    team.act_as(who)
    for words, tag in marked:
        team.mark(words, tag)
    if submit:
        team.project.submissions.submit(team.session_id, team.article_id)


def revealed(team: Team) -> Team:
    team.opened()
    read(team, BEN, (TOLLS, "Claim"), (NOBODY, "Claim"), ("There was no secret", "Denial"))
    read(team, CY, (TOLLS + ",", "Claim"), (NOBODY, "Evidence"))
    team.act_as(LEAD)
    team.project.reviews.reveal(team.session_id)
    return team


def value(found: Agreement, measure: Measure) -> float | None:
    number = found.now.whole.figures[measure].value
    return number and round(number, 3)


def test_figures_are_of_what_was_submitted(team: Team) -> None:
    project = revealed(team).project
    found = project.agreement.measure("first round")
    assert found.session is not None
    assert found.session.id == team.session_id
    assert value(found, Measure.SAME_PASSAGE) == 0.8
    assert value(found, Measure.SAME_ENDS) == 0.8
    assert value(found, Measure.TAG_SHARE) == 0.5
    assert found.now.whole.figures[Measure.TAG_KAPPA].reason is Reason.ONE_TAG_BY_ONE
    (pair,) = found.now.pairs
    assert set(found.name(pair).split(", ")) == {BEN, CY}
    assert [found.name(scope) for scope in found.now.articles] == [team.story.article.title]
    assert [found.name(scope) for scope in found.now.tags] == ["Claim", "Denial", "Evidence"]


def test_a_blind_session_has_no_figures_before_the_reveal(team: Team) -> None:
    team.opened()
    read(team, BEN, (TOLLS, "Claim"))
    for who in (LEAD, BEN):
        team.act_as(who)
        with pytest.raises(RuleError, match="has not been revealed"):
            team.project.agreement.measure()


def test_the_figures_of_the_reveal_and_of_the_close_are_kept_as_they_were(team: Team) -> None:
    project = revealed(team).project
    before = project.agreement.measure()
    assert before.at_reveal == before.now
    assert before.at_close is None
    team.act_as(CY)
    team.mark("There was no secret", "Denial")
    changed = project.agreement.measure()
    assert changed.at_reveal == before.now
    assert value(changed, Measure.SAME_PASSAGE) == 1.0
    team.act_as(LEAD)
    project.reviews.close(team.session_id, LEAD, unfinished=True)
    closed = project.agreement.measure()
    assert closed.session is not None
    assert closed.at_close == changed.now == thaw(closed.session.figures_at_close)
    assert closed.at_reveal == before.now


def test_kept_figures_that_cannot_be_read_are_left_out(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    project = revealed(team).project
    with project.context.write() as uow:
        session = uow.get(ReviewSession, team.session_id)
        assert session is not None
        uow.put(replace(session, figures_at_reveal='{"format": 99}'))
        project.context.commit(uow, "From elsewhere")
    found = project.agreement.measure()
    assert found.at_reveal is None
    assert value(found, Measure.SAME_PASSAGE) == 0.8
    assert "cannot be read: ValueError" in caplog.text


def test_work_that_was_not_submitted_or_came_back_does_not_count(team: Team) -> None:
    team.opened()
    read(team, BEN, (TOLLS, "Claim"))
    read(team, CY, (TOLLS, "Claim"), submit=False)
    team.act_as(LEAD)
    project = team.project
    project.reviews.reveal(team.session_id)
    found = project.agreement.measure()
    assert {figure.reason for figure in found.now.whole.figures.values()} == {Reason.ONE_ANALYST}
    assert len(found.now.left_out) == 1
    read(team, CY)
    assert value(project.agreement.measure(), Measure.SAME_PASSAGE) == 1.0
    team.act_as(LEAD)
    project.submissions.send_back(team.session_id, team.article_id, team.ids[CY], "Read it again.")
    assert value(project.agreement.measure(), Measure.SAME_PASSAGE) is None


def test_the_same_new_person_of_two_counts_once_they_are_merged(team: Team) -> None:
    team.opened()
    made = []
    for who in (BEN, CY):
        team.act_as(who)
        made.append(team.project.people.add(f"Tess Marlow of {who}"))
        team.mark(TOLLS, "Claim", people=[(made[-1], "speaker")])
        team.project.submissions.submit(team.session_id, team.article_id)
    team.act_as(LEAD)
    team.project.reviews.reveal(team.session_id)
    assert value(team.project.agreement.measure(), Measure.SAME_PEOPLE) == 0.0
    team.project.people.merge(made[1].id, made[0].id)
    assert value(team.project.agreement.measure(), Measure.SAME_PEOPLE) == 1.0


def test_hidden_names_stay_hidden_until_the_close(team: Team) -> None:
    team.project.reviews.edit(team.session_id, hide_names=True)
    project = revealed(team).project
    found = project.agreement.measure()
    assert found.names_hidden
    assert found.pairs(found.now) == ()
    assert found.name(found.now.whole) == ""
    ids = found.now.whole.figures[Measure.SAME_PASSAGE].ids
    behind = project.agreement.passages(ids, found.session)
    assert {row.analyst for row in behind} == {"Analyst A", "Analyst B"}
    assert [row.annotation.start for row in behind] == sorted(row.annotation.start for row in behind)
    project.reviews.close(team.session_id, LEAD, unfinished=True)
    closed = project.agreement.measure()
    assert len(closed.pairs(closed.now)) == 1
    assert {row.analyst for row in project.agreement.passages(ids, closed.session)} == {BEN, CY}


def test_a_project_without_sessions_compares_who_marked_something(story: Story) -> None:
    story.mark(TOLLS)
    story.project.act_as("Ben Cole", create=True)
    story.mark(TOLLS)
    found = story.project.agreement.measure()
    assert found.session is None
    assert value(found, Measure.SAME_PASSAGE) == 1.0
    with pytest.raises(NotFoundError, match="no review session “Spring”"):
        story.project.agreement.measure("Spring")


def test_one_of_several_sessions_must_be_named(team: Team) -> None:
    second = team.project.reviews.create("Second round", articles=[team.article_id], blind=False)
    with pytest.raises(UsageError, match=r"“First round”.*“Second round”"):
        team.project.agreement.measure()
    assert team.project.agreement.measure(second.id).session == second


def test_progress_is_told_and_can_stop_the_work(team: Team) -> None:
    project = revealed(team).project
    told: list[tuple[int, int]] = []
    finish(project.agreement.steps(), lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3)]

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        finish(project.agreement.steps(), stop)
