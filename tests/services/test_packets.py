"""Review packets: what each member gets, sends and gets back, and that nothing else is in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.annotations import Annotation
from annotator.domain.errors import RuleError
from annotator.formats.exchange.packet import PacketKind
from annotator.formats.exchange.verifying import verify_document
from annotator.services.packet_files import open_packet
from annotator.services.project import Project, open_project
from annotator.settings import DeviceMemory
from tests.services.offices import BEN, CY, LEAD, RAE, Office, office

__all__ = ["office"]


def document(written: Any) -> dict[str, Any]:
    value = json.loads(written.path.read_bytes())
    assert isinstance(value, dict)
    return value


def test_a_task_opens_as_a_project_of_the_receiver_with_what_there_is_to_do(office: Office) -> None:
    written = office.packet(LEAD, BEN)
    assert written.head.kind is PacketKind.TASK
    assert verify_document(written.path.read_bytes()).problems == ()
    ben = office.member(BEN)
    assert (ben.id, ben.name) == (office.lead.id, "The bridge affair")
    assert ben.analyst is not None
    assert ben.analyst.name == BEN
    assert {article.id for article in ben.articles.list()} == set(office.articles)
    assert ben.people.find("the mayor").name == "Ivo Brandt"
    assert [tag.name for tag in ben.codebook.tags()] == [tag.name for tag in office.lead.codebook.tags()]
    assert ben.reviews.get(office.session_id).name == "First round"
    assert len(ben.reviews.members(office.session_id)) == 4


def test_work_brings_the_submitted_layer_and_what_it_needs(office: Office) -> None:
    office.mark(BEN, "Council", people=[("Nora Vale", "speaker")])
    office.mark(BEN, "Not one crown", article=1)
    office.submit(BEN, 0)
    report = office.send(BEN, LEAD)
    assert report.packet is not None
    assert report.packet.kind is PacketKind.WORK
    assert (report.added, report.apart) == ({"submission": 1}, True), "how much it is, is told after the reveal"
    assert report.known["article"] == 2, "the session pins both texts"
    assert passages(office.lead) == 1
    office.submit(BEN, 1)
    office.send(BEN, LEAD)
    assert passages(office.lead) == 2
    assert office.send(BEN, LEAD).nothing_new
    office.mark(BEN, "in secret")
    report = office.send(BEN, LEAD)
    assert (report.added, report.changed, report.apart, report.nothing_new) == ({}, {}, True, False)
    assert passages(office.lead) == 3


def passages(project: Project) -> int:
    with project.context.read(whole=True) as reader:
        return reader.count(Annotation, session_id=None)


def test_return_brings_everything_back_after_the_reveal(office: Office) -> None:
    passage = office.mark(BEN, "Council", people=[("Nora Vale", "speaker")])
    other = office.mark(CY, "Council doubled bridge tolls", "Denial")
    for name in (BEN, CY):
        office.submit(name)
        office.send(name, LEAD)
    office.lead.reviews.reveal(office.session_id)
    written = office.packet(LEAD, CY)
    assert written.head.kind is PacketKind.RETURN
    cy = office.projects[CY]
    cy.packets.take_in(written.path)
    assert {a.id for a in cy.annotations.list()} == {passage.id, other.id}
    assert cy.people.find("Nora Vale").name == "Nora Vale"
    assert cy.reviews.get(office.session_id).revealed


def test_nothing_is_sent_to_nobody_or_before_it_is_there(office: Office) -> None:
    office.member(BEN)
    with pytest.raises(RuleError, match="no article"):
        office.packet(BEN, LEAD)
    with pytest.raises(RuleError, match="lead of the session only"):
        office.packet(BEN, CY)
    with pytest.raises(RuleError, match="yourself"):
        office.packet(LEAD, LEAD)
    office.lead.analysts.add("Zed Null")
    with pytest.raises(RuleError, match="no member"):
        office.packet(LEAD, "Zed Null")
    draft = office.lead.reviews.create("Later", articles=office.articles, members=[(BEN, "author")])
    with pytest.raises(RuleError, match="being prepared"):
        office.lead.packets.write(office.path(), draft.id, receiver=BEN)
    assert RAE in office.ids


def test_several_people_on_one_device_each_write_in_their_own_file(office: Office, tmp_path: Path) -> None:
    memory = DeviceMemory(tmp_path / "shared.json")
    location = office.lead.location
    office.lead.act_as(LEAD)
    written = office.packet(LEAD, BEN)
    office.lead.close()
    with open_project(location, memory=memory) as lead:
        lead.act_as(LEAD)
        with open_packet(written.path, tmp_path / "ben.annotator", memory=memory) as ben:
            assert (named(lead), named(ben)) == (LEAD, BEN)
    with open_project(location, memory=memory) as lead, open_project(ben.location, memory=memory) as ben:
        assert (named(lead), named(ben)) == (LEAD, BEN)


def named(project: Project) -> str:
    assert project.analyst is not None
    return project.analyst.name


def test_the_reviewer_gets_the_layers_after_the_reveal_and_sends_verdicts_and_decisions(office: Office) -> None:
    passage = office.mark(BEN, "Council")
    office.mark(CY, "Council", "Denial")
    for name in (BEN, CY):
        office.submit(name)
        office.send(name, LEAD)
    assert office.packet(LEAD, RAE).counts.get("annotation") is None
    office.lead.reviews.reveal(office.session_id)
    rae = office.member(RAE)
    (found,) = rae.deciding.clusters(office.session_id)
    rae.deciding.vote(office.session_id, found.key, BEN, office.ids[CY])
    rae.deciding.judge(office.session_id, passage.id, "reject", comment="It is denied.")
    rae.deciding.take(office.session_id, found.key, office.ids[CY])
    report = office.send(RAE, LEAD)
    assert report.added == {"annotation": 1, "verdict": 3, "decision": 1}
    final = office.lead.deciding.final(office.session_id).annotations
    assert [a.quote for a in final] == ["Council"]
    office.send(LEAD, BEN)
    ben = office.projects[BEN]
    assert ben.deciding.final(office.session_id).annotations == final
    ben.comments.add(office.articles[0], "Agreed.")
    assert office.send(BEN, LEAD).added == {"comment": 1}


def test_two_who_decide_one_cluster_differently_are_a_conflict_and_both_are_kept(office: Office) -> None:
    office.mark(BEN, "Council")
    for name in (BEN, CY):
        office.submit(name)
        office.send(name, LEAD)
    lead = office.lead
    lead.reviews.reveal(office.session_id)
    rae = office.member(RAE)
    for project, comment in ((rae, "Nobody said so."), (lead, "It is the headline.")):
        (found,) = project.deciding.clusters(office.session_id)
        project.deciding.nothing(office.session_id, found.key, comment=comment)
    report = office.send(RAE, LEAD)
    (conflict,) = report.conflicts
    assert (conflict.entity_type, len(conflict.heads)) == ("decision", 2)
    with lead.context.read() as reader:
        contents = [v.content or b"" for v in reader.versions("decision", conflict.entity_id).values()]
    assert all(any(words in content for content in contents) for words in (b"Nobody said so.", b"It is the headline."))


def test_what_is_taken_back_reaches_the_lead_too(office: Office) -> None:
    office.mark(BEN, "Council")
    office.submit(BEN)
    office.send(BEN, LEAD)
    for article in office.articles:
        office.projects[BEN].submissions.withdraw(office.session_id, article)
    report = office.send(BEN, LEAD)
    assert report.changed == {"submission": 2}
    ben = office.ids[BEN]
    (first, _) = office.lead.reviews.overview(office.session_id).articles
    assert [work.state for work in first.authors if work.analyst_id == ben] == ["working"]


def test_work_on_other_words_than_the_session_has_is_told(office: Office) -> None:
    ben = office.member(BEN)
    text = ben.articles.text(office.articles[0]).text
    ben.articles.correct_text(office.articles[0], text.replace("doubled", "trebled", 1))
    ben.annotations.add(office.articles[0], start=0, end=7, tag="Claim")
    office.submit(BEN)
    report = office.send(BEN, LEAD)
    (other,) = report.text_differs
    assert (other.article_id, other.name, other.passages) == (office.articles[0], "Tolls", 0), (
        "how many is not told yet"
    )
    assert office.lead.articles.text(office.articles[0]).text == text, "what a text is, is the lead's to say"


def test_a_peer_check_goes_there_and_back_without_a_reveal(office: Office) -> None:
    lead = office.lead
    lead.reviews.reveal(office.session_id)
    session = lead.reviews.create(
        "Check", mode="peer_check", articles=office.articles[:1], members=[(BEN, "author"), (LEAD, "reviewer")]
    )
    lead.reviews.open(session.id)
    path = lead.packets.write(office.path(), session.id, receiver=BEN).path
    memory = DeviceMemory(office.folder / "ben.json")
    with open_packet(path, office.folder / "ben.annotator", memory=memory) as ben:
        passage = ben.annotations.add(office.articles[0], start=0, end=7, tag="Claim")
        ben.submissions.submit(session.id, office.articles[0])
        lead.packets.take_in(ben.packets.write(office.path(), session.id, receiver=LEAD).path)
        lead.deciding.judge(session.id, passage.id, "reject", comment="Too short.")
        back = lead.packets.write(office.path(), session.id, receiver=BEN)
        assert back.head.kind is PacketKind.RETURN
        assert ben.packets.take_in(back.path).added == {"verdict": 1}


def test_who_leads_may_change_hands(office: Office) -> None:
    ben = office.member(BEN)
    office.member(CY)
    office.lead.reviews.add_member(office.session_id, RAE, "lead")
    rae = office.member(RAE)
    rae.reviews.remove_member(office.session_id, RAE, "reviewer")
    report = ben.packets.take_in(rae.packets.write(office.path(), office.session_id, receiver=BEN).path)
    assert report.added == {"session_member": 1}
    assert ben.packets.take_in(office.packet(LEAD, BEN).path).nothing_new
