"""What is drawn of the passages on one paragraph: rectangles sorted by brush, and the labels beside it.

A draw list is made when its paragraph is first painted and kept until the passages there change, so that scrolling and
repainting cost a few calls a paragraph. It knows neither what is current nor what the mouse is over: those are painted
over it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush


@dataclass(slots=True)
class MarginLabel:
    """A label in the margin: whose it is, what it says, and its top in pixels from the paragraph's top.

    ``mark_ids`` are several for a "+n" that stands for the labels that found no room.
    """

    mark_ids: tuple[str, ...]
    text: str
    top: int
    chip: QBrush | None


@dataclass(slots=True)
class DrawList:
    """Rectangles by brush in the paragraph's own coordinates: x from the column's left edge, y from its top."""

    tints: list[tuple[QBrush, list[QRectF]]] = field(default_factory=list)
    lines: list[tuple[QBrush, list[QRectF]]] = field(default_factory=list)
    solids: list[tuple[QBrush, list[QRectF]]] = field(default_factory=list)
    """Ticks, brackets and chips."""
    more: list[tuple[int, int]] = field(default_factory=list)
    """``(line, n)``: so many passages on a line found no lane."""
    keys: list[tuple[str, QRectF, QBrush]] = field(default_factory=list)
    """Key letters of nested tags, at their first tick."""
    labels: list[MarginLabel] = field(default_factory=list)
    lanes: dict[str, int] = field(default_factory=dict)
    """The lane of each passage that found one."""
