"""Colours: a light and a dark theme that follow the system, and tag colours adapted to either.

Every text colour reaches 4.5 : 1 on the surfaces it stands on and every control's outline 3 : 1 (WCAG 2.1 AA, 1.4.3 and
1.4.11); ``tests/desktop/test_theme.py`` checks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette

TEXT_CONTRAST = 4.5
SHAPE_CONTRAST = 3.0
_LINEAR_UP_TO = 0.04045  # of the sRGB transfer function


class ThemeChoice(StrEnum):
    """What the user chose: the system's scheme, or one of the two always."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the window, each ``#rrggbb``.

    ``window``: panels and bars; ``base``: the article, lists and fields; ``raised``: pop-ups and cards; ``border``:
    quiet lines; ``outline``: the edge of what can be used; ``accent``: the one accent (focus, links, primary buttons);
    ``selection``: behind selected rows and words in fields, ``text_selection`` and ``found``: behind words of the
    article; all keep the colour ``text``.
    """

    name: str
    dark: bool
    window: str
    base: str
    raised: str
    hover: str
    pressed: str
    text: str
    muted: str
    border: str
    outline: str
    accent: str
    on_accent: str
    selection: str
    text_selection: str
    found: str
    success: str
    warning: str
    danger: str
    shadow: str

    def colour(self, name: str) -> QColor:
        """Return one of the colours above by its name."""
        return QColor(getattr(self, name))

    def tag_colour(self, colour: str) -> QColor:
        """Return a tag's colour, made darker or lighter until text in it is readable on ``base`` and ``window``."""
        return readable(QColor(colour or self.muted), (QColor(self.base), QColor(self.window)), lighter=self.dark)

    def tag_tint(self, colour: str, strength: float = 0.14) -> QColor:
        """Return a tag's colour mixed thinly into ``base``; ``strength`` 0 to 1."""
        return mix(QColor(self.base), self.tag_colour(colour), strength)

    def palette(self) -> QPalette:
        """Return the Qt palette of this theme."""
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, QColor(getattr(self, name)))
        for role in (_R.WindowText, _R.Text, _R.ButtonText, _R.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, mix(QColor(self.window), QColor(self.text), 0.45))
        palette.setColor(QPalette.ColorGroup.Inactive, _R.Highlight, QColor(self.selection))
        return palette


_R = QPalette.ColorRole
_ROLES = {
    _R.Window: "window",
    _R.WindowText: "text",
    _R.Base: "base",
    _R.AlternateBase: "window",
    _R.ToolTipBase: "raised",
    _R.ToolTipText: "text",
    _R.PlaceholderText: "muted",
    _R.Text: "text",
    _R.Button: "raised",
    _R.ButtonText: "text",
    _R.BrightText: "on_accent",
    _R.Light: "raised",
    _R.Midlight: "hover",
    _R.Mid: "border",
    _R.Dark: "outline",
    _R.Shadow: "shadow",
    _R.Highlight: "selection",
    _R.HighlightedText: "text",
    _R.Link: "accent",
    _R.LinkVisited: "accent",
    _R.Accent: "accent",
}

LIGHT = Theme(
    name="light",
    dark=False,
    window="#f4f4f6",
    base="#ffffff",
    raised="#ffffff",
    hover="#e9e9ee",
    pressed="#dddde5",
    text="#1d1f23",
    muted="#5a606b",
    border="#dcdde2",
    outline="#858b97",
    accent="#5a47b5",
    on_accent="#ffffff",
    selection="#dcd8f5",
    text_selection="#c5d6f7",
    found="#ffe08a",
    success="#1d6b41",
    warning="#7d5200",
    danger="#ad2b1f",
    shadow="#9a9ca3",
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#1b1c20",
    base="#222429",
    raised="#2a2c32",
    hover="#2f3239",
    pressed="#3a3d46",
    text="#e6e7ea",
    muted="#a4abb6",
    border="#383b43",
    outline="#7d8591",
    accent="#ab9ff6",
    on_accent="#17122e",
    selection="#3d3765",
    text_selection="#2f4d7d",
    found="#66551a",
    success="#74cf9a",
    warning="#e4b25c",
    danger="#ff9c90",
    shadow="#000000",
)


class ThemeSource(QObject):
    """The theme in use; ``changed`` comes with the new one when the system or the user changes it."""

    changed = Signal(object)  # Theme

    def __init__(self, choice: ThemeChoice = ThemeChoice.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._theme = self._wanted()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose."""
        return self._choice

    def tag_colour(self, colour: str) -> QColor:
        """Return a tag's colour adapted to the theme in use."""
        return self._theme.tag_colour(colour)

    def choose(self, choice: ThemeChoice) -> None:
        """Follow the system, or use one theme always."""
        self._choice = choice
        self._follow()

    @Slot()
    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self._theme:
            self._theme = wanted
            self.changed.emit(wanted)

    def _wanted(self) -> Theme:
        if self._choice is ThemeChoice.SYSTEM:
            return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice is ThemeChoice.DARK else LIGHT


def luminance(colour: QColor) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.1, definition of *relative luminance*)."""
    linear = [
        channel / 12.92 if channel <= _LINEAR_UP_TO else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1, definition of *contrast ratio*)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(ground: QColor, colour: QColor, strength: float) -> QColor:
    """Return ``colour`` laid over ``ground`` with an opacity of ``strength``."""
    return QColor.fromRgbF(
        ground.redF() + (colour.redF() - ground.redF()) * strength,
        ground.greenF() + (colour.greenF() - ground.greenF()) * strength,
        ground.blueF() + (colour.blueF() - ground.blueF()) * strength,
    )


def readable(colour: QColor, grounds: tuple[QColor, ...], *, lighter: bool) -> QColor:
    """Return ``colour`` with its lightness moved no further than text needs to be readable on all ``grounds``."""
    hue, saturation, lightness = colour.hslHueF(), colour.hslSaturationF(), colour.lightnessF()
    step = 0.01 if lighter else -0.01
    adapted = QColor.fromRgb(colour.rgb())
    while min(contrast(adapted, ground) for ground in grounds) < TEXT_CONTRAST and 0 < lightness + step < 1:
        lightness += step
        adapted = QColor.fromHslF(max(hue, 0.0), saturation, lightness)
    return adapted
