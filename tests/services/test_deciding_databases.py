"""A review is decided alike on every kind of database, and by two reviewers at one server at the same time."""

from __future__ import annotations

from pathlib import Path

from annotator.services.project import create_project, open_project
from annotator.services.review_edits import Writing
from annotator.settings import DeviceMemory
from tests.services.conftest import TEXT, Story
from tests.services.reviewed import ASKED, BEN, CY, LEAD, NO_SECRET, REGISTER, SECRET, Reviewed, begin, story_markings
from tests.services.teams import make_team


def sit_down(story: Story) -> Reviewed:
    """Let the team mark, submit and reveal; the reviewer is writing."""
    return begin(make_team(story), story_markings())


def test_deciding_is_the_same_on_every_kind_of_database(location: str) -> None:
    with create_project(location, name="There", analyst=LEAD) as project:
        reviewed = sit_down(Story(project, project.articles.add_text(TEXT, outlet="The Daily Ferry"), TEXT))
        deciding, session = reviewed.deciding, reviewed.session_id
        reviewed.take(SECRET, CY, reason_code="slip")
        reviewed.take(ASKED, CY)
        deciding.nothing(session, reviewed.cluster(REGISTER).key, comment="No.")
        target = reviewed.cluster(SECRET).final[0].id
        deciding.edit(session, reviewed.cluster(NO_SECRET).key, Writing(links=[(target, "rebuts")]))
        assert reviewed.quotes() == [SECRET, "Nobody asked us", "nobody told us", NO_SECRET]
        assert [relation.kind for relation in reviewed.final().relations] == ["rebuts"]
        project.history.undo()
        project.history.undo()
        assert [found.decided for found in reviewed.clusters()] == [True, True, False, False]
        project.history.redo()
        assert reviewed.cluster(REGISTER).decided
        assert project.care.check().passed
        assert project.minutes.of(session).passages[0].reason == "a slip"


def test_two_reviewers_at_one_server_see_each_other_s_decisions(postgres_location: str, tmp_path: Path) -> None:
    devices = DeviceMemory(tmp_path / "one.json"), DeviceMemory(tmp_path / "two.json")
    with create_project(postgres_location, name="There", analyst=LEAD, memory=devices[0]) as project:
        reviewed = sit_down(Story(project, project.articles.add_text(TEXT), TEXT))
        with open_project(postgres_location, analyst=LEAD, memory=devices[1]) as other:
            key = reviewed.cluster(SECRET).key
            other.deciding.take(reviewed.session_id, key, reviewed.id(BEN))
            assert reviewed.cluster(SECRET).decided
            reviewed.take(SECRET, CY)
            (final,) = [found for found in other.deciding.clusters(reviewed.session_id) if found.key == key]
            assert final.decision is not None
            assert final.decision.taken_from == reviewed.id(CY)
            assert final.earlier == ()
            assert len(final.final) == 1
