from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication

from annotator.desktop.article_view import ARTICLE_FAMILY, load_fonts
from annotator.paths import resource


def test_the_typeface_is_known_with_its_cuts_once_loaded(qapp: QApplication) -> None:
    assert load_fonts() == ARTICLE_FAMILY == load_fonts()
    assert ARTICLE_FAMILY in QFontDatabase.families()
    for bold, italic in ((False, False), (True, False), (False, True)):
        font = QFont(ARTICLE_FAMILY)
        font.setBold(bold)
        font.setItalic(italic)
        assert QFontInfo(font).family() == ARTICLE_FAMILY
        assert (QFontInfo(font).bold(), QFontInfo(font).italic()) == (bold, italic)


@pytest.mark.parametrize("characters", ["‘’“”–—…«»", "éñöåçłžß", "ΑΒΓαβγ", "АБВабв", "€£\u00a0"])
def test_it_has_what_news_needs(qapp: QApplication, characters: str) -> None:
    for name in ("Regular", "Bold", "Italic"):
        font = QRawFont(str(resource("fonts", f"Literata-{name}.ttf")), 18)
        assert all(font.supportsCharacter(ord(character)) for character in characters)


def test_its_licence_and_size() -> None:
    folder = resource("fonts")
    assert "SIL OPEN FONT LICENSE" in (folder / "Literata-OFL.txt").read_text(encoding="utf-8").upper()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_500_000
