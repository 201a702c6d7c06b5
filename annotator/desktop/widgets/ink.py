"""The colour of a tag as the theme shows it that the program wears, for what is painted without knowing the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from annotator.desktop.theme import DARK, LIGHT, THEMES, Theme


def worn_theme() -> Theme:
    """Return the theme whose palette the program wears; with any other palette the plain one that is as dark."""
    palette = QGuiApplication.palette()
    base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    worn = (theme for theme in THEMES if (theme.colour("base"), theme.colour("text")) == (base, text))
    return next(worn, DARK if base.lightness() < text.lightness() else LIGHT)


def tag_ink(colour: str) -> QColor:
    """Return a tag's colour (``#rrggbb``) adapted to the theme that is worn now; ask anew each time it is painted."""
    return QColor(_adapted(worn_theme(), colour))


@lru_cache(maxsize=256)
def _adapted(theme: Theme, colour: str) -> QColor:
    return theme.tag_colour(colour)
