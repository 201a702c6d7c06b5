"""What the caller says about looks: colours of a theme, tags and their kinds, the head of an article."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from annotator.domain.codebook import TagKind

_GRAPHIC_CONTRAST = 3.0
"""WCAG 2.2, 1.4.11: what a line or a chip needs against its ground."""


@dataclass(frozen=True, slots=True)
class ViewTheme:
    """The colours of the article view as ``#rrggbb``; ``dark`` chooses how tags are adapted to the ground."""

    dark: bool
    base: str
    text: str
    muted: str
    accent: str
    selection: str
    found: str
    border: str
    raised: str


LIGHT = ViewTheme(
    dark=False,
    base="#ffffff",
    text="#1c1e21",
    muted="#5c636b",
    accent="#2f6fd0",
    selection="#bcd4f6",
    found="#ffe48a",
    border="#d9dce0",
    raised="#ffffff",
)
DARK = ViewTheme(
    dark=True,
    base="#1d1f24",
    text="#e3e5e8",
    muted="#a0a7b0",
    accent="#6ea8ff",
    selection="#2f4d7d",
    found="#6b5a1a",
    border="#3a3e46",
    raised="#2a2d34",
)


@dataclass(frozen=True, slots=True)
class TagStyle:
    """How a tag is shown. ``colour``: ``#rrggbb`` as in the codebook; ``nested``: it stands under another tag."""

    kind: TagKind
    colour: str
    key: str = ""
    name: str = ""
    nested: bool = False


@dataclass(frozen=True, slots=True)
class ArticleHeader:
    """What stands above the text, ready to be read: ``date`` as the user likes dates."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    date: str = ""


_LINEAR_UP_TO = 0.03928


def luminance(colour: QColor) -> float:
    """Return the relative luminance (0 to 1) of a colour after WCAG 2.2."""
    shares = ((0.2126, colour.redF()), (0.7152, colour.greenF()), (0.0722, colour.blueF()))
    return sum(share * (c / 12.92 if c <= _LINEAR_UP_TO else ((c + 0.055) / 1.055) ** 2.4) for share, c in shares)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio (1 to 21) of two colours after WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def adapted(colour: str, theme: ViewTheme) -> QColor:
    """Return a tag's colour made lighter (dark theme) or darker until it stands out from the ground."""
    base = QColor(theme.base)
    shown = QColor(colour)
    if not shown.isValid():
        return QColor(theme.muted)
    if theme.dark:
        shown = shown.lighter(135)
    for _ in range(20):
        if contrast(shown, base) >= _GRAPHIC_CONTRAST:
            break
        lightness = shown.lightnessF() + (0.04 if theme.dark else -0.04)
        hue = max(shown.hslHueF(), 0.0)
        shown = QColor.fromHslF(hue, shown.hslSaturationF(), min(1.0, max(0.0, lightness)))
    return shown
