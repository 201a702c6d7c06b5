"""Merged entities: links are never rewritten, they are resolved when read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.domain.entity import Entity


def resolve(id_: str, merged_into: Mapping[str, str]) -> str:
    """Return the id of the entity that stands for ``id_`` after all merges; of a cycle the lowest id survives.

    ``merged_into`` has an entry for each loser of a merge.
    """
    if id_ not in merged_into:  # nearly always
        return id_
    path = [id_]
    while (winner := merged_into.get(path[-1])) is not None:
        if winner in path:
            return min(path[path.index(winner) :])
        path.append(winner)
    return path[-1]


def merged_into(entities: Iterable[Entity]) -> dict[str, str]:
    """Return loser → winner for the live entities among ``entities`` that were merged into another."""
    winners = ((entity.id, getattr(entity, "merged_into", None)) for entity in entities if not entity.deleted)
    return {loser: winner for loser, winner in winners if winner is not None}
