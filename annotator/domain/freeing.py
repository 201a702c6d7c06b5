"""Freeing many objects a little at a time.

What only a list holds is freed with the list, in one go, and Python's lock is kept meanwhile: a sixth of a second for
the versions of 100,000 passages, in which no other thread runs, the one of the window neither.
"""

from __future__ import annotations

from typing import Any

STEP = 2_000
"""So many elements of a list are freed in one go."""


def free_in_pieces(*collections: list[Any] | dict[Any, Any] | set[Any]) -> None:
    """Take everything out of collections that nobody needs any more, with room for other threads in between."""
    for collection in collections:
        if isinstance(collection, list):
            while collection:
                del collection[-STEP:]
        elif isinstance(collection, dict):
            while collection:
                collection.popitem()
        else:
            while collection:
                collection.pop()
