"""What can be done with a session, by whom, and which step comes next: pure, without a window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.desktop.review.session_steps import Possible, Step, steps_of
from annotator.services.project import Project, open_project
from tests.desktop.review.teams import ANN, BEN, LEAD, RAE, TeamFile, make_team_file


class Team:
    """A team's project, looked at by each member in turn."""

    def __init__(self, made: TeamFile, project: Project) -> None:
        self.made = made
        self.project = project

    def steps(self, who: str, *, writable: bool = True) -> dict[Step, Possible]:
        """Return the steps that a member is shown."""
        self.project.act_as(who)
        overview = self.project.reviews.overview(self.made.session_id)
        found = steps_of(overview, me=self.made.ids[who], writable=writable)
        assert len({one.step for one in found}) == len(found)
        assert all(one.words for one in found)
        return {one.step: one for one in found}

    def next(self, who: str) -> Step | None:
        """Return the step that comes next for a member."""
        steps = [one.step for one in self.steps(who).values() if one.next]
        assert len(steps) <= 1
        return steps[0] if steps else None


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Return a team whose session is being prepared."""
    made = make_team_file(tmp_path / "lead.annotator", opened=False)
    with open_project(str(made.path), analyst=LEAD) as project:
        yield Team(made, project)


def submit(team: Team, who: str, *places: int) -> None:
    team.project.act_as(who)
    for place in places:
        team.project.submissions.submit(team.made.session_id, team.made.articles[place])


def test_a_session_goes_from_step_to_step_for_its_lead(team: Team) -> None:
    reviews, id_ = team.project.reviews, team.made.session_id
    assert team.next(LEAD) is Step.OPEN
    reviews.open(id_)
    assert team.next(LEAD) is Step.SEND
    submit(team, ANN, 0, 1)
    assert team.next(LEAD) is Step.COLLECT
    assert team.steps(LEAD)[Step.REVEAL].words == "2 of 2 articles still wait for authors."
    submit(team, BEN, 0, 1)
    assert team.next(LEAD) is Step.REVEAL
    reviews.reveal(id_)
    assert team.next(LEAD) is Step.CLOSE, "nobody marked anything: nothing is left to decide"
    reviews.close(id_, LEAD)
    assert team.next(LEAD) is Step.MINUTES
    assert Step.REOPEN in team.steps(LEAD)
    assert Step.EDIT not in team.steps(LEAD)


def test_what_cannot_be_done_says_why(team: Team) -> None:
    draft = team.steps(LEAD)
    assert {step for step, one in draft.items() if one.can} == {Step.EDIT, Step.OPEN, Step.DELETE}
    team.project.reviews.open(team.made.session_id)
    sealed = team.steps(LEAD)
    for step in (Step.REVIEW, Step.MEETING, Step.CONCORDANCE, Step.AGREEMENT, Step.CLOSE, Step.MINUTES, Step.CHANGES):
        assert not sealed[step].can
    assert sealed[Step.CLOSE].words.startswith("Reveal it first")


def test_a_session_that_cannot_be_opened_says_what_is_missing(team: Team) -> None:
    team.project.reviews.remove_member(team.made.session_id, BEN)
    step = team.steps(LEAD)[Step.OPEN]
    assert not step.can
    assert "needs 2 authors" in step.words


def test_an_author_sends_when_everything_is_submitted(team: Team) -> None:
    team.project.reviews.open(team.made.session_id)
    assert not team.steps(ANN)[Step.SEND_WORK].can
    submit(team, ANN, 0)
    step = team.steps(ANN)[Step.SEND_WORK]
    assert step.can
    assert step.words.endswith("1 of 2 articles are submitted.")
    assert team.next(ANN) is None
    submit(team, ANN, 1)
    assert team.next(ANN) is Step.SEND_WORK
    assert {Step.REVEAL, Step.CLOSE, Step.EDIT, Step.MATCH, Step.REVIEW} & set(team.steps(ANN)) == set()


def test_a_reviewer_decides_after_the_reveal(team: Team) -> None:
    team.project.reviews.open(team.made.session_id)
    for who in (ANN, BEN):
        team.project.act_as(who)
        team.project.annotations.add(team.made.articles[0], start=0, end=5, tag="Claim")
        submit(team, who, 0, 1)
    assert not team.steps(RAE)[Step.REVIEW].can
    team.project.act_as(LEAD)
    team.project.reviews.reveal(team.made.session_id)
    assert team.next(RAE) is Step.REVIEW
    assert team.steps(RAE)[Step.REVIEW].words == "1 to decide."
    assert team.steps(RAE)[Step.MEETING].can
    assert Step.CLOSE not in team.steps(RAE)


def test_nothing_is_written_in_a_project_that_is_open_for_reading(team: Team) -> None:
    team.project.reviews.open(team.made.session_id)
    steps = team.steps(LEAD, writable=False)
    can = {step for step, one in steps.items() if one.can}
    assert can == {Step.SEND}
