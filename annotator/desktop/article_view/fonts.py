"""The article's own typeface, shipped so that an article looks the same everywhere: Literata, SIL Open Font License."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from annotator.paths import resource

ARTICLE_FAMILY = "Literata"
_FILES = ("Literata-Regular.ttf", "Literata-Italic.ttf", "Literata-Bold.ttf")


@cache
def load_fonts() -> str:
    """Make the shipped typeface known to Qt, once, and return its family; needs a QGuiApplication.

    Raises FileNotFoundError when a font file is missing or cannot be read: the installation is broken then.
    """
    for name in _FILES:
        path = resource("fonts", name)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)
    return ARTICLE_FAMILY
