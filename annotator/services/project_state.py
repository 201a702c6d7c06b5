"""A whole project read into memory, for exporting, merging and verifying it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from annotator.domain.entities import ENTITIES
from annotator.formats.exchange.state import JournalEntry, ProjectState
from annotator.store.repository import Reader


def state_of(reader: Reader) -> ProjectState:
    """Return everything in the project as it is in this read transaction."""
    return ProjectState(
        entities={cls: reader.all(cls, deleted=True) for cls in ENTITIES},
        versions={version.hash: version for version in reader.all_versions()},
        changes=tuple(
            JournalEntry(row.id, row.at, row.analyst_id, row.device, row.label, row.undoes_id)
            for row in reader.changes()
        ),
    )


@contextmanager
def uncollected() -> Iterator[None]:
    """Make millions of small things that all stay, without looking again and again for some that do not."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
