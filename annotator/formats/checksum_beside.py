"""The SHA-256 of a file in a file beside it, as ``sha256sum`` does: for what cannot hold a fingerprint itself."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from annotator.domain.errors import InputError, Problem
from annotator.formats.exchange.verifying import Verified

_LINE = re.compile(r"([0-9a-f]{64})[ *\t]")


def checksum_path(path: Path) -> Path:
    """Return where the SHA-256 of a file is kept."""
    return path.with_name(path.name + ".sha256")


def checksum_line(path: Path, content: bytes) -> bytes:
    """Return what is written there: the form that ``sha256sum --check`` reads."""
    return f"{hashlib.sha256(content).hexdigest()}  {path.name}\n".encode()


def verify(path: Path, content: bytes) -> Verified:
    """Compare a file with the SHA-256 beside it. Raises InputError when there is none."""
    beside = checksum_path(path)
    try:
        line = beside.read_text(encoding="utf-8", errors="replace")
    except OSError:
        raise InputError(
            f"There is no “{beside.name}” beside “{path.name}”, so it cannot be verified.",
            advice="Ask the sender for that file too.",
        ) from None
    match = _LINE.match(line)
    if match is None:
        return Verified((Problem(beside.name, "It holds no SHA-256."),))
    told = match.group(1)
    if told != hashlib.sha256(content).hexdigest():
        return Verified(
            (Problem(path.name, "It is not what it was when it was written: something was changed."),), fingerprint=told
        )
    return Verified((), fingerprint=told)
