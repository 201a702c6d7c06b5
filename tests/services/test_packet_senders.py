"""What a packet brings in the name of somebody else, or from who may not send it, is refused with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.domain.entity import now
from annotator.domain.errors import InputError
from annotator.domain.ids import new_id
from annotator.domain.reviews import (
    Decision,
    DecisionOutcome,
    MemberRole,
    ReviewSession,
    SessionMember,
    Submission,
    SubmissionState,
    decision_id,
    member_id,
    submission_id,
)
from annotator.formats.exchange.packet import PacketKind
from annotator.services.packet_files import open_packet
from annotator.services.project import open_project
from annotator.settings import DeviceMemory
from tests.services.offices import BEN, CY, LEAD, RAE, Office, office
from tests.services.refusals import refuse, sent_by_hand, verdict_of, write_as

__all__ = ["office"]


def test_new_work_in_the_own_layer_that_is_not_ones_own(office: Office) -> None:
    passage = office.mark(BEN, "Council")
    ben = office.ids[BEN]
    office.submit(BEN)
    office.send(BEN, LEAD)
    lead = office.lead
    lead.reviews.reveal(office.session_id)
    known = next(a for a in lead.annotations.list() if a.id == passage.id)
    write_as(lead, ben, replace(known, note="said Ben, as others have it"))
    refuse(office.projects[BEN], office.packet(LEAD, BEN).path, "in your own name and did not come from here")


def test_a_submission_and_a_comment_in_the_own_name(office: Office) -> None:
    ben = office.member(BEN)
    text_id = ben.articles.get(office.articles[0]).current_text_id
    assert text_id is not None
    id_ = submission_id(office.session_id, text_id, office.ids[BEN])
    forged = Submission(
        id=id_, session_id=office.session_id, text_id=text_id, analyst_id=office.ids[BEN], created_at=now()
    )
    write_as(office.lead, office.ids[BEN], forged)
    refuse(ben, office.packet(LEAD, BEN).path, "in your own name and did not come from here")


def test_work_of_somebody_else_than_the_sender(office: Office) -> None:
    office.mark(BEN, "Council")
    office.submit(BEN)
    office.mark(CY, "Council")
    office.submit(CY)
    office.projects[BEN].exchange.merge(office.projects[CY].exchange.export(with_journal=True))
    path = sent_by_hand(office, BEN, LEAD, PacketKind.WORK)
    refuse(office.lead, path, "This is not the sender's own work.")


def test_a_submission_in_the_name_of_somebody_else(office: Office) -> None:
    ben = office.member(BEN)
    text_id = ben.articles.get(office.articles[0]).current_text_id
    assert text_id is not None
    for_cy = submission_id(office.session_id, text_id, office.ids[CY])
    forged = Submission(
        id=for_cy, session_id=office.session_id, text_id=text_id, analyst_id=office.ids[CY], created_at=now()
    )
    write_as(ben, office.ids[BEN], forged)
    refuse(office.lead, sent_by_hand(office, BEN, LEAD, PacketKind.WORK), "in the name of an analyst who did not")


def test_work_that_an_author_returned_to_the_own_colleague(office: Office) -> None:
    office.mark(CY, "Council")
    office.submit(CY)
    office.send(CY, LEAD)
    cy, ben = office.projects[CY], office.member(BEN)
    office.submit(BEN)
    ben.exchange.merge(cy.exchange.export(with_journal=True))
    with ben.context.read(whole=True) as reader:
        submission = reader.all(Submission, analyst_id=office.ids[CY])[0]
    write_as(ben, office.ids[BEN], replace(submission, state=SubmissionState.RETURNED, reason="Mine is better."))
    path = sent_by_hand(office, BEN, LEAD, PacketKind.WORK)
    refuse(office.lead, path, "Only who reviews in a session returns work.")


def test_a_decision_and_a_final_passage_by_an_author(office: Office) -> None:
    passage = office.mark(BEN, "Council")
    office.submit(BEN)
    ben, who = office.projects[BEN], office.ids[BEN]
    decision = Decision(
        id=decision_id(office.session_id, [passage.version]),
        session_id=office.session_id,
        text_id=passage.text_id,
        outcome=DecisionOutcome.TAKE,
        created_at=now(),
    )
    final = replace(passage, id=new_id(), session_id=office.session_id, version="", revision=0)
    write_as(ben, who, decision, final)
    path = sent_by_hand(office, BEN, LEAD, PacketKind.WORK)
    with pytest.raises(InputError) as raised:
        office.lead.packets.take_in(path)
    assert [problem.message for problem in raised.value.problems] == [
        "Only who reviews in a session decides in it, and somebody else wrote this."
    ] * 2


def test_a_verdict_by_who_is_no_member(office: Office) -> None:
    passage = office.mark(BEN, "Council")
    office.submit(BEN)
    ben = office.projects[BEN]
    zed = ben.analysts.add("Zed Null").id
    forged = verdict_of(office, passage, zed)
    write_as(ben, office.ids[BEN], forged)
    path = sent_by_hand(office, BEN, LEAD, PacketKind.WORK)
    refuse(office.lead, path, "This verdict is of an analyst who is no member of the session.")


def test_a_verdict_in_the_name_of_the_reviewer(office: Office) -> None:
    passage = office.mark(BEN, "Council")
    office.submit(BEN)
    forged = verdict_of(office, passage, office.ids[RAE])
    write_as(office.projects[BEN], office.ids[BEN], forged)
    path = sent_by_hand(office, BEN, LEAD, PacketKind.WORK)
    refuse(office.lead, path, "This verdict is in the name of an analyst who did not write it.")


def test_a_session_that_a_member_changed(office: Office) -> None:
    office.mark(BEN, "Council")
    office.submit(BEN)
    ben = office.projects[BEN]
    session = ben.reviews.get(office.session_id)
    assert isinstance(session, ReviewSession)
    write_as(
        ben,
        office.ids[BEN],
        replace(session, revealed_at=now()),
        SessionMember(
            id=member_id(session.id, office.ids[BEN], MemberRole.LEAD),
            session_id=session.id,
            analyst_id=office.ids[BEN],
            role=MemberRole.LEAD,
            created_at=now(),
        ),
    )
    refuse(
        office.lead,
        office.packet(BEN, LEAD).path,
        "Only the lead of a review session changes it, and somebody else wrote this.",
        "Only the lead of a review session sends such a packet.",
    )


def test_a_task_from_somebody_who_leads_nothing(office: Office) -> None:
    office.member(CY)
    path = sent_by_hand(office, CY, BEN, PacketKind.TASK)
    refuse(office.member(BEN), path, "Only the lead of a review session sends such a packet.")


def test_a_packet_from_who_is_no_member(office: Office) -> None:
    zed = office.lead.analysts.add("Zed Null").id
    path = sent_by_hand(office, LEAD, BEN, PacketKind.TASK, sender=zed)
    refuse(office.member(BEN), path, "It is from Zed Null, who is no member of the review session.")


def test_a_packet_of_a_session_that_is_not_here(office: Office) -> None:
    lead = office.lead
    before = lead.care.backup(office.folder / "before.annotator")
    session = lead.reviews.create(
        "Second",
        articles=office.articles,
        members=[(BEN, "author"), (RAE, "reviewer")],
        blind=False,
        required_authors=1,
    )
    lead.reviews.open(session.id)
    task = lead.packets.write(office.path(), session.id, receiver=BEN).path
    with open_packet(task, office.folder / "ben.annotator", memory=DeviceMemory(office.folder / "ben.json")) as ben:
        ben.submissions.submit(session.id, office.articles[0])
        work = ben.packets.write(office.path(), session.id, receiver=LEAD).path
    with open_project(before, analyst=LEAD) as other:
        refuse(other, work, "There is no such review session in this project.")
    assert lead.packets.take_in(work).added == {"submission": 1}


def test_a_packet_with_rows_of_another_session(office: Office) -> None:
    office.lead.reviews.create("Second", articles=office.articles, members=[(BEN, "author")])
    path = sent_by_hand(office, LEAD, BEN, PacketKind.TASK)
    refuse(office.member(BEN), path, "This is of another review session than the packet.")
