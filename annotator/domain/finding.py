"""Find words in a text the way a reader types them: case, white space, accents' encoding and quote marks do not count.

Works on the stored text itself, so that the offsets found are its own; nothing is folded or stored.
"""

from __future__ import annotations

import re
import unicodedata

from annotator.domain.annotations import Span

MAX_HITS = 10_000
"""More than this are not looked for."""
_KIN = ("'‘’‚‛‹›`´ʼʹ′＇", '"“”„‟«»″＂', "-‐‑‒–—―−")
_CLASSES = {character: f"[{re.escape(kin)}]" for kin in _KIN for character in kin}


def find_all(text: str, query: str, limit: int = MAX_HITS) -> list[Span]:
    """Return the spans of ``text`` (code points) that read like ``query``, in order and without overlap.

    White space in the query stands for any run of it, a no-break space included; a quotation mark, an apostrophe or a
    dash for any of its kind. A query of white space alone finds nothing.
    """
    words = query.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join("".join(map(_like, word)) for word in words), re.IGNORECASE)
    found: list[Span] = []
    for match in pattern.finditer(text):
        found.append(Span(match.start(), match.end()))
        if len(found) == limit:
            break
    return found


def _like(character: str) -> str:
    """Return a pattern for one typed character."""
    known = _CLASSES.get(character)
    if known is not None:
        return known
    forms = {unicodedata.normalize(form, character) for form in ("NFC", "NFD")} | {character}
    return "|".join(sorted(map(re.escape, forms))).join(("(?:", ")")) if len(forms) > 1 else re.escape(character)
