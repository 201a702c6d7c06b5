"""Versions: the hashed, immutable states of an entity, and which of them are heads.

The hash of a version is the SHA-256 over type, id, content, revision, parents, time, analyst and device, as in git, so
that going back to an old content is a new version. Content is canonical: sorted keys, no spaces, UTF-8, no floats, and
without the fields that have their default, so that a field added later changes no hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from annotator.domain.entities import BY_TYPE
from annotator.domain.entity import Entity, from_plain, to_plain

TOMBSTONE = b'"deleted_at":"'
"""What the body of a tombstone has and no other has: canonical content has the key nowhere else, not even in a text."""


class Version(NamedTuple):
    """One version record. ``content`` is None when only the hash is known (its body was not in the file).

    ``parents`` are the hashes it replaces directly. ``told_ancestors`` are hashes that a file named as replaced and
    that cannot be reached through known parents.
    """

    hash: str
    entity_type: str
    entity_id: str
    revision: int
    parents: tuple[str, ...]
    content: bytes | None
    at: str
    by: str | None
    device: str
    change_id: str | None = None
    owner_id: str | None = None
    article_id: str | None = None
    told_ancestors: tuple[str, ...] = ()

    @property
    def deleted(self) -> bool:
        """Whether the body is a tombstone's."""
        return self.content is not None and TOMBSTONE in self.content

    @property
    def known(self) -> bool:
        """Whether the body of this version is here."""
        return self.content is not None


def canonical(value: Any) -> bytes:  # noqa: ANN401  (any JSON value)
    """Return ``value`` as canonical JSON: sorted keys, no spaces, UTF-8. Raises TypeError for a float."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _refuse_floats(value: Any) -> None:  # noqa: ANN401
    if isinstance(value, float):
        raise TypeError("a version's content holds no floats")
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)


def content_of(entity: Entity) -> bytes:
    """Return the canonical content of an entity: what its version hashes."""
    return canonical(to_plain(entity, content_only=True))


def version_hash(  # noqa: PLR0913  (the eight things that a version is)
    entity_type: str,
    entity_id: str,
    content: bytes,
    revision: int,
    parents: Iterable[str],
    at: str,
    by: str | None,
    device: str,
) -> str:
    """Return the hash (64 hex digits) of a version; ``parents`` in any order."""
    head = canonical([entity_type, entity_id, revision, sorted(parents), at, by, device])
    return hashlib.sha256(head + b"\n" + content).hexdigest()


def entity_from(version: Version, extra: Mapping[str, Any] | None = None) -> Entity:
    """Return the entity that a version with a body describes.

    ``extra`` gives the fields that content leaves out (``text`` and ``source_bytes`` of a text version).
    Raises ValueError when the body is not known.
    """
    if version.content is None:
        raise ValueError(f"the body of version {version.hash} is not known")
    values = json.loads(version.content)
    values.update(extra or {})
    values.update(
        id=version.entity_id,
        revision=version.revision,
        version=version.hash,
        updated_at=version.at,
        updated_by=version.by,
    )
    return from_plain(BY_TYPE[version.entity_type], values)


def ancestors_of(hash_: str, versions: Mapping[str, Version]) -> frozenset[str]:
    """Return the hashes of all versions that ``hash_`` replaces, directly or not."""
    seen: set[str] = set()
    todo = [hash_]
    while todo:
        version = versions.get(todo.pop())
        if version is None:
            continue
        for parent in (*version.parents, *version.told_ancestors):
            if parent not in seen:
                seen.add(parent)
                todo.append(parent)
    return frozenset(seen)


def heads_of(versions: Mapping[str, Version]) -> tuple[Version, ...]:
    """Return the heads among the versions of one entity: those that no known version replaces.

    Ordered as they are shown: highest revision first, then lowest hash; the first one is the state that is shown.
    """
    replaced: set[str] = set()
    for hash_ in versions:
        replaced |= ancestors_of(hash_, versions)
    heads = [v for h, v in versions.items() if h not in replaced and v.known]
    return tuple(sorted(heads, key=lambda v: (-v.revision, v.hash)))


def in_conflict(heads: Iterable[Version]) -> bool:
    """Whether several heads say different things."""
    return len({v.content for v in heads}) > 1


def same_state(one: Entity | None, other: Entity | None) -> bool:
    """Whether two states are equal for the undo law: stamps do not count, a tombstone equals an absent entity."""
    one = None if one is None or one.deleted else one
    other = None if other is None or other.deleted else other
    if one is None or other is None:
        return one is other
    return content_of(replace(one, created_at="")) == content_of(replace(other, created_at=""))
