"""Review sessions as their lead meets them: prepared, opened, revealed, closed, opened again."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.errors import ConflictError, NotFoundError, RuleError
from annotator.domain.reviews import (
    MemberRole,
    ReviewSession,
    SessionArticle,
    SessionMember,
    SessionMode,
    SessionState,
    SubmissionState,
)
from annotator.domain.session_states import ArticleState, WorkState
from annotator.domain.versions import content_of
from annotator.services.project import Project
from tests.services.conftest import TEXT, Story
from tests.services.teams import Team, team

__all__ = ["team"]


def test_who_prepares_a_session_leads_it(team: Team) -> None:
    overview = team.project.reviews.overview(team.session_id)
    assert overview.mine == {MemberRole.LEAD}
    assert {member.name: set(member.roles) for member in overview.members} == {
        "Ann Bell": {MemberRole.LEAD},
        "Ben Cole": {MemberRole.AUTHOR},
        "Cy Dahl": {MemberRole.AUTHOR},
        "Rae Voss": {MemberRole.REVIEWER},
    }


def test_opening_pins_the_texts_and_keeps_the_codebook(team: Team) -> None:
    project = team.project
    before = project.articles.get(team.article_id).current_text_id
    project.reviews.open(team.session_id)
    project.articles.correct_text(team.article_id, TEXT.replace("doubled", "raised"))
    (held,) = project.reviews.overview(team.session_id).articles
    assert held.text_id == before != project.articles.get(team.article_id).current_text_id
    codebook = json.loads(project.reviews.get(team.session_id).codebook)
    assert {tag["name"] for tag in codebook} == {tag.name for tag in project.codebook.tags()}


def test_authors_submit_withdraw_and_get_work_back(team: Team) -> None:
    project = team.opened()
    team.act_as("Ben Cole")
    team.mark("Council")
    assert project.submissions.submit(team.session_id, team.article_id).count == 1
    assert project.submissions.withdraw(team.session_id, team.article_id).state is SubmissionState.WITHDRAWN
    assert project.submissions.submit(team.session_id, team.article_id).count == 1
    with pytest.raises(RuleError, match="reviewer"):
        project.submissions.send_back(team.session_id, team.article_id, team.ids["Ben Cole"], "Read it again.")
    team.act_as("Rae Voss")
    back = project.submissions.send_back(team.session_id, team.article_id, team.ids["Ben Cole"], " Read it again. ")
    assert (back.state, back.reason) == (SubmissionState.RETURNED, "Read it again.")
    team.act_as("Ben Cole")
    (held,) = project.reviews.overview(team.session_id).articles
    work = next(work for work in held.authors if work.analyst_id == team.ids["Ben Cole"])
    assert (work.state, work.reason) == (WorkState.RETURNED, "Read it again.")


def test_only_an_author_submits(team: Team) -> None:
    team.opened()
    for who in ("Ann Bell", "Rae Voss"):
        team.act_as(who)
        with pytest.raises(RuleError, match="author"):
            team.project.submissions.submit(team.session_id, team.article_id)


def test_only_the_lead_leads(team: Team) -> None:
    reviews = team.project.reviews
    team.act_as("Rae Voss")
    acts: tuple[Callable[[], object], ...] = (
        lambda: reviews.open(team.session_id),
        lambda: reviews.edit(team.session_id, name="Mine now"),
        lambda: reviews.add_member(team.session_id, "Rae Voss", "lead"),
        lambda: reviews.remove_article(team.session_id, team.article_id),
        lambda: reviews.delete(team.session_id),
    )
    for act in acts:
        with pytest.raises(RuleError, match="Only the lead"):
            act()


def test_lead_of_a_blind_session_is_no_author(team: Team) -> None:
    with pytest.raises(RuleError, match="cannot be one of its authors"):
        team.project.reviews.add_member(team.session_id, "Ann Bell", "author")
    team.project.reviews.edit(team.session_id, blind=False)
    team.project.reviews.add_member(team.session_id, "Ann Bell", "author")
    with pytest.raises(RuleError, match="cannot be one of its authors"):
        team.project.reviews.edit(team.session_id, blind=True)


def test_overview_tells_what_happened_until_the_reveal_and_no_counts(team: Team) -> None:
    project = team.opened()
    team.act_as("Ben Cole")
    team.mark("Council")
    project.submissions.submit(team.session_id, team.article_id)
    team.act_as("Ann Bell")
    (held,) = project.reviews.overview(team.session_id).articles
    assert (held.state, held.submitted, held.required, held.clusters) == (ArticleState.WAITING, 1, 2, None)
    assert [(work.state, work.count) for work in held.authors] == [
        (WorkState.SUBMITTED, None) if work.analyst_id == team.ids["Ben Cole"] else (WorkState.WORKING, None)
        for work in held.authors
    ]
    team.act_as("Cy Dahl")
    (held,) = project.reviews.overview(team.session_id).articles
    assert (held.submitted, held.clusters) == (None, None)
    assert {work.state for work in held.authors if work.analyst_id != team.ids["Cy Dahl"]} == {None}
    project.submissions.submit(team.session_id, team.article_id)
    team.act_as("Ann Bell")
    assert project.reviews.overview(team.session_id).articles[0].state is ArticleState.READY
    project.reviews.reveal(team.session_id)
    (held,) = project.reviews.overview(team.session_id).articles
    assert (held.clusters, held.decided, sorted(work.count or 0 for work in held.authors)) == (1, 0, [0, 1])


def test_reveal_close_and_reopen_are_not_undone_and_are_saved_before(team: Team) -> None:
    project = team.opened()
    for who in ("Ben Cole", "Cy Dahl"):
        team.act_as(who)
        project.submissions.submit(team.session_id, team.article_id)
    team.act_as("Ann Bell")
    with pytest.raises(RuleError, match="not revealed"):
        project.reviews.close(team.session_id, "Ann Bell")
    project.reviews.reveal(team.session_id)
    assert project.history.undo_label() is None
    with pytest.raises(ConflictError, match="nothing to undo"):
        project.history.undo()
    with pytest.raises(RuleError, match="signature"):
        project.reviews.close(team.session_id, " ")
    project.reviews.close(team.session_id, "Ann Bell")
    closed = project.reviews.get(team.session_id)
    assert (closed.state, closed.signed_by) == (SessionState.CLOSED, "Ann Bell")
    assert project.reviews.overview(team.session_id).articles[0].state is ArticleState.FINAL
    with pytest.raises(RuleError, match="reason"):
        project.reviews.reopen(team.session_id, "")
    project.reviews.reopen(team.session_id, "A source took it back.")
    again = project.reviews.get(team.session_id)
    assert (again.state, again.revealed, again.reason) == (SessionState.OPEN, True, "A source took it back.")
    assert [backup.why for backup in project.care.backups()] == ["reopen", "close", "reveal"]


def test_close_says_what_is_not_decided(team: Team) -> None:
    project = team.opened()
    team.act_as("Ben Cole")
    team.mark("Council")
    project.submissions.submit(team.session_id, team.article_id)
    team.act_as("Cy Dahl")
    project.submissions.submit(team.session_id, team.article_id)
    team.act_as("Ann Bell")
    project.reviews.reveal(team.session_id)
    with pytest.raises(RuleError, match="1 undecided passage"):
        project.reviews.close(team.session_id, "Ann Bell")
    project.reviews.close(team.session_id, "Ann Bell", unfinished=True)
    assert project.reviews.overview(team.session_id).articles[0].state is ArticleState.READY


def test_undo_takes_other_acts_of_the_lead_back(team: Team) -> None:
    reviews = team.project.reviews
    reviews.add_member(team.session_id, "Rae Voss", "author")
    reviews.edit(team.session_id, name="Second round", required_authors=3)
    team.project.history.undo()
    team.project.history.undo()
    assert reviews.get(team.session_id).name == "First round"
    assert all(
        member.roles == {MemberRole.REVIEWER}
        for member in reviews.overview(team.session_id).members
        if member.name == "Rae Voss"
    )
    team.project.history.redo()
    team.project.history.redo()
    assert reviews.get(team.session_id).required_authors == 3


def test_peer_check_needs_one_author_and_hides_nothing(story: Story) -> None:
    project: Project = story.project
    project.analysts.add("Ben Cole")
    session = project.reviews.create(
        "Check", mode=SessionMode.PEER_CHECK, articles=[story.article.id], members=[("Ben Cole", "reviewer")]
    )
    assert (session.required_authors, session.blind) == (1, False)
    with pytest.raises(RuleError, match="own work"):
        project.reviews.add_member(session.id, "Ben Cole", "author")
    project.reviews.add_member(session.id, "Ann Bell", "author")
    project.reviews.open(session.id)
    assert not project.reviews.get(session.id).sealed


ACTS: dict[str, Callable[[Team], object]] = {
    "rename": lambda team: team.project.reviews.edit(team.session_id, name="Another name"),
    "need one more": lambda team: team.project.reviews.edit(
        team.session_id, required_authors=team.project.reviews.get(team.session_id).required_authors + 1
    ),
    "not blind": lambda team: team.project.reviews.edit(team.session_id, blind=False),
    "add author": lambda team: team.project.reviews.add_member(team.session_id, "Rae Voss", "author"),
    "remove author": lambda team: team.project.reviews.remove_member(team.session_id, "Rae Voss", "author"),
    "add lead": lambda team: team.project.reviews.add_member(team.session_id, "Rae Voss", "lead"),
    "remove reviewer": lambda team: team.project.reviews.remove_member(team.session_id, "Rae Voss", "reviewer"),
    "add article": lambda team: team.project.reviews.add_article(team.session_id, team.project.articles.list()[-1].id),
    "remove article": lambda team: team.project.reviews.remove_article(team.session_id, team.article_id),
    "open": lambda team: team.project.reviews.open(team.session_id),
    "delete": lambda team: team.project.reviews.delete(team.session_id),
    "prepare another": lambda team: team.project.reviews.create("Second round", articles=[team.article_id]),
}


def _told(team: Team) -> object:
    """Return all that there is to say of the sessions, without stamps."""
    with team.project.context.read() as reader:
        found = [
            content_of(replace(entity, created_at=""))
            for cls in (ReviewSession, SessionMember, SessionArticle)
            for entity in reader.all(cls)
        ]
    return sorted(found)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=6))
def test_undo_goes_back_through_the_acts_of_a_lead_and_redo_forward(team: Team, names: list[str]) -> None:
    project, base = team.project, team.project.history.undo_label()
    states = [_told(team)]
    for name in names:
        with suppress(RuleError, ConflictError, NotFoundError):
            ACTS[name](team)
        if _told(team) != states[-1]:
            states.append(_told(team))
    for expected in reversed(states[:-1]):
        project.history.undo()
        assert _told(team) == expected
    assert project.history.undo_label() == base
    for expected in states[1:]:
        project.history.redo()
        assert _told(team) == expected
    for _ in states[1:]:
        project.history.undo()
