"""What the caller says about looks: colours of a theme, tags and their kinds, the head of an article."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from annotator.desktop.theme import readable
from annotator.domain.codebook import TagKind


@dataclass(frozen=True, slots=True)
class ViewTheme:
    """The colours of the article view as ``#rrggbb``; ``dark`` chooses how tags are adapted to the ground.

    ``strong``: passages have no tint but the current and the hovered one, so that the ground of the text stays plain.
    """

    dark: bool
    base: str
    text: str
    muted: str
    accent: str
    selection: str
    found: str
    looked_at: str
    border: str
    raised: str
    strong: bool = False


LIGHT = ViewTheme(
    dark=False,
    base="#ffffff",
    text="#1c1e21",
    muted="#5c636b",
    accent="#2f6fd0",
    selection="#bcd4f6",
    found="#ffe48a",
    looked_at="#ffa24a",
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
    looked_at="#b0440c",
    border="#3a3e46",
    raised="#2a2d34",
)


@dataclass(frozen=True, slots=True)
class TagStyle:
    """How a tag is shown. ``colour``: ``#rrggbb`` as in the codebook; ``key``: the letter at its first tick."""

    kind: TagKind
    colour: str
    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ArticleHeader:
    """What stands above the text, ready to be read: ``date`` as the user likes dates."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    date: str = ""


def adapted(colour: str, theme: ViewTheme) -> QColor:
    """Return a tag's colour made lighter (dark theme) or darker until it stands out from the ground."""
    shown = QColor(colour)
    known = shown if shown.isValid() else QColor(theme.muted)
    return readable(known, (QColor(theme.base),), lighter=theme.dark, strong=theme.strong)
