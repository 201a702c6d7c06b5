"""The head of a review packet, and what a packet of each kind holds of a project."""

from __future__ import annotations

import copy
import json
from collections.abc import Collection
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from annotator.domain.analysts import Analyst
from annotator.domain.annotations import Annotation
from annotator.domain.reviews import MemberRole, SessionMember, member_id
from annotator.domain.visibility import Seal
from annotator.formats.exchange.cutting import cut
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.layout import SCHEMA_VERSION
from annotator.formats.exchange.packet import MEDIA_TYPE, PacketHead, PacketKind, read_head
from annotator.formats.exchange.reading import read_document
from annotator.formats.exchange.session_view import SessionView
from annotator.formats.exchange.state import ExportOptions, JournalEntry, ProjectHistory, ProjectState
from annotator.formats.exchange.verifying import verify_document
from annotator.formats.exchange.writing import document_of, fingerprint, to_bytes
from annotator.paths import PACKET_SUFFIX, resource
from tests.formats.exchange.builders import document, fixed_id, full_builder, history_of

GOLDEN = Path(__file__).parent.parent / "golden" / f"packet-{SCHEMA_VERSION}{PACKET_SUFFIX}"
VALIDATOR = Draft202012Validator(json.loads(resource("schemas", "project-v1.schema.json").read_text(encoding="utf-8")))
ANN, BO, SESSION = fixed_id("ann"), fixed_id("bo"), fixed_id("session")


def state() -> ProjectState:
    """Return a project with everything, in whose session Ann leads and both are authors."""
    builder = full_builder()
    for role in (MemberRole.LEAD, MemberRole.AUTHOR):
        id_ = member_id(SESSION, ANN, role)
        builder.put(SessionMember(id=id_, session_id=SESSION, analyst_id=ANN, role=role), builder.one(Analyst, "ann"))
    return builder.state()


STATE = state()


def head(kind: PacketKind, sender: str = ANN, receiver: str = BO) -> PacketHead:
    return PacketHead(
        id=fixed_id("packet"),
        session_id=SESSION,
        sender=sender,
        receiver=receiver,
        kind=kind,
        created_at="2026-11-24T09:30:00.000Z",
    )


def packet(told: PacketHead, seals: Collection[Seal] = ()) -> dict[str, Any]:
    history = cut(SessionView(history_of(STATE), SESSION, tuple(seals)), told)
    return document_of(history, ExportOptions(with_journal=True, packet=told), exported_at=told.created_at)


def test_the_golden_packet_is_read_and_written_again_byte_for_byte() -> None:
    content = GOLDEN.read_bytes()
    findings = Findings()
    read = read_document(content, findings)
    assert read is not None
    assert findings.problems == []
    assert read.packet == head(PacketKind.RETURN)
    assert read.untouched
    history = ProjectHistory(versions=list(read.versions.values()), changes=read.changes, texts=read.texts)
    options = ExportOptions(with_journal=True, packet=read.packet)
    written = document_of(history, options, exported_at=json.loads(content)["exported_at"])
    written["generator"] = json.loads(content)["generator"]
    written["fingerprint"] = fingerprint(written)
    assert to_bytes(written) == content
    assert verify_document(content).problems == ()


@pytest.mark.parametrize("kind", PacketKind)
def test_a_packet_of_each_kind_is_valid_whole_and_no_more_than_the_project(kind: PacketKind) -> None:
    sender, receiver = (BO, ANN) if kind is PacketKind.WORK else (ANN, BO)
    written = packet(head(kind, sender, receiver))
    assert [error.message for error in VALIDATOR.iter_errors(written)] == []
    assert verify_document(to_bytes(written)).problems == ()
    assert {change["id"] for change in written["journal"]} <= {change.id for change in STATE.changes}
    assert "source_base64" not in json.dumps(written), "original files stay with the lead"


def test_a_sealed_session_keeps_everything_of_its_authors_back() -> None:
    (passage, *_) = [a for a in STATE.of(Annotation) if a.analyst_id == ANN]
    seal = Seal(SESSION, frozenset({passage.article_id}), frozenset({ANN, BO}))
    written = packet(head(PacketKind.RETURN), [seal])
    text = json.dumps(written)
    assert passage.id not in text
    assert (written["verdicts"], written["decisions"]) == ([], [])
    assert passage.id in json.dumps(packet(head(PacketKind.RETURN)))


def test_a_change_is_told_only_whole_and_its_undoing_not_without_it() -> None:
    history = history_of(STATE)
    person = next(v for v in history.versions if v.entity_id == fixed_id("party"))
    passage = next(v for v in history.versions if v.entity_type == Annotation.TYPE and v.by == ANN)
    again = next(v for v in history.versions if v.entity_id == fixed_id("dora"))
    plain, mixed, undone = fixed_id("plain"), fixed_id("mixed"), fixed_id("undone")
    ids = {person.hash: mixed, passage.hash: mixed, again.hash: undone}
    versions = [
        v._replace(change_id=ids.get(v.hash, plain if v.entity_id == fixed_id("point") else None))
        for v in history.versions
    ]
    changes = [JournalEntry(id_, passage.at, ANN, "desk", "Said by Ann") for id_ in (plain, mixed)]
    changes.append(JournalEntry(undone, passage.at, BO, "desk", "Undo what Ann said", undoes_id=mixed))
    told = head(PacketKind.TASK)
    history = ProjectHistory(versions=versions, changes=changes, texts=history.texts)
    whole = cut(SessionView(history, SESSION), told)
    assert [change.id for change in whole.changes] == [plain]
    left = {version.hash: version for version in whole.versions}
    assert (left[person.hash].change_id, left[again.hash].change_id, passage.hash in left) == (None, None, False)


def heads(value: Any) -> tuple[list[str], list[str]]:
    """Return what the reader and the schema find wrong with a head."""
    findings = Findings()
    read_head(value, findings)
    whole = {**copy.deepcopy(document(STATE, with_journal=True)), "packet": value}
    return [p.message for p in findings.problems], [e.message for e in VALIDATOR.iter_errors(whole)]


@pytest.mark.parametrize("key", [field.name for field in fields(PacketHead)])
@pytest.mark.parametrize("value", [None, 7, "", "word", "task", fixed_id("a1"), "2026-11-24T09:30:00Z", [], {}])
def test_the_reader_and_the_schema_judge_a_head_alike(key: str, value: Any) -> None:
    plain = head(PacketKind.TASK).plain()
    found = heads({**plain, key: value})
    assert bool(found[0]) == bool(found[1]), found
    del plain[key]
    assert all(heads(plain))


@pytest.mark.parametrize("value", [None, [], "packet", 7])
def test_a_head_is_an_object(value: Any) -> None:
    assert all(heads(value))


def test_an_unknown_key_of_the_head_is_a_warning() -> None:
    findings = Findings()
    told = head(PacketKind.WORK)
    assert read_head({**told.plain(), "urgent": True}, findings) == told
    assert [warning.path for warning in findings.warnings] == ["$.packet.urgent"]


def test_the_head_is_covered_by_the_fingerprint() -> None:
    written = packet(head(PacketKind.TASK))
    assert fingerprint(written) == written["fingerprint"]
    written["packet"] = replace(head(PacketKind.TASK), receiver=ANN).plain()
    assert fingerprint(written) != written["fingerprint"]


def test_packets_have_a_name_of_their_own() -> None:
    assert (PACKET_SUFFIX, MEDIA_TYPE) == (".annotator-packet", "application/vnd.annotator.packet+json")
