from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import canonical_text, is_canonical, text_sha256

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_canonical_text_is_stable_and_storable(text: str) -> None:
    once = canonical_text(text)
    assert canonical_text(once) == once
    assert is_canonical(once)
    once.encode()
    assert not set(once) & set("\r\u2028\u2029\ufdd0\ufdd1\ufeff\x00")


def test_only_line_ends_marks_and_what_cannot_be_stored_are_changed() -> None:
    assert canonical_text("\ufeffa\r\nb\rc\u2028d\u2029e\ufdd0f\ufdd1g") == "a\nb\nc\nd\ne\nf\ng"
    assert canonical_text("a\ud83dz\x00") == "a\ufffdz\ufffd"
    kept = "‘It’s’ 12\u00a0000 — cafe\u0301 \U0001f468\u200d\U0001f469 \u0627\u0644"
    assert canonical_text(kept) == kept


def test_the_hash_is_over_utf_8() -> None:
    assert text_sha256("naïve 😀") == hashlib.sha256("naïve 😀".encode()).hexdigest()
