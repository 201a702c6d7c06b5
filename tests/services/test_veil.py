"""What a sealed session keeps apart: from whom, since when, at what cost, and that nothing but a reveal shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.entities import ENTITIES
from annotator.domain.entity import field_specs
from annotator.domain.errors import ConflictError, NotFoundError, RuleError
from annotator.domain.people import Person
from annotator.domain.points import Point
from annotator.domain.reviews import SessionMember, SubmissionState
from annotator.services.project import Project, create_project, open_project
from annotator.store.veil import shadows
from tests.services.conftest import TEXT
from tests.services.offices import Office, office
from tests.services.teams import BEN, CY, LEAD, REVIEWER, Team, team

__all__ = ["office", "team"]


@contextmanager
def statements(project: Project) -> Iterator[list[str]]:
    """Give the list to which every statement is added."""
    log: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            log.append(statement)

    engine = project.context.database._connections.engine
    event.listen(engine, "before_cursor_execute", note)
    yield log
    event.remove(engine, "before_cursor_execute", note)


def notes(project: Project) -> set[str]:
    return {annotation.note for annotation in project.annotations.list()}


def worked(team: Team) -> Project:
    """Open the session, let both authors mark a passage each, and return the project with the lead writing."""
    project = team.opened()
    for name in (BEN, CY):
        team.act_as(name)
        team.mark("Council", note=name)
    team.act_as(LEAD)
    return project


def test_every_entity_that_tells_of_a_layer_is_behind_the_veil() -> None:
    veiled = {shadow.name for shadow in shadows("sqlite")}
    telling = {
        cls.TYPE
        for cls in ENTITIES
        for spec in field_specs(cls)
        for part in ((spec,) if spec.part is None else field_specs(spec.part))
        if part.name == "analyst_id" or part.ref == Annotation.TYPE
    }
    assert telling - veiled == {SessionMember.TYPE}, "who takes part is no secret"
    assert {Person.TYPE, Point.TYPE, "version", "change", "search_entry", "other_head"} <= veiled


def test_reads_cost_no_statement_more_while_nothing_is_sealed(team: Team) -> None:
    project = team.project
    team.mark("Council")

    def opening() -> list[str]:
        with statements(project) as log:
            project.on_screen.article(team.article_id)
        return log

    plain = opening()
    assert len(plain) == 4
    project.reviews.open(team.session_id)
    opening()
    sealed = opening()
    assert len(sealed) == 4, "the seals are known"
    assert all(statement.startswith("WITH veil_layer") for statement in sealed)
    project.reviews.reveal(team.session_id)
    opening()
    assert opening() == plain


def test_each_sees_the_own_layer_and_who_is_no_author_none_of_theirs(team: Team) -> None:
    team.mark("Mayor", note=LEAD)
    project = worked(team)
    assert notes(project) == {LEAD}
    for name, seen in ((BEN, {BEN}), (CY, {CY}), (REVIEWER, {LEAD})):
        team.act_as(name)
        assert notes(project) == seen
    team.act_as(LEAD)
    project.reviews.reveal(team.session_id)
    for name in (LEAD, BEN, CY, REVIEWER):
        team.act_as(name)
        assert notes(project) == {LEAD, BEN, CY}


def test_articles_outside_the_session_are_seen_by_all(team: Team) -> None:
    other = team.project.articles.add_text("Another text.", title="Other")
    worked(team)
    team.act_as(BEN)
    team.project.annotations.add(other.id, start=0, end=7, tag="Claim", note="outside")
    team.act_as(CY)
    assert notes(team.project) == {CY, "outside"}


def test_what_is_shown_together_with_a_sealed_article_is_kept_apart_too(team: Team) -> None:
    copy = team.project.articles.add_text(TEXT, title="The same again", allow_duplicate=True)
    project = team.opened()
    team.act_as(BEN)
    project.annotations.add(copy.id, start=0, end=7, tag="Claim", note="on the copy")
    team.act_as(CY)
    assert notes(project) == {"on the copy"}
    project.articles.merge(copy.id, team.article_id)
    assert notes(project) == set()
    assert project.articles.summaries()[0].total == 0


@pytest.mark.parametrize(
    "act",
    [
        lambda team: team.project.reviews.remove_article(team.session_id, team.article_id),
        lambda team: team.project.reviews.remove_member(team.session_id, BEN),
        lambda team: team.project.reviews.remove_member(team.session_id, CY, "author"),
    ],
)
def test_nothing_but_the_reveal_shows_what_is_kept_apart(team: Team, act: Callable[[Team], object]) -> None:
    project = worked(team)
    with pytest.raises(RuleError, match="keeps apart until it is revealed"):
        act(team)
    assert notes(project) == set()


def test_opening_cannot_be_undone_once_there_is_work(team: Team) -> None:
    project = team.opened()
    assert project.history.undo().label == "Undo Open session First round"
    project.history.redo()
    worked_before = project.history.undo_label()
    for name in (BEN, CY):
        team.act_as(name)
        team.mark("Council", note=name)
    team.act_as(LEAD)
    assert project.history.undo_label() == worked_before
    with pytest.raises(RuleError, match="keeps apart until it is revealed"):
        project.history.undo()
    assert notes(project) == set()


def test_author_who_has_marked_nothing_may_go(team: Team) -> None:
    project = team.opened()
    team.project.reviews.add_member(team.session_id, REVIEWER, "author")
    team.act_as(BEN)
    team.mark("Council", note=BEN)
    team.act_as(LEAD)
    project.reviews.remove_member(team.session_id, REVIEWER, "author")
    team.act_as(REVIEWER)
    assert notes(project) == set(), "who is no author any more sees no author's layer"


def test_entries_made_since_the_opening_are_proposed_and_earlier_ones_are_shared(team: Team) -> None:
    project = team.project
    team.act_as(BEN)
    project.people.add("Before Opening")
    worked(team)
    team.act_as(BEN)
    project.people.add("Since Opening")
    project.points.add("A point since the opening.")
    assert {p.name for p in project.people.list()} == {"Before Opening", "Since Opening"}
    for name in (CY, LEAD):
        team.act_as(name)
        assert {p.name for p in project.people.list()} == {"Before Opening"}
        assert project.points.list() == []
        with pytest.raises(NotFoundError):
            project.people.find("Since Opening")
    team.act_as(LEAD)
    project.reviews.reveal(team.session_id)
    assert {p.name for p in project.people.list()} == {"Before Opening", "Since Opening"}


def test_shared_entry_that_leads_to_a_proposed_one_is_told_as_it_was(team: Team) -> None:
    project = team.project
    quill = project.people.add("Dora Quill")
    worked(team)
    team.act_as(BEN)
    proposed = project.people.add("Owners Unheard Of", kind="organisation")
    project.people.edit(quill.id, affiliation=proposed.id)
    team.act_as(LEAD)
    assert project.people.get(quill.id).affiliation_id is None
    assert len(project.history.of("person", quill.id)) == 1
    exported = project.exchange.export(with_journal=True)
    assert proposed.id not in repr(exported)
    assert "Unheard" not in repr(exported)
    assert project.verify.run().passed
    assert project.care.check().passed
    project.reviews.reveal(team.session_id)
    assert project.people.get(quill.id).affiliation_id == proposed.id


def test_what_hidden_work_needs_is_not_deleted_and_nothing_is_told_of_it(team: Team) -> None:
    project = team.project
    quill = project.people.add("Dora Quill")
    project.codebook.add("Rumour", kind="claim")
    project.reviews.open(team.session_id)
    team.act_as(BEN)
    team.mark("Council", "Rumour", people=[(quill.id, "speaker")], note="hidden")
    team.act_as(LEAD)
    deletions: tuple[Callable[[], object], ...] = (
        lambda: project.people.delete(quill.id),
        lambda: project.codebook.delete(project.codebook.find("Rumour").id),
        lambda: project.articles.delete(team.article_id),
    )
    for delete in deletions:
        with pytest.raises(RuleError) as raised:
            delete()
        told = str(raised.value)
        assert "Council" not in told
        assert not any(digit in told for digit in "0123456789")


def test_lead_takes_back_what_was_returned_while_it_is_kept_apart(team: Team) -> None:
    project = worked(team)
    team.act_as(BEN)
    project.submissions.submit(team.session_id, team.article_id)
    team.act_as(LEAD)
    project.submissions.send_back(team.session_id, team.article_id, team.ids[BEN], "By mistake?")
    project.history.undo()
    team.act_as(BEN)
    said = project.submissions.get(team.session_id, team.article_id)
    assert said is not None
    assert (said.state, said.count) == (SubmissionState.SUBMITTED, 1)
    team.act_as(LEAD)
    project.history.redo()
    team.act_as(BEN)
    project.submissions.submit(team.session_id, team.article_id)
    team.act_as(LEAD)
    with pytest.raises(ConflictError, match="work that you do not see yet") as raised:
        project.history.undo()
    assert "Submit" not in str(raised.value)


def test_window_that_only_reads_follows_what_another_one_opens(team: Team) -> None:
    project = team.project
    team.act_as(BEN)
    team.mark("Council", note=BEN)
    team.act_as(LEAD)
    with open_project(project.location, analyst=CY, read_only=True, wait=0.0) as reading:
        assert notes(reading) == {BEN}
        project.reviews.open(team.session_id)
        assert notes(reading) == set()
        project.reviews.reveal(team.session_id)
        assert notes(reading) == {BEN}


def test_change_sets_that_a_merge_announces_name_nothing_hidden(office: Office) -> None:
    office.mark(BEN, "Council", note="sees a plot", people=[("Zoltan Quux", "speaker")])
    office.submit(BEN)
    heard: list[ChangeSet] = []
    office.lead.subscribe(heard.append)
    office.send(BEN, LEAD)
    assert heard
    assert "plot" not in repr(heard)
    assert "Quux" not in repr(heard)


def test_same_on_each_kind_of_database(location: str) -> None:
    with create_project(location, name="Tolls", analyst=LEAD) as project:
        article = project.articles.add_text(TEXT, title="Tolls")
        quill = project.people.add("Dora Quill")
        for name in (BEN, CY, REVIEWER):
            project.analysts.add(name)
        session = project.reviews.create(
            "First round", articles=[article.id], members=[(BEN, "author"), (CY, "author"), (REVIEWER, "reviewer")]
        )
        project.reviews.open(session.id)
        project.act_as(BEN)
        unheard = project.people.add("Zelda Unheard", kind="organisation")
        project.people.edit(quill.id, affiliation=unheard.id)
        one = project.annotations.add(
            article.id, start=0, end=7, tag="Claim", people=[(unheard, "speaker")], note="plot"
        )
        two = project.annotations.add(article.id, start=8, end=15, tag="Claim")
        relation = project.relations.add(one.id, two.id, "supports")
        project.comments.add(article.id, "plotted", annotation_id=one.id)
        project.submissions.submit(session.id, article.id)
        project.act_as(CY)
        project.annotations.add(article.id, start=16, end=22, tag="Denial", note="mine")
        everything = repr(
            [
                project.annotations.list(),
                project.on_screen.article(article.id),
                project.passages.query(),
                project.passages.brief(),
                project.relations.list(),
                project.comments.list(),
                project.people.list(),
                project.people.usage(),
                project.history.recent(),
                project.history.of("person", quill.id),
                project.search.find("plot"),
                project.search.find("Zelda"),
                project.stats.summary(),
                project.exchange.export(with_journal=True),
                project.loose_ends.list(),
                project.conflicts.list(),
            ]
        )
        for hidden in (one.id, two.id, relation.id, unheard.id, "plot", "Unheard"):
            assert hidden not in everything
        assert notes(project) == {"mine"}
        project.act_as(LEAD)
        project.reviews.reveal(session.id)
        assert notes(project) == {"mine", "plot", ""}
        assert project.search.find("Zelda")
