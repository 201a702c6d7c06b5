"""Quote sheets as CSV: safe to open in a spreadsheet, with their SHA-256 in a file beside them."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from pathlib import Path

from annotator.domain.errors import InputError, Problem
from annotator.domain.progress import Progress, each_told, silent
from annotator.formats.exchange.verifying import Verified
from annotator.formats.quote_sheet import NO_ORIGINAL, QuoteRow, QuoteSheet, place_of

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_HASH_LINE = re.compile(r"([0-9a-f]{64})[ *\t]")
_COLUMNS = (
    "number",
    "outlet",
    "headline",
    "date",
    "place",
    "tag",
    "quote",
    "speaker as named",
    "speaker",
    "attribution",
    "what answers it",
    "review state",
    "url",
    "original",
    "text SHA-256",
)
_TEAM_COLUMNS = ("analyst", "note")
_CONTEXT_COLUMNS = ("before", "after")


def render(sheet: QuoteSheet, progress: Progress = silent) -> bytes:
    """Return the sheet as CSV after RFC 4180, in UTF-8 with a byte-order mark, which spreadsheets look for."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    extra = (*(_CONTEXT_COLUMNS if sheet.no_text else ()), *(() if sheet.client else _TEAM_COLUMNS))
    writer.writerow((*_COLUMNS, *extra))
    for row in each_told(sheet.rows, len(sheet.rows), progress):
        writer.writerow(safe(cell) for cell in _cells(sheet, row))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _cells(sheet: QuoteSheet, row: QuoteRow) -> tuple[str, ...]:
    article = sheet.articles[row.article]
    cells: tuple[str, ...] = (
        str(row.number),
        article.outlet,
        article.title,
        article.date,
        place_of(row),
        row.tag,
        row.quote,
        "; ".join(row.named),
        "; ".join(row.identified),
        row.attribution,
        "; ".join(row.answers),
        row.review_state,
        article.url,
        "original kept" if article.original else NO_ORIGINAL,
        article.sha256,
    )
    if sheet.no_text:
        cells += (row.prefix, row.suffix)
    return cells if sheet.client else (*cells, row.analyst, row.note)


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def checksum_path(path: Path) -> Path:
    """Return where the SHA-256 of a CSV file is kept."""
    return path.with_name(path.name + ".sha256")


def checksum_line(path: Path, content: bytes) -> bytes:
    """Return what is written there: the form that ``sha256sum --check`` reads."""
    return f"{hashlib.sha256(content).hexdigest()}  {path.name}\n".encode()


def verify(path: Path, content: bytes) -> Verified:
    """Compare a CSV file with the SHA-256 beside it. Raises InputError when there is none."""
    beside = checksum_path(path)
    try:
        line = beside.read_text(encoding="utf-8", errors="replace")
    except OSError:
        raise InputError(
            f"There is no “{beside.name}” beside “{path.name}”, so it cannot be verified.",
            advice="Ask the sender for that file too.",
        ) from None
    match = _HASH_LINE.match(line)
    if match is None:
        return Verified((Problem(beside.name, "It holds no SHA-256."),))
    told = match.group(1)
    if told != hashlib.sha256(content).hexdigest():
        return Verified(
            (Problem(path.name, "It is not what it was when it was written: something was changed."),), fingerprint=told
        )
    return Verified((), fingerprint=told)
