"""The rows of the journal: changes and versions, as the layers above see them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, func, null, select

from annotator.domain.versions import Version
from annotator.store.inserting import Inserter
from annotator.store.schema import change, version


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One entry of the journal. ``seq`` is its order in this project file and means nothing elsewhere."""

    id: str
    seq: int
    at: str
    analyst_id: str | None
    device: str
    label: str
    undoes_id: str | None = None


CHANGES = select(
    change.c.id,
    change.c.seq,
    change.c.at,
    change.c.analyst_id,
    change.c.device,
    change.c.label,
    change.c.undoes_id,
).order_by(change.c.seq)
CHANGE = CHANGES.where(change.c.id == bindparam("id"))
OWN_CHANGES = CHANGES.where(
    change.c.seq >= bindparam("from_seq"),
    change.c.analyst_id == bindparam("analyst_id"),
    change.c.device == bindparam("device"),
)

_NO_HASHES = "[]"
"""How no hashes are stored."""

VERSIONS = select(
    version.c.hash,
    version.c.entity_type,
    version.c.entity_id,
    version.c.revision,
    func.nullif(version.c.parents, _NO_HASHES).label("parents"),  # nearly all have none: not read as texts
    version.c.content,
    version.c.at,
    version.c.by,
    version.c.device,
    version.c.change_id,
    version.c.owner_id,
    version.c.article_id,
    func.nullif(version.c.told_ancestors, _NO_HASHES).label("told_ancestors"),
)
VERSIONS_ALONE = VERSIONS.with_only_columns(
    *(null().label(c.name) if c.name in {"change_id", "owner_id"} else c for c in VERSIONS.selected_columns)
)
"""The same without what ties a version to the journal and to a layer."""
VERSIONS_OF_ENTITY = VERSIONS.where(
    version.c.entity_type == bindparam("entity_type"), version.c.entity_id == bindparam("entity_id")
)
VERSIONS_OF_CHANGE = VERSIONS.where(version.c.change_id == bindparam("change_id")).order_by(
    version.c.entity_type, version.c.entity_id
)
VERSIONS_OF_ENTITIES = VERSIONS.where(
    version.c.entity_type == bindparam("entity_type"), version.c.entity_id.in_(bindparam("entity_ids", expanding=True))
)
INSERT_VERSIONS = Inserter(version, [column.name for column in VERSIONS.selected_columns])
INSERT_CHANGES = Inserter(change, ChangeRow.__slots__)


def change_from(row: Sequence[Any]) -> ChangeRow:
    """Return the change that a row of ``CHANGES`` holds."""
    return ChangeRow(*row)


def version_from(row: Sequence[Any]) -> Version:
    """Return the version that a row of ``VERSIONS`` holds."""
    return next(versions_from([row]))


def versions_from(rows: Iterable[Sequence[Any]]) -> Iterator[Version]:
    """Yield the versions that rows of ``VERSIONS`` hold; what many of them say in common is one object for all."""
    new, one = tuple.__new__, Version
    common: dict[str | None, Any] = {}
    seen = common.setdefault
    for hash_, type_, id_, revision, parents, content, at, by, device, change_id, owner_id, article_id, told in rows:
        yield new(  # all of them, in order: its own way looks for defaults, a third of the time
            one,
            (
                hash_,
                seen(type_, type_),
                id_,
                revision,
                _hashes(parents) if parents else (),
                bytes(content),
                at,
                seen(by, by),
                seen(device, device),
                seen(change_id, change_id),
                seen(owner_id, owner_id),
                seen(article_id, article_id),
                _hashes(told) if told else (),
            ),
        )


def _hashes(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def version_row(record: Version, owner_id: str | None, article_id: str | None) -> tuple[Any, ...]:
    """Return the row of a version whose body is known, in the order of ``INSERT_VERSIONS``.

    ``owner_id`` and ``article_id`` go before what the record says: they follow from its content.
    """
    return (
        record.hash,
        record.entity_type,
        record.entity_id,
        record.revision,
        hashes(record.parents),
        record.content,
        record.at,
        record.by,
        record.device,
        record.change_id,
        owner_id,
        article_id,
        hashes(record.told_ancestors),
    )


def hashes(values: Sequence[str]) -> str:
    """Return hashes as the JSON text that is stored: sorted, no spaces."""
    if not values:
        return _NO_HASHES
    return json.dumps(sorted(values), separators=(",", ":"))


def change_row(record: ChangeRow) -> tuple[Any, ...]:
    """Return the row of a change, in the order of ``INSERT_CHANGES``."""
    return _change_values(record)


_change_values = attrgetter(*ChangeRow.__slots__)
