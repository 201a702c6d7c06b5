"""Which kind of relation two passages most likely have; only proposed, a person decides."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.codebook import TagKind
from annotator.domain.relations import RelationKind
from annotator.domain.repeats import nearly_equal


class Proposal(NamedTuple):
    """A proposed relation between the current passage and another.

    ``turned``: the other one is the source, because the current one is what is answered or supported.
    """

    kind: RelationKind
    turned: bool


def propose_kind(source: TagKind, target: TagKind, *, alike: bool = False) -> RelationKind:
    """Return the kind for a relation from ``source`` to ``target``; ``alike``: their quotes are nearly equal."""
    if alike and source == target:
        return RelationKind.REPEATS
    if source == TagKind.DENIAL:
        return RelationKind.REBUTS
    if source == TagKind.CLAIM and target == TagKind.DENIAL:
        return RelationKind.REBUTS
    if source == TagKind.OTHER:
        return RelationKind.ANSWERS
    return RelationKind.SUPPORTS


def propose(current: TagKind, other: TagKind, *, quotes: tuple[str, str], current_first: bool) -> Proposal:
    """Return the likely relation between the current passage and another one.

    ``quotes``: of the current one and of the other. ``current_first``: the current one stands before the other in the
    text, so that it is what the other answers.
    """
    alike = current == other and nearly_equal(*quotes)
    if alike:
        return Proposal(RelationKind.REPEATS, turned=current_first)
    turned = (other == TagKind.EVIDENCE and current != TagKind.EVIDENCE) or (
        current_first and other in {TagKind.DENIAL, TagKind.OTHER} and current == TagKind.CLAIM
    )
    source, target = (other, current) if turned else (current, other)
    return Proposal(propose_kind(source, target), turned)
