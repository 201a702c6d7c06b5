"""What a review leaves in an export: all of it by default, only what was decided with the state “final”."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator.domain.passages import PassageFilter
from annotator.services.project import create_project
from annotator.services.verify import verify_file
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
    reviewed,
    team,
)

__all__ = ["reviewed", "team"]


def decide(reviewed: Reviewed) -> None:
    deciding, session = reviewed.deciding, reviewed.session_id
    reviewed.take(SECRET, CY, comment="The council is accused.")
    reviewed.take(NO_SECRET, BEN)
    deciding.nothing(session, reviewed.cluster(REGISTER).key, reason_code="slip")
    deciding.park(session, reviewed.cluster(ASKED).key, "One passage or two?")
    deciding.vote(session, reviewed.cluster(ASKED).key, BEN, reviewed.id(CY))
    reviewed.team.project.comments.add(reviewed.team.article_id, "Was it denied before?")


def passages_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [passage for article in document["articles"] for passage in article["annotations"]]


def test_default_export_has_layers_verdicts_decisions_comments_and_the_final_version(reviewed: Reviewed) -> None:
    decide(reviewed)
    document = reviewed.team.project.exchange.export()
    states = [passage["review_state"] for passage in passages_of(document)]
    assert (states.count("unreviewed"), states.count("final")) == (8, 2)
    assert {d["outcome"] for d in document["decisions"]} == {"take", "nothing", "parked"}
    assert len(document["verdicts"]) == 3
    assert [comment["text"] for comment in document["comments"]] == ["Was it denied before?"]
    assert [r["session_id"] for r in document["relations"]].count(reviewed.session_id) == 1


def test_final_export_has_only_what_was_decided_and_verifies(reviewed: Reviewed, tmp_path: Path) -> None:
    decide(reviewed)
    path = tmp_path / "final.json"
    project = reviewed.team.project
    project.exchange.write(path, state="final")
    document = project.exchange.export(state="final")
    assert {passage["quote"] for passage in passages_of(document)} == {SECRET, NO_SECRET}
    assert {passage["session_id"] for passage in passages_of(document)} == {reviewed.session_id}
    (relation,) = document["relations"]
    assert {relation["source_id"], relation["target_id"]} == {passage["id"] for passage in passages_of(document)}
    assert (document["decisions"], document["verdicts"]) == ([], []), "they tell of the layers"
    verified = verify_file(path)
    assert verified.passed
    assert verified.counted.quotes == 2
    project.exchange.write(path, state="final", profile="client")
    assert verify_file(path).passed


def test_final_version_of_one_session_is_exported_without_that_of_another(reviewed: Reviewed) -> None:
    reviewed.take(SECRET, CY)
    team, project = reviewed.team, reviewed.team.project
    team.act_as(LEAD)
    members = [(BEN, "author"), (REVIEWER, "reviewer")]
    second = project.reviews.create("Again", mode="peer_check", articles=[team.article_id], members=members)
    project.reviews.open(second.id)
    team.act_as(BEN)
    project.submissions.submit(second.id, team.article_id)
    team.act_as(REVIEWER)
    project.deciding.accept_unanimous(second.id)
    assert len(passages_of(project.exchange.export(state="final"))) == 5
    for session, number in ((reviewed.session_id, 1), ("Again", 4)):
        assert len(passages_of(project.exchange.export(state="final", session=session))) == number


def test_reviewer_s_layer_has_no_passage_of_the_final_version(reviewed: Reviewed) -> None:
    decide(reviewed)
    project = reviewed.team.project
    own = reviewed.team.mark("Mayor Ivo Brandt denied it", "Denial")
    document = project.exchange.export(analyst=REVIEWER)
    assert [passage["id"] for passage in passages_of(document)] == [own.id]
    assert document["relations"] == []


def test_search_finds_the_passages_of_the_layers_and_not_those_made_of_them(reviewed: Reviewed) -> None:
    def found() -> int:
        return len([hit for hit in reviewed.team.project.search.find("secret") if hit.entity_type == "annotation"])

    before = found()
    decide(reviewed)
    assert before == found() == 4
    assert reviewed.team.project.care.check().passed


def test_what_is_taken_back_is_not_exported_as_final(reviewed: Reviewed) -> None:
    reviewed.take(SECRET, CY)
    reviewed.deciding.withdraw(reviewed.session_id, reviewed.cluster(SECRET).key)
    assert passages_of(reviewed.team.project.exchange.export(state="final")) == []


def test_review_comes_whole_to_another_file(reviewed: Reviewed, tmp_path: Path) -> None:
    decide(reviewed)
    project = reviewed.team.project
    document = project.exchange.export(with_journal=True)
    with create_project(tmp_path / "other.annotator", name="Other", analyst="Rae Voss") as other:
        other.exchange.merge(document)
        there = other.deciding.review(reviewed.session_id)
        here = reviewed.deciding.review(reviewed.session_id)
        assert there.clusters == here.clusters
        assert other.deciding.final(reviewed.session_id) == reviewed.final()
        assert other.minutes.of(reviewed.session_id).passages == project.minutes.of(reviewed.session_id).passages
        assert {**other.exchange.export(with_journal=True), "exported_at": "", "fingerprint": ""} == {
            **document,
            "exported_at": "",
            "fingerprint": "",
        }


def test_reviewer_who_decides_alike_on_two_devices_makes_one_passage_and_no_conflict(
    reviewed: Reviewed, tmp_path: Path
) -> None:
    project = reviewed.team.project
    before = project.exchange.export(with_journal=True)
    with create_project(tmp_path / "other.annotator", name="Other", analyst=REVIEWER) as other:
        other.exchange.merge(before)
        other.context.device = "another device"
        for deciding in (other.deciding, reviewed.deciding):
            deciding.take(reviewed.session_id, reviewed.cluster(SECRET).key, reviewed.id(CY))
            deciding.accept_unanimous(reviewed.session_id)
        project.exchange.merge(other.exchange.export(with_journal=True))
    assert reviewed.quotes() == [SECRET, NO_SECRET]
    assert project.conflicts.list() == []
    assert len(project.history.of("decision", reviewed.cluster(SECRET).decision.id)) == 2  # type: ignore[union-attr]


def test_reviewers_who_decide_otherwise_meet_in_one_conflict(reviewed: Reviewed, tmp_path: Path) -> None:
    project = reviewed.team.project
    before = project.exchange.export(with_journal=True)
    with create_project(tmp_path / "other.annotator", name="Other", analyst="Ann Bell") as other:
        other.exchange.merge(before)
        other.act_as("Ann Bell")
        key = reviewed.cluster(SECRET).key
        other.deciding.take(reviewed.session_id, key, reviewed.id(BEN))
        reviewed.take(SECRET, CY)
        project.exchange.merge(other.exchange.export(with_journal=True))
    found = reviewed.cluster(SECRET)
    assert (found.contested, found.decided) == (True, False)
    assert len(reviewed.quotes()) == 1
    reviewed.take(SECRET, BEN)
    assert reviewed.cluster(SECRET).decided
    assert project.conflicts.list() == [], "deciding again ends it"


def test_article_that_was_merged_into_another_is_decided_and_exported_all_the_same(
    reviewed: Reviewed, tmp_path: Path
) -> None:
    project, team = reviewed.team.project, reviewed.team
    twin = project.articles.add_text(team.story.text, title="The same again", allow_duplicate=True)
    project.articles.merge(team.article_id, twin.id)
    assert {found.article_id for found in reviewed.clusters()} == {twin.id}
    decide(reviewed)
    assert project.verify.run().passed
    assert project.care.check().passed
    for state in ("", "final"):
        path = tmp_path / f"{state}.json"
        project.exchange.write(path, state=state)
        assert verify_file(path).passed
    assert [found.annotation.quote for found in project.passages.query(PassageFilter(final=True))] == [
        SECRET,
        NO_SECRET,
    ]
    assert project.minutes.of(reviewed.session_id).articles[0].title == "The same again"
