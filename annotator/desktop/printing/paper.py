"""Sheets of paper: their sizes, margins, and the columns of a printed article on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize

from annotator.desktop.article_view.metrics import BODY_SIZE, LANES, Columns, TextSetting, Typography, typography

POINT = 10.5
"""Size of the article's type on paper, in points."""
UNIT = POINT / BODY_SIZE
"""Points to one logical pixel of the article view: what is laid out on the screen at 100 % fits the paper by this."""
LABEL_SIZE = 13
"""Size of the type of labels and small print, in units: a little over 7 points."""
_SIDE, _TOP, _BOTTOM = 51.0, 48.0, 62.0
"""Margins in points; the running foot stands in the bottom one."""
_COUNTS = 34
_LEAST_TEXT, _MOST_TEXT = 560, 610


class PaperSize(StrEnum):
    """The sheets that an article is printed on."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Paper:
    """What can be printed on of a sheet, in units from its printable corner; ``foot``: the middle of the foot line."""

    width: int
    height: int
    foot: int


def page_layout(size: PaperSize) -> QPageLayout:
    """Return the page of a PDF: portrait, without margins, for the margins are ours."""
    id_ = QPageSize.PageSizeId.A4 if size is PaperSize.A4 else QPageSize.PageSizeId.Letter
    return QPageLayout(QPageSize(id_), QPageLayout.Orientation.Portrait, QMarginsF())


def paper_of(width: float, height: float) -> Paper:
    """Return what is printed on of a sheet of so many points."""
    return Paper(
        width=round((width - 2 * _SIDE) / UNIT),
        height=round((height - _TOP - _BOTTOM) / UNIT),
        foot=round((height - _TOP - _BOTTOM / 2) / UNIT),
    )


def corner() -> tuple[float, float]:
    """Return the printable corner, in points from the sheet's."""
    return _SIDE, _TOP


def paper_type(family: str, ui_font: QFont) -> Typography:
    """Return how an article is set on paper: in the reader's typeface, at one size."""
    return typography(TextSetting(family, label_size=LABEL_SIZE, even=True), ui_font, 100)


def paper_columns(paper: Paper, type_: Typography) -> Columns:
    """Divide a sheet: labels, brackets, the text, and room for the "+n" of lines with more passages than lanes."""
    gutter = (LANES + 1) * (type_.lanes.pitch + 3) + 10
    text = min(_MOST_TEXT, max(_LEAST_TEXT, paper.width - gutter - _COUNTS - 210))
    left = paper.width - _COUNTS - text
    return Columns(
        label_left=0,
        label_right=left - gutter,
        text_left=left,
        text_width=text,
        relations_right=paper.width,
        page_width=paper.width,
        initials=False,
    )
