"""Thin lanes: one below the other under every line, in their own colours, and the text makes room for them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import ArticleView, TagStyle
from annotator.desktop.article_view.thin_lanes import ThinLane
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark

TEXT = "The ferry board sold the old bridge, said the mayor, and nobody has seen the contract since the winter.\n" * 6


def lane(colour: str, *marks: Mark, signs: list[QRectF] | None = None) -> ThinLane:
    def sign(_painter: QPainter, box: QRectF, _colour: QColor) -> None:
        if signs is not None:
            signs.append(box)

    return ThinLane(colour, sign, marks)


def shown(qtbot: QtBot) -> ArticleView:
    view = ArticleView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.set_tag_styles({"claim": TagStyle(TagKind.CLAIM, "#2f6fd0")})
    view.set_article(TEXT, ())
    view.show()
    qtbot.waitExposed(view)
    return view


def rows_of(image: QImage, matches: Callable[[QColor], bool]) -> list[int]:
    """Return the rows of pixels in which something has a colour."""
    return [
        y for y in range(image.height()) if any(matches(image.pixelColor(x, y)) for x in range(0, image.width(), 3))
    ]


def test_lines_stand_further_apart_the_more_lanes_there_are(qtbot: QtBot) -> None:
    view = shown(qtbot)
    heights = []
    for number in range(1, 5):
        view.set_thin_lanes([lane("#5b3fa8")] * number)
        heights.append(view.page.lay(0).lines[1].top - view.page.lay(0).lines[0].top)
    assert heights == sorted(set(heights))
    view.set_thin_lanes([])
    assert view.page.lay(0).style.pitch < heights[0]


def test_each_lane_has_its_colour_and_place_below_the_one_before(qtbot: QtBot) -> None:
    view = shown(qtbot)
    mark = Mark("one", 4, 20, "claim", "a")
    view.set_thin_lanes([lane("#7a00c0", mark), lane("#c05000", mark._replace(id="two", analyst_id="b"))])
    view.set_strong_lines(frozenset({"one", "two"}))
    image = view.viewport().grab().toImage()
    purple = rows_of(image, lambda c: c.blue() > 120 and c.green() < 40 and c.red() > 60)
    orange = rows_of(image, lambda c: c.red() > 150 and c.green() < 110 and c.blue() < 40)
    assert purple
    assert orange
    assert max(purple) < min(orange)


def test_only_strong_lines_have_a_sign_and_neighbours_stand_apart(qtbot: QtBot) -> None:
    view = shown(qtbot)
    signs: list[QRectF] = []
    marks = [Mark("one", 4, 20, "claim", "a"), Mark("two", 4, 20, "claim", "b"), Mark("three", 4, 20, "claim", "c")]
    view.set_thin_lanes([lane("#7a00c0", mark, signs=signs) for mark in marks])
    view.viewport().grab()
    assert signs == []
    view.set_strong_lines(frozenset({"one", "two"}))
    view.viewport().grab()
    assert len(signs) >= 2
    first, second = signs[:2]
    assert not first.intersects(second)


def test_lanes_tell_what_lies_at_a_place(qtbot: QtBot) -> None:
    view = shown(qtbot)
    view.set_thin_lanes(
        [lane("#7a00c0", Mark("long", 0, 30, "claim", "a")), lane("#c05000", Mark("short", 4, 9, "claim", "b"))]
    )
    assert view.thin.at(5) == ["short", "long"]
    assert view.thin.at(12) == ["long"]
    assert view.thin.at(40) == []
