from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.offsets import Utf16Map, utf16_length
from annotator.domain.text import canonical_text

AWKWARD = [
    "",
    "plain",
    "e\u0301 combining",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 family by joiners",
    "\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7 flags",
    "שלום \U0001f600 مرحبا",
    "\U00010000\U0010ffff both ends of the astral planes",
    "\ufffd\ud7ff\ue000\uffff just outside the surrogates",
    "\U0001d49c\U0001d49c",
]

text = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(alphabet=st.sampled_from("ab é\u0301\u200d\ufe0fא\U0001f600\U0001f1ec\U00010348\ufffd\ue000")),
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
)


def units_before(value: str, offset: int) -> int:
    return len(value[:offset].encode("utf-16-le")) // 2


@given(text)
def test_both_directions_agree_with_the_codec(value: str) -> None:
    offsets = Utf16Map(value)
    for offset in range(len(value) + 1):
        units = units_before(value, offset)
        assert offsets.to_utf16(offset) == units
        assert offsets.to_code_point(units) == offset
    assert utf16_length(value) == units_before(value, len(value))
    assert offsets.identity == (utf16_length(value) == len(value))


@given(text)
def test_a_place_inside_a_pair_counts_as_the_one_before_it(value: str) -> None:
    offsets = Utf16Map(value)
    for offset, character in enumerate(value):
        if ord(character) > 0xFFFF:
            assert offsets.to_code_point(units_before(value, offset) + 1) == offset


@pytest.mark.parametrize("lone", [chr(0xD800), chr(0xDFFF), f"a{chr(0xDC00)}b{chr(0xD83D)}"])
def test_text_that_held_lone_surrogates_is_counted_right_once_it_is_canonical(lone: str) -> None:
    value = canonical_text(lone)
    assert utf16_length(value) == len(value) == units_before(value, len(value))
