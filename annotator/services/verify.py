"""Verifying: whether the quotes in a project, an export or a quote sheet are what the articles say."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.counting import counted
from annotator.domain.errors import InputError
from annotator.domain.progress import Progress, part, silent
from annotator.formats import checksum_beside
from annotator.formats.apart import proved_exchange
from annotator.formats.exchange.parsing import MAX_BYTES
from annotator.formats.exchange.verifying import Verified, verify_document, verify_state
from annotator.formats.export_formats import SHEETS, SheetFormat, format_of, sheet_names
from annotator.formats.source import read_source
from annotator.services.context import Context
from annotator.services.project_state import state_of

_PROVED = 0.2
"""How much of verifying a file is done, about, once it is known to be harmless."""


class Verification:
    """Recomputes every hash and compares every quote of an open project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def run(self) -> Verified:
        """Return what does not fit in the project, with the places, and what was compared."""
        with self._context.read() as reader:
            state = state_of(reader)
        return verify_state(state)


def verify_file(path: str | Path, *, progress: Progress = silent) -> Verified:
    """Verify an exchange file, or a quote sheet of any format against its fingerprint in it or beside it.

    They are told apart by content, else by the file's ending. ``progress`` may raise to stop.

    Raises InputError when the file cannot be read, or is none of these.
    """
    path = Path(path)
    source = read_source(path, limit=MAX_BYTES)
    if source.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        progress(0, 0)
        proved = proved_exchange(path.name, source)
        return verify_document(proved, progress=part(progress, _PROVED, 1))
    for sheet in SHEETS:
        if sheet.inside is not None and sheet.inside().is_quote_sheet(source):
            return sheet.inside().verify(source)
    if _has_it_beside(path):
        return checksum_beside.verify(path, source)
    raise InputError(
        f"“{path.name}” is nothing that can be verified.",
        advice=f"Give a project, an export (JSON), or a quote sheet ({sheet_names()}).",
    )


def _has_it_beside(path: Path) -> bool:
    """Whether a file's fingerprint belongs beside it, by its ending, or is there: an ending may be chosen freely."""
    form = format_of(path)
    return (isinstance(form, SheetFormat) and form.inside is None) or checksum_beside.checksum_path(path).exists()


def summary(verified: Verified) -> str:
    """Return in words what was compared: “3 texts and 45 quotes checked, 2 not checkable: text left out”."""
    found = verified.counted
    parts = []
    if found.texts or found.quotes or found.quotes_left_out or not verified.fingerprint:
        parts.append(f"{counted(found.texts, 'text')} and {counted(found.quotes, 'quote')} checked")
    if found.quotes_left_out:
        parts.append(f"{found.quotes_left_out} not checkable: text left out")
    if found.versions:
        parts.append(f"{counted(found.versions, 'version')} checked")
    if verified.fingerprint:
        parts.append("fingerprint compared")
    return "; ".join(parts)
