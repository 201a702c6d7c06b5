"""Which passages of several analysts on one text cover the same words: the groups that clusters are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from annotator.domain.pairing import HALF, Pair, Trimmed, enough, overlap, touching

Group = dict[str, list[Trimmed]]
"""For each analyst the passages that are in the group, in reading order."""


def group(layers: Mapping[str, Sequence[Trimmed]], least: float = HALF) -> list[Group]:
    """Return the groups of the passages of several analysts on one text, in reading order.

    ``layers``: each analyst's passages in reading order. Pairs of passages that overlap by ``least`` are joined by
    falling overlap, then equal tags first, then by start, end and id, unless an analyst would be in a group twice. What
    is left over and lies within another analyst's passage joins its group, so that an analyst who cut in pieces what
    another took whole is there with all of them; a passage that overlaps another of its own analyst's there is no
    piece, and stays.
    """
    groups = {passage.id: {analyst: [passage]} for analyst, passages in layers.items() for passage in passages}
    for a, b in sorted(_pairs(layers, least), key=_closest_first):
        one, other = groups[a.id], groups[b.id]
        if not one.keys() & other.keys():
            one.update(other)
            groups.update((passage.id, one) for passages in other.values() for passage in passages)
    _take_in_pieces(layers, groups)
    different = {id(found): found for found in groups.values()}
    return sorted(different.values(), key=lambda found: min(passages[0] for passages in found.values()))


def _pairs(layers: Mapping[str, Sequence[Trimmed]], least: float) -> Iterator[Pair]:
    for mine, theirs in combinations(layers.values(), 2):
        for i, j in touching(mine, theirs):
            if enough(mine[i], theirs[j], least):
                yield min(mine[i], theirs[j]), max(mine[i], theirs[j])


def _closest_first(found: Pair) -> tuple[float, bool, Trimmed, Trimmed]:
    a, b = found
    return -overlap(a, b), a.tag_id != b.tag_id, a, b


def _take_in_pieces(layers: Mapping[str, Sequence[Trimmed]], groups: dict[str, Group]) -> None:
    """Move what is left over into the group of the passage that it fills most of; the longest first."""
    analysts = {passage.id: analyst for analyst, passages in layers.items() for passage in passages}
    everything = sorted(passage for passages in layers.values() for passage in passages)
    left_over = [passage for passage in everything if len(groups[passage.id]) == 1]
    around: dict[str, list[Trimmed]] = defaultdict(list)
    for i, j in touching(left_over, everything):
        piece, whole = left_over[i], everything[j]
        if whole.start <= piece.start and piece.end <= whole.end and analysts[piece.id] != analysts[whole.id]:
            around[piece.id].append(whole)
    for piece in sorted(left_over, key=lambda passage: (passage.start - passage.end, passage)):
        analyst = analysts[piece.id]
        for whole in sorted(around[piece.id], key=lambda whole: (-overlap(piece, whole), whole)):
            if len(groups[piece.id]) == 1 and _has_room(groups[whole.id], analyst, piece):
                target = groups[piece.id] = groups[whole.id]
                target[analyst] = sorted([*target.get(analyst, ()), piece])


def _has_room(found: Group, analyst: str, piece: Trimmed) -> bool:
    return not any(own.start < piece.end and piece.start < own.end for own in found.get(analyst, ()))
