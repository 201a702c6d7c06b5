from __future__ import annotations

import itertools
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import finding
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


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Stra\u00dfe, STRASSE", "strasse", ["Stra\u00dfe", "STRASSE"]),
        ("a na\u00efve view, a naive one", "naive", ["na\u00efve", "naive"]),
        ("of\ufb01cial", "official", ["of\ufb01cial"]),
        ("of\ufb01cial", "off", ["of\ufb01"]),
        ("a hy\u00adphen\u200bated word", "hyphenated word", ["hy\u00adphen\u200bated word"]),
        ("cafe\u0301s", "cafe", ["cafe\u0301"]),
        ("the end\n\nThe next", "end the", ["end\n\nThe"]),
        ("so \u2013 and so \u2014 it was", "so - ", ["so \u2013", "so \u2014"]),
        ("a \u0301 b", "\u0301", ["\u0301"]),
    ],
)
def test_what_folds_to_more_or_fewer_letters_keeps_its_offsets(text: str, query: str, found: list[str]) -> None:
    assert words(text, query) == found


@given(
    st.lists(st.sampled_from(["a", "b", " ", "ß", "\u0301", "\u00e9", "’", "A", "\u00ad"]), max_size=90),
    st.integers(20, 40),
)
def test_words_across_a_cut_are_found(letters: list[str], piece: int) -> None:
    text = f"{''.join(letters)} xYz {''.join(letters)} x\n\u00adyZ"
    with mock.patch.object(finding, "PIECE", piece):
        assert words(text, "xyz") == ["xYz"]
        assert words(text, "x yz") == ["x\n\u00adyZ"]
