"""How far two pictures differ, and whether that is more than another machine's rounding."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QImage

FAINT, PLAIN = 2, 8
"""Differences of a colour's channel, 0 to 255, up to which a pixel counts as the same; and beyond which one sees it."""
_EDGE = 48
"""Grey steps between neighbours from which there is an edge: more than between a tint and the page."""
MOST_FAINT, MOST_PLAIN = 0.005, 0.00005
"""The greatest shares of a picture's pixels that may differ by more; the second is less than a word's underline."""


@dataclass(frozen=True)
class Difference:
    """What of a picture is not as it should be: the shares of pixels that differ by more than FAINT and PLAIN."""

    same_size: bool
    faint: float = 0.0
    plain: float = 0.0
    greatest: int = 0

    @property
    def matters(self) -> bool:
        """Whether it is more than the rounding of another machine."""
        return not self.same_size or self.faint > MOST_FAINT or self.plain > MOST_PLAIN

    def within(self, bound: Difference) -> bool:
        """Whether it is no more than another difference; a greatest of 0 there is no bound."""
        smaller = self.faint <= bound.faint and self.plain <= bound.plain
        return self.same_size and smaller and (bound.greatest == 0 or self.greatest <= bound.greatest)

    def __str__(self) -> str:
        """Say it in words."""
        if not self.same_size:
            return "the size is another"
        return f"{self.plain:.4%} of the pixels differ plainly, {self.faint:.4%} a little, by {self.greatest} at most"


def difference(one: QImage, other: QImage) -> Difference:
    """Return how far two pictures differ."""
    if one.size() != other.size():
        return Difference(same_size=False)
    if one == other:
        return Difference(same_size=True)
    by = _by_pixel(one, other)
    faint, plain = (sum(each > bound for each in by) / len(by) for bound in (FAINT, PLAIN))
    return Difference(True, faint, plain, max(by))


def off_edges(one: QImage, other: QImage) -> float:
    """Return the share of pixels that differ plainly where the second picture has no edge within a pixel.

    Edges of letters may be rounded otherwise; a tint, a line or a letter that is missing has pixels that are no edge.
    """
    grey = other.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, line, light = grey.width(), grey.height(), grey.bytesPerLine(), bytes(grey.constBits())
    by = _by_pixel(one, other)
    flat = 0
    for place in (place for place, step in enumerate(by) if step > PLAIN):
        y, x = divmod(place, width)
        rows = range(max(0, y - 1), min(height, y + 2))
        around = b"".join(light[row * line + max(0, x - 1) : row * line + min(width, x + 2)] for row in rows)
        flat += max(around) - min(around) <= _EDGE
    return flat / len(by)


def difference_picture(one: QImage, other: QImage) -> QImage:
    """Return the second picture, pale, with what is different in the first in red."""
    shown = other.convertToFormat(QImage.Format.Format_RGB32)
    if one.size() != other.size():
        return shown
    red = QColor("#e00020").rgb()
    for place, by in enumerate(_by_pixel(one, other)):
        y, x = divmod(place, shown.width())
        grey = 255 - (255 - QColor(shown.pixel(x, y)).lightness()) // 4
        shown.setPixel(x, y, red if by > FAINT else QColor(grey, grey, grey).rgb())
    return shown


def _by_pixel(one: QImage, other: QImage) -> list[int]:
    """Return for each pixel by how much the channel differs that differs most."""
    pictures = [picture.convertToFormat(QImage.Format.Format_RGBX8888) for picture in (one, other)]
    mine, theirs = (bytes(picture.constBits()) for picture in pictures)  # which live as long as their picture only
    by = list(map(_DISTANCE.__getitem__, map(int.__sub__, mine, theirs)))
    return list(map(max, by[0::4], by[1::4], by[2::4]))


_DISTANCE = [*range(256), *range(255, 0, -1)]
"""By difference, a negative one counted from the end."""
