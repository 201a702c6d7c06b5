"""Themes: contrast of every text colour and outline, of tag colours on both bases, and following the choice."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from annotator.desktop.theme import (
    DARK,
    LIGHT,
    SHAPE_CONTRAST,
    TEXT_CONTRAST,
    Theme,
    ThemeChoice,
    ThemeSource,
    contrast,
    mix,
)
from annotator.domain.codebook import default_tags

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
SURFACES = ("window", "base", "raised", "hover", "selection", "text_selection", "found")


def test_contrast_agrees_with_known_values() -> None:
    assert contrast(QColor("#ffffff"), QColor("#000000")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)
    assert contrast(QColor("#123456"), QColor("#123456")) == 1


@THEMES
@pytest.mark.parametrize("name", ["text", "muted", "accent", "success", "warning", "danger"])
def test_text_is_readable_on_every_surface(theme: Theme, name: str) -> None:
    for surface in SURFACES:
        quiet = surface in {"window", "base", "raised"}
        if name == "text" or quiet or (name == "muted" and surface in {"hover", "selection"}):
            assert contrast(theme.colour(name), theme.colour(surface)) >= TEXT_CONTRAST, surface


@THEMES
def test_what_can_be_used_has_a_visible_edge_and_focus(theme: Theme) -> None:
    for surface in ("window", "base", "raised"):
        assert contrast(theme.colour("outline"), theme.colour(surface)) >= SHAPE_CONTRAST
        assert contrast(theme.colour("accent"), theme.colour(surface)) >= SHAPE_CONTRAST
    assert contrast(theme.colour("on_accent"), theme.colour("accent")) >= TEXT_CONTRAST


@THEMES
def test_tag_colours_are_readable_whatever_the_user_chose(theme: Theme) -> None:
    chosen = [tag.colour for tag in default_tags()]
    chosen += ["#000000", "#ffffff", "#ffff00", "#808080", "#00ff00", "#0000ff", "#ff00ff", ""]
    for colour in chosen:
        adapted = theme.tag_colour(colour)
        for surface in ("base", "window"):
            assert contrast(adapted, theme.colour(surface)) >= TEXT_CONTRAST, colour


@THEMES
def test_text_is_readable_on_a_tags_tint(theme: Theme) -> None:
    for tag in default_tags():
        assert contrast(theme.colour("text"), theme.tag_tint(tag.colour)) >= TEXT_CONTRAST


@THEMES
def test_a_readable_colour_is_left_as_it_is(theme: Theme) -> None:
    assert theme.tag_colour(theme.text) == theme.colour("text")


def test_the_three_kinds_stay_apart_in_both_themes() -> None:
    for theme in (LIGHT, DARK):
        hues = sorted(theme.tag_colour(tag.colour).hsvHue() for tag in default_tags())
        assert all(later - earlier > 40 for earlier, later in itertools.pairwise(hues))


def test_mixing_goes_from_the_ground_to_the_colour() -> None:
    ground, colour = QColor("#000000"), QColor("#ffffff")
    assert mix(ground, colour, 0) == ground
    assert mix(ground, colour, 1) == colour
    assert mix(ground, colour, 0.5).red() == pytest.approx(128, abs=1)


@THEMES
def test_the_palette_has_the_themes_colours(theme: Theme) -> None:
    palette = theme.palette()
    assert palette.color(QPalette.ColorRole.Base) == theme.colour("base")
    assert palette.color(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight) == theme.colour("selection")
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled != theme.colour("text")


def test_the_source_tells_of_a_new_theme_once(qtbot: QtBot) -> None:
    source = ThemeSource(ThemeChoice.LIGHT)
    seen: list[Theme] = []
    source.changed.connect(seen.append)
    source.choose(ThemeChoice.DARK)
    source.choose(ThemeChoice.DARK)
    source.choose(ThemeChoice.LIGHT)
    assert seen == [DARK, LIGHT]
    assert source.theme is LIGHT
