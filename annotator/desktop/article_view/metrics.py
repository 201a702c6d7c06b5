"""Where things stand on the page: fonts, line pitch and lanes of each kind of block, and the columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from math import ceil

from PySide6.QtGui import QFont, QFontMetricsF

from annotator.desktop.article_view.fonts import ARTICLE_FAMILY
from annotator.domain.articles import BlockKind

LANES = 3
"""Underlines that stand below one another; what finds no lane is counted."""
BODY_SIZE = 19
"""Size of the article's type in logical pixels at 100 %."""
LABEL_SIZE = 11
"""Size of the labels' type in logical pixels at 100 %; never less."""
USUAL_CHARACTERS = 79
MEASURE = 720
"""The widest a line of text gets at 100 %, in logical pixels, with the usual number of characters."""
LEAST_CHARACTERS = 24
"""The measure shrinks to this many characters before anything scrolls sideways: a reader who needs large letters
should not have to push each line to and fro (WCAG 2.2, 1.4.10)."""
_LABELS_FROM_CHARACTERS = 54
"""With fewer characters a line, the labels in the margin give way and become initials."""
_LIGATURES = ("liga", "clig", "dlig", "calt")


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """How the paragraphs of one kind of block are set; all lengths in logical pixels.

    ``ascent`` and ``descent`` bound the box of a line that tints fill; ``pitch`` is the distance between baselines.
    """

    font: QFont
    ascent: int
    descent: int
    pitch: int
    before: int
    indent: int = 0
    muted: bool = False
    ruled: bool = False
    even: bool = False
    """Set for paper, not on whole pixels."""
    character: float = 8.0
    """Mean advance of a character of running text."""

    def blank(self) -> BlockStyle:
        """Return the style of an empty paragraph: a little more space between two others."""
        return replace(self, ascent=2, descent=2, pitch=max(4, self.pitch // 6), before=0, ruled=False)


@dataclass(frozen=True, slots=True)
class Lanes:
    """The measures of underlines, ticks and brackets, in logical pixels; they grow with the zoom, but less."""

    pitch: int
    usual: int
    """The pitch where lines do not stand closer than usual."""
    thickness: int
    tick: int
    thin: int
    """The pitch of thin lanes, which stand below these."""

    @classmethod
    def at_zoom(cls, zoom: int, *, close: bool = False) -> Lanes:
        """Return the measures at ``zoom`` per cent; ``close``: with no more between two lanes than tells them apart."""
        unit = min(max(zoom / 100, 0.75), 2.0)
        usual = max(3, round(4 * unit))
        return cls(
            pitch=max(3, round(3 * unit)) if close else usual,
            usual=usual,
            thickness=max(2, round(2 * unit)),
            tick=max(3, round(5 * unit)),
            thin=max(4, round(5 * unit)),
        )


@dataclass(frozen=True, slots=True)
class TextSetting:
    """How the text is set, whatever its size.

    ``characters``: the widest a line gets, None for as wide as there is room. ``line_spacing``, ``paragraph_spacing``:
    1 is usual; where lines are closer than that, the lanes are too, and they keep the room that they need.
    ``label_size``: in logical pixels at 100 %. ``even``: set for paper, without ligatures and not on whole pixels.
    ``thin_lanes``: so many lanes stand below the passages' own on every line.
    """

    family: str
    characters: int | None = USUAL_CHARACTERS
    line_spacing: float = 1.0
    paragraph_spacing: float = 1.0
    label_size: int = LABEL_SIZE
    even: bool = False
    thin_lanes: int = 0


@dataclass(frozen=True, slots=True)
class Typography:
    """All that depends on fonts, spacing and zoom alone."""

    zoom: int
    setting: TextSetting
    lanes: Lanes
    style: Callable[[BlockKind], BlockStyle]
    """Returns the style of one kind of block; a font is loaded at the first question for what is set in it."""
    label_font: QFont
    label_height: int


_BLOCKS: dict[BlockKind, tuple[float, float, dict[str, bool]]] = {
    BlockKind.HEADLINE: (1.36, 0.6, {"bold": True}),
    BlockKind.STANDFIRST: (1.08, 0.5, {"italic": True}),
    BlockKind.SUBHEAD: (1.12, 1.6, {"bold": True}),
    BlockKind.BODY: (1.0, 1.0, {}),
    BlockKind.CAPTION: (0.79, 1.2, {"serif": False, "muted": True, "ruled": True}),
    BlockKind.OTHER: (0.9, 1.0, {"muted": True}),
}
"""For each kind of block: its size in sizes of the body, the space before it in usual spaces, and how it looks."""


def typography(setting: TextSetting, ui_font: QFont, zoom: int) -> Typography:
    """Set the styles at ``zoom`` per cent; captions and labels use ``ui_font``.

    A typeface that is not installed, or has not all letters, is helped out by the shipped one.
    """
    lanes = Lanes.at_zoom(zoom, close=setting.line_spacing < 1 or setting.thin_lanes > 0)
    scale = zoom / 100
    gap = 11 * scale * setting.paragraph_spacing

    @cache
    def style(kind: BlockKind) -> BlockStyle:
        size, before, looks = _BLOCKS[kind]
        kwargs = dict(looks)
        serif = kwargs.pop("serif", True)
        font = QFont(list(dict.fromkeys((setting.family, ARTICLE_FAMILY)))) if serif else QFont(ui_font)
        if setting.even:
            _make_even(font)
        font.setPixelSize(max(6, round(BODY_SIZE * size * scale)))
        font.setBold(kwargs.pop("bold", False))
        font.setItalic(kwargs.pop("italic", False))
        indent = round(16 * scale) if kwargs.get("ruled") else 0
        return _measured(font, lanes, setting, before=round(before * gap), indent=indent, **kwargs)

    least = setting.label_size
    label_font = QFont(ui_font)
    if setting.even:
        _make_even(label_font)
    label_font.setPixelSize(max(least, min(2 * least, round(least * (1 + (scale - 1) * 0.6)))))
    return Typography(
        zoom=zoom,
        setting=setting,
        lanes=lanes,
        style=style,
        label_font=label_font,
        label_height=ceil(QFontMetricsF(label_font).height()) + 1,
    )


def _make_even(font: QFont) -> None:
    """Set letters for paper: where the outlines say, and one by one, so that a PDF can be searched for each."""
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in _LIGATURES:
        font.setFeature(QFont.Tag(feature), 0)


def _measured(
    font: QFont,
    lanes: Lanes,
    setting: TextSetting,
    *,
    before: int,
    indent: int,
    muted: bool = False,
    ruled: bool = False,
) -> BlockStyle:
    metrics = QFontMetricsF(font)
    size = font.pixelSize()
    ascent = round(min(metrics.ascent(), size * 1.0))
    descent = round(min(metrics.descent(), size * 0.29))
    thin = setting.thin_lanes * lanes.thin
    pitch = max(ascent + descent + LANES * (lanes.pitch if thin else lanes.usual) - 1, round(size * 1.5))
    sample = "the council said on Monday that it had not been asked, and would answer in due course"
    return BlockStyle(
        font=font,
        ascent=ascent,
        descent=descent,
        pitch=max(ascent + descent + LANES * lanes.pitch - 1 + thin, round(pitch * setting.line_spacing)),
        before=before,
        indent=indent,
        muted=muted,
        ruled=ruled,
        even=setting.even,
        character=metrics.horizontalAdvance(sample) / len(sample),
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the page from left to right, in logical pixels from the page's left edge.

    Labels, then brackets, then the text, then the margin for relations. ``page_width`` is more than the viewport's
    width only when even the least measure does not fit.
    """

    label_left: int
    label_right: int
    text_left: int
    text_width: int
    relations_right: int
    page_width: int
    initials: bool

    @property
    def text_right(self) -> int:
        """Where the column of text ends."""
        return self.text_left + self.text_width


def columns(width: int, type_: Typography) -> Columns:
    """Divide ``width`` logical pixels: the measure gives way first, then the labels, and last the page scrolls."""
    character = type_.style(BlockKind.BODY).character
    label_scale = type_.label_font.pixelSize() / LABEL_SIZE
    pad = 8
    gutter = (LANES + 1) * (type_.lanes.pitch + 3) + 10
    full, short = round(150 * label_scale), round(48 * label_scale)
    relations, tight = round(104 * label_scale), round(34 * label_scale)
    least = ceil(LEAST_CHARACTERS * character)
    characters = type_.setting.characters
    measure = width if characters is None else round(MEASURE * type_.zoom / 100 * characters / USUAL_CHARACTERS)
    choices = (
        (full, relations, round(60 * character)),
        (full, tight, ceil(_LABELS_FROM_CHARACTERS * character)),
        (short, tight, least),
    )
    rooms = [width - 2 * pad - label - gutter - right for label, right, _ in choices]
    fits = (n for n, choice in enumerate(choices) if rooms[n] >= min(choice[2], measure))
    chosen = next(fits, len(choices) - 1)
    label, right, _ = choices[chosen]
    text = max(min(rooms[chosen], measure), least)
    text_left = max(pad + label + gutter, min((width - text) // 2, width - pad - right - text))
    page_width = max(width, text_left + text + right + pad)
    extra = min(text_left - gutter - label - pad, round(60 * label_scale)) if label == full else 0
    return Columns(
        label_left=text_left - gutter - label - extra,
        label_right=text_left - gutter,
        text_left=text_left,
        text_width=text,
        relations_right=min(page_width - pad, text_left + text + right),
        page_width=page_width,
        initials=label == short,
    )
