"""How an article is set: typeface, width of lines, spaces; each at every size."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from annotator.desktop.article_view import ARTICLE_FAMILY, ArticleView
from annotator.desktop.article_view.metrics import LANES, LEAST_CHARACTERS, TextSetting, columns, typography
from annotator.desktop.dialogs.settings_dialog import text_families
from annotator.desktop.text_setting import setting_of
from annotator.domain.articles import BlockKind
from annotator.settings import ARTICLE_FONT, FULL_WIDTH, LINE_SPACING, LINE_WIDTH, PARAGRAPH_SPACING, Settings
from tests.desktop.article_view.conftest import LONG, MakeView

ZOOMS = [50, 100, 200, 400]
_SYMBOL = QFontDatabase.WritingSystem.Symbol
WIDTHS = [400, 683, 1366, 2560]


def test_a_typeface_that_is_missing_gives_way_to_the_shipped_one(view: ArticleView) -> None:
    font = typography(TextSetting("No Such Face"), QFont(), 100).style(BlockKind.BODY).font
    assert QFontInfo(font).family() == ARTICLE_FAMILY


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("spacing", [0.9, 1.0, 1.2])
def test_the_lanes_have_their_room_however_close_the_lines(view: ArticleView, zoom: int, spacing: float) -> None:
    type_ = typography(TextSetting(ARTICLE_FAMILY, line_spacing=spacing), QFont(), zoom)
    for style in map(type_.style, BlockKind):
        assert style.pitch >= style.ascent + style.descent + LANES * type_.lanes.pitch - 1


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("characters", [45, 60, 79, 100, None])
def test_lines_are_as_wide_as_wanted_where_there_is_room_and_never_too_narrow(
    view: ArticleView, zoom: int, width: int, characters: int | None
) -> None:
    type_ = typography(TextSetting(ARTICLE_FAMILY, characters=characters), QFont(), zoom)
    found = columns(width, type_)
    shown = found.text_width / type_.style(BlockKind.BODY).character
    assert shown >= LEAST_CHARACTERS
    assert characters is None or shown <= max(characters * 1.07, LEAST_CHARACTERS + 1)
    assert found.page_width == width or shown < LEAST_CHARACTERS + 1, "it scrolls sideways at the least measure only"


def test_full_width_uses_what_a_measure_leaves(view: ArticleView) -> None:
    usual = columns(2560, typography(TextSetting(ARTICLE_FAMILY), QFont(), 100))
    full = columns(2560, typography(TextSetting(ARTICLE_FAMILY, characters=None), QFont(), 100))
    assert full.text_width > 2 * usual.text_width


def test_spaces_are_seen(make_view: MakeView) -> None:
    view = make_view(LONG)
    usual = view.page.table.total
    view.set_setting(TextSetting(ARTICLE_FAMILY, line_spacing=0.9))
    assert view.page.table.total < usual
    view.set_setting(TextSetting(ARTICLE_FAMILY, line_spacing=1.2))
    relaxed = view.page.table.total
    view.set_setting(TextSetting(ARTICLE_FAMILY, line_spacing=1.2, paragraph_spacing=1.8))
    assert usual < relaxed < view.page.table.total


def test_the_settings_say_it() -> None:
    settings = Settings()
    assert setting_of(settings) == TextSetting(ARTICLE_FAMILY)
    settings.set(ARTICLE_FONT, "DejaVu Serif")
    settings.set(LINE_WIDTH, 60)
    settings.set(LINE_SPACING, "relaxed")
    settings.set(PARAGRAPH_SPACING, "compact")
    chosen = setting_of(settings)
    assert (chosen.family, chosen.characters) == ("DejaVu Serif", 60)
    assert chosen.line_spacing > 1
    assert chosen.paragraph_spacing < 1
    settings.set(FULL_WIDTH, True)
    assert setting_of(settings).characters is None


def test_only_typefaces_to_read_in_are_offered(view: ArticleView) -> None:
    families = text_families()
    assert "DejaVu Serif" in families
    assert ARTICLE_FAMILY not in families, "it is offered by a row of its own"
    assert len(set(families)) == len(families)
    symbols = {f for f in QFontDatabase.families() if QFontDatabase.writingSystems(f) == [_SYMBOL]}
    assert not symbols & set(families)
