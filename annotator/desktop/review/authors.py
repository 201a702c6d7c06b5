"""Whose work it is: how a review tells analysts apart, by number, initials, shape and colour, never by colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from annotator.domain.analysts import Analyst

MOST = 9
"""So many analysts can be taken by a figure key."""
_STROKE = 0.26
"""How thick a hollow shape is drawn, as a share of its size."""
_COLOURS = ("#5b3fa8", "#b0531a", "#0f6e74", "#a3246f", "#54681a", "#2d5fb8", "#8a5a00", "#a02c2c", "#4a5560")
"""Apart from those of the ready-made tags, and from each other also where red and green look alike."""


class Shape(Enum):
    """The shape that goes with an analyst's number."""

    SQUARE = "■"
    DISC = "●"
    TRIANGLE = "▲"
    DIAMOND = "◆"
    WEDGE = "▼"
    RING = "○"
    FRAME = "□"
    CROSS = "✚"
    HALF = "◖"


@dataclass(frozen=True, slots=True)
class Author:
    """An analyst as a review shows them: ``number`` is the key that takes their version, from 1.

    With names hidden ``name`` and ``initials`` are a letter, and the colour is the number's. ``colour``: ``#rrggbb``
    before it is adapted to the theme.
    """

    analyst_id: str
    number: int
    name: str
    initials: str
    colour: str
    shape: Shape

    @property
    def sign(self) -> str:
        """The shape and the initials, as they stand in a line of text."""
        return f"{self.shape.value} {self.initials}"

    @property
    def spoken(self) -> str:
        """What a screen reader says: the key and the name."""
        return QCoreApplication.translate("Author", "{0}, {1}").format(self.number, self.name)


def authors_of(
    analyst_ids: Iterable[str], analysts: Mapping[str, Analyst], letters: Mapping[str, str] | None = None
) -> tuple[Author, ...]:
    """Return the authors of a session in the order of their keys.

    ``letters``: what they are called in place of their names (:func:`annotator.domain.letters.letters`), None where
    names are shown.
    """
    ids = dict.fromkeys(analyst_ids)
    names = {id_: _named(analysts.get(id_)) if letters is None else _letter(letters[id_]) for id_ in ids}
    ordered = sorted(ids, key=lambda id_: (names[id_][0].casefold(), id_))
    shapes = list(Shape)
    return tuple(
        Author(id_, number, *names[id_], _COLOURS[(number - 1) % MOST], shapes[(number - 1) % MOST])
        for number, id_ in enumerate(ordered, 1)
    )


def _letter(letter: str) -> tuple[str, str]:
    return QCoreApplication.translate("Author", "Analyst {0}").format(letter), letter


def _named(analyst: Analyst | None) -> tuple[str, str]:
    if analyst is None:
        return QCoreApplication.translate("Author", "Unknown"), "?"
    return analyst.name, analyst.initials or analyst.name[:2]


def draw_shape(painter: QPainter, shape: Shape, box: QRectF, colour: QColor) -> None:
    """Draw a shape into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if shape in (Shape.RING, Shape.FRAME):
        width = box.width() * _STROKE
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
    painter.drawPath(_path(shape, box))
    painter.restore()


def _path(shape: Shape, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    left, right, top, bottom, middle = box.left(), box.right(), box.top(), box.bottom(), box.center()
    if shape in (Shape.DISC, Shape.RING):
        path.addEllipse(box)
    elif shape is Shape.HALF:
        path.moveTo(middle.x(), top)
        path.arcTo(box, 90, 180)
        path.closeSubpath()
    elif shape is Shape.CROSS:
        third = box.width() * 0.33
        path.addRect(QRectF(left + third, top, box.width() - 2 * third, box.height()))
        path.addRect(QRectF(left, top + third, box.width(), box.height() - 2 * third))
        path.setFillRule(Qt.FillRule.WindingFill)
    elif shape in _CORNERS:
        points = {"l": left, "r": right, "m": middle.x(), "t": top, "b": bottom, "c": middle.y()}
        path.addPolygon(QPolygonF([QPointF(points[x], points[y]) for x, y in _CORNERS[shape]]))
        path.closeSubpath()
    else:
        path.addRect(box)
    return path


_CORNERS = {
    Shape.TRIANGLE: (("l", "b"), ("m", "t"), ("r", "b")),
    Shape.WEDGE: (("l", "t"), ("r", "t"), ("m", "b")),
    Shape.DIAMOND: (("l", "c"), ("m", "t"), ("r", "c"), ("m", "b")),
}


def shape_icon(shape: Shape, colour: QColor, size: int = 14, ratio: float = 2.0) -> QIcon:
    """Return a shape as a picture for a button or a row."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        draw_shape(painter, shape, QRectF(2, 2, size - 4, size - 4), colour)
    finally:
        painter.end()
    return QIcon(picture)
