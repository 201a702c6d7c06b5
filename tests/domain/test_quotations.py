from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Span
from annotator.domain.blocks import paragraphs
from annotator.domain.quotations import quotations, quotations_near

MARKED = st.text(alphabet=st.sampled_from("as S,.:–\n\n “”‘’\"'„‚«»‹›`\u00a0é🇸🇪"), max_size=120)


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was ‘plain theft’, she said.", ["‘plain theft’"]),
        ("It was “plain theft”, she said.", ["“plain theft”"]),
        ("It was 'plain theft', she said.", ["'plain theft'"]),
        ('It was "plain theft", she said.', ['"plain theft"']),
        ("„Das ist Diebstahl“, sagte sie.", ["„Das ist Diebstahl“"]),
        ("„Sie hat ‚nein‘ gesagt“, meinte er.", ["„Sie hat ‚nein‘ gesagt“", "‚nein‘"]),
        ("»Das ist Diebstahl«, sagte sie.", ["»Das ist Diebstahl«"]),
        ("«\u00a0C’est du vol\u00a0», dit-elle.", ["«\u00a0C’est du vol\u00a0»"]),
        ("« Il a dit “non” », dit-elle.", ["« Il a dit “non” »", "“non”"]),
        ("”Det är stöld”, sa hon.", ["”Det är stöld”"]),
        ("”Nej.”", ["”Nej.”"]),
        ("the board‘s toll is ‘unfair’", ["‘unfair’"]),
        ("the skippers‘ leader called it ‘unfair‘ today", ["‘unfair‘"]),
        ("’It’s unfair,’ he said.", ["’It’s unfair,’"]),
        ("the board’s and the skippers’ toll", []),
        ("‘The skippers’ union was right,’ he said.", ["‘The skippers’ union was right,’"]),
        ("'It's the skippers' own choice,' he said.", ["'It's the skippers' own choice,'"]),
        ("a ‘trick on voters’ in the state", ["‘trick on voters’"]),
        ("a ‘trick on voters’, they said, and ‘a lie’", ["‘trick on voters’", "‘a lie’"]),
        ("He said: “She called it ‘a trick’.”", ["“She called it ‘a trick’.”", "‘a trick’"]),
        ("She said: “‘No’ means no.”", ["“‘No’ means no.”", "‘No’"]),
        ("He said: ‘I thought ‘that’s odd’ then.’", ["‘I thought ‘that’s odd’ then.’", "‘that’s odd’"]),
        ("“He called it ‘a trick,” she said", ["“He called it ‘a trick,”"]),
        ("rock ‘n’ roll of the ’90s and the ‘80s, ’tis said", []),
        ('5’10" tall and 6" wide', []),
        ("She said:“Hello” to all", ["“Hello”"]),
        ("(‘no’) and “yes”–“no”", ["‘no’", "“yes”", "“no”"]),
        ("anti-‘toll’ and ‘pro’-toll", ["‘toll’", "‘pro’"]),
        ("She branded it ‘theft and left.", []),
        ("He wrote: ‘שלום לכולם’ on a wall", ["‘שלום לכולם’"]),
        ("", []),
    ],
)
def test_quotations_of_a_paragraph(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_an_unclosed_quotation_that_begins_a_statement_ends_with_its_paragraph() -> None:
    text = "He said: ‘We knew nothing. \n\nShe left."
    (found,) = quotations(text)
    assert text[found.start : found.end] == "‘We knew nothing."
    assert not found.closed


def test_a_quotation_over_paragraphs_has_a_part_in_each() -> None:
    text = "She said: ‘It is theft.\n\n‘The skippers’ boats lie idle.\n\n‘And it‘s your fault.’\n\n‘No,’ he said."
    first, second = quotations(text)
    assert [text[p.start : p.end] for p in first.parts] == [
        "‘It is theft.", "‘The skippers’ boats lie idle.", "‘And it‘s your fault.’",
    ]  # fmt: skip
    assert first.closed
    assert text[second.start : second.end] == "‘No,’"


def test_a_caption_may_interrupt_a_quotation_and_is_not_part_of_it() -> None:
    text = "She said: ‘It is theft.\n\nThe toll house, called ‘the till’, on Monday\n\n‘And it is your fault.’ He left."
    outer, inner = quotations(text)
    assert [text[p.start : p.end] for p in outer.parts] == ["‘It is theft.", "‘And it is your fault.’"]
    assert text[inner.start : inner.end] == "‘the till’"
    assert inner.depth == 0
    assert not outer.holds(inner.span)
    assert outer.holds(Span(outer.start, outer.end))
    assert outer.holds(Span(outer.start + 2, outer.start + 6))


def test_a_body_paragraph_ends_an_unclosed_quotation() -> None:
    text = "She said: ‘It is theft.\n\nHe disagreed.\n\n‘It is fair,’ he said."
    assert quoted(text) == ["‘It is theft.", "‘It is fair,’"]


def test_a_quotation_inside_one_that_runs_on_keeps_its_own_end() -> None:
    text = "“I told him: ‘No.’\n\n“He said ‘why?’ and left.”"
    outer, *inner = quotations(text)
    assert text[outer.start : outer.end] == text
    assert [text[q.start : q.end] for q in inner] == ["‘No.’", "‘why?’"]
    assert [q.depth for q in inner] == [1, 1]


@given(MARKED | st.text())
def test_quotations_are_nested_or_apart_and_in_bounds(text: str) -> None:
    found = quotations(text)
    for index, one in enumerate(found):
        assert 0 <= one.start < one.end <= len(text)
        assert one.parts[0].start == one.start
        assert one.parts[-1].end == one.end
        assert all(part.start < part.end for part in one.parts)
        for other in found[index + 1 :]:
            assert one.span.contains(other.span) or not one.span.overlaps(other.span)
            assert one.span != other.span


@given(MARKED, st.integers(0, 120))
def test_looking_at_the_neighbourhood_finds_what_the_whole_text_shows(text: str, place: int) -> None:
    offset = min(place, len(text))
    line = next((p for p in paragraphs(text) if p.start <= offset <= p.end), None)
    if line is not None:
        expected = [q for q in quotations(text) if q.start < line.end and q.end > line.start]
        assert quotations_near(text, Span(offset, offset)) == expected
