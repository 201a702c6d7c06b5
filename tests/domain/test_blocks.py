from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Span
from annotator.domain.articles import Block, BlockKind
from annotator.domain.blocks import byline, paragraph_at, paragraphs, propose_blocks, repeats

HEADLINE = "Ferry town’s harbour toll was ‘daylight robbery’, say skippers – as ex-mayor admits a ‘slip’"
LEAD = "The harbour board’s bid to defend its new toll was branded ‘daylight robbery’ today."
CLAIM = (
    "Skippers have claimed that the board took ‘unlawful payments’ from a rival port, as part of a formal complaint."
)
CAPTION = (
    "The skippers’ union has claimed the board took ‘unlawful payments‘ from\u00a0a rival port, "
    "as part of a formal complaint"
)
BODY = "There is no suggestion that Ms Quist has broken any rules."
LAST = "The council will vote on the plan next week."


def kinds(*lines: str) -> list[str]:
    text = "\n\n".join(lines)
    return [str(block.kind) for block in propose_blocks(text)]


def test_the_first_paragraph_is_the_headline_when_it_is_no_sentence() -> None:
    assert kinds(HEADLINE, LEAD, BODY) == ["headline", "body", "body"]
    assert kinds(LEAD, BODY) == ["body", "body"]
    assert kinds("Toll row: who knew?", LEAD, BODY)[0] == "headline"
    assert kinds("The board said:", "‘We knew nothing.’", BODY)[0] == "body"
    assert kinds("Harbour toll deal struck in the U.S.", LEAD, BODY)[0] == "headline"


def test_a_lone_paragraph_is_body_and_an_empty_text_has_no_blocks() -> None:
    assert kinds("One line of a note without a stop") == ["body"]
    assert propose_blocks("") == ()
    assert propose_blocks(" \n\u00a0\n\n") == ()


def test_a_near_repeat_without_a_full_stop_is_a_caption_before_or_after_what_it_repeats() -> None:
    assert kinds(HEADLINE, LEAD, CLAIM, BODY, CAPTION, LAST) == [
        "headline", "body", "body", "body", "caption", "body",
    ]  # fmt: skip
    assert kinds(HEADLINE, LEAD, CAPTION, BODY, CLAIM)[2] == "caption"


def test_a_caption_that_repeats_the_first_sentence_of_a_longer_paragraph() -> None:
    longer = CLAIM + " It was lodged with the Maritime Court on Tuesday, two days before the vote in the council."
    assert kinds(HEADLINE, LEAD, longer, BODY, CAPTION)[-1] == "caption"


def test_a_line_without_a_stop_among_lines_that_have_one_is_a_caption_or_a_subhead() -> None:
    text = (HEADLINE, LEAD, BODY, "Among the others who sailed was Oda Brandt, the new councillor for Nessel", CLAIM)
    assert kinds(*text)[3] == "caption"
    assert kinds(HEADLINE, LEAD, BODY, "‘We were told nothing’", CLAIM, "What happens next", LAST)[5] == "subhead"


def test_nothing_is_proposed_from_stops_where_lines_seldom_have_one() -> None:
    lines = [
        "The harbour board met on",
        "Tuesday and heard that the",
        "toll had been raised by a",
        "third. Nobody spoke for it,",
        "and the chair closed the",
        "meeting before noon.",
    ]
    assert kinds("Notice", *lines) == ["headline", *["body"] * 6]


def test_bullets_and_a_byline_under_the_headline() -> None:
    assert kinds(HEADLINE, "• Board says toll is ‘fair’", "By Ane Holt, Harbour Editor", LEAD, BODY) == [
        "headline", "standfirst", "other", "body", "body",
    ]  # fmt: skip
    assert kinds(HEADLINE, "Skippers say they were never asked about the plan", LEAD, BODY)[1] == "standfirst"


def test_a_line_under_the_headline_that_stands_elsewhere_too_is_a_caption() -> None:
    line = "“Nobody asked us a thing”: the skipper Oda Quist on Monday"
    assert kinds(HEADLINE, "By Jo Pell", line, LEAD, BODY, line, LAST)[2] == "caption"


def test_the_byline_above_the_body_says_who_wrote_it() -> None:
    def said(*lines: str) -> str:
        text = "\n\n".join(lines)
        return byline(text, propose_blocks(text))

    assert said(HEADLINE, "By Jo Pell, Harbour Reporter", LEAD, BODY) == "Jo Pell, Harbour Reporter"
    assert said(HEADLINE, LEAD, BODY) == ""
    assert said(HEADLINE, "Published 3 June 2026", LEAD, BODY) == ""


def test_a_quotation_that_is_said_again_is_no_caption() -> None:
    said = "‘We have never taken a single crown from any other port, and we never will.’"
    assert kinds(HEADLINE, LEAD, said, BODY, said) == ["headline", "body", "body", "body", "body"]


def test_a_label_makes_a_caption() -> None:
    assert kinds(HEADLINE, LEAD, "Pictured: the toll house at Nessel on Monday.", BODY)[2] == "caption"


def test_repeats_name_the_body_and_not_the_caption() -> None:
    text = "\n".join([HEADLINE, LEAD, CAPTION, BODY, CLAIM])
    blocks = propose_blocks(text)
    assert repeats(text, blocks) == {2: 4}
    swapped = [
        Block(start=b.start, end=b.end, kind=BlockKind.CAPTION if i == 4 else BlockKind.BODY)
        for i, b in enumerate(blocks)
    ]
    assert repeats(text, swapped) == {4: 2}


def test_of_two_paragraphs_alike_in_kind_the_later_repeats_the_earlier() -> None:
    text = "\n".join([LEAD, CLAIM, BODY, CLAIM])
    blocks = [Block(start=s.start, end=s.end, kind=BlockKind.BODY) for s in paragraphs(text)]
    assert repeats(text, blocks) == {3: 1}


def test_paragraph_at() -> None:
    assert paragraph_at("ab\n\ncd", 0) == Span(0, 2)
    assert paragraph_at("ab\n\ncd", 2) == Span(0, 2)
    assert paragraph_at("ab\n\ncd", 3) == Span(3, 3)
    assert paragraph_at("ab\n\ncd", 6) == Span(4, 6)


@given(st.text(alphabet=st.sampled_from("ab ’‘“.\n\u00a0🇸🇪é:"), max_size=200) | st.text())
def test_blocks_are_the_lines_that_are_not_blank(text: str) -> None:
    blocks = propose_blocks(text)
    assert [text[b.start : b.end] for b in blocks] == [line for line in text.split("\n") if line and not line.isspace()]
    found = repeats(text, blocks)
    assert all(index != original and found.get(original) != index for index, original in found.items())
