from __future__ import annotations

import pytest

from annotator.domain.annotations import Span
from annotator.domain.same_words import core, nearly_same_words, same_words

TEXT = "She said: “The toll was fair, and …” They left."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_the_core_is_without_white_space_marks_and_final_punctuation() -> None:
    assert core(TEXT, span(" “The toll was fair, and …” ")) == span("The toll was fair, and")
    assert core(TEXT, span("left.")) == span("left")
    assert core(TEXT, span("…”")) == span("…”")


@pytest.mark.parametrize(
    ("one", "other", "same", "nearly"),
    [
        ("“The toll was fair, and …”", "The toll was fair, and", True, True),
        ("The toll was fair, and", "The toll was fair", False, False),
        ("The toll was fair,", "The toll was fair", True, True),
        ("The toll was fair", "e toll was fair", False, True),
        ("The toll", "was fair", False, False),
        ("She said", "They left", False, False),
    ],
)
def test_the_same_and_nearly_the_same_words(one: str, other: str, same: bool, nearly: bool) -> None:
    assert same_words(TEXT, span(one), span(other)) is same_words(TEXT, span(other), span(one)) is same
    assert nearly_same_words(TEXT, span(one), span(other)) is nearly_same_words(TEXT, span(other), span(one)) is nearly
