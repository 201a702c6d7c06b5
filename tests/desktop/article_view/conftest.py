"""An article view in a window of known size, with invented text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.desktop.article_view import LIGHT, ArticleView, TagStyle, load_fonts
from annotator.domain.codebook import TagKind
from annotator.domain.marks import Mark

STYLES = {
    "claim": TagStyle(TagKind.CLAIM, "#2f6fd0", "C", "Claim"),
    "denial": TagStyle(TagKind.DENIAL, "#c8452b", "D", "Denial"),
    "evidence": TagStyle(TagKind.EVIDENCE, "#2c8a57", "E", "Evidence"),
    "other": TagStyle(TagKind.OTHER, "#8a6fc0", "T", "Context"),
}

TEXT = """Harbour council denies secret toll deal
The port of Vellmouth doubled its tolls in March, and nobody can say who signed the order.
“We never met the company,” said Mara Lind, the council’s leader. “The register shows a payment of 4,200 crowns.”
Fishermen said the new toll would “ruin half the quay” by winter, and asked for the minutes.
The company declined to comment."""


def mark(id_: str, start: int, end: int, tag: str = "claim", analyst: str = "ab") -> Mark:
    return Mark(id_, start, end, tag, analyst)


def mark_of(words: str, id_: str, tag: str = "claim", text: str = TEXT) -> Mark:
    start = text.index(words)
    return mark(id_, start, start + len(words), tag)


@pytest.fixture
def make_view(qtbot: QtBot) -> Callable[..., ArticleView]:
    def make(text: str = TEXT, *, width: int = 900, height: int = 600) -> ArticleView:
        load_fonts()
        view = ArticleView()
        qtbot.addWidget(view)
        view.resize(width, height)
        view.set_theme(LIGHT)
        view.set_tag_styles(STYLES)
        view.set_article(text, ())
        with qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        view.setFocus()
        return view

    return make


@pytest.fixture
def view(make_view: Callable[..., ArticleView]) -> ArticleView:
    return make_view()
