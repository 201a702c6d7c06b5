from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Span
from annotator.domain.statements import what_is_said
from annotator.suggest.names import names_near


def near(marked: str) -> list[str]:
    text = marked.replace("|", "")
    return names_near(text, what_is_said(text, marked.index("|")))


def test_the_likely_speaker_comes_first_then_the_nearest_before_then_those_behind() -> None:
    assert near(
        "Ida Holm met Tor Falk. The toll, Oda Quist’s idea, went. ‘It is th|eft,’ said Per Aune. Jo Berg left."
    ) == [
        "Per Aune",
        "Oda Quist",
        "Tor Falk",
        "Ida Holm",
        "Jo Berg",
    ]


def test_words_that_are_capital_only_at_the_start_are_no_names() -> None:
    assert near("Tolls rose. Skippers and tolls met skippers. However, Meanwhile, On Monday it was f|air.") == []
    assert near("But Ida Holm left. Senior officials stayed. It was f|air.") == ["Ida Holm"]


def test_a_title_and_surname_are_completed_from_the_text_before() -> None:
    assert near("Oda Quist left. Ms Quist said it was f|air.") == ["Oda Quist"]
    assert near("Ms\u00a0Quist said it was f|air.") == ["Ms Quist"]


def test_names_keep_their_small_words_hyphens_and_initials_and_lose_their_possessive() -> None:
    assert near("Anna van der Meer’s boat, J. K. Rowe and Jo Smith-Jones of the Bank of Nessel met. It was f|air.") == [
        "Bank of Nessel",
        "Jo Smith-Jones",
        "J. K. Rowe",
        "Anna van der Meer",
    ]


def test_a_speaker_without_a_name_comes_first() -> None:
    assert near("Tor Falk left. A spokesman for Ms Quist said it was f|air.")[0] == "a spokesman for Ms Quist"
    assert near("Tor Falk left. Senior officials said it was f|air.")[0] == "senior officials"
    assert near("Tor Falk left. The skipper Jo Berg said it was f|air.")[0] == "Jo Berg"
    assert near("Tor Falk left. A skipper, Jo Berg, said it was f|air.")[0] == "Jo Berg"
    assert near("A friend of Falk met Tor Falk. He said it was f|air.")[0] == "Tor Falk"


def test_what_somebody_is_does_not_stand_before_a_full_name() -> None:
    assert near("Councillor Ida Holm came. Councillor Holm said it was f|air.") == ["Ida Holm"]
    assert near("Mayor Holm said it was f|air.") == ["Mayor Holm"]


def test_who_took_the_picture_or_wrote_the_article_is_not_proposed() -> None:
    assert near("Ida Holm at the quay. Photograph: Ada Finch\n\nShe said it was f|air.") == ["Ida Holm"]
    assert near("Picture: Jo Berg/Osk Press\n\nIt was f|air.") == []
    assert near("By Ada Finch\nIda Holm said it was f|air.") == ["Ida Holm"]
    assert near("It was written by Ada Finch. It was f|air.") == ["Ada Finch"]


def test_a_sentence_end_behind_an_initial_parts_names() -> None:
    assert near("He posted on X. It was f|air.") == []


@given(st.text(alphabet=st.sampled_from("OdA Quist. Ms ‘’\n\u00a0éÉ"), max_size=80) | st.text(), st.integers(0, 80))
def test_names_stand_in_the_text(text: str, place: int) -> None:
    offset = min(place, len(text))
    plain = text.replace("\u00a0", " ")
    assert all(name in plain for name in names_near(text, Span(offset, offset)))
