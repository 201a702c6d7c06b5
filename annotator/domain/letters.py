"""Letters in place of names, for a reviewer who is not to know whose work it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from string import ascii_uppercase


def letters(session_id: str, article_id: str, analysts: Iterable[str]) -> dict[str, str]:
    """Return a letter for each analyst (ids), shuffled anew for each article, and the same on every device.

    After Z come A1, B1 and so on.
    """
    order = sorted(analysts, key=lambda id_: hashlib.sha256(f"{session_id} {article_id} {id_}".encode()).digest())
    rounds = len(ascii_uppercase)
    return {id_: ascii_uppercase[n % rounds] + (str(n // rounds) if n >= rounds else "") for n, id_ in enumerate(order)}
