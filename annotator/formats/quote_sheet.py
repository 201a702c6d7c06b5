"""A quote sheet: the passages of a project as a client opens them, one row a passage."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.annotations import Attribution
from annotator.domain.articles import BlockKind
from annotator.domain.codebook import TagKind
from annotator.domain.relations import RelationKind

NO_ORIGINAL = "no original kept"

ATTRIBUTIONS: dict[Attribution, str] = {
    Attribution.DIRECT_QUOTE: "direct quote",
    Attribution.PARAPHRASE: "paraphrase",
    Attribution.MIXED: "quote and paraphrase",
    Attribution.RECORD: "from a record",
    Attribution.NARRATION: "the reporter's own words",
}
OUTGOING: dict[RelationKind, str] = {
    RelationKind.REBUTS: "rebuts",
    RelationKind.CONCEDES: "concedes",
    RelationKind.ANSWERS: "answers",
    RelationKind.SUPPORTS: "supports",
    RelationKind.REPEATS: "repeats",
    RelationKind.QUALIFIES: "qualifies",
    RelationKind.CONTINUES: "continues",
}
INCOMING: dict[RelationKind, str] = {
    RelationKind.REBUTS: "rebutted by",
    RelationKind.CONCEDES: "conceded by",
    RelationKind.ANSWERS: "answered by",
    RelationKind.SUPPORTS: "supported by",
    RelationKind.REPEATS: "repeated by",
    RelationKind.QUALIFIES: "qualified by",
    RelationKind.CONTINUES: "continued by",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """One passage, everything in words. ``start``, ``end``: code points of the text of ``article`` (an index).

    ``named``: the words by which the article names the speakers; ``identified``: who they are in the register.
    ``analyst`` and ``note`` are empty in a sheet for a client.
    """

    number: int
    article: int
    start: int
    end: int
    block: BlockKind
    paragraph: int
    tag: str
    kind: TagKind
    prefix: str
    quote: str
    suffix: str
    named: tuple[str, ...]
    identified: tuple[str, ...]
    attribution: str
    answers: tuple[str, ...]
    review_state: str
    analyst: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetArticle:
    """One text that the rows quote. ``text`` is empty when it is left out; ``original``: whether a file was kept."""

    title: str
    outlet: str
    byline: str
    date: str
    url: str
    language: str
    sha256: str
    text: str
    original: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteSheet:
    """The rows in the order of reading, and the texts that they quote. ``client``: made for somebody outside."""

    project: str
    made_at: str
    articles: tuple[SheetArticle, ...]
    rows: tuple[QuoteRow, ...]
    client: bool
    no_text: bool


def place_of(row: QuoteRow) -> str:
    """Return where a passage stands: its block, when that is no ordinary paragraph, and the paragraph's number."""
    block = "" if row.block is BlockKind.BODY else f"{row.block.value}, "
    return f"{block}paragraph {row.paragraph}"
