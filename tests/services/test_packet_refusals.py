"""A packet that is not what it should be is refused with its reason, and nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.annotations import Annotation
from annotator.domain.changes import REVEAL
from annotator.domain.entity import Entity, now
from annotator.domain.errors import InputError, StorageError
from annotator.domain.ids import new_id
from annotator.domain.reviews import (
    Decision,
    DecisionOutcome,
    MemberRole,
    ReviewSession,
    SessionMember,
    Submission,
    SubmissionState,
    Verdict,
    VerdictOutcome,
    decision_id,
    member_id,
    submission_id,
    verdict_id,
)
from annotator.formats.exchange.packet import PacketKind
from annotator.formats.exchange.parsing import MAX_BYTES
from annotator.formats.exchange.state import ExportOptions
from annotator.formats.exchange.writing import document_of, fingerprint, to_bytes
from annotator.services.packet_files import label_of, open_packet
from annotator.services.project import Project, create_project, open_project
from annotator.services.project_state import history_of
from annotator.settings import DeviceMemory
from tests.services.offices import BEN, CY, LEAD, RAE, Office, office

__all__ = ["office"]

Change = Callable[[dict[str, Any]], object]


def content(project: Project) -> bytes:
    return to_bytes({**project.exchange.export(with_journal=True), "exported_at": ""})


def refuse(project: Project, path: Path, *reasons: str) -> None:
    """Check that a packet is refused for these reasons, one problem each, and changes nothing; a preview too."""
    before = content(project)
    backups = project.care.backups()
    for take in (project.packets.preview, project.packets.take_in):
        with pytest.raises(InputError) as raised:
            take(path)
        told = "\n".join(map(str, raised.value.problems))
        for reason in reasons:
            assert reason in told
        assert len({problem.message for problem in raised.value.problems}) == len(reasons), told
    assert content(project) == before
    assert project.care.backups() == backups


def rewritten(path: Path, change: Change, *, seal: bool = True) -> Path:
    """Change a packet by hand; ``seal``: with a new fingerprint, as somebody who forges would."""
    document = json.loads(path.read_bytes())
    change(document)
    if seal:
        document["fingerprint"] = fingerprint(document)
    other = path.with_name(f"changed-{path.name}")
    other.write_bytes(to_bytes(document))
    return other


def write_as(project: Project, analyst_id: str, *entities: Entity) -> None:
    """Write entities in the name of anybody, which no service would do."""
    with project.context.write(by=analyst_id) as uow:
        for entity in entities:
            uow.put(entity)
        project.context.commit(uow, f"{REVEAL} by forging")


def sent_by_hand(office: Office, name: str, receiver: str, kind: PacketKind, **head: str) -> Path:
    """Return everything that a project holds as a packet, whatever a packet may hold."""
    project = office.projects[name]
    with project.context.read(whole=True) as reader:
        document = document_of(history_of(reader), ExportOptions(with_journal=True), exported_at=now())
    told = {
        "id": new_id(),
        "session_id": office.session_id,
        "sender": office.ids[name],
        "receiver": office.ids[receiver],
        "kind": str(kind),
        "created_at": now(),
    }
    document["packet"] = told | head
    document["fingerprint"] = fingerprint(document)
    path = office.path()
    path.write_bytes(to_bytes(document))
    return path


def verdict_of(office: Office, passage: Annotation, analyst_id: str) -> Verdict:
    return Verdict(
        id=verdict_id(office.session_id, passage.id, passage.version, analyst_id),
        session_id=office.session_id,
        annotation_id=passage.id,
        of_version=passage.version,
        analyst_id=analyst_id,
        outcome=VerdictOutcome.ACCEPT,
        created_at=now(),
    )


@pytest.fixture
def work(office: Office) -> Path:
    """Return Ben's work as a packet for the lead."""
    office.mark(BEN, "Council", note="said yesterday")
    office.submit(BEN)
    return office.packet(BEN, LEAD).path


def test_a_packet_that_ends_too_early(office: Office, work: Path) -> None:
    content = work.read_bytes()
    for length in (1, len(content) // 2, len(content) - 4):
        work.write_bytes(content[:length])
        refuse(office.lead, work, "no JSON")


def test_a_packet_that_was_changed_after_it_was_written(office: Office, work: Path) -> None:
    def soften(document: dict[str, Any]) -> None:
        document["journal"][0]["label"] = "Nothing"

    refuse(office.lead, rewritten(work, soften, seal=False), "damaged, or was changed")
    refuse(office.lead, rewritten(work, lambda document: document.pop("fingerprint"), seal=False), "damaged")
    refuse(
        office.lead,
        rewritten(work, lambda document: document["packet"].update(receiver=office.ids[LEAD], id=new_id()), seal=False),
        "damaged, or was changed",
    )


def test_a_passage_that_was_changed_by_hand_under_a_new_fingerprint(office: Office, work: Path) -> None:
    def soften(document: dict[str, Any]) -> None:
        passages = [p for article in document["articles"] for p in article["annotations"]]
        passages[0]["note"] = "said last year"

    refuse(office.lead, rewritten(work, soften), "The hash is not that of what stands here")


def test_a_packet_of_another_project(office: Office, work: Path, tmp_path: Path) -> None:
    with create_project(tmp_path / "other.annotator", name="Other", analyst=LEAD) as other:
        other.people.add("Somebody")
        refuse(other, work, "of another project")


def test_a_packet_of_a_newer_schema(office: Office, work: Path) -> None:
    newer = rewritten(work, lambda document: document.update(schema_version="2.0.0"))
    refuse(office.lead, newer, "Install a newer Annotator")


def test_a_packet_for_another_receiver(office: Office, work: Path) -> None:
    refuse(office.member(CY), work, "The packet is for Ann Bell, and Cy Dahl writes here.")
    office.lead.context.named = None
    office.lead.context.memory.remember_analyst(office.lead.id, None)
    refuse(office.lead, work, "The packet is for Ann Bell, and nobody is named")


def test_a_packet_that_names_nobody_in_it(office: Office, work: Path) -> None:
    unknown = new_id()
    path = rewritten(work, lambda document: document["packet"].update(sender=unknown, session_id=unknown))
    refuse(
        office.lead,
        path,
        "$.packet.sender: The analyst that this names is not in the packet",
        "$.packet.session_id: The review session that this names is not in the packet",
    )


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ([], "Expected an object, not a list"),
        ({"id": "x"}, "$.packet.id: Expected an id"),
        ({"kind": "present"}, "$.packet.kind: Expected one of task, work, return"),
        ({"created_at": "yesterday"}, "$.packet.created_at: Expected a time"),
        ({"receiver": None}, "$.packet.receiver: Expected an id (a UUID in lower case), not null"),
    ],
)
def test_a_packet_without_a_proper_head(office: Office, work: Path, head: Any, reason: str) -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["packet"] = {**document["packet"], **head} if isinstance(head, dict) else head

    refuse(office.lead, rewritten(work, spoil), reason)


def test_a_file_of_another_program_that_calls_itself_a_packet(office: Office, work: Path) -> None:
    def strip(document: dict[str, Any]) -> None:
        kept = {key: document[key] for key in ("schema", "schema_version", "packet")}
        document.clear()
        document.update(kept, people=[{"name": "Nora Vale"}])

    refuse(office.lead, rewritten(work, strip), "without version records")


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


def test_a_huge_packet_is_not_even_read(office: Office) -> None:
    path = office.path()
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="MB large"):
        office.lead.packets.take_in(path)
    with pytest.raises(InputError, match="MB large"):
        open_packet(path, office.folder / "new.annotator")


def test_a_packet_of_endless_depth(office: Office) -> None:
    path = office.path()
    path.write_bytes(b'{"packet": ' + b"[" * 200_000)
    refuse(office.lead, path, "nested deeper")


def test_a_new_project_is_for_the_receiver_of_a_task_only(office: Office, work: Path) -> None:
    target = office.folder / "new.annotator"
    with pytest.raises(InputError, match="has Ben Cole’s work"):
        open_packet(work, target)
    task = office.packet(LEAD, BEN).path
    damaged = rewritten(task, lambda document: document["packet"].update(id=new_id()), seal=False)
    with pytest.raises(InputError, match="damaged"):
        open_packet(damaged, target)
    from_nobody = rewritten(task, lambda document: document["packet"].update(sender=office.ids[CY]))
    with pytest.raises(InputError, match="one problem"):
        open_packet(from_nobody, target)
    office.lead.exchange.write(office.folder / "whole.json")
    with pytest.raises(InputError, match="no review packet"):
        label_of(office.folder / "whole.json")
    assert not target.exists()
    with pytest.raises(StorageError, match="there already"):
        open_packet(task, office.lead.location)
    with create_project(target, name="Other", analyst=CY) as other:
        refuse(other, task, "The packet is for Ben Cole, and Cy Dahl writes here.")
    with create_project(office.folder / "work.annotator", name="Other", analyst=LEAD) as other:
        refuse(other, work, "There is no such review session in this project.")
