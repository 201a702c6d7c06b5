"""Review packets: what each member gets, sends and gets back, and that nothing else is in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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
    assert report.added == {"annotation": 1, "person": 1, "submission": 1}
    assert report.known["article"] == 2, "the session pins both texts"
    office.submit(BEN, 1)
    assert office.send(BEN, LEAD).added == {"annotation": 1, "submission": 1}
    assert office.send(BEN, LEAD).nothing_new


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
