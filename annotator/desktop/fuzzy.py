"""How well a few typed letters fit a name: for the command palette."""

from __future__ import annotations

from annotator.domain.folding import fold

_START, _WORD, _RUN = 8, 6, 5


def score(typed: str, text: str) -> int | None:
    """Return how well ``typed`` fits ``text``, higher is better; None when its letters do not occur in this order.

    Case, accents and spaces do not count. Letters at the start of a word and runs of letters count more, and shorter
    texts win among equals.
    """
    wanted = fold(typed).replace(" ", "")
    folded = fold(text)
    if not wanted:
        return 0
    best = None
    for start in (at for at, letter in enumerate(folded) if letter == wanted[0]):
        points = _points(wanted, folded, start)
        if points is not None and (best is None or points > best):
            best = points
    return None if best is None else best * 100 - len(folded)


def _points(wanted: str, folded: str, start: int) -> int | None:
    """Score the match whose first letter stands at ``start``, each further letter at the best of the next places."""
    points = _START if start == 0 else _WORD if _starts_word(folded, start) else 0
    here = start
    for letter in wanted[1:]:
        if folded[here + 1 : here + 2] == letter:
            here += 1
            points += _RUN
            continue
        places = [at for at in range(here + 1, len(folded)) if folded[at] == letter]
        if not places:
            return None
        here = next((at for at in places if _starts_word(folded, at)), places[0])
        points += _WORD if _starts_word(folded, here) else 0
    return points


def _starts_word(folded: str, at: int) -> bool:
    return at == 0 or (not folded[at - 1].isalnum() and folded[at].isalnum())
