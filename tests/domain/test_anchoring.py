"""Placing passages in a corrected text: certain only when the very words stand there; nothing shifted silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.anchoring import NOWHERE, place
from annotator.domain.annotations import Span

OLD = (
    "The mayor sold the bridge\n\n“Nobody sold anything,” said Dora Quill.\n\n"
    "The ledger shows 4,200 crowns. Nobody sold anything else.\n\nThe end.\n"
)

words = st.sampled_from(
    ["the", "mayor", "sold", "bridge", "‘no’", "🌉", "e\u0301t\u00e9", "nobody", "4,200", "crowns", "."]
)
paragraphs = st.lists(words, min_size=1, max_size=12).map(" ".join)
texts = st.lists(paragraphs, min_size=1, max_size=5).map("\n\n".join)


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


def span_of(words: str, text: str = OLD) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def only(new: str, span: Span, old: str = OLD) -> tuple[Span | None, bool]:
    placement = place(old, new, [span])[0]
    return placement.span, placement.certain


@given(st.data(), texts)
def test_the_same_text_leaves_every_passage_where_it_is(data: st.DataObject, text: str) -> None:
    span = data.draw(spans_in(text))
    assert only(text, span, text) == (span, True)


@given(st.data(), texts, texts)
def test_certain_is_only_what_has_the_very_words(data: st.DataObject, old: str, new: str) -> None:
    span = data.draw(spans_in(old))
    placement = place(old, new, [span])[0]
    if placement.span is not None:
        assert 0 <= placement.span.start < placement.span.end <= len(new)
    if placement.certain:
        assert placement.span is not None
        assert new[placement.span.start : placement.span.end] == old[span.start : span.end]
        assert placement.score == 1.0
    else:
        assert placement.score < 1.0


@given(st.data(), texts)
def test_a_paragraph_put_before_moves_every_passage_by_its_length(data: st.DataObject, text: str) -> None:
    span = data.draw(spans_in(text))
    new = f"By Zita Zug\n\n{text}"
    shift = len(new) - len(text)
    placed, certain = only(new, span, text)
    if certain:
        assert placed == Span(span.start + shift, span.end + shift)
    else:
        assert new.count(text[span.start : span.end]) > 1 or span.start < 8


@given(st.data(), texts)
def test_a_paragraph_put_behind_moves_nothing_that_was_certain(data: st.DataObject, text: str) -> None:
    span = data.draw(spans_in(text))
    placed, certain = only(f"{text}\n\nZug zug.", span, text)
    assert placed == span or not certain


@given(st.data(), texts, texts)
def test_each_span_is_placed_by_itself(data: st.DataObject, old: str, new: str) -> None:
    spans = data.draw(st.lists(spans_in(old), max_size=4))
    assert place(old, new, spans) == [place(old, new, [span])[0] for span in spans]


def test_a_typing_mistake_elsewhere_in_the_paragraph_is_no_doubt() -> None:
    new = OLD.replace("ledger", "register")
    assert only(new, span_of("4,200 crowns")) == (span_of("4,200 crowns", new), True)


def test_a_correction_within_the_passage_is_proposed_with_a_score_and_not_certain() -> None:
    new = OLD.replace("shows 4,200", "shows 4,300")
    placement = place(OLD, new, [span_of("The ledger shows 4,200 crowns.")])[0]
    assert placement.span == span_of("The ledger shows 4,300 crowns.", new)
    assert not placement.certain
    assert 0.8 < placement.score < 1


def test_the_surroundings_decide_when_the_correction_begins_with_the_same_words() -> None:
    old, new = "The mayor lied. He left.", "The mayor lied once. The mayor lied. He left."
    placed, _ = only(new, Span(0, 14), old)
    assert placed == Span(21, 35)


def test_words_that_stand_twice_keep_their_own_place() -> None:
    second = OLD.rindex("Nobody sold anything")
    span = Span(second, second + len("Nobody sold anything"))
    new = OLD.replace("The mayor sold the bridge", "The mayor of Quill sold the old bridge")
    shift = len(new) - len(OLD)
    assert only(new, span) == (Span(span.start + shift, span.end + shift), True)


def test_a_paragraph_that_moved_is_found_by_its_words() -> None:
    moved = "The ledger shows 4,200 crowns. Nobody sold anything else."
    new = f"{moved}\n\n" + OLD.replace(f"{moved}\n\n", "")
    assert only(new, span_of(moved)) == (Span(0, len(moved)), True)


def test_a_short_word_whose_neighbourhood_is_gone_is_not_certain() -> None:
    new = "Altogether another text in which it was sold by somebody.\n"
    _, certain = only(new, span_of("sold"))
    assert not certain


def test_deleted_words_are_nowhere() -> None:
    new = OLD.replace("“Nobody sold anything,” said Dora Quill.\n\n", "")
    assert place(OLD, new, [span_of("said Dora Quill")])[0] == NOWHERE


def test_a_passage_over_paragraphs_moves_as_a_whole() -> None:
    span = Span(OLD.index("sold the bridge"), OLD.index("said Dora"))
    new = f"By Tess Marlow\n\n{OLD}"
    assert only(new, span) == (Span(span.start + 16, span.end + 16), True)


@pytest.mark.parametrize("size", [200_000])
def test_a_long_text_is_placed_in_time(size: int) -> None:
    paragraph = "The mayor sold the bridge number {} and nobody said anything about it.\n\n"
    old = "".join(paragraph.format(n) for n in range(size // len(paragraph)))
    new = old.replace("number 7 ", "number seven ").replace("number 2000 ", "number two thousand ")
    spans = [Span(at, at + 25) for at in range(0, len(old) - 30, 997)]
    placed = place(old, new, spans)
    assert sum(placement.certain for placement in placed) >= len(spans) - 2
