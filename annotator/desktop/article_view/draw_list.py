"""What is drawn of the passages on one paragraph: rectangles sorted by brush, and the labels beside it.

A draw list is made when its paragraph is first painted and kept until the passages there change, so that scrolling and
repainting cost a few calls a paragraph. It knows neither what is current nor what the mouse is over: those are painted
over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush

Rank: TypeAlias = tuple[str, bool]
"""Where a brush comes among others: by its tag, and whether it is the paler one of what is being saved."""


class Piece(NamedTuple):
    """Rectangles that belong together, and between which heights they are; in the paragraph's own coordinates."""

    top: float
    bottom: float
    rects: Sequence[QRectF]

    @classmethod
    def of(cls, rects: Sequence[QRectF]) -> Piece:
        """Return a piece of these rectangles."""
        tops, bottoms = [rect.top() for rect in rects], [rect.bottom() for rect in rects]
        return cls(min(tops, default=0), max(bottoms, default=0), rects)


class Layer:
    """Pieces under their brushes: one call draws all of a brush.

    In which order brushes come does not depend on what else is there, so that what overlaps always looks the same.
    """

    __slots__ = ("_brushes", "_rects")

    def __init__(self) -> None:
        self._brushes: dict[Rank, tuple[QBrush, list[Piece]]] = {}
        self._rects: dict[Rank, list[QRectF]] | None = None

    def put(self, rank: Rank, brush: QBrush, piece: Piece) -> None:
        """Add a piece; ``rank``: the brush's place among others, one for each brush."""
        entry = self._brushes.get(rank)
        if entry is None:
            entry = self._brushes[rank] = (brush, [])
        entry[1].append(piece)

    def arrange(self) -> None:
        """Put the brushes in order, once all pieces are there."""
        self._brushes = dict(sorted(self._brushes.items()))

    def __len__(self) -> int:
        return len(self._brushes)

    def __iter__(self) -> Iterator[tuple[QBrush, list[QRectF]]]:
        """Each brush with all its rectangles."""
        rects = self._all_rects()
        for rank, (brush, _) in self._brushes.items():
            yield brush, rects[rank]

    def with_layer(self, other: Layer) -> Iterator[tuple[QBrush, list[QRectF]]]:
        """Each brush with all its rectangles here and in a layer of the same brushes, in the order of those here."""
        ours, theirs = self._all_rects(), other._all_rects()
        for rank, (brush, _) in {**self._brushes, **other._brushes}.items():
            yield brush, ours.get(rank, []) + theirs.get(rank, [])

    def between(self, top: float, bottom: float) -> Iterator[tuple[QBrush, list[QRectF]]]:
        """Each brush with the rectangles of those pieces of which something is between two heights."""
        for brush, pieces in self._brushes.values():
            rects = [rect for piece in pieces if piece.top < bottom and piece.bottom > top for rect in piece.rects]
            if rects:
                yield brush, rects

    def _all_rects(self) -> dict[Rank, list[QRectF]]:
        if self._rects is None:
            self._rects = {
                rank: [rect for piece in pieces for rect in piece.rects] for rank, (_, pieces) in self._brushes.items()
            }
        return self._rects

    def changed(self, after: Layer) -> Iterator[Piece]:
        """Yield the pieces that are here or in a later layer of the same paragraph, but not in both."""
        gone, come = self._pieces(), after._pieces()
        for rank in gone.keys() | come.keys():
            if gone.get(rank) != come.get(rank):
                old, new = ({id(piece): piece for piece in each.get(rank, ())} for each in (gone, come))
                for key in old.keys() ^ new.keys():
                    yield old[key] if key in old else new[key]

    def _pieces(self) -> dict[Rank, list[Piece]]:
        return {rank: pieces for rank, (_, pieces) in self._brushes.items()}


class MarginLabel(NamedTuple):
    """A label in the margin: whose it is, what it says, and its top in pixels from the paragraph's top.

    ``mark_ids`` are several for a "+n" that stands for the labels that found no room.
    """

    mark_ids: tuple[str, ...]
    text: str
    top: int
    chip: QBrush | None


@dataclass(slots=True)
class DrawList:
    """What is drawn, in the paragraph's own coordinates: x from the column's left edge, y from its top."""

    tints: Layer = field(default_factory=Layer)
    lines: Layer = field(default_factory=Layer)
    ticks: Layer = field(default_factory=Layer)
    brackets: Layer = field(default_factory=Layer)
    more: list[tuple[int, int]] = field(default_factory=list)
    """``(line, n)``: so many passages on a line found no lane."""
    keys: list[tuple[str, QRectF, QBrush]] = field(default_factory=list)
    """Key letters of nested tags, at their first tick."""
    labels: list[MarginLabel] = field(default_factory=list)
    lanes: dict[str, int] = field(default_factory=dict)
    """The lane of each passage that found one."""
