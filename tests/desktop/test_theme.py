"""Themes: contrast of every text colour and outline, of tag colours on both bases, and following the choice."""

from __future__ import annotations

import itertools
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from pytestqt.qtbot import QtBot

from annotator.desktop import article_picture
from annotator.desktop.article_view import TagStyle
from annotator.desktop.article_view.paints import Paints
from annotator.desktop.reading_view.view import READING_TINT
from annotator.desktop.theme import (
    DARK,
    LIGHT,
    SHAPE_CONTRAST,
    STRONG_DARK,
    STRONG_LIGHT,
    STRONG_TEXT_CONTRAST,
    TEXT_CONTRAST,
    Theme,
    ThemeChoice,
    ThemeSource,
    contrast,
    mix,
    system_theme,
)
from annotator.desktop.theme import (
    THEMES as ALL_THEMES,
)
from annotator.domain.codebook import default_tags

THEMES = pytest.mark.parametrize("theme", ALL_THEMES, ids=lambda theme: theme.name)
STRONG = pytest.mark.parametrize("theme", [STRONG_LIGHT, STRONG_DARK], ids=lambda theme: theme.name)
SURFACES = ("window", "base", "raised", "hover", "selection", "text_selection", "found", "looked_at")


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
            wanted = STRONG_TEXT_CONTRAST if theme.strong else TEXT_CONTRAST
            assert contrast(adapted, theme.colour(surface)) >= wanted, colour


@THEMES
def test_text_is_readable_on_a_tags_tint(theme: Theme) -> None:
    for tag in default_tags():
        assert contrast(theme.colour("text"), theme.tag_tint(tag.colour)) >= TEXT_CONTRAST


@THEMES
def test_a_readable_colour_is_left_as_it_is(theme: Theme) -> None:
    assert theme.tag_colour(theme.text) == theme.colour("text")


def test_the_three_kinds_stay_apart_in_all_themes() -> None:
    for theme in ALL_THEMES:
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


@STRONG
def test_text_in_high_contrast_is_readable_enough_for_all(theme: Theme) -> None:
    """Level AAA of WCAG 2.1, 1.4.6, on everything that a text of this colour may stand on."""
    for name in ("text", "muted"):
        for surface in SURFACES:
            assert contrast(theme.colour(name), theme.colour(surface)) >= STRONG_TEXT_CONTRAST, (name, surface)
    for name in ("accent", "success", "warning", "danger"):
        for surface in ("window", "base", "raised"):
            assert contrast(theme.colour(name), theme.colour(surface)) >= STRONG_TEXT_CONTRAST, (name, surface)
    assert contrast(theme.colour("on_accent"), theme.colour("accent")) >= STRONG_TEXT_CONTRAST
    assert contrast(theme.colour("text"), theme.colour("pressed")) >= STRONG_TEXT_CONTRAST


@STRONG
def test_lines_in_high_contrast_are_seen(theme: Theme) -> None:
    for name in ("border", "outline", "accent"):
        for surface in ("window", "base", "raised", "hover", "selection"):
            assert contrast(theme.colour(name), theme.colour(surface)) >= SHAPE_CONTRAST, (name, surface)


@STRONG
def test_what_is_selected_or_found_in_the_text_is_seen_at_a_glance(theme: Theme) -> None:
    """A ground can have neither 7 to the text on it nor 3 to the page around it without being one certain grey."""
    for name in ("text_selection", "found", "looked_at"):
        assert contrast(theme.colour(name), theme.colour("base")) >= 1.7, name


@THEMES
def test_the_hit_looked_at_is_of_another_hue_than_the_others(theme: Theme) -> None:
    apart = abs(theme.colour("looked_at").hsvHue() - theme.colour("found").hsvHue())
    assert min(apart, 360 - apart) >= 15


@STRONG
def test_passages_in_high_contrast_have_lines_and_no_tint(theme: Theme) -> None:
    view_theme = article_picture.view_theme(theme)
    styles = {tag.id: TagStyle(tag.kind, tag.colour) for tag in default_tags()}
    paints = Paints(view_theme, styles, 2, 1.0)
    for tag_id in styles:
        paint = paints.of(tag_id)
        assert paint.tint.color().alpha() == 0
        current = mix(theme.colour("base"), QColor(paint.colour), paint.strong.color().alphaF())
        assert contrast(theme.colour("text"), current) >= STRONG_TEXT_CONTRAST
        assert contrast(paint.colour, theme.colour("base")) >= STRONG_TEXT_CONTRAST


@THEMES
def test_the_current_passage_of_the_reading_view_is_readable(theme: Theme) -> None:
    wanted = STRONG_TEXT_CONTRAST if theme.strong else TEXT_CONTRAST
    for tag in default_tags():
        assert contrast(theme.colour("text"), theme.tag_tint(tag.colour, READING_TINT)) >= wanted


@THEMES
def test_each_theme_can_be_chosen(qtbot: QtBot, theme: Theme) -> None:
    assert ThemeSource(ThemeChoice(theme.name)).theme is theme


@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_the_system_is_followed_in_scheme_and_contrast(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, dark: bool, strong: bool
) -> None:
    contrasts, schemes = Qt.ContrastPreference, Qt.ColorScheme
    hints = Mock()
    hints.colorScheme.return_value = schemes.Dark if dark else schemes.Light
    wish = contrasts.HighContrast if strong else contrasts.NoPreference
    hints.accessibility.return_value.contrastPreference.return_value = wish
    monkeypatch.setattr("annotator.desktop.theme.QGuiApplication.styleHints", lambda: hints)
    assert (system_theme().dark, system_theme().strong) == (dark, strong)


def test_a_wish_for_contrast_is_heard_at_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    source = ThemeSource()
    seen: list[Theme] = []
    source.changed.connect(seen.append)
    monkeypatch.setattr("annotator.desktop.theme.system_theme", lambda: STRONG_LIGHT)
    QGuiApplication.styleHints().accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert seen == [STRONG_LIGHT]
