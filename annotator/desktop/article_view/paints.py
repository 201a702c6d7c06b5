"""The brushes that a tag is painted with, adapted to the theme: tint, strong tint, and the line style of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap, QTransform

from annotator.desktop.article_view.look import TagStyle, ViewTheme, adapted
from annotator.desktop.theme import mix
from annotator.domain.codebook import TagKind

_UNKNOWN = TagStyle(TagKind.OTHER, "#7a7f87")
_PALER = 0.6
"""How much of its colour a passage has while it is being saved."""
DASH, DASH_GAP = 4.5, 1.5
"""Lengths of a dash and of the gap behind it, in thicknesses of the line."""


@dataclass(frozen=True, slots=True)
class TagPaint:
    """What one tag is painted with."""

    rank: tuple[str, bool]
    """Where its brushes come among those of other tags where both are painted."""
    style: TagStyle
    colour: QColor
    tint: QBrush
    strong: QBrush
    solid: QBrush
    line: QBrush
    """One rectangle filled with it is a whole underline: solid, dashed or dotted by the tag's kind."""
    double: bool
    """Whether the underline is two thin solid ones instead."""


class Paints:
    """The paints of all tags for one theme, one thickness of lines and one scale of screen; made when first used."""

    def __init__(self, theme: ViewTheme, styles: Mapping[str, TagStyle], thickness: int, ratio: float) -> None:
        """``thickness``: of underlines in logical pixels; ``ratio``: device pixels to a logical one."""
        self.theme = theme
        self._styles = styles
        self._thickness = thickness
        self.ratio = ratio
        self._made: dict[tuple[str, bool], TagPaint] = {}

    def of(self, tag_id: str, *, pending: bool = False) -> TagPaint:
        """Return the paint of a tag, paler while ``pending``; grey for one that is not in the codebook."""
        paint = self._made.get((tag_id, pending))
        if paint is None:
            rank = (tag_id, pending)
            paint = self._made[rank] = self._make(rank, self._styles.get(tag_id, _UNKNOWN), pending=pending)
        return paint

    def _make(self, rank: tuple[str, bool], style: TagStyle, *, pending: bool) -> TagPaint:
        colour = adapted(style.colour, self.theme)
        if pending:
            colour = mix(QColor(self.theme.base), colour, _PALER)
        dark = self.theme.dark
        return TagPaint(
            rank=rank,
            style=style,
            colour=colour,
            tint=QBrush(_translucent(colour, 0.0 if self.theme.strong else 0.19 if dark else 0.12)),
            strong=QBrush(_translucent(colour, 0.38 if dark else 0.28)),
            solid=QBrush(colour),
            line=self.line_brush(style.kind, colour),
            double=style.kind is TagKind.OTHER,
        )

    def line_brush(self, kind: TagKind, colour: QColor) -> QBrush:
        """Return the brush of a kind's line: a tile that is repeated along the rectangle it fills."""
        thick = self._thickness
        if kind in (TagKind.CLAIM, TagKind.OTHER):
            return QBrush(colour)
        if kind is TagKind.DENIAL:
            width, height, drawn = thick * (DASH + DASH_GAP), float(thick), [(0.0, 0.0, thick * DASH, float(thick))]
        else:
            width, height, drawn = thick * 2.0, float(thick), [(0.0, 0.0, float(thick), float(thick))]
        return self._tile(colour, width, height, drawn)

    def _tile(
        self, colour: QColor, width: float, height: float, drawn: list[tuple[float, float, float, float]]
    ) -> QBrush:
        ratio = self.ratio
        tile = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        try:
            for x, y, w, h in drawn:
                painter.fillRect(
                    round(x * ratio), round(y * ratio), max(1, round(w * ratio)), max(1, round(h * ratio)), colour
                )
        finally:
            painter.end()
        brush = QBrush(tile)
        brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
        return brush


def _translucent(colour: QColor, alpha: float) -> QColor:
    tint = QColor(colour)
    tint.setAlphaF(alpha)
    return tint
