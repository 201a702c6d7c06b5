"""Quote sheets as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

from annotator.domain.progress import Progress, each_told, silent
from annotator.formats.quote_sheet import NO_ORIGINAL, QuoteRow, QuoteSheet, place_of

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
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
