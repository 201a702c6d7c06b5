"""How the user wants articles set, read from the settings."""

from __future__ import annotations

from annotator.desktop.article_view.fonts import ARTICLE_FAMILY
from annotator.desktop.article_view.metrics import TextSetting
from annotator.settings import (
    ARTICLE_FONT,
    FULL_WIDTH,
    LINE_SPACING,
    LINE_WIDTH,
    PARAGRAPH_SPACING,
    Settings,
)

_LINES = {"compact": 0.9, "normal": 1.0, "relaxed": 1.2}
_PARAGRAPHS = {"compact": 0.45, "normal": 1.0, "relaxed": 1.8}


def setting_of(settings: Settings) -> TextSetting:
    """Return what the user's settings say of typeface, width and spaces."""
    return TextSetting(
        family=settings.get(ARTICLE_FONT) or ARTICLE_FAMILY,
        characters=None if settings.get(FULL_WIDTH) else settings.get(LINE_WIDTH),
        line_spacing=_LINES[settings.get(LINE_SPACING)],
        paragraph_spacing=_PARAGRAPHS[settings.get(PARAGRAPH_SPACING)],
    )
