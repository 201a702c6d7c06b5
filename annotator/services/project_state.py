"""A whole project read into memory, for exporting, merging and verifying it."""

from __future__ import annotations

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
