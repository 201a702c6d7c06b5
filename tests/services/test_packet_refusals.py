"""A packet that is damaged, forged, for somebody else or of something else is refused, and nothing is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotator.domain.errors import InputError, StorageError
from annotator.domain.ids import new_id
from annotator.formats.exchange.parsing import MAX_BYTES
from annotator.services.packet_files import label_of, open_packet
from annotator.services.project import create_project
from tests.services.offices import BEN, CY, LEAD, Office, office
from tests.services.refusals import refuse, rewritten

__all__ = ["office"]


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
