from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Span
from annotator.domain.sentences import covering, sentence_at, sentences


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    "marked",
    [
        "Mr. Quist met Dr. Holm.| She left.",
        "Ms Quist lost.| Mr\u00a0Holm won.",
        "It cost No. 10 a lot.| No.| He refused.",
        "The U.S. Senate sat in the U.S.| The toll fell.",
        "He went to the U.S.| ‘Never,’ she said.",
        "J. K. Rowe and John F. Brandt met.| It was Plan B.| The end.",
        "The toll rose 4.5 per cent.| 3,000 people left.",
        "He said: ‘It’s naive.| You knew.’| He left.",
        "He said: “It’s naive.| You knew.”| He left.",
        "‘Why now?’ Ms Quist asked.| ‘No!’ the mayor said on Monday.| ‘Really?’| The board met.",
        "‘Why now?’ he asked.| ‘Because!’ she replied.",
        "Well… maybe.| Well…| Maybe.| And so ... it went.",
        "He paused …| ‘No.’| She sat.",
        "(He left.)| Then she came.",
        "It was at 10 a.m. on Monday, or 10 a.m.| The end.",
        "Am 3. Mai kam er.| Er ging.",
        "In Sept. 2023 it began.| In Sept.| The board, Holm Bros. Ltd. and Co., met.",
        "See fig. 3 and p. 12.| He loves the figs.| She does not.",
        "The boat – the Ida – sank.| – A toll was due.",
        "He wrote it (in May!) and left.| Was it wrong?| Perhaps.",
        "这是。|那是！|好",
        "قال: نعم.| ثم رحل؟| لا.",
        "Headline without a stop|\nThe body.",
        "One.|\n|\n\u00a0Two.\u00a0| Three",
        "It ended in 2023.| The toll did not.",
        "She told St. Olaf’s.| “No!” she cried.",
        "Prices rose to £1.50.| Wages fell.",
    ],
)
def test_where_sentences_end(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|") if part.strip()]
    assert split(marked.replace("|", "")) == expected


def test_the_sentence_at_a_caret() -> None:
    text = "One is here.  Two is there.\n\nThree."
    assert sentence_at(text, 0) == Span(0, 12)
    assert sentence_at(text, 12) == Span(0, 12)
    assert sentence_at(text, 13) == Span(14, 27)
    assert sentence_at(text, 28) == Span(28, 28)
    assert sentence_at(text, len(text)) == Span(29, 35)


def test_a_run_of_sentences_covers_a_span() -> None:
    text = "One is here. Two is there. Three is gone."
    assert covering(text, Span(4, 4)) == Span(0, 12)
    assert covering(text, Span(8, 15)) == Span(0, 26)
    assert covering(text, Span(13, 26)) == Span(13, 26)


@given(st.text(alphabet=st.sampled_from("aB.?!…’” \n\u00a0é\u0301🇸🇪3:"), max_size=80) | st.text())
def test_sentences_hold_everything_but_white_space_in_order(text: str) -> None:
    found = sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(
        text[s.start : s.end] and not text[s.start].isspace() and "\n" not in text[s.start : s.end] for s in found
    )
    assert "".join("".join(split(text)).split()) == "".join(text.split())
