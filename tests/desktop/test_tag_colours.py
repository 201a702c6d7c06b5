"""A tag has one colour in a theme, wherever it is shown, also where it was made before the theme came."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from annotator.desktop.article_picture import view_theme
from annotator.desktop.article_view.look import adapted
from annotator.desktop.models.codebook_model import CodebookModel
from annotator.desktop.models.two_line import TwoLineDelegate
from annotator.desktop.theme import THEMES, Theme
from annotator.desktop.widgets.choice_list import Choice, ChoiceList
from annotator.desktop.widgets.icons import chip_icon
from annotator.desktop.widgets.quote_button import QuoteButton
from annotator.domain.codebook import default_tags

TAGS = default_tags()
SAME = 8
"""Of 255 in each channel: lists stand on another ground than the text, on which a tag must be readable too."""
each_theme = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)


@pytest.fixture(autouse=True)
def palette_as_before(qapp: QApplication) -> Iterator[None]:
    before = qapp.palette()
    yield
    qapp.setPalette(before)


def colours_of(picture: QImage) -> set[str]:
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def shown_in(widget: QWidget, theme: Theme, qapp: QApplication) -> set[str]:
    """Return the colours of a widget that was there before the theme."""
    widget.resize(280, 160)
    widget.grab()
    qapp.setPalette(theme.palette())
    return colours_of(widget.grab().toImage())


@each_theme
def test_a_chip_made_before_shows_the_colour_of_the_theme(theme: Theme, qapp: QApplication) -> None:
    for tag in TAGS:
        icon = chip_icon(tag.colour)
        for size in (12, 16, 32):
            icon.pixmap(size, size)
            qapp.setPalette(theme.palette())
            middle = icon.pixmap(QSize(size, size)).toImage().pixelColor(size // 2, size // 2)
            assert middle.name() == theme.tag_colour(tag.colour).name(), (tag.name, size)


def test_a_chip_leaves_free_what_is_round_it() -> None:
    assert chip_icon(TAGS[0].colour).pixmap(24, 24).toImage().pixelColor(0, 0).alpha() == 0


def test_a_chip_that_cannot_be_used_is_fainter() -> None:
    plain, faint = (
        chip_icon(TAGS[0].colour).pixmap(QSize(12, 12), mode).toImage().pixelColor(6, 6).alpha()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert 0 < faint < plain


@each_theme
def test_a_link_card_shows_the_colour_of_the_theme(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    for tag in TAGS:
        card = QuoteButton("rebuts", "“Not so”", tag.colour)
        qtbot.addWidget(card)
        assert theme.tag_colour(tag.colour).name() in shown_in(card, theme, qapp)


@each_theme
def test_the_list_of_what_can_be_linked_shows_it(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    rows = ChoiceList()
    qtbot.addWidget(rows)
    rows.set_choices([Choice(tag.id, tag.name, colour=tag.colour) for tag in TAGS])
    wanted = {theme.tag_colour(tag.colour).name() for tag in TAGS}
    assert wanted <= shown_in(rows, theme, qapp)


@each_theme
def test_the_codebook_shows_it(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    model = CodebookModel(view)
    model.set_tags(TAGS, retired=False)
    view.setModel(model)
    view.setItemDelegate(TwoLineDelegate(view))
    assert theme.tag_colour(TAGS[0].colour).name() in shown_in(view, theme, qapp)


@each_theme
def test_the_text_shows_none_that_could_be_told_apart(theme: Theme) -> None:
    for tag in TAGS:
        text, listed = adapted(tag.colour, view_theme(theme)), theme.tag_colour(tag.colour)
        apart = (text.red() - listed.red(), text.green() - listed.green(), text.blue() - listed.blue())
        assert max(map(abs, apart)) <= SAME, tag.name
