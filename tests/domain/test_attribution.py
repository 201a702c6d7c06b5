from __future__ import annotations

import pytest

from annotator.domain.annotations import Attribution
from annotator.domain.attribution import derive

TEXT = "Quill’s lawyer said: ‘Nobody asked us. They’re the “secret” club.’ He denied it’s a ‘plot’ at all.\n"


@pytest.mark.parametrize(
    ("words", "speaker", "attribution"),
    [
        ("‘Nobody asked us. They’re the “secret” club.’", True, Attribution.DIRECT_QUOTE),
        ("Nobody asked us", False, Attribution.DIRECT_QUOTE),
        (" ‘Nobody asked us.", True, Attribution.DIRECT_QUOTE),
        ("said: ‘Nobody asked us.", True, Attribution.MIXED),
        ("He denied it’s a ‘plot’ at all", True, Attribution.MIXED),
        ("He denied", True, Attribution.PARAPHRASE),
        ("He denied", False, Attribution.NARRATION),
        ("Quill’s lawyer", False, Attribution.NARRATION),
        (": ", True, Attribution.PARAPHRASE),
    ],
)
def test_attribution_is_told_from_the_quotation_marks(words: str, speaker: bool, attribution: Attribution) -> None:
    start = TEXT.index(words)
    assert derive(TEXT, start, start + len(words), speaker=speaker) == attribution


def test_quotation_over_paragraphs_is_one() -> None:
    text = "She said: “It began early.\n\n“It ended late.”\n\nThat was it.\n"
    for words in ("It began early.\n\n“It ended late.", "It ended late"):
        start = text.index(words)
        assert derive(text, start, start + len(words), speaker=True) == Attribution.DIRECT_QUOTE
