from __future__ import annotations

from annotator.domain.articles import Block, BlockKind
from annotator.domain.blocks import propose_blocks
from annotator.domain.places import Places

TEXT = (
    "Ferry owners say tolls rose\n\n"
    "The council doubled the tolls on the old bridge in secret, the owners said.\n\n"
    "Nobody at the council wanted to talk about it on Monday.\n\n"
    "The council doubled the tolls on the old bridge in secret, owners say\n"
)


def test_paragraphs_are_counted_from_one_without_blank_lines() -> None:
    places = Places(TEXT, propose_blocks(TEXT))
    assert [places.paragraph(TEXT.index(words)) for words in ("Ferry", "doubled", "Nobody", "owners say\n")] == [
        1,
        2,
        3,
        4,
    ]
    assert places.paragraph(len(TEXT)) == 4
    assert Places("", ()).paragraph(0) == 1


def test_captions_and_what_repeats_another_block_are_told() -> None:
    places = Places(TEXT, propose_blocks(TEXT))
    assert places.block(0) == (BlockKind.HEADLINE, False)
    assert places.block(TEXT.index("The council")) == (BlockKind.BODY, False)
    assert places.block(TEXT.rindex("The council")) == (BlockKind.CAPTION, True)


def test_text_before_the_first_block_is_body() -> None:
    assert Places(TEXT, (Block(start=40, end=50, kind=BlockKind.SUBHEAD),)).block(3) == (BlockKind.BODY, False)
