from __future__ import annotations

from itertools import pairwise

import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Span
from annotator.domain.statements import grow, steps, what_is_said

AWKWARD = st.text(alphabet=st.sampled_from("aB s.,:?\n\n “”‘’\"'„‚«»\u00a0é\u0301🇸🇪👩\u200d🔬–3"), max_size=80)

KNOWN = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn"]))


def ladder(marked: str) -> list[str]:
    text = marked.replace("|", "")
    return [text[s.start : s.end] for s in steps(text, marked.index("|"))]


def test_the_ladder_in_a_scare_quote() -> None:
    assert ladder("It is odd. Ms Quist called it ‘plain da|ylight robbery’ today. She left.\nNext.") == [
        "daylight",
        "‘plain daylight robbery’",
        "called it ‘plain daylight robbery’ today",
        "Ms Quist called it ‘plain daylight robbery’ today.",
        "It is odd. Ms Quist called it ‘plain daylight robbery’ today. She left.",
    ]


def test_the_ladder_in_a_quotation_over_paragraphs() -> None:
    text = "The board met. She said: ‘It is th|eft. You knew.\n\n‘And it‘s your fault.’\n\nHe left."
    assert ladder(text) == [
        "theft",
        "‘It is theft.",
        "‘It is theft. You knew.",
        "‘It is theft. You knew.\n\n‘And it‘s your fault.’",
        "She said: ‘It is theft. You knew.\n\n‘And it‘s your fault.’",
        "The board met. She said: ‘It is theft. You knew.\n\n‘And it‘s your fault.’",
    ]


def test_the_ladder_in_a_quotation_inside_a_quotation() -> None:
    assert ladder("“I told him ‘no, nev|er’ and left,” she said.")[:3] == [
        "never",
        "‘no, never’",
        "“I told him ‘no, never’ and left,”",
    ]


def test_on_an_empty_line_and_in_an_empty_text_nothing_grows() -> None:
    assert steps("", 0) == []
    assert steps("a\n\nb", 2) == []
    assert steps("\u00a0 \n", 1) == []


def test_growing_a_span_that_is_no_step() -> None:
    text = "One is here. Two is there.\nThree is gone."
    assert grow(text, Span(1, 6)) == Span(0, 6)
    assert grow(text, Span(4, 17)) == Span(0, 26)
    assert grow(text, Span(20, 30)) == Span(20, 32)
    assert grow(text, Span(0, len(text))) is None


@given(AWKWARD | KNOWN, st.integers(0, 80))
def test_each_step_is_larger_in_bounds_and_cuts_nothing(text: str, caret: int) -> None:
    caret = min(caret, len(text))
    found = steps(text, caret)
    assert all(larger.contains(smaller) and larger != smaller for smaller, larger in pairwise(found))
    boundaries = {0, len(text)} | {match.end() for match in regex.finditer(r"\X", text)}
    for step in found:
        assert 0 <= step.start <= caret <= step.end <= len(text)
        assert step.start < step.end
        assert {step.start, step.end} <= boundaries


@given(AWKWARD | st.text(), st.integers(0, 80), st.integers(0, 80))
def test_growing_holds_what_was_selected(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    larger = grow(text, Span(start, end))
    if larger is not None:
        assert larger.contains(Span(start, end))
        assert larger != Span(start, end)


@given(AWKWARD | st.text(), st.integers(0, 80))
def test_what_is_said_lies_in_one_line(text: str, place: int) -> None:
    said = what_is_said(text, min(place, len(text)))
    assert 0 <= said.start <= said.end <= len(text)
    assert "\n" not in text[said.start : said.end]
