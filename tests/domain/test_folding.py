from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.folding import fold, folded_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tolls", "tolls"),
        ("Straße", "strasse"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("the\u00a0Port \u2009 Board\n", "the port board"),
        ("‘illegal’", "'illegal'"),
        ("»nein«", '"nein"'),
        ("1\u20134", "1-4"),
        ("soft\u00adhyphen", "softhyphen"),
        ("ﬁne", "fine"),
        ("İstanbul", "istanbul"),
        ("", ""),
    ],
)
def test_folds_what_does_not_count(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_words_keep_an_apostrophe_within_but_no_quotation_mark() -> None:
    assert folded_words("‘Quist’s party’, she said") == ["quist's", "party", "she", "said"]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
