"""A packet file before any project is open: what it says of itself, and the new project that it opens as."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.errors import InputError, StorageError
from annotator.formats.apart import exchange_bytes
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.packet import PacketHead, PacketKind
from annotator.formats.exchange.reading import read_document
from annotator.services.alike import name_of
from annotator.services.project import Project, create_project
from annotator.settings import DeviceMemory


@dataclass(frozen=True, slots=True)
class PacketLabel:
    """What is written on a packet: its head, and the names of what that names."""

    head: PacketHead
    project_id: str
    project: str
    session: str
    sender: str
    receiver: str


def label_of(path: str | Path) -> PacketLabel:
    """Return what is written on a packet; raises InputError, with every problem, for what is none or is damaged."""
    path = Path(path)
    findings = Findings()
    document = read_document(exchange_bytes(path), findings)
    findings.raise_if_any(f"“{path.name}”")
    if document is None or document.packet is None or document.project_id is None:
        raise InputError(f"“{path.name}” is no review packet.", advice="Open a project and merge it there.")
    if not document.untouched:
        raise InputError(
            f"“{path.name}” is damaged, or was changed after it was written.", advice="Have it sent again."
        )
    head = document.packet
    names = {id_: name_of(entry.entity) for id_, entry in document.entries.items()}
    return PacketLabel(
        head,
        document.project_id,
        names[document.project_id],
        names[head.session_id],
        names[head.sender],
        names[head.receiver],
    )


def open_packet(path: str | Path, location: str | Path, *, memory: DeviceMemory | None = None) -> Project:
    """Open a packet as a new project at ``location``; its receiver writes there from now on.

    Raises InputError for a packet that is refused, or has only a member's work; StorageError when the project cannot
    be made. No project is left behind then.
    """
    label = label_of(path)
    if label.head.kind is PacketKind.WORK:
        raise InputError(
            f"“{Path(path).name}” has {label.sender}’s work for the session “{label.session}”.",
            advice=f"Open the project “{label.project}” and merge it there.",
        )
    if Path(location).exists():
        raise StorageError(f"“{location}” is there already.", "Choose another name for the new project.")
    project = create_project(location, name=label.project, memory=memory)
    try:
        project.packets.take_in(path)
    except BaseException:
        project.close()
        with contextlib.suppress(OSError):
            Path(location).unlink()
        raise
    return project
