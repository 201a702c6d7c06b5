from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Span
from annotator.domain.finding import find_all

TEXT = "He said: “It wasn’t\u00a0us – not  us.” IT WASN'T, he said."


def words(text: str, query: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_all(text, query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wasn't us", ["wasn’t\u00a0us"]),
        ("it WASN’T", ["It wasn’t", "IT WASN'T"]),
        ('"it', ["“It"]),
        ("us - not us", ["us – not  us"]),
        ("he said.", ["he said."]),
        ("  ", []),
        ("", []),
        ("nothing here", []),
    ],
)
def test_what_is_typed_plainly_is_found(query: str, found: list[str]) -> None:
    assert words(TEXT, query) == found


def test_an_accent_is_found_in_either_encoding() -> None:
    text = "caf\u00e9 and cafe\u0301"
    assert words(text, "café") == ["caf\u00e9", "cafe\u0301"]


def test_no_more_than_the_limit() -> None:
    assert find_all("a" * 50, "a", limit=3) == [Span(0, 1), Span(1, 2), Span(2, 3)]


@given(st.text(min_size=1), st.data())
def test_any_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    piece = text[start:end]
    hits = find_all(text, piece)
    assert bool(hits) == bool(piece.strip())
    assert all(before.end <= after.start for before, after in itertools.pairwise(hits))
