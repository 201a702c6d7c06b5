"""Until the reveal neither a packet nor a project made of one has anything of another's layer; sealed says nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from annotator.domain.annotations import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.people import Person
from annotator.domain.reviews import Submission
from annotator.formats.exchange.packet import PacketKind
from annotator.formats.exchange.writing import fingerprint, to_bytes
from annotator.services.points import NewPoint
from tests.services.offices import BEN, CY, LEAD, RAE, Office, office

__all__ = ["office"]

SECRETS = ("Zoltan Quux", "Quuxling", "sees a plot", "Plotters plotted", "Innuendo", "the Fox of Quill", "Why this?")
"""Words that only Ben ever wrote."""


@pytest.fixture
def collected(office: Office) -> Office:
    """Return a team whose lead has all that Ben could leave anywhere, and Cy nothing yet."""
    ben = office.member(BEN)
    ben.codebook.add("Innuendo")
    one = office.mark(BEN, "Council", "Innuendo", people=[("Zoltan Quux", "speaker")], note="sees a plot")
    two = office.mark(BEN, "Nobody asked us", "Denial")
    ben.annotations.add_point(one.id, NewPoint("Plotters plotted"), "asserts")
    ben.relations.add(two.id, one.id, "rebuts")
    ben.comments.add(office.articles[0], "Why this?")
    ben.people.add("Quuxling", kind="group")
    ben.people.edit(ben.people.find("Ivo Brandt").id, aliases=["the mayor", "the Fox of Quill"])
    ben.annotations.delete([office.mark(BEN, "Tess Marlow").id])
    office.submit(BEN)
    office.send(BEN, LEAD)
    lead = office.lead
    with lead.context.read(whole=True) as reader:
        ids = {person.name: person.id for person in reader.all(Person)}
    lead.people.edit(ids["Ivo Brandt"], position="Mayor")
    lead.matching.accept([(lead.people.add("Z. Quux").id, ids["Zoltan Quux"])])
    lead.matching.accept([(ids["Quuxling"], lead.people.add("The plotters", kind="group").id)])
    lead.history.undo()
    return office


def of_ben(office: Office) -> set[str]:
    """Return the ids, hashes and changes of everything that Ben wrote, as the lead has it."""
    ben = office.ids[BEN]
    with office.lead.context.read(whole=True) as reader:
        versions = reader.all_versions()
        changes = {change.id for change in reader.changes() if change.analyst_id == ben}
    oldest: dict[str, tuple[int, str | None]] = {}
    for version in versions:
        oldest[version.entity_id] = min(oldest.get(version.entity_id, (99, "")), (version.revision, version.by))
    ids = {id_ for id_, (_revision, by) in oldest.items() if by == ben}
    hashes = {version.hash for version in versions if version.by == ben or version.entity_id in ids}
    return ids | hashes | changes


def check_blind(content: bytes, secrets: Iterable[str]) -> None:
    found = {secret for secret in secrets if secret.encode() in content}
    assert found == set()


@pytest.mark.parametrize("receiver", [CY, RAE])
def test_a_packet_and_the_project_made_from_it_hold_nothing_of_others(collected: Office, receiver: str) -> None:
    secrets = {*SECRETS, *of_ben(collected)}
    assert len(secrets) > 30
    lead_file = collected.folder / "copy.annotator"
    collected.lead.care.backup(lead_file)
    kept = lead_file.read_bytes()
    assert {s for s in secrets if s.encode() not in kept} == set(), "the lead's project has all of them"
    packet = collected.packet(LEAD, receiver)
    check_blind(packet.path.read_bytes(), secrets)
    document = json.loads(packet.path.read_bytes())
    ben = collected.ids[BEN]
    places = {key for key, value in document.items() if ben in json.dumps(value)}
    assert places == {"analysts", "review_members", "versions", "journal"} & places
    assert [a["annotations"] for a in document["articles"]] == [[], []]
    assert (document["submissions"], document["comments"], document["relations"]) == ([], [], [])
    assert all(entry["analyst_id"] != ben for entry in document["journal"])
    project = collected.member(receiver)
    location = project.location
    project.close()
    check_blind(Path(location).read_bytes(), secrets)


def test_a_packet_written_by_one_who_has_more_is_blind_again_after_new_work(collected: Office) -> None:
    cy = collected.member(CY)
    collected.mark(CY, "Council", people=[("Zed Null", "speaker")])
    collected.submit(CY, 0)
    collected.send(CY, LEAD)
    again = collected.packet(LEAD, CY)
    check_blind(again.path.read_bytes(), {*SECRETS, *of_ben(collected)})
    assert "annotation" not in again.counts, "the lead is not told how much Cy has marked"
    assert json.loads(again.path.read_bytes())["articles"][0]["annotations"], "the own layer comes back"
    assert cy.packets.take_in(again.path).nothing_new
    to_ben = collected.packet(LEAD, BEN)
    assert b"Zed Null" not in to_ben.path.read_bytes()
    assert b"Zoltan Quux" in to_ben.path.read_bytes(), "what Ben added is Ben's"


def test_what_an_author_wrote_before_the_session_is_the_leads_register(office: Office) -> None:
    lead = office.lead
    office.mark(BEN, "Council", people=[("Nora Vale", "speaker")])
    office.submit(BEN)
    office.send(BEN, LEAD)
    lead.reviews.reveal(office.session_id)
    second = lead.reviews.create(
        "Second round", articles=office.articles, members=[(BEN, "author"), (CY, "author"), (RAE, "reviewer")]
    )
    lead.reviews.open(second.id)
    packet = lead.packets.write(office.path(), second.id, receiver=CY).path
    assert b"Nora Vale" in packet.read_bytes()
    assert b'"annotations": []' in packet.read_bytes()


def test_after_the_reveal_everything_is_told(collected: Office) -> None:
    collected.member(CY)
    collected.submit(CY)
    collected.send(CY, LEAD)
    collected.lead.reviews.reveal(collected.session_id)
    collected.send(LEAD, CY)
    cy = collected.projects[CY]
    with cy.context.read(whole=True) as reader:
        assert len(reader.all(Annotation, analyst_id=collected.ids[BEN])) == 2
        assert len(reader.all(Submission, analyst_id=collected.ids[BEN])) == 2
    assert cy.people.find("the Fox of Quill").position == "Mayor"
    assert [comment.text for comment in cy.comments.list()] == ["Why this?"]


@pytest.fixture
def from_ben(office: Office) -> Path:
    """Return Ben's work as a file for Cy, which no member would send; Cy has submitted one of two articles."""
    office.mark(BEN, "Council")
    office.submit(BEN)
    office.submit(CY, 0)
    return colleagues(office)


def colleagues(office: Office) -> Path:
    path = office.packet(BEN, LEAD).path
    document = json.loads(path.read_bytes())
    document["packet"]["receiver"] = office.ids[CY]
    document["analysts"] = office.lead.exchange.export(with_journal=True)["analysts"]
    document["fingerprint"] = fingerprint(document)
    path.write_bytes(to_bytes(document))
    return path


def test_a_colleagues_packet_stays_sealed_until_the_own_is_submitted(office: Office, from_ben: Path) -> None:
    cy = office.projects[CY]
    before = cy.exchange.export(with_journal=True)
    heard: list[ChangeSet] = []
    cy.subscribe(heard.append)
    for report in (cy.packets.preview(from_ben), cy.packets.take_in(from_ben)):
        assert "stays sealed until you have submitted your own: 1 of 2 articles to go" in report.sealed
        told = (report.added, report.changed, report.known, report.conflicts, report.alike, report.text_differs)
        assert told == ({}, {}, {}, (), (), ())
        assert not report.nothing_new
    assert {**cy.exchange.export(with_journal=True), "exported_at": ""} == {**before, "exported_at": ""}
    assert (heard, cy.care.backups()) == ([], [])
    office.submit(CY, 1)
    report = cy.packets.take_in(from_ben)
    assert (report.sealed, report.apart, report.added, report.changed) == ("", True, {}, {})
    with cy.context.read(whole=True) as reader:
        assert reader.count(Annotation, analyst_id=office.ids[BEN]) == 1
    assert cy.annotations.list() == [], "it is here, and not to be seen before the reveal"


def test_a_colleagues_export_stays_sealed_too(office: Office, from_ben: Path) -> None:
    cy = office.projects[CY]
    whole = office.projects[BEN].exchange.export(with_journal=True)
    assert cy.exchange.preview(whole).sealed
    assert cy.exchange.merge(whole).sealed
    with cy.context.read(whole=True) as reader:
        assert reader.all(Annotation, analyst_id=office.ids[BEN]) == []
    office.projects[BEN].submissions.withdraw(office.session_id, office.articles[0])
    office.submit(CY, 1)
    assert cy.exchange.merge(whole).apart
    with cy.context.read(whole=True) as reader:
        assert reader.count(Annotation, analyst_id=office.ids[BEN]) == 1


def test_the_lead_collects_and_the_reveal_opens(office: Office, from_ben: Path) -> None:
    office.send(BEN, LEAD)
    office.lead.reviews.reveal(office.session_id)
    cy = office.projects[CY]
    report = cy.packets.take_in(office.packet(LEAD, CY).path)
    assert (report.sealed, report.packet is not None and report.packet.kind) == ("", PacketKind.RETURN)
    assert cy.reviews.get(office.session_id).revealed


def test_an_article_in_a_second_sealed_session_stays_apart_after_the_first_is_revealed(office: Office) -> None:
    lead = office.lead
    zed = lead.analysts.add("Zed Null").id
    second = lead.reviews.create(
        "Second", articles=office.articles[:1], members=[(BEN, "author"), ("Zed Null", "author"), (RAE, "reviewer")]
    )
    lead.reviews.open(second.id)
    office.mark(BEN, "Council", note="sees a plot")
    office.mark(BEN, "Not one crown", article=1, note="a ledger")
    office.submit(BEN)
    office.send(BEN, LEAD)
    lead.reviews.reveal(office.session_id)
    content = office.packet(LEAD, CY).path.read_bytes()
    assert b"a ledger" in content
    assert b"sees a plot" not in content
    for_zed = lead.packets.write(office.path(), second.id, receiver=zed).path.read_bytes()
    assert b"sees a plot" not in for_zed
