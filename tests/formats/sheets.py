"""A quote sheet with everything that is awkward in one, and what each format makes of it.

``python -m tests.formats.sheets`` writes ``golden/sheet-*`` anew, for every row of ``SHEETS``. Look at what has changed
before you commit it: a formula that a spreadsheet would run or markup that a browser would read is a defect.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from annotator.domain.articles import BlockKind
from annotator.domain.codebook import TagKind
from annotator.domain.progress import silent
from annotator.formats.export_formats import SHEETS, SheetFormat
from annotator.formats.quote_sheet import QuoteRow, QuoteSheet, SheetArticle

GOLDEN = Path(__file__).resolve().parent / "golden"
TEXT = "The tolls & <b>the bridge</b>\n\n“Nobody told us,\tnobody asked 🛥”\n\n=1+1 they said.\n\nזה לא נכון, אמר."
KINDS = ("team", "client", "no-text")
"""For the team, for a client, and with a little context instead of the texts."""
FORMULA = "=HYPERLINK(1)"
_QUOTES = (
    ("<b>the bridge</b>", TagKind.EVIDENCE, BlockKind.HEADLINE),
    ("“Nobody told us,\tnobody asked 🛥”\n\n=1+1 they", TagKind.CLAIM, BlockKind.BODY),
    ("=1+1 they said.", TagKind.OTHER, BlockKind.BODY),
    ("זה לא נכון", TagKind.DENIAL, BlockKind.BODY),
)


def sheet(kind: str) -> QuoteSheet:
    """Return the sheet of one of ``KINDS``."""
    client, no_text = kind == "client", kind == "no-text"
    article = SheetArticle(
        title="@The tolls & <b>the bridge</b>",
        outlet="+The; \"Daily\", 'Ferry'",
        byline="Dora Quill",
        date="2024-10-24",
        url="https://example.org/tolls?a=1&b=2",
        language="en",
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        text="" if no_text else TEXT,
        original=True,
    )
    rows = tuple(_row(number, *quote) for number, quote in enumerate(_QUOTES, start=1))
    if client:
        rows = tuple(replace(row, analyst="", note="") for row in rows)
    return QuoteSheet(
        project="Tolls <script>alert(1)</script>",
        made_at="2024-11-02T08:30:00.000Z",
        articles=(article,),
        rows=rows,
        client=client,
        no_text=no_text,
    )


def _row(number: int, quote: str, kind: TagKind, block: BlockKind) -> QuoteRow:
    start = TEXT.index(quote)
    end = start + len(quote)
    return QuoteRow(
        number=number,
        article=0,
        start=start,
        end=end,
        block=block,
        paragraph=TEXT.count("\n\n", 0, start) + 1,
        tag=kind.value.title(),
        kind=kind,
        prefix=TEXT[max(0, start - 32) : start],
        quote=quote,
        suffix=TEXT[end : end + 32],
        named=("us", "they"),
        identified=(FORMULA, "Ivo <b>Brandt</b>"),
        attribution="direct quote",
        answers=("rebuts 1 (Dora Quill: Nobody)", "denies the point: The tolls & the rest.") if number == 4 else (),
        review_state="unreviewed",
        analyst="-Ann Bell",
        note="private doubt\r\nin two lines",
    )


def golden(form: SheetFormat, kind: str) -> Path:
    """Return the file that holds what a format makes of a sheet."""
    return GOLDEN / f"sheet-{kind}{form.suffixes[0]}"


def main() -> None:
    """Write the files of every format."""
    for form in SHEETS:
        for kind in KINDS:
            golden(form, kind).write_bytes(form.writer().render(sheet(kind), silent))


if __name__ == "__main__":
    main()
