from __future__ import annotations

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.annotations import Span
from annotator.domain.graphemes import is_boundary, widen
from annotator.domain.words import word_at

AWKWARD = st.text(
    alphabet=st.sampled_from(
        "aé1.,'’‘-‑ \u00a0\n\u0301\u200d\u200c🇸🇪🇩👩🔬🏽❤\ufe0f한\u1100\u1161\u11a8क\u094d\u093cषกำשב\u05b8\r#@£%&_"
    ),
    max_size=40,
)

KNOWN = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn"]))
"""Without code points that this Python's Unicode does not know yet, and the reference may."""


@pytest.mark.parametrize(
    ("marked", "word"),
    [
        ("the |board’s toll", "board’s"),
        ("the bo|ard‘s toll", "board‘s"),
        ("the board’s| toll", "board’s"),
        ("Tories|‘ shadow", "Tories"),
        ("‘|meddling’ in", "meddling"),
        ("‘meddling|’ in", "meddling"),
        ("hard‑wor|king people", "hard‑working"),
        ("a now-del|eted post", "now-deleted"),
        ("Mr\u00a0Qu|ist said", "Quist"),
        ("£3|,000 bill", "£3,000"),
        ("£|3,000 bill", "£3,000"),
        ("rose 4.|5% today", "4.5%"),
        ("the U.|S. navy", "U.S."),
        ("in the U.S.| Navy", "U.S."),
        ("at 10|.30 today", "10.30"),
        ("the end|. Then", "end"),
        ("R|&D costs", "R&D"),
        ("see #Toll|Row now", "#TollRow"),
        ("cafe\u0301| owner", "cafe\u0301"),
        ("well 👩\u200d🔬| said", "👩\u200d🔬"),
        ("the 🇸🇪|🇩🇪 flags", "🇩🇪"),
        ("השר |אמר כך", "אמר"),
    ],
)
def test_the_word_at_the_caret(marked: str, word: str) -> None:
    caret = marked.index("|")
    text = marked.replace("|", "")
    found = word_at(text, caret)
    assert found is not None
    assert text[found.start : found.end] == word


@pytest.mark.parametrize("marked", ["one | two", " | ", "|", "a – |– b", "said: |‘"])
def test_between_words_there_is_none(marked: str) -> None:
    assert word_at(marked.replace("|", ""), marked.index("|")) is None


def clusters(text: str) -> set[int]:
    """The boundaries that the ``regex`` package finds, as the reference."""
    return {0, len(text)} | {match.end() for match in regex.finditer(r"\X", text)}


@given(AWKWARD | KNOWN)
@example("\U0001f468\U0001f3fd\u200d\U0001f9af \U0001f3f4\U000e0067\U000e0062\U000e007f")
@example("\u0915\u094d\u200d\u0937")
def test_a_boundary_here_never_cuts_a_cluster(text: str) -> None:
    assert {offset for offset in range(len(text) + 1) if is_boundary(text, offset)} <= clusters(text)


@given(st.text(alphabet=st.sampled_from("ab ’\u00e9\u0301🇸🇪👍\u0903\n"), max_size=30))
def test_plain_text_joins_no_more_than_it_must(text: str) -> None:
    assert {offset for offset in range(len(text) + 1) if is_boundary(text, offset)} == clusters(text)


@given(AWKWARD, st.integers(0, 40), st.integers(0, 40))
def test_widening_reaches_boundaries(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    wide = widen(text, Span(start, end))
    assert wide.start <= start <= end <= wide.end
    assert {wide.start, wide.end} <= clusters(text)


@given(AWKWARD | KNOWN, st.integers(0, 40))
def test_a_word_touches_the_caret_and_cuts_nothing(text: str, caret: int) -> None:
    caret = min(caret, len(text))
    word = word_at(text, caret)
    if word is not None:
        assert 0 <= word.start <= caret <= word.end <= len(text)
        assert word.start < word.end
        assert {word.start, word.end} <= clusters(text)
