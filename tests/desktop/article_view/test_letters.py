"""The letters to choose passages by stand before the words that they stand for."""

from __future__ import annotations

import pytest

from annotator.desktop.article_view import ArticleView
from tests.desktop.article_view.conftest import TEXT, Hand, mark

RTL = "אבג דהו זחט יכל"
SPARED = 2
"""Pixels of the first character that a letter's rounded corner may touch."""


@pytest.mark.parametrize(
    ("text", "start", "rtl"), [(TEXT, TEXT.index("“The register"), False), (RTL, RTL.index("דהו"), True)]
)
def test_the_first_character_of_a_passage_stays_in_sight(
    view: ArticleView, hand: Hand, text: str, start: int, rtl: bool
) -> None:
    view.set_article(text, ())
    view.set_marks([mark("m", start, start + 3)])
    before = hand.picture()
    view.set_hints({"m": "a"})
    after = hand.picture()
    changed = [
        x
        for x in range(before.width())
        for y in range(before.height())
        if before.pixelColor(x, y) != after.pixelColor(x, y)
    ]
    assert changed, "the letter is shown"
    edge = hand.point(start, 1.0 if rtl else 0.0).x()
    assert min(changed) >= edge - SPARED if rtl else max(changed) <= edge + SPARED
