"""Review packets: exchange documents for one receiver, with a head that says from whom, for whom and what for.

The head is the top-level key ``packet``. It is part of what the fingerprint covers, and a packet with a wrong
fingerprint is refused. Names in it are claims: nothing is signed and nothing is encrypted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from annotator.domain.ids import is_id
from annotator.formats.exchange.drafts import kind_of, shown
from annotator.formats.exchange.findings import Findings
from annotator.formats.exchange.parsing import Unreadable, step

MEDIA_TYPE = "application/vnd.annotator.packet+json"
"""What packets are called between programs; on disks it is the ending in :mod:`annotator.paths`."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


class PacketKind(StrEnum):
    """What a packet is sent for."""

    TASK = "task"
    """From the lead to a member: what there is to do, and what it takes."""
    WORK = "work"
    """From a member to the lead: the own work."""
    RETURN = "return"
    """From the lead back to a member: what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketHead:
    """The head of a packet; ``sender`` and ``receiver`` are ids of analysts."""

    id: str
    session_id: str
    sender: str
    receiver: str
    kind: PacketKind
    created_at: str

    def plain(self) -> dict[str, str]:
        """Return the head as it stands in the document."""
        return {key: str(value) for key, value in asdict(self).items()}


def read_head(given: Any, findings: Findings) -> PacketHead | None:  # noqa: ANN401  (any JSON value)
    """Return the head of a packet, or None after noting what is wrong with it."""
    path = "$.packet"
    if not isinstance(given, dict):
        if not isinstance(given, Unreadable):
            findings.problem(path, f"Expected an object, not {kind_of(given)}.")
        return None
    before = findings.count
    keys = [field.name for field in fields(PacketHead)]
    for key in given:
        if key not in keys:
            findings.warning(step(path, key), "This key is not known and was ignored.")
    for key in keys:
        if key not in given:
            findings.problem(path, f"The key “{key}” is missing.")
        elif (wanted := _misfit(key, given)) is not None:
            findings.problem(step(path, key), f"Expected {wanted}, not {shown(given[key])}.")
    if findings.count > before:
        return None
    return PacketHead(**{**{key: given[key] for key in keys}, "kind": PacketKind(given["kind"])})


def _misfit(key: str, given: Mapping[str, Any]) -> str | None:
    """Return what was expected where a value does not fit its key, else None."""
    value = given[key]
    if key == "kind":
        fits = isinstance(value, str) and value in PacketKind.__members__.values()
        return None if fits else "one of " + ", ".join(PacketKind)
    if key == "created_at":
        fits = isinstance(value, str) and _TIME.fullmatch(value) is not None
        return None if fits else "a time in UTC, with Z"
    return None if is_id(value) else "an id (a UUID in lower case)"
