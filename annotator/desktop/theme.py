"""Colours: light and dark themes that follow the system, each also in high contrast, and tag colours adapted to them.

Every text colour reaches 4.5 : 1 on the surfaces it stands on and every control's outline 3 : 1 (WCAG 2.1 AA, 1.4.3 and
1.4.11); in high contrast text reaches 7 : 1 (AAA, 1.4.6) and quiet lines 3 : 1 too. ``tests/desktop/test_theme.py``
checks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette

TEXT_CONTRAST = 4.5
STRONG_TEXT_CONTRAST = 7.0
SHAPE_CONTRAST = 3.0
FAINT = {False: 0.45, True: 0.6}
"""How much of the text's colour is left in what cannot be used; by whether the theme is one of high contrast."""
_LINEAR_UP_TO = 0.04045  # of the sRGB transfer function


class ThemeChoice(StrEnum):
    """What the user chose: what the system wants, or one theme always."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    STRONG_LIGHT = "high-contrast-light"
    STRONG_DARK = "high-contrast-dark"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the window, each ``#rrggbb``.

    ``window``: panels and bars; ``base``: the article, lists and fields; ``raised``: pop-ups and cards; ``border``:
    quiet lines; ``outline``: the edge of what can be used; ``accent``: the one accent (focus, links, primary buttons);
    ``selection``: behind selected rows and words in fields; ``text_selection``, ``found`` and, of what was found,
    ``looked_at``: behind words of the article; all keep the colour ``text``. ``strong``: it is a theme of high
    contrast, in which lines and not tints tell things apart.
    """

    name: str
    dark: bool
    strong: bool
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
    looked_at: str
    success: str
    warning: str
    danger: str
    shadow: str

    def colour(self, name: str) -> QColor:
        """Return one of the colours above by its name."""
        return QColor(getattr(self, name))

    def tag_colour(self, colour: str) -> QColor:
        """Return a tag's colour, made darker or lighter until text in it is readable on ``base`` and ``window``."""
        grounds = (QColor(self.base), QColor(self.window))
        return readable(QColor(colour or self.muted), grounds, lighter=self.dark, strong=self.strong)

    def tag_tint(self, colour: str, strength: float = 0.14) -> QColor:
        """Return a tag's colour mixed thinly into ``base``; ``strength`` 0 to 1."""
        return mix(QColor(self.base), self.tag_colour(colour), strength)

    def palette(self) -> QPalette:
        """Return the Qt palette of this theme."""
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, QColor(getattr(self, name)))
        for role in (_R.WindowText, _R.Text, _R.ButtonText, _R.HighlightedText):
            palette.setColor(
                QPalette.ColorGroup.Disabled, role, mix(QColor(self.window), QColor(self.text), FAINT[self.strong])
            )
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
    strong=False,
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
    looked_at="#ffa24a",
    success="#1d6b41",
    warning="#7d5200",
    danger="#ad2b1f",
    shadow="#9a9ca3",
)

DARK = Theme(
    name="dark",
    dark=True,
    strong=False,
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
    looked_at="#b0440c",
    success="#74cf9a",
    warning="#e4b25c",
    danger="#ff9c90",
    shadow="#000000",
)

STRONG_LIGHT = Theme(
    name="high-contrast-light",
    dark=False,
    strong=True,
    window="#ffffff",
    base="#ffffff",
    raised="#ffffff",
    hover="#e8e8e8",
    pressed="#d4d4d4",
    text="#000000",
    muted="#141414",
    border="#6b6b6b",
    outline="#000000",
    accent="#3d1fa0",
    on_accent="#ffffff",
    selection="#ddd5ff",
    text_selection="#7aa5ff",
    found="#ffb52e",
    looked_at="#ff7fd4",
    success="#0b5c2d",
    warning="#6b4500",
    danger="#9a1a10",
    shadow="#000000",
)

STRONG_DARK = Theme(
    name="high-contrast-dark",
    dark=True,
    strong=True,
    window="#000000",
    base="#000000",
    raised="#000000",
    hover="#262626",
    pressed="#3a3a3a",
    text="#ffffff",
    muted="#ececec",
    border="#8a8a8a",
    outline="#ffffff",
    accent="#c9bfff",
    on_accent="#000000",
    selection="#31236e",
    text_selection="#0042b5",
    found="#604300",
    looked_at="#8f1263",
    success="#8ee6b0",
    warning="#ffcf70",
    danger="#ffb3aa",
    shadow="#ffffff",
)

THEMES = (LIGHT, DARK, STRONG_LIGHT, STRONG_DARK)


class ThemeSource(QObject):
    """The theme in use; ``changed`` comes with the new one when the system or the user changes it."""

    changed = Signal(object)  # Theme

    def __init__(self, choice: ThemeChoice = ThemeChoice.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._theme = self._wanted()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)

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
            return system_theme()
        return next(theme for theme in THEMES if theme.name == self._choice)


def system_theme() -> Theme:
    """Return the theme that the system asks for by its colour scheme and its wish for contrast."""
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    strong = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
    return next(theme for theme in THEMES if (theme.dark, theme.strong) == (dark, strong))


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


def readable(colour: QColor, grounds: tuple[QColor, ...], *, lighter: bool, strong: bool = False) -> QColor:
    """Return ``colour`` with its lightness moved no further than text needs to be readable on all ``grounds``.

    ``strong``: as readable as in a theme of high contrast.
    """
    wanted = STRONG_TEXT_CONTRAST if strong else TEXT_CONTRAST
    hue, saturation, lightness = colour.hslHueF(), colour.hslSaturationF(), colour.lightnessF()
    step = 0.01 if lighter else -0.01
    adapted = QColor.fromRgb(colour.rgb())
    while min(contrast(adapted, ground) for ground in grounds) < wanted and 0 < lightness + step < 1:
        lightness += step
        adapted = QColor.fromHslF(max(hue, 0.0), saturation, lightness)
    return adapted
