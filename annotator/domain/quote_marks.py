"""Quotation marks of one paragraph: which open, which close, and which are apostrophes.

The right single mark is also the apostrophe, straight marks have no direction, and marks are sometimes typed the wrong
way round, so that a mark is read by its neighbours first and by its shape second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.domain.words import APOSTROPHES

CLOSERS = {
    "“": '”"“',
    "‟": '”"',
    "”": '”"',
    "„": '“”"',
    '"': '"”',
    "«": "»",
    "»": "«»",
    "‘": "’'‘´",
    "‛": "’'",
    "’": "’'",
    "‚": "‘’'",
    "'": "'’",
    "`": "'’`´",
    "‹": "›",
    "›": "‹›",
}
"""For each mark that can open a quotation, those that close it: of its own style first, then those typed by mistake."""
MARKS = frozenset("".join(CLOSERS) + "´")
_USUALLY_OPEN = frozenset("“‟„‘‛‚`")
_GUILLEMETS = frozenset("«»‹›")
_OPENS_BEFORE = frozenset("([{<–—―-‐‑/…¿¡=")
_CLOSES_AFTER = frozenset(".,;:!?…)]}–—-")

_MARK = re.compile("[" + re.escape("".join(sorted(MARKS))) + "]")
_ELIDED = re.compile(r"(?<!\w)['’‘](?:n['’‘](?!\w)|\d0s\b|(?:tis|twas|em|til|bout|cos|fess|neath|ere)\b)")
_LEADING = re.compile(r"\s*([" + re.escape("".join(sorted(MARKS))) + r"]+)")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about after against all also although am amid an and are as at be because been before but by can
        could despite did do does during following for from had has have he her his how if in into is it its
        may might must nor not of on or over said says she should since so than that the their they this
        those though through to under until upon was we were what when where which while who whose why will
        with within without would yet you
        """,
    )
)
"""Words that do not follow a possessive, so that a mark after a final s before one of them closes a quotation."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark at ``offset`` (code points in the paragraph): what its neighbours let it be."""

    offset: int
    character: str
    opens: bool
    closes: bool
    unsure: bool
    """It may be the apostrophe of a plural possessive (``the skippers’ union``)."""
    full: bool
    """As an opening mark it begins a statement: at the start, or after a colon or a comma."""

    def may_open(self) -> bool:
        """Whether the mark can begin a quotation."""
        return self.opens and self.character in CLOSERS

    def may_close(self, opener: str) -> bool:
        """Whether the mark can end a quotation that began with ``opener``."""
        return (
            self.closes and self.character in CLOSERS[opener] and not (self.opens and self.character in _USUALLY_OPEN)
        )


def marks_in(paragraph: str) -> list[Mark]:
    """Return the quotation marks of a paragraph in order, leaving out plain apostrophes and primes."""
    apostrophes = {
        m.start() + k for m in _ELIDED.finditer(paragraph) for k, c in enumerate(m.group()) if c in APOSTROPHES
    }
    found: list[Mark] = []
    for match in _MARK.finditer(paragraph):
        if match.start() not in apostrophes:
            mark = _read(paragraph, match.start(), found[-1] if found else None)
            if mark is not None:
                found.append(mark)
    return found


def leading_marks(paragraph: str) -> str:
    """Return the quotation marks that a paragraph begins with."""
    match = _LEADING.match(paragraph)
    return match.group(1) if match and not _ELIDED.match(paragraph, match.start(1)) else ""


def is_possessive(paragraph: str, marks: list[Mark], index: int, opener: str, *, continues: bool) -> bool:
    """Whether the unsure mark ``marks[index]`` is an apostrophe, given that a quotation is open.

    It closes the quotation before a word that cannot follow a possessive; else it is an apostrophe if a later mark
    closes the quotation, or if the quotation goes on in the next paragraph (``continues``).
    """
    word = _NEXT_WORD.match(paragraph, marks[index].offset + 1)
    if word is None or word.group(1).casefold() in _FUNCTION_WORDS:
        return False
    depth = 0
    for mark in marks[index + 1 : index + 1 + _LOOK_AHEAD]:
        if mark.may_close(opener):
            if depth == 0:
                return True
            depth -= 1
        elif mark.may_open() and mark.character in {opener, "‘", "'"}:
            depth += 1
    return continues


_LOOK_AHEAD = 40
"""Marks that are looked at to settle an unsure one; bounds the cost of a paragraph that is full of them."""


def _read(paragraph: str, offset: int, previous: Mark | None) -> Mark | None:
    character = paragraph[offset]
    before = paragraph[offset - 1] if offset else ""
    after = paragraph[offset + 1] if offset + 1 < len(paragraph) else ""
    single = character in APOSTROPHES or character in "`´"
    if before.isalnum() and after.isalnum() and (single or character == '"'):
        return None
    if before.isdecimal() and character == '"' and (not after or after.isspace() or after in ",."):
        return Mark(offset, character, opens=False, closes=True, unsure=False, full=False)
    chained = previous is not None and previous.offset == offset - 1
    opens = _opens(character, before, after) or (
        chained and previous is not None and previous.opens and bool(after) and not after.isspace()
    )
    closes = bool(before) and (not before.isspace() or (character in _GUILLEMETS and not opens))
    if chained and previous is not None and previous.opens and not previous.closes:
        closes = False
    unsure = single and closes and before in "sS" and not opens and (not after or after.isspace())
    lead = paragraph[max(0, offset - 4) : offset].rstrip()[-1:] if opens else ""
    full = opens and (not lead or lead in ":,–—" or lead in MARKS)
    return Mark(offset, character, opens=opens, closes=closes, unsure=unsure, full=full)


def _opens(character: str, before: str, after: str) -> bool:
    if not after or (after.isspace() and character not in "«‹"):
        return False
    if after in _CLOSES_AFTER and after not in "…–—-":
        return False
    if character in _USUALLY_OPEN and not before.isalnum() and after.isalnum():
        return True
    return not before or before.isspace() or before in _OPENS_BEFORE
