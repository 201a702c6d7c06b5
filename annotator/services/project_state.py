"""A whole project read into memory, for exporting, merging and verifying it."""

from __future__ import annotations

from operator import itemgetter

from annotator.domain.articles import TextVersion
from annotator.domain.entities import ENTITIES
from annotator.formats.exchange.state import JournalEntry, ProjectHistory, ProjectState
from annotator.store.repository import Reader


def state_of(reader: Reader) -> ProjectState:
    """Return everything in the project as it is in this read transaction."""
    return ProjectState(
        entities={cls: reader.all(cls, deleted=True) for cls in ENTITIES},
        versions={version.hash: version for version in sorted(reader.all_versions(), key=itemgetter(1, 2, 0))},
        changes=_changes(reader),
    )


def history_of(reader: Reader) -> ProjectHistory:
    """Return what an export is made of, as it is in this read transaction."""
    texts = reader.all(TextVersion, deleted=True)
    return ProjectHistory(
        versions=reader.all_versions(),
        changes=_changes(reader),
        texts={text.id: (text.text, text.source_bytes) for text in texts},
    )


def _changes(reader: Reader) -> tuple[JournalEntry, ...]:
    return tuple(
        JournalEntry(row.id, row.at, row.analyst_id, row.device, row.label, row.undoes_id) for row in reader.changes()
    )
