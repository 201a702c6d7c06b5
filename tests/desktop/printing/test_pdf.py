"""The PDF of an article: its pages, its words, its markings."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtGui import QFont

from annotator.desktop.article_view import LIGHT, ArticleHeader
from annotator.desktop.article_view.look import adapted
from annotator.desktop.printing.paper import PaperSize
from annotator.desktop.printing.printed_article import PrintedArticle
from annotator.desktop.printing.printing import finish, pdf_steps
from annotator.domain.articles import Block, BlockKind
from annotator.domain.offsets import Utf16Map
from tests.desktop.article_view.conftest import LONG, STYLES, TEXT, mark
from tests.desktop.printing.conftest import opened, printed


def pdf_of(article: PrintedArticle, size: PaperSize = PaperSize.A4) -> bytes:
    return finish(pdf_steps(article, size, QFont()))


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("size", "points"), [(PaperSize.A4, (595, 842)), (PaperSize.LETTER, (612, 792))])
def test_the_page_has_the_size_of_the_paper(size: PaperSize, points: tuple[int, int]) -> None:
    with opened(pdf_of(printed(), size)) as pdf:
        assert len(pdf) == 1
        assert tuple(round(length) for length in pdf.document[0].get_size()) == points
        assert "1 of 1" in pdf.text(0)


def test_title_and_author_are_in_the_file() -> None:
    with opened(pdf_of(printed())) as pdf:
        about = pdf.document.get_metadata_dict()
    assert (about["Title"], about["Author"]) == ("Tolls doubled", "Ann Bell")
    assert "Toll story" in about["Creator"]


@pytest.mark.parametrize("size", list(PaperSize))
def test_all_words_of_the_article_are_there_in_their_order(size: PaperSize) -> None:
    text = "\n\n".join(LONG.split("\n")[:120])
    article = printed(text, marks=[mark(f"m{n}", n * 90, n * 90 + 130, "claim") for n in range(60)])
    with opened(pdf_of(article, size)) as pdf:
        assert len(pdf) > 3
        at = 0
        words = re.findall(r"\S+", text)
        whole = pdf.whole
        for word in words:
            found = whole.find(word, at)
            assert found >= 0, word
            at = found + len(word)
        for number in range(len(pdf)):
            assert f"{number + 1} of {len(pdf)}" in pdf.text(number)
            assert "Toll story · Tolls doubled" in pdf.text(number)


def test_the_text_is_contiguous_on_a_page_and_ligatures_do_not_hide_letters() -> None:
    text = "The office offered an efficient affidavit.\nAfter “the first fjord” the chief waffled: ‘naïve’, she said."
    with opened(pdf_of(printed(text, marks=[mark("a", 4, 20), mark("b", 10, 70, "denial")]))) as pdf:
        assert folded(text) in pdf.text(0)


def test_head_labels_and_legend_are_printed() -> None:
    with opened(pdf_of(printed(TEXT))) as pdf:
        text = pdf.whole
    for words in (
        "Tolls doubled",
        "Vellmouth Echo · Ann Bell · 2025-03-13",
        "1 Mara Lind · claim",
        "2 Denial",
        "Legend",
        "Claim: solid line, 1 passage",
        "Denial: dashed line, 1 passage",
        "Evidence: dotted line, 1 passage",
    ):
        assert words in text, words
    assert "Not printed" not in text


def test_what_a_filter_hides_is_said() -> None:
    with opened(pdf_of(printed(hidden=1))) as pdf:
        assert "Not printed: 1 passage that a filter hides." in pdf.whole
    with opened(pdf_of(printed(hidden=12, marks=[]))) as pdf:
        assert "Not printed: 12 passages that a filter hides." in pdf.whole
        assert "No passage is marked." in pdf.whole


def test_an_empty_article_is_a_page() -> None:
    with opened(pdf_of(printed("", header=ArticleHeader(), marks=[]))) as pdf:
        assert len(pdf) == 1
        assert "1 of 1" in pdf.text(0)


def test_right_to_left_text_is_at_the_right() -> None:
    text = "הנמל הכפיל את האגרות במרץ"
    article = printed(text, language="he", header=ArticleHeader(), marks=[mark("a", 0, 4)], labels={"a": "x"})
    with opened(pdf_of(article)) as pdf:
        assert set(text.split()) <= set(pdf.whole.split())
        picture = pdf.picture(0)
        rows = range(round(picture.height() * 0.05), round(picture.height() * 0.12))
        inked = [x for x in range(picture.width()) for y in rows if picture.pixelColor(x, y).lightness() < 100]
        column = [x for x in inked if x > picture.width() * 0.3]
        assert max(column) > picture.width() * 0.85, "the line begins at the right edge of the column"


def test_lines_tell_the_kind_without_colour() -> None:
    """A claim's line has no gaps, a denial's has long dashes, an evidence's has dots as long as they are apart."""
    text = "one line of words that is marked from end to end\n" * 3
    length = len(text) // 3
    marks = [
        mark(kind, n * length, (n + 1) * length - 1, kind) for n, kind in enumerate(("claim", "denial", "evidence"))
    ]
    with opened(pdf_of(printed(text.strip(), marks=marks, header=ArticleHeader()))) as pdf:
        picture = pdf.picture(0, scale=6)
    bytes_ = bytes(picture.constBits())
    rows = [bytes_[y * picture.bytesPerLine() : (y + 1) * picture.bytesPerLine()] for y in range(300, 1400)]
    shares = {kind: max(_share(row, STYLES[kind].colour) for row in rows) for kind in ("claim", "denial", "evidence")}
    assert shares["claim"] > 0.95
    assert 0.65 < shares["denial"] < 0.85
    assert 0.4 < shares["evidence"] < 0.62


def _share(row: bytes, colour: str) -> float:
    """How much of a row of pixels (blue, green, red) between the first and the last of a tag's colour has it."""
    shown = adapted(colour, LIGHT)
    wanted = bytes((shown.blue(), shown.green(), shown.red()))
    hits = [x for x in range(0, len(row), 3) if row[x : x + 3] == wanted] if wanted in row else []
    if not hits or hits[-1] - hits[0] < len(row) / 5:
        return 0.0
    return len(hits) * 3 / (hits[-1] - hits[0] + 3)


def test_no_line_is_cut_and_a_subhead_stays_with_its_text() -> None:
    lines = [f"Paragraph {n} " + "of words that fill more than one line of the page " * (2 + n % 4) for n in range(90)]
    text = "\n".join(line.strip() for line in lines)
    starts = [text.index(f"Paragraph {n} ") for n in range(90)]
    blocks = [
        Block(start=starts[n], end=starts[n] + len(lines[n].strip()), kind=BlockKind.SUBHEAD) for n in range(0, 90, 3)
    ]
    with opened(pdf_of(printed(text, blocks=blocks, marks=[]))) as pdf:
        pages = [pdf.text(number) for number in range(len(pdf))]
    assert len(pages) > 4
    for page in pages[1:]:
        body = page.split("Toll story")[0]
        first = re.search(r"Paragraph (\d+) ", body)
        assert first is not None
        lead = body[: first.start()].split()
        assert not lead or len(lead) > 6, f"a widow: {lead}"
    for page in pages[:-1]:
        body = page.split("Toll story")[0]
        last = re.findall(r"Paragraph (\d+) ", body)[-1]
        assert int(last) % 3, "a subhead ends a page"


def test_a_long_word_of_utf_16_pairs_is_printed() -> None:
    text = "Smile 🌉 twice 🌉"
    assert Utf16Map(text).to_utf16(len(text)) > len(text)
    with opened(pdf_of(printed(text, marks=[mark("a", 6, 7)]))) as pdf:
        assert "Smile" in pdf.whole


def test_many_passages_on_a_line_all_have_their_label() -> None:
    marks = [mark(f"m{n:02}", 0, 30 + n, "claim") for n in range(12)]
    with opened(pdf_of(printed(marks=marks, labels={f"m{n:02}": f"Speaker{n} · claim" for n in range(12)}))) as pdf:
        text = pdf.whole
    assert "+9" in text
    for n in range(12):
        assert f"{n + 1} Speaker{n} · claim" in text


def test_a_printed_article_without_a_title_is_called_by_its_first_line() -> None:
    assert replace(printed(), header=ArticleHeader()).title == TEXT.split("\n", maxsplit=1)[0]
