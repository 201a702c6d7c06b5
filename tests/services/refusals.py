"""Packets that are forged, and the check that one is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.annotations import Annotation
from annotator.domain.changes import REVEAL
from annotator.domain.entity import Entity, now
from annotator.domain.errors import InputError
from annotator.domain.ids import new_id
from annotator.domain.reviews import (
    Verdict,
    VerdictOutcome,
    verdict_id,
)
from annotator.formats.exchange.packet import PacketKind
from annotator.formats.exchange.state import ExportOptions
from annotator.formats.exchange.writing import document_of, fingerprint, to_bytes
from annotator.services.project import Project
from annotator.services.project_state import history_of
from tests.services.offices import Office

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
